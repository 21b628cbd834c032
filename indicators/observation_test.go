package indicators

import (
	"strings"
	"testing"
)

func TestChecker(t *testing.T) {
	d := programme()
	d.Indicators = append(d.Indicators,
		Indicator{Code: "VISA", Kind: "binary", Frequency: Monthly, Direction: Increase, Accumulation: Level},
		Indicator{Code: "JOBS", Kind: "number", Frequency: Quarterly, Direction: Increase, Accumulation: Flow, Min: Whole(0), Factor: Whole(1000)},
	)
	checker := NewChecker(d, day("2026-11-23"))
	unemp := func(period_, value string) Observation {
		return Observation{Indicator: "UNEMP", Figure: Figure{Period: period(period_), Value: decimal(value), Status: "A"}}
	}
	share := func(value, numerator, denominator string) Observation {
		o := unemp("2025", value)
		o.Numerator, o.Denominator = decimal(numerator), decimal(denominator)
		return o
	}
	of := func(code string, o Observation) Observation { o.Indicator = code; return o }
	status := func(code string, o Observation) Observation { o.Status = code; return o }
	by := func(b Breakdown) Observation { o := unemp("2025", "15"); o.Breakdown = b; return o }

	for _, tt := range []struct {
		name            string
		o               Observation
		column, message string // empty: accepted
		value           string // then stored
	}{
		{"a value", unemp("2025", "15.20"), "", "", "15.20"},
		{"this year so far", unemp("2026", "15"), "", "", "15"},
		{"next year", unemp("2027", "15"), "period", "2027 has not begun", ""},
		{"an unknown indicator", of("X", unemp("2025", "15")), "indicator", `"X" is not in indicators`, ""},
		{"no status", status("", unemp("2025", "15")), "obs_status", `"" is not allowed here`, ""},
		{"missing", status("O", unemp("2025", "")), "", "", ""},
		{"withheld, yet a value", status("Q", unemp("2025", "15")), "value", "a value stands beside obs_status Q", ""},
		{"no value", unemp("2025", ""), "value", "a value is required", ""},
		{"too large", unemp("2025", "100.1"), "value", "100.1 lies outside what UNEMP can be, 0 to 100", ""},
		{"too small", unemp("2025", "-0.1"), "value", "-0.1 lies outside", ""},
		{"at the bound", unemp("2025", "100.0"), "", "", "100.0"},
		{"no upper bound", of("JOBS", unemp("2025-Q1", "-1")), "value", "-1 lies outside what JOBS can be, at least 0", ""},
		{"derived", share("", "1", "3"), "", "", "33.3333333333333"},
		{"derived by the factor", of("JOBS", func() Observation { o := share("", "1", "8"); o.Period = period("2025-Q1"); return o }()), "", "", "125"},
		{"agreeing", share("33.3", "1", "3"), "", "", "33.3"},
		{"agreeing, rounded half up", share("12.5", "1249", "10000"), "", "", "12.5"},
		{"agreeing to more digits than are computed", share("33.3333333333333333", "1", "3"), "", "", "33.3333333333333333"},
		{"disagreeing", share("33.4", "1", "3"), "value", "33.4 is not what numerator and denominator give, 33.3333333333333", ""},
		{"derived beyond the bounds", share("", "4", "3"), "value", "133.333333333333 lies outside", ""},
		{"divided by zero", share("", "1", "0.00"), "denominator", "0 cannot be divided by", ""},
		{"half a quotient", share("", "1", ""), "denominator", "numerator and denominator go together", ""},
		{"a quotient beyond reckoning", share("", "999999999999999999", "0.000000000000000001"), "numerator", "numerator and denominator give no usable value", ""},
		{"yes", of("VISA", unemp("2025-03", "1.0")), "", "", "1.0"},
		{"half a yes", of("VISA", unemp("2025-03", "0.5")), "value", "0.5 is neither 0 (no) nor 1 (yes)", ""},
		{"two yeses", of("VISA", unemp("2025-03", "2")), "value", "2 lies outside what VISA can be, 0 to 1", ""},
		{"women in towns", by(Breakdown{Sex: "F", Other: "milieu=U"}), "", "", "15"},
		{"sex", by(Breakdown{Sex: "f"}), "sex", `"f" is not allowed here`, ""},
		{"no age class", by(Breakdown{Age: "young"}), "age", `"young" is not an age class`, ""},
		{"age upside down", by(Breakdown{Age: "24-15"}), "age", `"24-15" is not an age class`, ""},
		{"not by age", by(Breakdown{Age: "15-24"}), "age", "UNEMP is not broken down by age", ""},
		{"not by governorate", by(Breakdown{Governorate: "TN-11"}), "governorate", "UNEMP is not broken down by governorate", ""},
		{"no governorate", by(Breakdown{Governorate: "tn-11"}), "governorate", `"tn-11" is not a governorate`, ""},
		{"no category", by(Breakdown{Other: "milieu=X"}), "breakdown", `"milieu=X" is not in categories`, ""},
		{"a dimension twice", by(Breakdown{Other: "milieu=R|milieu=U"}), "breakdown", "milieu is given twice", ""},
		{"a dimension with its own column", by(Breakdown{Other: "sex=F"}), "breakdown", "sex has a column of its own", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			column, message := checker.Check(&tt.o)
			if column != tt.column || !strings.HasPrefix(message.String(), tt.message) || tt.message == "" && !message.IsZero() {
				t.Errorf("got %s: %s, want %s: %s …", column, message, tt.column, tt.message)
			}
			if tt.message == "" && tt.o.Value.String() != tt.value {
				t.Errorf("stored %s, want %s", tt.o.Value, tt.value)
			}
		})
	}
}

