package web

import (
	"io"
	"slices"
	"strings"

	"jalon/exchange/xlsx"
	"jalon/indicators"
)

// writeBook writes a portfolio as a workbook. The same portfolio gives the same bytes.
func (v *view) writeBook(f *portfolio, to io.Writer) error {
	book := xlsx.Book{
		Title: v.l.T("portfolio.title", v.payer(f.donor)), Language: v.l.Code, At: v.p.Newest().At, RightToLeft: v.l.Dir == "rtl",
		Sheets: []xlsx.Sheet{v.portfolioAbout(f), v.portfolioActions(f), v.portfolioMoney(f), v.portfolioOutcomes(f), v.portfolioEvidence(f), v.portfolioSources(f)},
	}
	return book.Write(to)
}

// payer names a donor; "" is all of them.
func (v *view) payer(code string) string {
	if code == "" {
		return v.l.T("portfolio.everybody")
	}
	return v.organisation(code).Text
}

// tableSheet begins a sheet with its heading.
func (v *view) tableSheet(name string, columns ...string) xlsx.Sheet {
	return xlsx.Sheet{Name: v.l.T(name), Heading: v.words("figures.", columns...)}
}

// portfolioAbout says what the workbook holds, as of when, and on what terms.
func (v *view) portfolioAbout(f *portfolio) xlsx.Sheet {
	s := xlsx.Sheet{Name: v.l.T("portfolio.sheet.about"), Heading: []string{v.programme().Text, v.l.T("portfolio.title", v.payer(f.donor))}}
	add := func(word string, value any) {
		if value != "" {
			s.Rows = append(s.Rows, []any{word, value})
		}
	}
	newest := v.p.Newest()
	add(v.l.T("portfolio.donor"), v.payer(f.donor))
	for _, name := range portfolioFilters() {
		if chosen := f.params.Get(name); chosen != "" {
			add(v.l.T("portfolio.filter", v.l.T("actions.filter."+name)), v.filterWord(name, chosen))
		}
	}
	add(v.l.T("portfolio.cut_off"), dayCell(v.p.Day))
	add(v.l.T("portfolio.known"), dayCell(indicators.DateOf(newest.At.In(v.p.Zone()))))
	add(v.l.T("portfolio.changeset"), newest.Number)
	address := v.origin + v.href("donors")
	if f.donor != "" {
		address = v.origin + v.href("donors", f.donor)
		if len(f.params) > 0 {
			address += joint(v.asOf) + f.params.Encode()
		}
	}
	add(v.l.T("portfolio.address"), address)
	add(v.l.T("portfolio.licence"), v.p.Setting("licence", ""))
	add(v.l.T("portfolio.contact"), v.p.Setting("contact", ""))
	add(v.l.T("portfolio.money"), v.l.T("portfolio.money.words"))
	add(v.l.T("portfolio.withheld"), v.l.T("portfolio.withheld.words"))
	if v.inventedAmong(f.indicators(), f.actions()) != "" {
		add(v.l.T("portfolio.invented"), v.l.T("portfolio.invented.words"))
	}
	return s
}

// filterWord is what a filter asks for, in words.
func (v *view) filterWord(name, chosen string) string {
	switch name {
	case "result":
		return v.resultTitle(chosen)
	case "governorate":
		return v.governorates(indicators.Codes{chosen})[0].Text
	}
	return chosen
}

// marked is the word for what is invented; nil where it is not.
func (v *view) marked(illustrative bool) any {
	if illustrative {
		return v.l.T("tag.illustrative")
	}
	return nil
}

func (v *view) portfolioActions(f *portfolio) xlsx.Sheet {
	s := v.tableSheet("portfolio.sheet.actions", "code", "title", "illustrative", "group", "status", "lead", "governorates", "result", "start", "end",
		"actual_start", "actual_end", "reached", "indicators", "assessed")
	for _, a := range f.actions() {
		var lead string
		if a.Lead != "" {
			lead = v.organisation(string(a.Lead)).Text
		}
		up := v.p.RollUp(v.p.ForIndicators(v.p.ActionIndicators(a.Code)))
		s.Rows = append(s.Rows, []any{
			a.Code, v.phrase(a.Title).Text, v.marked(a.Illustrative), v.groupTitle(a.Group), v.l.T("action.status." + a.Status), lead,
			texts(v.governorates(a.Governorates)), strings.Join(a.Results.Refs(), "|"), dayCell(a.Start), dayCell(a.End), dayCell(a.ActualStart), dayCell(a.ActualEnd),
			numberCell(up.Score), up.Total, up.Assessed,
		})
	}
	return s
}

