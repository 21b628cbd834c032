package indicators

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A Breakdown is the part of the whole that a value is about. The zero value is
// the total.
type Breakdown struct {
	Sex         string `db:"sex" json:"sex,omitempty"`
	Age         string `db:"age" json:"age,omitempty"`
	Governorate string `db:"governorate" json:"governorate,omitempty"`
	Other       string `db:"breakdown" json:"breakdown,omitempty"` // "disability=PD|milieu=U", by dimension
}

// IsTotal tells whether it is the total.
func (b Breakdown) IsTotal() bool { return b == Breakdown{} }

// MarshalJSON writes null for the total, else the parts that are given.
func (b Breakdown) MarshalJSON() ([]byte, error) {
	if b.IsTotal() {
		return []byte("null"), nil
	}
	type parts Breakdown
	return json.Marshal(parts(b))
}

// Key writes the breakdown as one word: "sex=F|age=15-24", nothing for the total.
func (b Breakdown) Key() string {
	var words []string
	for _, part := range [][2]string{{"sex", b.Sex}, {"age", b.Age}, {"governorate", b.Governorate}} {
		if part[1] != "" {
			words = append(words, part[0]+"="+part[1])
		}
	}
	if b.Other != "" {
		words = append(words, b.Other)
	}
	return strings.Join(words, "|")
}

// Dimensions lists what the value is broken down by.
func (b Breakdown) Dimensions() []string {
	var names []string
	for _, word := range strings.Split(b.Key(), "|") {
		if name, _, found := strings.Cut(word, "="); found {
			names = append(names, name)
		}
	}
	return names
}

// SortBreakdown writes further dimensions in the order of their names, each once,
// so that one part has one spelling.
func SortBreakdown(text string) string {
	words := strings.Split(text, "|")
	for i, word := range words {
		words[i] = strings.TrimSpace(word)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	if words[0] == "" { // sorts before all others
		words = words[1:]
	}
	return strings.Join(words, "|")
}

// checkBreakdown gives the column and the sentence for the first thing wrong with
// a breakdown of an indicator's values, or nothing.
func (x *index) checkBreakdown(b Breakdown, i *Indicator) (column string, message Sentence) {
	if b.IsTotal() {
		return "", Sentence{}
	}
	if b.Sex != "" && b.Sex != "F" && b.Sex != "M" {
		return "sex", Say("%s is not allowed here: write F, M, or nothing for both", Quote(b.Sex))
	}
	if b.Age != "" && !ageClass(b.Age) {
		return "age", Say("%s is not an age class: write it as 15-24, 65+ or <5", Quote(b.Age))
	}
	if message := x.checkGovernorate(b.Governorate); !message.IsZero() {
		return "governorate", message
	}
	for _, part := range [...][2]string{{"sex", b.Sex}, {"age", b.Age}, {"governorate", b.Governorate}} {
		if part[1] != "" && !i.Breakdowns.Has(part[0]) {
			return part[0], notBrokenDown(i, part[0])
		}
	}
	if message := x.checkOther(b.Other, i); !message.IsZero() {
		return "breakdown", message
	}
	return "", Sentence{}
}

// checkOther checks the dimensions beyond the three that have columns of their
// own: each once, each with a category.
func (x *index) checkOther(other string, i *Indicator) Sentence {
	if other == "" {
		return Sentence{}
	}
	before := ""
	for word := range strings.SplitSeq(other, "|") {
		dimension, _, _ := strings.Cut(word, "=")
		_, found := x.categories[word]
		switch {
		case dimension == "sex" || dimension == "age" || dimension == "governorate":
			return Say("%s has a column of its own: write it there", dimension)
		case !found:
			return Say("%s is not in categories: write dimension=code, such as milieu=U, and add it there", Quote(word))
		case dimension == before:
			return Say("%s is given twice: keep one", dimension)
		case !i.Breakdowns.Has(dimension):
			return notBrokenDown(i, dimension)
		}
		before = dimension
	}
	return Sentence{}
}

func notBrokenDown(i *Indicator, dimension string) Sentence {
	return Say("%s is not broken down by %s: add it to the indicator's breakdowns, or leave the cell empty", i.Code, dimension)
}

// uncategorised is the key of the category that a breakdown needs in vain, or
// nothing.
func (x *index) uncategorised(b Breakdown) string {
	if b.Governorate != "" && x.categories["governorate="+b.Governorate] == nil {
		return "governorate=" + b.Governorate
	}
	for word := range strings.SplitSeq(b.Other, "|") {
		if word != "" && x.categories[word] == nil {
			return word
		}
	}
	return ""
}

// checkGovernorate holds an ISO 3166-2 code against the programme's own list, where
// it keeps one as categories of the dimension "governorate".
func (x *index) checkGovernorate(code string) Sentence {
	if code == "" {
		return Sentence{}
	}
	country, part, _ := strings.Cut(code, "-")
	if len(country) != 2 || part == "" || len(part) > 3 || strings.Trim(country, capitals) != "" || strings.Trim(part, capitals+"0123456789") != "" {
		return Say("%s is not a governorate: write its ISO 3166-2 code, such as TN-11", Quote(code))
	}
	if _, listed := x.categories["governorate="+code]; !listed && x.dimensions["governorate"] {
		return Say("%s is not among the governorates of the table categories: correct the code, or add it there", Quote(code))
	}
	return Sentence{}
}

// ageClass tells whether a text is an age class: 15-24, 65+, <5.
func ageClass(text string) bool {
	lower, upper, found := strings.Cut(strings.TrimPrefix(text, "<"), "-")
	if found {
		return text[0] != '<' && isAge(lower) && isAge(upper) && cmp.Or(len(lower)-len(upper), strings.Compare(lower, upper)) < 0
	}
	return isAge(strings.TrimSuffix(lower, "+")) && (text[0] == '<') != strings.HasSuffix(text, "+")
}

// isAge tells whether a text is a number of years in its one spelling.
func isAge(text string) bool {
	return text != "" && len(text) <= 3 && allDigits(text) && (text[0] != '0' || text == "0")
}

// capitals are the letters of codes fixed by ISO.
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// ParseBreakdown reads what Key writes: "sex=F|age=15-24|milieu=U". Whether there are such
// categories is not its business.
func ParseBreakdown(key string) (Breakdown, error) {
	var b Breakdown
	var other []string
	for word := range strings.SplitSeq(key, "|") {
		dimension, code, found := strings.Cut(word, "=")
		switch {
		case key == "":
			return b, nil
		case !found || dimension == "" || code == "":
			return Breakdown{}, fmt.Errorf("%w: %s is no breakdown: write it as sex=F|age=15-24", ErrInvalid, Quote(key))
		case dimension == "sex":
			b.Sex = code
		case dimension == "age":
			b.Age = code
		case dimension == "governorate":
			b.Governorate = code
		default:
			other = append(other, word)
		}
	}
	if len(other) > 0 {
		b.Other = SortBreakdown(strings.Join(other, "|"))
	}
	return b, nil
}
