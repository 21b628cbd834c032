package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"jalon/indicators/progress"
	"jalon/locale"
)

//go:embed templates
var templateFiles embed.FS

// render draws a page as a whole, so that half a page is never sent.
func (ps *pages) render(v *view, s sheet) ([]byte, error) {
	f := v.frame(s)
	s.terms, s.charts = len(v.defined) > 0, s.charts && v.pictured
	f.Assets = ps.assets.links(v.l.Code, s)
	outside := "page"
	if s.bare {
		outside = "bare"
	}
	var body bytes.Buffer
	if err := ps.templates[v.l.Code]()[s.template].ExecuteTemplate(&body, outside, f); err != nil {
		return nil, fmt.Errorf("drawing the page %s: %w", s.path, err)
	}
	return bytes.Clone(body.Bytes()), nil // kept for long: without the room it grew into
}

// sheetNames lists the templates of pages.
func sheetNames() []string {
	return []string{"overview", "group", "action", "indicator", "framework", "result", "methods", "data", "quality", "problem", "styleguide",
		"search", "glossary", "indicators", "framed", "actions", "crossings", "territory", "governorate", "donors", "donor", "history", "changeset", "difference", "revisions", "figure-history", "documents",
		"report", "snapshots", "snapshot", "taking",
		"signin", "issuer", "invitation", "account", "desk", "review", "grid", "figure", "periods",
		"admin", "adminlist", "adminentry", "adminpreview", "adminsettings", "adminaccounts", "adminperson"}
}

// parse reads the templates of the pages, by name, with the words of one language. What they
// share is read once for all.
func parse(l *locale.Language) map[string]*template.Template {
	shared := template.Must(template.New("").Funcs(words(l)).ParseFS(templateFiles,
		"templates/layout.html", "templates/parts.html", "templates/places.html", "templates/forms.html"))
	all := map[string]*template.Template{}
	for _, name := range sheetNames() {
		all[name] = template.Must(template.Must(shared.Clone()).ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return all
}

// words are the functions of the templates in one language.
func words(l *locale.Language) template.FuncMap {
	v := view{l: l}
	return template.FuncMap{
		"t":   l.T,
		"n":   func(key string, n int, parts ...any) template.HTML { return plural(l, key, n, parts...) },
		"s":   func(key string, parts ...any) template.HTML { return sentence(l, key, parts...) },
		"num": func(f figure) template.HTML { return f.HTML() },
		"judging": func(action string, most int, do string, row findingRow) judging {
			return judging{action, most, do, row}
		},
		"statuses": func() []status {
			var all []status
			for _, s := range progress.Statuses() {
				all = append(all, v.status(s))
			}
			return all
		},
	}
}