func (v *view) groupTitle(code string) string {
	if g := v.p.Group(code); g != nil {
		return v.phrase(g.Title).Text
	}
	return code
}

// texts joins phrases as lists of the workbook are joined.
func texts(all []phrase) string {
	words := make([]string, len(all))
	for n, p := range all {
		words[n] = p.Text
	}
	return strings.Join(words, "|")
}

func (v *view) portfolioMoney(f *portfolio) xlsx.Sheet {
	s := v.tableSheet("portfolio.sheet.money", "donor", "code", "action", "currency", "promised", "disbursed", "disbursed_share", "reference")
	for _, g := range f.grants {
		for _, m := range g.Money {
			s.Rows = append(s.Rows, []any{
				v.payer(g.donor), g.Action.Code, v.phrase(g.Action.Title).Text, m.Currency, m.Promised, m.Disbursed, numberCell(m.Share()), strings.Join(g.References, "|"),
			})
		}
	}
	return s
}

// portfolioOutcomes is a line for each indicator of each action, by the assessment that
// speaks for it on the page.
func (v *view) portfolioOutcomes(f *portfolio) xlsx.Sheet {
	s := v.tableSheet("portfolio.sheet.outcomes", "action", "code", "title", "illustrative", "result_type", "unit", "baseline", "baseline_period", "value", "period",
		"obs_status", "target", "target_low", "target_high", "target_period", "achievement", "expected", "status", "method", "evidence")
	pieces := map[string]int{}
	for n := range f.documents {
		pieces[f.documents[n].Indicator]++
	}
	for _, action := range f.actions() {
		for _, i := range v.p.ActionIndicators(action.Code) {
			a := v.p.Principal(i.Code)
			if a == nil {
				continue
			}
			kind := ""
			if i.ResultType != "" {
				kind = v.l.T("result_type." + string(i.ResultType))
			}
			s.Rows = append(s.Rows, []any{
				action.Code, i.Code, v.phrase(i.Title).Text, v.marked(v.p.IsIllustrative(i)), kind, v.unit(i).Text,
				numberCell(a.Baseline.Value), periodCell(a.Baseline.Period), numberCell(a.Latest.Value), periodCell(a.Latest.Period), v.qualityWord(a),
				decimalCell(a.Target.Value), decimalCell(a.Target.Low), decimalCell(a.Target.High), periodCell(a.Target.Period),
				numberCell(a.Achievement), numberCell(a.Expected), v.status(a.Status).Word, v.methodOf(a), pieces[i.Code],
			})
		}
	}
	return s
}

// qualityWord says how good the value of an assessment is; nothing where it is as any other.
func (v *view) qualityWord(a *indicators.Assessment) string {
	if !a.Latest.Value.Valid || a.Latest.Status == "A" || a.Latest.Status == "" {
		return ""
	}
	return v.l.T("obs_status." + string(a.Latest.Status))
}

// portfolioEvidence lists the public files behind the figures.
func (v *view) portfolioEvidence(f *portfolio) xlsx.Sheet {
	s := v.tableSheet("portfolio.sheet.evidence", "code", "period", "part", "name", "kind", "size", "address")
	for n := range f.documents {
		d := &f.documents[n]
		if !d.Erased {
			s.Rows = append(s.Rows, []any{
				d.Indicator, periodCell(d.Period), v.breakdown(d.Breakdown), d.Name, v.l.T("document.type." + documentWord(d.MediaType)), int(d.Size), v.origin + v.documentHref(d),
			})
		}
	}
	return s
}

// portfolioSources lists where the published values come from, each source of an indicator
// once.
func (v *view) portfolioSources(f *portfolio) xlsx.Sheet {
	s := v.tableSheet("portfolio.sheet.sources", "code", "title", "source", "first_period", "last_period", "values")
	for _, i := range f.indicators() {
		type span struct {
			first, last indicators.Period
			count       int
		}
		var order []indicators.Optional
		spans := map[indicators.Optional]span{}
		for _, g := range v.p.Figures(i.Code) {
			source := g.Source
			if source == "" {
				source = i.Source
			}
			if !slices.Contains(order, source) {
				order, spans[source] = append(order, source), span{first: g.Period}
			}
			spans[source] = span{spans[source].first, g.Period, spans[source].count + 1}
		}
		for _, source := range order {
			of := spans[source]
			s.Rows = append(s.Rows, []any{i.Code, v.phrase(i.Title).Text, string(source), periodCell(of.first), periodCell(of.last), of.count})
		}
	}
	return s
}
