package web

import (
	"cmp"
	"fmt"
	"strings"

	"jalon/charts"
	"jalon/indicators"
	"jalon/locale"
)

// sourcesNamed is how many sources a chart of many indicators names; of more it says where
// they stand.
const sourcesNamed = 4

// sourcesAmong are the sources of the newest figures of some indicators, each once.
func (v *view) sourcesAmong(all []*indicators.Assessment) []phrase {
	var newest []indicators.Figure
	seen := map[indicators.Optional]bool{}
	for _, a := range all {
		known := v.p.Figures(a.Indicator)
		if len(known) == 0 || seen[known[len(known)-1].Source] {
			continue
		}
		f := known[len(known)-1]
		seen[f.Source] = true
		if newest = append(newest, f); len(newest) > sourcesNamed+1 { // one may be of no source at all
			break
		}
	}
	return v.few(v.sourcesOf(newest))
}

// few are sources, or where they stand where they are many.
func (v *view) few(sources []phrase) []phrase {
	if len(sources) > sourcesNamed {
		return v.ours("chart.sources.each")
	}
	return sources
}

// ours is one thing that the catalogue says, among those that people entered.
func (v *view) ours(key string) []phrase { return []phrase{{Text: v.l.T(key)}} }

// isolated is a phrase as a part of a line that has no markup to hold it apart.
func (p phrase) isolated(l *locale.Language) string {
	if p.Lang == "" {
		return p.Text
	}
	return l.Isolate(p.Text)
}

// fullOf reads whether a picture is asked for with everything that the page says beside it.
func fullOf(word string) (bool, error) {
	if word != "" && word != "1" {
		return false, fmt.Errorf("%w: full %q: write 1, or leave it out", indicators.ErrInvalid, word)
	}
	return word == "1", nil
}

// mounted is a chart with what the page says beside it, for a picture that leaves it.
func (v *view) mounted(c charts.Chart, p *plate, theme charts.Theme) charts.Chart {
	var beside []string
	if p.unit.Text != "" {
		beside = append(beside, v.l.T("chart.unit")+" "+p.unit.isolated(v.l)+".")
	}
	if len(p.sources) > 0 {
		names := make([]string, len(p.sources))
		for n, source := range p.sources {
			names[n] = source.isolated(v.l)
		}
		beside = append(beside, v.l.T("chart.sources")+" "+strings.Join(names, v.l.T("text.comma"))+".")
	}
	beside = append(beside, v.l.T("chart.cut_off", string(v.date(v.p.Day))))
	m := charts.Mount{Subject: p.subject.isolated(v.l), Foot: []string{strings.Join(beside, " ")}}
	if p.invented != nil && p.invented() {
		m.Foot = append(m.Foot, v.l.T("chart.invented"))
	}
	m.Foot = append(m.Foot, v.programme().isolated(v.l))
	return c.Mounted(v.l, cmp.Or(theme, charts.Light), m)
}

// inventing tells of a plate that it shows indicators or actions that are made up.
func (v *view) inventing(list []*indicators.Indicator, actions []*indicators.Action) func() bool {
	return func() bool { return v.inventedAmong(list, actions) != "" }
}
