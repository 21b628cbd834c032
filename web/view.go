package web

import (
	"html/template"
	"net/url"
	"strings"
	"unicode"

	"jalon/indicators"
	"jalon/locale"
)

// A view is what one reader is shown: a Picture, in a language, with the moment
// asked for carried from link to link.
type view struct {
	p    *indicators.Picture
	l    *locale.Language
	asOf string // as the reader gave it; empty: now

	spoken map[string]*locale.Language // all languages, for files that speak more than one

	origin string // the site's public address, without a slash; empty where it is not known

	reader   *indicators.Account  // nil: the public
	frozen   *indicators.Snapshot // the published snapshot of what is shown, if an earlier moment is asked for and that is one
	personal bool                 // the page is of now and of this reader: there is no looking back

	// versions is every published version of an indicator's figures by then. Where the
	// database cannot be asked it is nil and incomplete is set: the page is not kept.
	versions func(indicator string) []indicators.Version
	// receipts is when the reports of some indicators, from a year on, came in, as known by
	// then; likewise.
	receipts   func(codes []string, since int) indicators.Receipts
	incomplete bool
	// parts are an indicator's figures by sex, by governorate and so on; latestIn the newest
	// figure of each indicator in a governorate; byGovernorate of how many governorates each
	// has figures; likewise.
	parts         func(*indicators.Indicator) indicators.Parts
	latestIn      func(governorate string) map[string]indicators.Figure
	byGovernorate func() map[string]int
	// shapes are the borders that an administrator has given; nil: governorates are squares.
	shapes func() []byte
	// before is the state that this one is compared with.
	before func() before
	// issued is the latest snapshot published by then, nil where there is none, and what it asks
	// to decide.
	issued func() (*indicators.Snapshot, indicators.Text)
	// differences holds two states against each other, by their pair in an address.
	differences func(pair string) (*difference, error)
	passing     bool // there is no end of pages like this one: it is drawn anew, and not kept

	glossary *terms
	pictured bool           // there is a chart on the page: its scripts are wanted
	defined  map[string]int // how often the page has said what a term means

	// onItsWay are the figures of an indicator under review that the reader sees; nil for
	// the public.
	onItsWay func(indicator string) ([]workRow, error)
	// documents is what the reader may have of the files behind some indicators' figures; it
	// is nil, or the page incomplete, likewise.
	documents func(...*indicators.Indicator) []indicators.Document
}

// A phrase is a text that people entered. Lang is set only where French stands in
// for the page's language, so that it is pronounced and laid out as French.
type phrase struct {
	Text string
	Lang string
}

func (v *view) phrase(t indicators.Text) phrase {
	text, lang := t.In(v.l.Code)
	if lang == v.l.Code || text == "" {
		lang = ""
	}
	return phrase{text, lang}
}

// original is a text that has one version only, in French or whatever its author
// wrote: sources, notes.
func (v *view) original(text indicators.Optional) phrase {
	return v.phrase(indicators.Text{FR: text})
}

// A link is a thing with a page of its own.
type link struct {
	Href string
	Code string
	Name phrase
}

// href is the address of a page in the reader's language, at the moment asked for.
func (v *view) href(parts ...string) string {
	return "/" + v.l.Code + "/" + escaped(parts...) + v.query()
}

func (v *view) query() string {
	if v.asOf == "" {
		return ""
	}
	return "?" + url.Values{"as-of": {v.asOf}}.Encode()
}

func (v *view) linkGroup(g *indicators.Group) link {
	return link{v.href("groups", g.Code), g.Code, v.phrase(g.Title)}
}

func (v *view) linkAction(a *indicators.Action) link {
	return link{v.href("actions", a.Code), a.Code, v.phrase(a.Title)}
}

func (v *view) linkIndicator(i *indicators.Indicator) link {
	return link{v.href("indicators", i.Code), i.Code, v.phrase(i.Title)}
}

func (v *view) linkFramework(f *indicators.Framework) link {
	return link{v.href("frameworks", f.Code), f.Code, v.phrase(f.Title)}
}

