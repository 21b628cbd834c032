package indicators

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// An Optional is a text that may be absent: NULL in a table, null in JSON, an
// empty cell in the workbook.
type Optional string

// Scan reads a nullable text column.
func (o *Optional) Scan(src any) error {
	text, err := scanText(src)
	*o = Optional(text)
	return err
}

// Value is NULL for an absent text.
func (o Optional) Value() (driver.Value, error) {
	if o == "" {
		return nil, nil
	}
	return string(o), nil
}

// MarshalJSON writes null for an absent text.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}

// A Text is something a person reads, in up to three languages. French stands in
// for a missing translation.
type Text struct {
	FR Optional `db:"fr" json:"fr"`
	AR Optional `db:"ar" json:"ar"`
	EN Optional `db:"en" json:"en"`
}

// In returns the text in a language ("fr", "ar", "en") and the language it
// really is in, so that a page can mark French standing in for Arabic. Where there is no French,
// what there is stands in: nothing that was written is lost.
func (t Text) In(lang string) (text, actual string) {
	switch {
	case lang == "ar" && t.AR != "":
		return string(t.AR), "ar"
	case lang == "en" && t.EN != "":
		return string(t.EN), "en"
	case t.FR == "" && t.AR != "":
		return string(t.AR), "ar"
	case t.FR == "" && t.EN != "":
		return string(t.EN), "en"
	}
	return string(t.FR), "fr"
}

// Empty tells whether nothing is written in any language.
func (t Text) Empty() bool { return t == Text{} }

// Codes is a list of codes, sorted and without repetition, so that two lists that
// say the same are equal.
type Codes []string

// NewCodes sorts a list and drops what is given twice.
func NewCodes(list []string) Codes {
	c := slices.Clone(list)
	slices.Sort(c)
	return slices.Compact(c)
}

// Has tells whether the list names the code.
func (c Codes) Has(code string) bool {
	_, found := slices.BinarySearch(c, code)
	return found
}

// String joins the codes as the workbook does: "TN-11|TN-12".
func (c Codes) String() string { return strings.Join(c, "|") }

// Scan reads a list joined by "|"; NULL is the empty list.
func (c *Codes) Scan(src any) error {
	text, err := scanText(src)
	if err != nil || text == "" {
		*c = nil
		return err
	}
	*c = NewCodes(strings.Split(text, "|"))
	return nil
}

// MarshalJSON writes an array, never null.
func (c Codes) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]string(c))
}

// ValidCode tells whether a code begins with a letter or digit and goes on with
// letters, digits, ".", "_" or "-", 64 characters at most.
func ValidCode(code string) bool {
	if code == "" || len(code) > 64 {
		return false
	}
	for i, r := range []byte(code) {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && (i == 0 || r != '.' && r != '_' && r != '-') {
			return false
		}
	}
	return true
}

func scanText(src any) (string, error) {
	switch src := src.(type) {
	case nil:
		return "", nil
	case string:
		return src, nil
	case []byte:
		return string(src), nil
	}
	return "", fmt.Errorf("cannot read a text from %T", src)
}
