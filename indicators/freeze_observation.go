package indicators

import (
	"encoding/json"
	"strconv"
)

// appendObservation writes the line of an observation, as the canonical form has it: there
// are as many of them as of all other lines together, a hundred times over.
func appendObservation(to []byte, o *Observation, format int) []byte {
	to = append(to, `{"row":{"breakdown":`...)
	to = appendBreakdown(to, &o.Breakdown)
	to = append(to, `,"changeset":`...)
	to = strconv.AppendInt(to, int64(o.Since), 10)
	hash := o.Erased
	if o.Comment != "" {
		hash = Optional(HashOf(string(o.Comment)))
	}
	to = appendOptional(to, `,"comment_sha256":`, string(hash))
	to = appendDecimal(to, `,"denominator":`, o.Denominator)
	to = appendOptional(to, `,"evidence":`, string(o.Evidence))
	to = appendText(append(to, `,"indicator":`...), o.Indicator)
	to = appendDecimal(to, `,"numerator":`, o.Numerator)
	to = appendText(append(to, `,"obs_status":`...), o.Status)
	to = strconv.AppendBool(append(to, `,"partial":`...), o.Partial)
	to = appendOptional(to, `,"period":`, o.Period.String())
	if format >= completeFormat {
		to = strconv.AppendBool(append(to, `,"protected":`...), o.Protected)
	}
	to = appendOptional(to, `,"source":`, string(o.Source))
	to = appendText(append(to, `,"status":`...), o.Review.String())
	to = appendDecimal(to, `,"value":`, o.Value)
	return append(to, `},"table":"observations"}`+"\n"...)
}

func appendBreakdown(to []byte, b *Breakdown) []byte {
	if b.IsTotal() {
		return append(to, `null`...)
	}
	before := byte('{')
	for _, part := range [...]struct{ name, text string }{{"age", b.Age}, {"breakdown", b.Other}, {"governorate", b.Governorate}, {"sex", b.Sex}} {
		if part.text != "" {
			to = append(to, before)
			to = append(appendText(to, part.name), ':')
			to = appendText(to, part.text)
			before = ','
		}
	}
	return append(to, '}')
}

func appendDecimal(to []byte, name string, d Decimal) []byte {
	to = append(to, name...)
	if !d.IsSet() {
		return append(to, `null`...)
	}
	return d.AppendText(to)
}

func appendOptional(to []byte, name, text string) []byte {
	to = append(to, name...)
	if text == "" {
		return append(to, `null`...)
	}
	return appendText(to, text)
}

// appendText writes a text as encoding/json does.
func appendText(to []byte, text string) []byte {
	for n := range len(text) {
		if c := text[n]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(text) // of a text there always is one
			return append(to, quoted...)
		}
	}
	return append(append(append(to, '"'), text...), '"')
}