// What may not come new is judged apart, as it may be from before the indicator changed;
// and it can be removed.
func TestCheckNew(t *testing.T) {
	d := programme()
	d.Indicators = append(d.Indicators, Indicator{Code: "LEVEL", Kind: "scale", Frequency: Yearly, Min: Whole(1), Max: Whole(5)})
	checker := NewChecker(d, day("2026-11-23"))
	for _, tt := range []struct {
		name, indicator, period, value string
		column, message                string // empty: it may
	}{
		{"a year", "UNEMP", "2025", "15.5", "", ""},
		{"a quarter of what is reported by year", "UNEMP", "2025-Q1", "15", "period", "2025-Q1 is not a year, by which UNEMP is reported: "},
		{"a stage", "LEVEL", "2025", "3.0", "", ""},
		{"half a stage", "LEVEL", "2025", "3.5", "value", "3.5 lies between two stages of LEVEL: write the whole number"},
		{"an unknown indicator", "NOBODY", "2025", "3.5", "", ""},
	} {
		o := Observation{Indicator: tt.indicator, Figure: Figure{Period: period(tt.period), Value: decimal(tt.value), Status: "A"}}
		column, message := checker.CheckNew(&o)
		if column != tt.column || !strings.HasPrefix(message.String(), tt.message) || tt.message == "" && !message.IsZero() {
			t.Errorf("%s: got %s: %q, want %s: %q …", tt.name, column, message, tt.column, tt.message)
		}
		if tt.indicator == "NOBODY" {
			continue
		}
		if _, message := checker.Check(&o); !message.IsZero() {
			t.Errorf("%s: the rest is refused: %s", tt.name, message)
		}
		if _, message := checker.CheckKey(&o); !message.IsZero() {
			t.Errorf("%s: it cannot be removed: %s", tt.name, message)
		}
	}
}

func TestAgeClasses(t *testing.T) {
	for text, want := range map[string]bool{
		"15-24": true, "0-4": true, "65+": true, "<5": true, "5-14": true, "100+": true,
		"65": false, "<65+": false, "<5-9": false, "15-": false, "-24": false, "15-15": false, "015-24": false, "+": false, "<": false, "a-b": false,
	} {
		if ageClass(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}

func BenchmarkChecker(b *testing.B) {
	checker := NewChecker(programme(), day("2026-11-23"))
	o := Observation{Indicator: "UNEMP", Figure: Figure{Period: period("2025"), Value: decimal("15.2"), Status: "A"}, Breakdown: Breakdown{Sex: "F", Other: "milieu=U"}}
	b.ReportAllocs()
	for b.Loop() {
		if _, message := checker.Check(&o); !message.IsZero() {
			b.Fatal(message)
		}
	}
}
