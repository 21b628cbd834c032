package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"strings"

	"jalon/charts"
	"jalon/locale"
)

// paperStyle is what the margins of every page of A4 say, which only the report knows: plan,
// number, cut-off, fingerprint and page. Where a line begins, the language says.
func (e *edition) paperStyle() string {
	l := e.view.l
	start, end := "left", "right"
	if l.Dir == "rtl" {
		start, end = end, start
	}
	number := l.T("report.margin.number", l.Isolate(e.Number), e.view.date(e.Judged))
	if !e.IsPublished() {
		number = l.T("report.margin.draft") + " – " + number
	}
	var css strings.Builder
	fmt.Fprintf(&css, "@page report {\n  @top-%s { content: %s; direction: %s; text-align: %s; }\n", start, cssString(e.view.programme().Text), l.Dir, start)
	fmt.Fprintf(&css, "  @top-%s { content: %s; direction: %s; text-align: %s; }\n", end, cssString(number), l.Dir, end)
	fmt.Fprintf(&css, "  @bottom-%s { content: %s; direction: ltr; text-align: %s; }\n", start, cssString("SHA-256 "+e.SHA256), start)
	fmt.Fprintf(&css, "  @bottom-%s { content: counter(page) \" / \" counter(pages); direction: ltr; text-align: %s; }\n}\n", end, end)
	return css.String()
}

// cssString quotes a text for a style sheet, wherever the sheet may stand.
func cssString(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < ' ' || strings.ContainsRune(`"\<>&'`, r) {
			fmt.Fprintf(&b, `\%06x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

func (ps *pages) reportStyle(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	e, err := ps.editionFor(r, l)
	if err != nil {
		return err
	}
	e.sent(w, r, "text/css; charset=utf-8", "", []byte(e.paperStyle()))
	return nil
}

// A paper is the report as a file that needs no other.
type paper struct {
	Lang, Dir string
	Title     string
	Programme phrase
	Style     template.CSS
	Body      template.HTML
}

var ownAddress = regexp.MustCompile(` href="(/[^"]*)"`)

// paper draws the report as one file: links lead to the site where it knows its own address,
// and nowhere else.
func (ps *pages) paper(r *http.Request, e *edition) ([]byte, error) {
	body, err := ps.reportBody(r, e)
	if err != nil {
		return nil, err
	}
	site := ""
	if e.view.origin != "" {
		site = ` href="` + template.HTMLEscapeString(e.view.origin) + `$1"`
	}
	page := paper{
		Lang: e.view.l.Code, Dir: e.view.l.Dir, Title: e.title(), Programme: e.view.programme(),
		Style: template.CSS(string(ps.assets["jalon.css"].body) + e.paperStyle()), //nolint:gosec // ours; what people wrote is quoted
		Body:  markup(ownAddress.ReplaceAllString(string(body), site)),
	}
	var file bytes.Buffer
	if err := ps.templates[e.view.l.Code]()["report"].ExecuteTemplate(&file, "paper", page); err != nil {
		return nil, fmt.Errorf("drawing the report %s as a file: %w", e.Number, err)
	}
	return file.Bytes(), nil
}

func (ps *pages) reportFile(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	e, err := ps.editionFor(r, l)
	if err != nil {
		return err
	}
	file, err := ps.paper(r, e)
	if err != nil {
		return err
	}
	e.sent(w, r, "text/html; charset=utf-8", "report.html", file)
	return nil
}

// A drawn is a chart of the report: drawn where it stands, for there is no server beside
// a file.
type drawn struct {
	Title       link // of what it shows, where its heading does not say so
	SVG         template.HTML
	Description string
	Unit        phrase
	Sources     []phrase
	CutOff      template.HTML
}

var (
	svgNames = regexp.MustCompile(` (id="|clip-path="url\(#|xlink:href="#|fill="url\(#)`)
	svgSpace = regexp.MustCompile(` xmlns(:xlink)?="[^"]*"`)
)

// chart draws a plate. One that cannot be drawn is left out: the table beside it has
// its figures.
func (c *composer) chart(p plate) drawn {
	if p.build == nil {
		return drawn{}
	}
	made, err := p.build(charts.Wide)
	if err != nil {
		return drawn{}
	}
	svg, err := c.ps.drawings.SVG(made)
	if err != nil {
		c.incomplete = true
		c.ps.server.cfg.Log.WarnContext(c.r.Context(), "a report is drawn without a chart", "chart", p.address, "err", err)
		return drawn{}
	}
	c.drawn++ // names within a drawing are those of the whole page: they are made its own
	inline := svgNames.ReplaceAllString(svgSpace.ReplaceAllString(string(svg), ""), fmt.Sprintf(" ${1}p%d-", c.drawn))
	return drawn{
		SVG: markup(inline), Description: made.Description, Unit: p.unit, Sources: p.sources,
		CutOff: sentence(c.l, "chart.cut_off", c.date(c.p.Day)),
	}
}
