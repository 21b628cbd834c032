package table

import (
	"strings"
	"testing"
)

func TestNormalNumber(t *testing.T) {
	const comma, both = false, true
	for _, tt := range []struct {
		cell         string
		decimalComma bool
		want         string
	}{
		{"12", comma, "12"},
		{"-1234.5", comma, "-1234.5"},
		{"+7", comma, "7"},
		{"\u22127.25", comma, "-7.25"},
		{"- 3", comma, "-3"},
		{"1 234 567.5", comma, "1234567.5"},
		{"1\u00a0234\u202f567", comma, "1234567"},
		{"-12 345", comma, "-12345"},
		{"12,5", both, "12.5"},
		{"-1\u202f234,56", both, "-1234.56"},
		{"1,234", both, "1.234"},
		{"12.5", both, "12.5"},
		{"0.50", comma, "0.50"},
	} {
		if got, err := normalNumber(tt.cell, tt.decimalComma); got != tt.want || err != nil {
			t.Errorf("normalNumber(%q, %t) = %q, %v; want %q", tt.cell, tt.decimalComma, got, err, tt.want)
		}
	}
}

func TestNormalNumberSaysHowToMend(t *testing.T) {
	for _, tt := range []struct{ cell, want string }{
		{"12,5", "has a decimal comma: write 12.5, or use ; between cells"},
		{"-1 234,5", "has a decimal comma: write -1234.5, or"},
		{"1.234,5", "has both a comma and a point"},
		{"1,234.5", "has both a comma and a point"},
		{"1.234.567", "has several commas or points"},
		{"1,234,567", "has several commas or points"},
		{"NaN", "is no value: leave the cell empty"},
		{"-Infinity", "is no value"},
		{"inf", "is no value"},
		{"1e5", "is in scientific notation"},
		{"1.5E-05", "is in scientific notation"},
		{"N/A", "is text where a number belongs: leave the cell empty, or set obs_status to O"},
		{"12 habitants", "is text where a number belongs"},
		{"12,5 %", "has a percent sign"},
		{"12.5%", "has a percent sign"},
		{"€ 12", "has a currency sign"},
		{"1 200 $", "has a currency sign"},
		{"12 34", "has a space where no thousands end"},
		{"1234 567", "has a space where no thousands end"},
		{"", "the cell is empty"},
		{"-", "is not a number"},
		{"--5", "is not a number"},
		{"+-5", "is not a number"},
		{".5", "is not a number"},
		{"5.", "is not a number"},
		{"..", "has several commas or points"},
		{"12;5", "is not a number"},
		{"0x10", "is text where"},
	} {
		if got, err := normalNumber(tt.cell, false); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("normalNumber(%q) = %q, %v; want an error that says it %s", tt.cell, got, err, tt.want)
		}
	}
}

func FuzzNormalNumber(f *testing.F) {
	for _, seed := range []string{"-1 234,5", "12.5", "1e5", "NaN", "12 %", "+-1", "１２"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, cell string, decimalComma bool) {
		got, err := normalNumber(cell, decimalComma)
		if err != nil {
			return
		}
		if !isPlain(got) {
			t.Errorf("normalNumber(%q) = %q, which is not plain", cell, got)
		}
		digits := func(text string) string {
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, text)
		}
		if digits(got) != digits(cell) {
			t.Errorf("normalNumber(%q) = %q: other digits", cell, got)
		}
	})
}
