package web

import (
	"fmt"

	"jalon/indicators"
)

// said words a sentence of the rules in the reader's language, with the values in it
// written as they are elsewhere on the page.
func (v *view) said(s indicators.Sentence) string {
	args := make([]string, len(s.Args))
	for n, arg := range s.Args {
		args[n] = v.saidValue(arg)
	}
	return v.l.Sentence(s.Format, args...)
}

// saidValue writes what stands in a sentence. Names of tables, columns and words of the
// workbook stay as they are.
func (v *view) saidValue(arg any) string {
	switch x := arg.(type) {
	case indicators.Sentence:
		return v.said(x)
	case indicators.Quoted:
		return v.l.Quoted(x.Plain())
	case indicators.Frequency:
		return v.l.T("frequency." + string(x))
	case indicators.Role:
		return v.l.T("role." + string(x))
	case indicators.Decimal:
		return v.l.Isolate(v.l.Digits(x.String()))
	case indicators.Period:
		return v.l.Isolate(string(v.period(x)))
	case indicators.Date:
		return v.l.Isolate(v.l.Date(x.Time()))
	case int:
		return v.l.Isolate(v.l.Integer(x))
	}
	return v.l.Isolate(fmt.Sprint(arg))
}