func (v *view) linkResult(r *indicators.Result) link {
	return link{v.href("frameworks", r.Framework, r.Code), r.Code, v.phrase(r.Title)}
}

// organisation is the name of an organisation, its code where it is unknown.
func (v *view) organisation(code string) phrase {
	if o := v.p.Organisation(code); o != nil {
		return v.phrase(o.Name)
	}
	return phrase{Text: code}
}

func (v *view) organisations(codes indicators.Codes) []phrase {
	var names []phrase
	for _, code := range codes {
		names = append(names, v.organisation(code))
	}
	return names
}

// governorates names the governorates of a list of codes.
func (v *view) governorates(codes indicators.Codes) []phrase {
	var names []phrase
	for _, code := range codes {
		name := phrase{Text: code}
		if c := v.p.Category("governorate", code); c != nil {
			name = v.phrase(c.Title)
		}
		names = append(names, name)
	}
	return names
}

// breakdown says which part of the whole an assessment is about; nothing for the total.
func (v *view) breakdown(b indicators.Breakdown) string {
	var words []string
	for _, word := range strings.Split(b.Key(), "|") {
		dimension, code, found := strings.Cut(word, "=")
		if !found {
			continue
		}
		name := code
		if c := v.p.Category(dimension, code); c != nil {
			name = v.phrase(c.Title).Text
		} else if key := "breakdown." + dimension + "." + code; v.l.T(key) != key {
			name = v.l.T(key)
		} else if dimension == "age" {
			name = v.l.T("breakdown.age", code)
		}
		words = append(words, name)
	}
	return strings.Join(words, v.l.T("text.comma"))
}

// A figure is a number, date or period already written in the reader's language.
type figure string

// HTML isolates the figure from the direction of the text around it. Numbers run
// from left to right also in Arabic; a date with an Arabic month does not.
func (f figure) HTML() template.HTML {
	if f == "" {
		return ""
	}
	class := ` class="num"`
	if strings.ContainsFunc(string(f), func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }) {
		class = ""
	}
	return markup("<bdi" + class + ">" + template.HTMLEscapeString(string(f)) + "</bdi>")
}

// HTML marks the language of a text that is not in the page's.
func (p phrase) HTML() template.HTML {
	return p.around(sentenceOf(p.Text))
}

// around is the phrase with its text written otherwise.
func (p phrase) around(text template.HTML) template.HTML {
	if p.Lang == "" {
		return markup(`<bdi>` + string(text) + `</bdi>`)
	}
	return markup(`<bdi lang="` + p.Lang + `" dir="auto">` + string(text) + `</bdi>`)
}

// HTML is the link with the name it leads to.
func (l link) HTML() template.HTML {
	return markup(`<a href="` + template.HTMLEscapeString(l.Href) + `">` + string(l.Name.HTML()) + `</a>`)
}

// sentence fills a text of the catalogue, which holds no markup, with parts that
// keep their own direction, language and links. What people entered is escaped
// here, part by part.
func sentence(l *locale.Language, key string, parts ...any) template.HTML {
	return markup(l.T(key, writtenAll(l, parts)...))
}

// plural is the sentence for a number of things; {0} is the number.
func plural(l *locale.Language, key string, n int, parts ...any) template.HTML {
	return markup(l.N(key, n, writtenAll(l, parts)...))
}

func writtenAll(l *locale.Language, parts []any) []any {
	all := make([]any, len(parts))
	for n, part := range parts {
		all[n] = written(l, part)
	}
	return all
}

func written(l *locale.Language, part any) template.HTML {
	switch part := part.(type) {
	case template.HTML:
		return part
	case int:
		return figure(l.Integer(part)).HTML()
	case interface{ HTML() template.HTML }:
		return part.HTML()
	case string:
		return phrase{Text: part}.HTML()
	}
	return ""
}

// markup marks text as HTML. Every caller has escaped what it put together.
func markup(text string) template.HTML {
	return template.HTML(text) //nolint:gosec // the one door; callers escape each part
}
