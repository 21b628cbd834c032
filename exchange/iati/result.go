package iati

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// result is an indicator with its baseline, targets and values. The assessment that speaks
// for the indicator says which target counts.
func (f *File) result(i *indicators.Indicator) result {
	title := f.entered(i.Title, i.Code)
	made := indicator{
		Measure: measure(i.Kind), Ascending: ascending(i.Direction), Aggregation: aggregation(i),
		Title: title, Description: f.meaning(i), References: f.codesOf(i),
	}
	periods := periodsOf{file: f, indicator: i, all: map[indicators.Period]*period{}}
	if a := f.Picture.Principal(i.Code); a != nil {
		made.Baseline = baselineOf(a)
		periods.targets(a)
	}
	periods.actuals(f.Picture.Figures(i.Code), indicators.Breakdown{})
	for _, b := range sortedParts(f.Parts[i.Code]) {
		periods.actuals(f.Parts[i.Code][b], b)
	}
	made.Periods = periods.sorted()
	return result{Type: resultType(i.ResultType), Aggregation: made.Aggregation, Title: title, Indicator: made}
}

// meaning is the definition, the unit, for which the standard has no place, and how values of
// several periods belong together.
func (f *File) meaning(i *indicators.Indicator) *text {
	said := f.said(func(l *locale.Language) string {
		var definition, unit, together, invented string
		if words, in := i.Definition.In(l.Code); in == l.Code {
			definition = words
		}
		shown, _ := i.UnitShown.In(l.Code)
		if shown == "" {
			shown = i.Unit
		}
		unit = l.T("iati.unit", shown)
		if i.Accumulation != indicators.Level {
			together = l.T("iati." + i.Accumulation)
		}
		if f.Picture.IsIllustrative(i) {
			invented = l.T("invented.indicator")
		}
		return sentences(definition, unit, together, invented)
	})
	return &said
}

// codesOf are the indicator's own code and those of the SDGs.
func (f *File) codesOf(i *indicators.Indicator) []reference {
	var all []reference
	for _, code := range i.External {
		if sdg, is := strings.CutPrefix(code, "sdg:"); is {
			all = append(all, reference{Vocabulary: "9", Code: sdg})
		}
	}
	return append(all, reference{"99", i.Code, f.address("indicators", i.Code)})
}

func baselineOf(a *indicators.Assessment) *baseline {
	b := a.Baseline
	if !b.Value.Valid || b.FromZero() {
		return nil
	}
	end := b.Period.End()
	return &baseline{Year: end.Time().Year(), Date: end.String(), Value: number(b.Value.Value)}
}

// sortedParts lists breakdowns in one order.
func sortedParts(parts indicators.Parts) []indicators.Breakdown {
	all := make([]indicators.Breakdown, 0, len(parts))
	for b := range parts {
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b indicators.Breakdown) int { return strings.Compare(a.Key(), b.Key()) })
	return all
}

// periodsOf gathers what is wanted and what was in each period of an indicator.
type periodsOf struct {
	file      *File
	indicator *indicators.Indicator
	all       map[indicators.Period]*period
}

func (p *periodsOf) at(of indicators.Period) *period {
	if p.all[of] == nil {
		p.all[of] = &period{Start: dated{of.Start().String()}, End: dated{of.End().String()}}
	}
	return p.all[of]
}

func (p *periodsOf) sorted() []period {
	var all []period
	for _, of := range p.all {
		all = append(all, *of)
	}
	slices.SortFunc(all, func(a, b period) int {
		if c := strings.Compare(a.End.Date, b.End.Date); c != 0 {
			return c
		}
		return strings.Compare(b.Start.Date, a.Start.Date) // the longer after the shorter
	})
	return all
}

// targets are the milestones in force and the final target of an assessment.
func (p *periodsOf) targets(a *indicators.Assessment) {
	for _, m := range a.Course().Milestones {
		p.target(m.Period, m.Value, indicators.Decimal{}, indicators.Decimal{})
	}
	if t := a.Target; t.IsSet() {
		p.target(t.Period, t.Value, t.Low, t.High)
	}
}

// target puts a target into its period: of what adds up from the start, into the last that
// is reported. Of a band, the nearer side is the target, and the whole is said beside it.
func (p *periodsOf) target(at indicators.Period, value, low, high indicators.Decimal) {
	i := p.indicator
	if i.Accumulation == indicators.Cumulative && at.Months() > i.Frequency.Months() {
		at = i.Frequency.Containing(at.End())
	}
	made := amount{Value: value.String()}
	if !value.IsSet() {
		made.Value = low.String()
		if i.Direction == indicators.Decrease {
			made.Value = high.String()
		}
		band := p.file.said(func(l *locale.Language) string {
			return l.T("iati.band", l.Digits(low.String()), l.Digits(high.String()))
		})
		made.Comment = &band
	}
	if made.Value != "" {
		to := p.at(at)
		to.Targets = []amount{made} // the final one after a milestone for the same period
	}
}

// actuals are published values of the whole, or of a part of it.
func (p *periodsOf) actuals(figures []indicators.Figure, of indicators.Breakdown) {
	for n := range figures {
		g := &figures[n]
		if !g.Value.IsSet() || g.Period.End() > p.file.Picture.Day {
			continue
		}
		made := amount{Value: g.Value.String(), Dimensions: dimensions(of), Comment: p.remark(g)}
		key := indicators.FigureKey{Indicator: p.indicator.Code, Breakdown: of, Period: g.Period}
		for _, d := range p.file.Documents[key] {
			if link := p.file.documentLink(&d); link != nil {
				made.Documents = append(made.Documents, *link)
			}
		}
		to := p.at(g.Period)
		to.Actuals = append(to.Actuals, made)
	}
}

func dimensions(of indicators.Breakdown) []dimension {
	var all []dimension
	for word := range strings.SplitSeq(of.Key(), "|") {
		if name, value, found := strings.Cut(word, "="); found {
			all = append(all, dimension{name, value})
		}
	}
	return all
}

// remark says how good a value is and where it is from; nil where there is nothing to say.
// A source has one name: it is given in the language of the file.
func (p *periodsOf) remark(g *indicators.Figure) *text {
	said := p.file.said(func(l *locale.Language) string {
		var quality, partial, source string
		if g.Status != "A" {
			quality = l.T("iati.quality", l.T("obs_status."+g.Status))
		}
		if g.Partial {
			partial = l.T("iati.quality", l.T("obs_status.partial"))
		}
		if from := plain(string(g.Source)); from != "" && l == p.file.Languages[0] {
			source = l.T("iati.source", from)
		}
		return sentences(quality, partial, source)
	})
	if len(said.Narratives) == 0 {
		return nil
	}
	return &said
}

// documentLink is a file behind a value; nil where it is not known where the pages are.
func (f *File) documentLink(d *indicators.Document) *documentLink {
	if f.Site == "" || d.Erased {
		return nil
	}
	return &documentLink{
		Format: fileFormat(d.MediaType), URL: f.Site + "/documents/" + strconv.Itoa(d.ID) + "/" + url.PathEscape(d.Name),
		Title: text{[]narrative{{Words: plain(d.Name)}}}, Category: coded{"A08"},
	}
}
