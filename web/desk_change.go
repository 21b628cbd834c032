package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"jalon/indicators"
	"jalon/sql"
)

// A gridChange is what a form of the grid asks for.
type gridChange struct {
	lines  []indicators.Line
	files  []sql.Attachment
	faults []gridFault
}

// done is the word on what was written.
func (c *gridChange) done(report *indicators.Report) string {
	switch {
	case report == nil || report.Unchanged:
		return "nothing"
	case len(c.lines) == 0:
		return "beside"
	}
	return "draft"
}

// changed finds the cells in which another figure stands than when the form was drawn, or
// another comment, or to which files were added.
func (ps *pages) changed(v *view, r *http.Request, seen int, cells []typedCell) (change gridChange, err error) {
	codes, periods := []string{}, []indicators.Period{}
	for _, c := range cells {
		codes, periods = append(codes, c.indicator.Code), append(periods, c.period)
	}
	slices.Sort(periods)
	standing, err := ps.server.store.Standing(r.Context(), seen, indicators.NewCodes(codes), slices.Compact(periods))
	if err != nil {
		return change, err
	}
	base := map[indicators.FigureKey]*indicators.Observation{}
	for n := range standing {
		o := &standing[n]
		if have := base[o.Key()]; have == nil || have.Review == indicators.Published { // a proposal is before what is published
			base[o.Key()] = o
		}
	}
	locks, err := ps.server.store.Locks(r.Context(), 0)
	if err != nil {
		return change, err
	}
	for n := range cells {
		c := &cells[n]
		line, fault := v.line(c, base[c.key()])
		if len(c.files) > 0 && fault == nil {
			fault = v.fileless(c, line, base[c.key()], locks)
		}
		if fault != nil {
			change.faults = append(change.faults, *fault)
			continue
		}
		if line != nil {
			line.Number = len(change.lines) + 1
			change.lines = append(change.lines, *line)
		}
		for _, f := range c.files {
			d := f.Document
			d.FigureKey, d.Confidential = c.key(), !c.public
			change.files = append(change.files, sql.Attachment{Document: d, Content: f.content})
		}
	}
	return change, nil
}

// fileless is why files cannot be attached to what a cell holds.
func (v *view) fileless(c *typedCell, line *indicators.Line, base *indicators.Observation, locks []indicators.Lock) *gridFault {
	word := ""
	switch {
	case slices.ContainsFunc(locks, func(l indicators.Lock) bool { return l.Holds(c.period) }):
		word = "figure.locked"
	case line == nil && base == nil, line != nil && line.Remove:
		word = "grid.beside_nothing"
	default:
		return nil
	}
	fault := v.fault(c.field(fieldFile), v.l.T(word))
	return &fault
}

// line is the change that a cell asks for, nil where it asks for none, or what is wrong
// with it.
func (v *view) line(c *typedCell, base *indicators.Observation) (*indicators.Line, *gridFault) {
	wrong := func(kind, words string) (*indicators.Line, *gridFault) {
		fault := v.fault(c.field(kind), words)
		return nil, &fault
	}
	o := indicators.Observation{Indicator: c.indicator.Code}
	if base != nil {
		o = *base
	}
	commented := c.comment != nil && *c.comment != tidy(string(o.Comment))
	o.Period, o.Review = c.period, indicators.Draft
	line := &indicators.Line{At: func(string) indicators.Place { return indicators.Place{} }}
	valued, word := v.revalue(&o, c, base)
	switch {
	case word != "":
		return wrong(fieldValue, word)
	case commented && utf8.RuneCountInString(*c.comment) > maxComment:
		return wrong(fieldComment, v.l.N("grid.comment_long", maxComment))
	case commented && *c.comment != "" && c.text == "" && (c.valued || base == nil):
		return wrong(fieldComment, v.l.T("grid.beside_nothing"))
	case !valued && !commented:
		return nil, nil
	case valued && c.text == "":
		line.Remove = true
	case commented:
		o.Comment = indicators.Optional(*c.comment)
	}
	line.Observation = o
	return line, nil
}

// revalue puts the value that was typed into a figure, and tells whether it is another one
// than before, or what is wrong with it.
func (v *view) revalue(o *indicators.Observation, c *typedCell, base *indicators.Observation) (valued bool, wrong string) {
	before := ""
	if base != nil {
		before = v.input(&base.Figure)
	}
	switch {
	case !c.valued || c.text == before:
		return false, ""
	case c.text == "" && base.Review == indicators.Published:
		return false, v.l.T("grid.emptied")
	case c.text == "":
		return true, ""
	case indicators.WithoutValue(strings.ToUpper(c.text)):
		o.Status, o.Value = strings.ToUpper(c.text), indicators.Decimal{}
	default:
		value, err := typedNumber(c.text)
		if err != nil {
			return false, v.l.T("grid.not_number", c.text)
		}
		if base != nil && base.Value.Equal(value) && !indicators.WithoutValue(base.Status) {
			return false, ""
		}
		if word := v.outside(c.indicator, value); word != "" {
			return false, word
		}
		o.Value = value
		if o.Status == "" || indicators.WithoutValue(o.Status) {
			o.Status = "A"
		}
	}
	o.Numerator, o.Denominator = indicators.Decimal{}, indicators.Decimal{}
	return true, ""
}
