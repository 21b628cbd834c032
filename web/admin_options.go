package web

import (
	"slices"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/indicators/progress"
)

// choices are what a column may name, at present.
func (v *view) choices(name string, f table.Field) []option {
	var all []option
	add := func(code string, title phrase) {
		all = append(all, option{Value: code, Word: v.titled(code, title.Text)})
	}
	switch f.Names {
	case "":
		for _, word := range f.Words {
			all = append(all, option{Value: word, Word: v.word(name, f.Name, word)})
		}
	case "organisations":
		for n := range v.p.Organisations {
			add(v.p.Organisations[n].Code, v.phrase(v.p.Organisations[n].Name))
		}
	case "groups":
		for n := range v.p.Groups {
			add(v.p.Groups[n].Code, v.phrase(v.p.Groups[n].Title))
		}
	case "frameworks":
		for n := range v.p.Frameworks {
			add(v.p.Frameworks[n].Code, v.phrase(v.p.Frameworks[n].Title))
		}
	case "results":
		for n := range v.p.Results {
			add(v.p.Results[n].Ref(), v.phrase(v.p.Results[n].Title))
		}
	case "actions":
		for n := range v.p.Actions {
			add(v.p.Actions[n].Code, v.phrase(v.p.Actions[n].Title))
		}
	case "indicators":
		for n := range v.p.Indicators {
			add(v.p.Indicators[n].Code, v.phrase(v.p.Indicators[n].Title))
		}
	case "governorates":
		for n := range v.p.Categories {
			if c := &v.p.Categories[n]; c.Dimension == "governorate" {
				add(c.Code, v.phrase(c.Title))
			}
		}
	case "dimensions":
		for _, dimension := range v.dimensions() {
			name := phrase{}
			if slices.Contains(ownDimensions(), dimension) {
				name.Text = v.columnName("targets", dimension)
			}
			add(dimension, name)
		}
	case "methods":
		for _, method := range progress.Judging() {
			add(method, phrase{Text: v.l.T("method." + method + ".name")})
		}
	}
	slices.SortStableFunc(all, func(a, b option) int {
		if f.Names == "" || f.Names == "dimensions" {
			return 0
		}
		return indicators.CompareCodes(a.Value, b.Value)
	})
	return all
}

// titled is a code with what it stands for, in the direction of the page also where no
// markup can say so.
func (v *view) titled(code, title string) string {
	switch {
	case title == "" || title == code:
		return code
	case v.l.Dir == "rtl":
		return rightToLeft + v.l.Isolate(code) + " – " + title
	}
	return code + " – " + title
}

// ownDimensions are those that have columns of their own.
func ownDimensions() []string { return []string{"sex", "age", "governorate"} }

// dimensions lists what values can be broken down by.
func (v *view) dimensions() []string {
	all := ownDimensions()
	for n := range v.p.Categories {
		if d := v.p.Categories[n].Dimension; !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	return all
}
