package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jalon/indicators"
)

// figureFields are those of a figure that is sent, as in the answers of the API; the first
// stands for the item as a whole. Problems name a field by its place here.
func figureFields() []string {
	return []string{"", "indicator", "period", "value", "numerator", "denominator", "obs_status", "partial", "source", "comment", "evidence",
		"sex", "age", "governorate", "breakdown", "status"}
}

// maxText is how many bytes a text may have.
const maxText = 10_000

// figureOf reads a figure. What is not given is empty, of obs_status A, of status draft.
func figureOf(item map[string]json.RawMessage, wrong func(field, message string)) indicators.Observation {
	o := indicators.Observation{Figure: indicators.Figure{Status: "A"}}
	for _, name := range sortedFields(item) {
		if !slices.Contains(figureFields()[1:], name) || slices.Contains(breakdownFields(), name) {
			wrong(name, "there is no such field: leave it out")
			continue
		}
		raw := item[name]
		if string(raw) == "null" {
			continue
		}
		if field, err := setField(&o, name, raw); err != nil {
			wrong(field, err.Error())
		}
	}
	if o.Indicator == "" && item["indicator"] == nil {
		wrong("indicator", "a code is required")
	}
	if o.Period == 0 && item["period"] == nil {
		wrong("period", "a period is required, such as \"2026-03\"")
	}
	return o
}

func sortedFields(item map[string]json.RawMessage) []string {
	var names []string
	for name := range item {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// setField reads one field of a figure. Of a breakdown it is a part that may be wrong.
func setField(o *indicators.Observation, name string, raw json.RawMessage) (field string, err error) {
	switch name {
	case "value":
		o.Value, err = decimalOf(raw)
	case "numerator":
		o.Numerator, err = decimalOf(raw)
	case "denominator":
		o.Denominator, err = decimalOf(raw)
	case "partial":
		if err = json.Unmarshal(raw, &o.Partial); err != nil {
			err = errors.New("write true or false")
		}
	case "breakdown":
		return setBreakdown(&o.Breakdown, raw)
	default:
		var text string
		if text, err = textOf(raw); err == nil {
			err = setText(o, name, text)
		}
	}
	return name, err
}

func setText(o *indicators.Observation, name, text string) (err error) {
	switch name {
	case "indicator":
		o.Indicator = text
	case "period":
		o.Period, err = indicators.ParsePeriod(text)
	case "obs_status":
		o.Status = text
	case "source":
		o.Source = indicators.Optional(text)
	case "comment":
		o.Comment = indicators.Optional(text)
	case "evidence":
		o.Evidence = indicators.Optional(text)
	case "status":
		at := slices.Index(indicators.Reviews(), text)
		if at < 0 || indicators.Review(at) == indicators.Verified {
			return errors.New("write draft, submitted or, as an administrator, published")
		}
		o.Review = indicators.Review(at)
	}
	return err
}

// breakdownFields are the parts of a breakdown.
func breakdownFields() []string { return []string{"sex", "age", "governorate"} }

func setBreakdown(b *indicators.Breakdown, raw json.RawMessage) (field string, err error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return "breakdown", errors.New(`write an object, such as {"sex": "F"}, or null for the total`)
	}
	for _, name := range sortedFields(parts) {
		text, err := textOf(parts[name])
		if err != nil {
			return name, err
		}
		switch name {
		case "sex":
			b.Sex = text
		case "age":
			b.Age = text
		case "governorate":
			b.Governorate = text
		case "breakdown":
			b.Other = indicators.SortBreakdown(text)
		default:
			return "breakdown", fmt.Errorf("%q is no part of a breakdown: write sex, age, governorate or breakdown", name)
		}
	}
	return "", nil
}

func decimalOf(raw json.RawMessage) (indicators.Decimal, error) {
	if raw[0] == '"' || raw[0] == '{' || raw[0] == '[' || raw[0] == 't' || raw[0] == 'f' {
		return indicators.Decimal{}, errors.New("write a number, without quotation marks")
	}
	return indicators.ParseDecimal(string(raw))
}

// textOf reads a text in which nothing hides: neither control characters nor what turns the
// direction of others around.
func textOf(raw json.RawMessage) (string, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", errors.New("write a text, in quotation marks")
	}
	switch {
	case len(text) > maxText:
		return "", fmt.Errorf("the text has more than %d bytes: shorten it", maxText)
	case strings.ContainsFunc(text, isHidden):
		return "", errors.New("there is a character in it that is not shown: write it again")
	}
	return strings.TrimSpace(text), nil
}

// isHidden tells of a character that is not shown, but may change how others are.
func isHidden(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u202d' || r == '\u202e' || r == utf8.RuneError
}
