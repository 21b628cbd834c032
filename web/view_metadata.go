package web

import (
	"html/template"
	"strings"

	"jalon/indicators"
)

// A metadatum is a line of an indicator's sheet. Without a value it says that there is none.
type metadatum struct {
	Name  string
	Value template.HTML
}

// metadata are everything that defines an indicator and everything that leads on from it.
// What a reader must be able to rely on stands there also where nobody has filled it in;
// the rest only where there is something to say.
func (v *view) metadata(i *indicators.Indicator) []metadatum {
	m := sheetOf{v: v}
	m.must("definition", v.phrase(i.Definition))
	unit := v.unit(i)
	m.must("unit", unit)
	if i.Unit != unit.Text {
		m.may("unit_stored", figure(i.Unit))
	}
	m.word("kind", "indicator.kind."+i.Kind)
	m.word("direction", "direction."+i.Direction)
	m.word("accumulation", "metadata.accumulation."+i.Accumulation)
	m.word("frequency", "frequency."+string(i.Frequency))
	m.may("calculation", v.calculation(i))
	m.must("bounds", v.boundsOf(i))
	m.must("breakdowns", v.dimensionNames(i.Breakdowns))
	if len(i.Breakdowns) > 0 {
		m.must("additive", v.dimensionNames(i.Additive))
	}
	m.may("method", v.methodsOf(i))
	m.must("source", v.original(i.Source))
	m.must("responsible", v.responsible(i))
	m.must("due_days", v.dueDays(i))
	m.may("external", v.codes(i.External))
	m.must("results", v.weighted(i.Results))
	m.span(i)
	m.leads(i)
	return m.lines
}

// sheetOf collects the lines of a sheet.
type sheetOf struct {
	v     *view
	lines []metadatum
}

// must adds a line, with or without a value; may only with one.
func (m *sheetOf) must(key string, value any) {
	m.lines = append(m.lines, metadatum{m.v.l.T("metadata." + key), filledIn(m.v, value)})
}

func (m *sheetOf) may(key string, value any) {
	if filledIn(m.v, value) != "" {
		m.must(key, value)
	}
}

func (m *sheetOf) word(key, word string) { m.must(key, phrase{Text: m.v.l.T(word)}) }

// filledIn is a value as HTML; nothing where it is empty.
func filledIn(v *view, value any) template.HTML {
	if p, is := value.(phrase); is && p.Text == "" {
		return ""
	}
	return written(v.l, value)
}

// span tells of the figures: from when to when, how many, of the total.
func (m *sheetOf) span(i *indicators.Indicator) {
	v, figures := m.v, m.v.p.Figures(i.Code)
	m.must("values", plural(v.l, "metadata.count", len(figures)))
	if len(figures) > 0 {
		m.must("span", sentence(v.l, "metadata.from_to", v.period(figures[0].Period), v.period(figures[len(figures)-1].Period)))
	}
}

// leads are the addresses of what belongs to the indicator.
func (m *sheetOf) leads(i *indicators.Indicator) {
	v := m.v
	to := func(href, words string) template.HTML {
		return link{Href: href, Name: phrase{Text: v.l.T(words)}}.HTML()
	}
	m.must("revisions", to(v.href("indicators", i.Code, "history"), "indicator.history"))
	m.must("documents", to(v.href("indicators", i.Code, "documents"), "documents.title"))
	m.must("download", to(v.href("indicators", i.Code, "values.csv"), "metadata.download.words"))
	address := func(path string) template.HTML {
		return link{Href: path + v.query(), Name: phrase{Text: v.origin + path + v.query()}}.HTML()
	}
	m.must("permanent", address("/"+v.l.Code+"/"+escaped("indicators", i.Code)))
	joint := "?"
	if v.asOf != "" {
		joint = "&"
	}
	api := []template.HTML{address("/api/v1/" + escaped("indicators", i.Code))}
	for _, list := range []string{"observations", "assessments", "targets"} {
		path := "/api/v1/" + list + v.query() + joint + "indicator=" + escaped(i.Code)
		api = append(api, link{Href: path, Name: phrase{Text: v.origin + path}}.HTML())
	}
	m.must("api", lines(api))
	m.must("licence", v.original(indicators.Optional(v.p.Setting("licence", ""))))
	contact := v.p.Setting("contact", "")
	if contact == "" {
		m.must("contact", phrase{})
		return
	}
	m.must("contact", link{Href: "mailto:" + contact, Name: phrase{Text: contact}})
}

