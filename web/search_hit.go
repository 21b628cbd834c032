package web

import (
	"html/template"
	"strings"
	"unicode/utf8"

	"jalon/indicators"
)

// A hitRow is one thing that was found, with what was asked for marked in it.
type hitRow struct {
	Href         string // empty: it has no page of its own
	Kind         string
	Code         template.HTML // empty: it has no code that readers know
	Title        template.HTML
	Beside       template.HTML // the title in the language in which it was found
	Snippet      template.HTML
	Illustrative bool
	Key          bool
	Links        []link // to what an organisation has to do with
}

func (v *view) hitRow(q indicators.Query, h indicators.Hit) hitRow {
	row := hitRow{Kind: v.l.T("search.kind." + string(h.Kind))}
	var title, text indicators.Text
	code := h.Key
	switch h.Kind {
	case indicators.HitIndicator:
		i := v.p.Indicator(h.Key)
		title, text, row.Href = i.Title, i.Definition, v.href("indicators", i.Code)
		row.Illustrative, row.Key = v.p.IsIllustrative(i), i.Key
	case indicators.HitAction:
		a := v.p.Action(h.Key)
		title, text, row.Href, row.Illustrative = a.Title, a.Description, v.href("actions", a.Code), a.Illustrative
	case indicators.HitGroup:
		title, row.Href = v.p.Group(h.Key).Title, v.href("groups", h.Key)
	case indicators.HitFramework:
		title, row.Href = v.p.Framework(h.Key).Title, v.href("frameworks", h.Key)
	case indicators.HitResult:
		r := v.p.Result(h.Key)
		title, code, row.Href = r.Title, r.Code, v.href("frameworks", r.Framework, r.Code)
		row.Links = []link{v.linkFramework(v.p.Framework(r.Framework))}
	case indicators.HitOrganisation:
		title, row.Href, row.Links = v.p.Organisation(h.Key).Name, v.organisationHref(h.Key), v.actionsOf(h.Key)
	case indicators.HitTerm:
		t := v.glossary.find(h.Key)
		title, text, code, row.Href = inAll(t.Name), inAll(t.Definition), "", v.href("glossary")+"#"+t.Code
	}
	row.Code, row.Title = marked(q, phrase{Text: code}), marked(q, v.phrase(title))
	if code == "" {
		row.Code = ""
	}
	row.Beside = v.elsewhere(q, title)
	row.Snippet = v.snippet(q, text)
	return row
}

// organisationHref is the address of the actions that an organisation pays for, else of those
// that it leads or helps with; nothing where there are none.
func (v *view) organisationHref(organisation string) string {
	for _, s := range []indicators.Selection{{Donor: organisation}, {Organisation: organisation}} {
		if len(v.p.Select(s)) > 0 {
			return v.actionsHref(s)
		}
	}
	return ""
}

// organisationLinks is how many actions are named with an organisation.
const organisationLinks = 4

// actionsOf are some of the actions that an organisation leads, helps with or pays for.
func (v *view) actionsOf(organisation string) []link {
	paid := map[string]bool{}
	for n := range v.p.Funding {
		if f := &v.p.Funding[n]; f.Donor == organisation {
			paid[f.Action] = true
		}
	}
	var all []link
	for n := range v.p.Actions {
		a := &v.p.Actions[n]
		if len(all) < organisationLinks && (paid[a.Code] || string(a.Lead) == organisation || a.Partners.Has(organisation)) {
			all = append(all, v.linkAction(a))
		}
	}
	return all
}

// marked is a text with the words that are asked for marked.
func marked(q indicators.Query, p phrase) template.HTML {
	var b strings.Builder
	last := 0
	for _, m := range q.Marks(p.Text) {
		b.WriteString(template.HTMLEscapeString(p.Text[last:m[0]]) + "<mark>" + template.HTMLEscapeString(p.Text[m[0]:m[1]]) + "</mark>")
		last = m[1]
	}
	b.WriteString(template.HTMLEscapeString(p.Text[last:]))
	return p.around(markup(b.String()))
}

// elsewhere is the title in another language, where only that one has what is asked for.
func (v *view) elsewhere(q indicators.Query, t indicators.Text) template.HTML {
	if len(q.Marks(v.phrase(t).Text)) > 0 {
		return ""
	}
	for _, other := range []phrase{{string(t.FR), "fr"}, {string(t.AR), "ar"}, {string(t.EN), "en"}} {
		if other.Lang != v.l.Code && len(q.Marks(other.Text)) > 0 {
			return marked(q, other)
		}
	}
	return ""
}

// snippetLetters is about how much of a definition is shown.
const snippetLetters = 180

// snippet is the part of a text around what is asked for; its beginning, where nothing is.
func (v *view) snippet(q indicators.Query, t indicators.Text) template.HTML {
	p := v.phrase(t)
	if p.Text == "" {
		return ""
	}
	first := 0
	if marks := q.Marks(p.Text); len(marks) > 0 {
		first = marks[0][0]
	}
	p.Text = excerpt(p.Text, first)
	return marked(q, p)
}

// excerpt is the part of a text around a place, in whole words.
func excerpt(text string, at int) string {
	if utf8.RuneCountInString(text) <= snippetLetters {
		return text
	}
	start := 0
	if before := []rune(text[:at]); len(before) > snippetLetters/3 {
		start = len(string(before[:len(before)-snippetLetters/3]))
		if space := strings.IndexByte(text[start:at], ' '); space >= 0 {
			start += space + 1
		}
	}
	rest := []rune(text[start:])
	end := len(text)
	if len(rest) > snippetLetters {
		end = start + len(string(rest[:snippetLetters]))
		if space := strings.LastIndexByte(text[at:end], ' '); space > 0 {
			end = at + space
		}
	}
	shown := text[start:end]
	if start > 0 {
		shown = "… " + shown
	}
	if end < len(text) {
		shown += " …"
	}
	return shown
}