// lines puts pieces one below the other.
func lines(all []template.HTML) template.HTML {
	words := make([]string, len(all))
	for n, one := range all {
		words[n] = string(one)
	}
	return markup(strings.Join(words, "<br>"))
}

// calculation is the formula of what is one number over another.
func (v *view) calculation(i *indicators.Indicator) template.HTML {
	switch i.Kind {
	case "percent", "ratio", "rate":
	default:
		return ""
	}
	factor := "1"
	switch {
	case i.Factor.IsSet():
		factor = i.Factor.String()
	case i.Kind == "percent":
		factor = "100"
	}
	return sentence(v.l, "metadata.quotient", figure(v.l.Digits(factor)))
}

// boundsOf are the values that the indicator can take.
func (v *view) boundsOf(i *indicators.Indicator) template.HTML {
	low, high := i.Bounds()
	switch {
	case low.IsSet() && high.IsSet():
		return sentence(v.l, "metadata.between", figure(v.l.Digits(low.String())), figure(v.l.Digits(high.String())))
	case low.IsSet():
		return sentence(v.l, "metadata.from", figure(v.l.Digits(low.String())))
	case high.IsSet():
		return sentence(v.l, "metadata.up_to", figure(v.l.Digits(high.String())))
	}
	return ""
}

// dimensionNames names those that the figures can be broken down by.
func (v *view) dimensionNames(codes indicators.Codes) phrase {
	words := make([]string, len(codes))
	for n, code := range codes {
		words[n] = code
		if key := "dimension." + code; v.l.T(key) != key {
			words[n] = v.l.T(key)
		}
	}
	return phrase{Text: strings.Join(words, v.l.T("text.comma"))}
}

// methodsOf are those that judge it, each once.
func (v *view) methodsOf(i *indicators.Indicator) template.HTML {
	var all []template.HTML
	seen := map[string]bool{"": true}
	for _, a := range v.p.Of(i.Code) {
		if code := a.Method.Code; !seen[code] {
			seen[code] = true
			all = append(all, link{Href: v.href("methods") + "#" + code, Name: phrase{Text: v.methodName(code).Name}}.HTML())
		}
	}
	return lines(all)
}

func (v *view) responsible(i *indicators.Indicator) phrase {
	if i.Responsible == "" {
		return phrase{}
	}
	return v.organisation(string(i.Responsible))
}

func (v *view) dueDays(i *indicators.Indicator) template.HTML {
	if i.DueDays == nil {
		return ""
	}
	return plural(v.l, "metadata.days", *i.DueDays)
}

func (v *view) codes(codes indicators.Codes) template.HTML {
	all := make([]template.HTML, len(codes))
	for n, code := range codes {
		all[n] = figure(code).HTML()
	}
	return lines(all)
}

// weighted are the results that it serves, each with its framework, and its weight there
// where that is not 1.
func (v *view) weighted(links indicators.Links) template.HTML {
	var all []template.HTML
	for _, l := range links {
		r, f := v.p.Result(l.Ref()), v.p.Framework(l.Framework)
		if r == nil || f == nil {
			continue
		}
		to := v.linkResult(r)
		to.Name.Text = r.Code + " " + to.Name.Text
		line := sentence(v.l, "metadata.result", to, v.linkFramework(f))
		if l.Weight.IsSet() {
			line += " " + sentence(v.l, "metadata.weight", figure(v.l.Digits(l.Weight.String())))
		}
		all = append(all, line)
	}
	return lines(all)
}
