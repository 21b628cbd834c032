package web

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"jalon/indicators"
)

// A documentsPage lists the files behind a figure, or behind all of an indicator, with
// what the reader may do with them.
type documentsPage struct {
	Indicator link
	Figure    figure // its period; empty: all of the indicator
	Part      string
	Rows      []documentRow
	Comments  []commentRow // for who may erase them
	Form      *documentForm
	Detach    string // addresses of the forms, with the figure
	Release   string
	Erase     string
	Done      string
	All       string // the page of all documents of the indicator
	Desk      string // where the figure is entered or reviewed; empty for who may do neither
}

// A documentRow is one file at one figure.
type documentRow struct {
	ID      int
	Href    string // empty: erased
	Name    phrase
	Figure  template.HTML // which, on the page of all
	Type    string
	Size    figure
	SHA256  string
	Tag     string // confidential, waiting, erased
	By      template.HTML
	Reason  phrase
	Erased  bool
	Detach  bool
	Release bool
	Erase   bool
}

// A commentRow is a comment of the figure, in one or several of its versions.
type commentRow struct {
	Text     phrase
	SHA256   string
	Versions int
	Since    int
	Erased   bool
}

// A documentForm takes a file, or takes it again after something was wrong with it.
type documentForm struct {
	Action       string
	Accept       string
	Limit        figure
	Reason       string
	Confidential bool
	Waits        bool // until somebody publishes it
	Wrong        string
	Done         string
}

// documentSheet draws the page of a figure's documents.
func (ps *pages) documentSheet(v *view, r *http.Request, f namedFigure, form documentForm) (sheet, error) {
	all, err := ps.readable(r.Context(), v, f.indicator)
	if err != nil {
		return sheet{}, err
	}
	page := documentsPage{
		Indicator: v.linkIndicator(f.indicator), Figure: v.period(f.Period), Part: v.breakdown(f.Breakdown),
		Done: form.Done, All: v.href("indicators", f.Indicator, "documents"),
	}
	if f.Period != 0 && v.reader.May(indicators.ReadWork, v.p.SubjectOf(f.indicator)) {
		page.Desk = v.figureForm(f.FigureKey)
	}
	names, err := ps.authors(r.Context(), v)
	if err != nil {
		return sheet{}, err
	}
	for n := range all {
		if f.has(&all[n]) {
			page.Rows = append(page.Rows, v.documentRow(&all[n], f, names))
		}
	}
	if v.asOf == "" {
		err = ps.documentActs(v, r, f, form, &page)
	}
	title := v.l.T("documents.title")
	path := escaped("indicators", f.Indicator, "documents")
	return sheet{template: "documents", path: path, params: f.query(), title: title, main: page}, err
}

// documentActs adds the forms to the page of now.
func (ps *pages) documentActs(v *view, r *http.Request, f namedFigure, form documentForm, page *documentsPage) error {
	at, query := "/"+v.l.Code+"/"+escaped("indicators", f.Indicator, "documents"), ""
	if params := f.query(); len(params) > 0 {
		query = "?" + params.Encode()
	}
	page.Detach, page.Release, page.Erase = at+"/detach"+query, at+"/release"+query, at+"/erase"+query
	if f.Period != 0 && v.reader.May(indicators.Propose, f.subject) {
		form.Action, form.Limit = at+query, v.size(v.p.DocumentLimit())
		form.Waits = !v.reader.May(indicators.Publish, f.subject)
		form.Accept = acceptedFiles()
		page.Form = &form
	}
	if f.Period == 0 || !v.reader.May(indicators.Erase, f.subject) {
		return nil
	}
	comments, err := ps.server.store.Comments(r.Context(), f.FigureKey)
	for _, c := range comments {
		page.Comments = append(page.Comments, commentRow{
			Text: phrase{Text: c.Text}, SHA256: c.SHA256, Versions: c.Versions, Since: c.Since, Erased: c.Text == "",
		})
	}
	return err
}

func (v *view) documentRow(d *indicators.Document, f namedFigure, names map[string]string) documentRow {
	row := documentRow{
		ID: d.ID, Name: phrase{Text: d.Name}, Type: v.l.T("document.type." + documentWord(d.MediaType)), Size: v.size(d.Size),
		SHA256: d.SHA256, Erased: d.Erased,
	}
	if f.Period == 0 {
		row.Figure = v.figureLink(d)
	}
	if by := v.changeset(d.Attached); by != nil {
		row.By, row.Reason = v.doneBy(by, names), phrase{Text: by.Reason}
	}
	switch {
	case d.Erased:
		row.Name = phrase{Text: v.l.T("document.erased")}
	case d.Confidential:
		row.Tag = v.l.T("document.confidential")
	case !isPublic(d):
		row.Tag = v.l.T("document.waiting")
	}
	if !d.Erased {
		row.Href = v.documentHref(d)
	}
	if v.asOf == "" {
		row.Detach = v.mayDetach(d, f.subject)
		row.Release = d.Review == indicators.Submitted && !d.Confidential && !d.Erased && v.reader.May(indicators.Publish, f.subject)
		row.Erase = !d.Erased && v.reader.May(indicators.Erase, f.subject)
	}
	return row
}

// figureLink leads to the documents of the figure that one is attached to.
func (v *view) figureLink(d *indicators.Document) template.HTML {
	words := string(v.period(d.Period))
	if part := v.breakdown(d.Breakdown); part != "" {
		words += v.l.T("text.comma") + part
	}
	return link{Href: v.figureHref(d.FigureKey), Name: phrase{Text: words}}.HTML()
}

// changeset is one of the record by its number, nil for one that is not known yet.
func (v *view) changeset(number int) *indicators.Changeset {
	if number < 1 || number > len(v.p.Changesets) {
		return nil
	}
	return &v.p.Changesets[number-1]
}

// doneBy says in which role and when something was done, and, to whom it may be told, by
// whom.
func (v *view) doneBy(c *indicators.Changeset, names map[string]string) template.HTML {
	role := v.l.T("document.command")
	if c.Role != indicators.Public {
		role = v.l.T("role." + string(c.Role))
	}
	day := v.date(indicators.DateOf(c.At.In(v.p.Zone())))
	if name := names[c.Author]; name != "" {
		return sentence(v.l, "document.by_name", role, day, c.Number, name)
	}
	return sentence(v.l, "document.by", role, day, c.Number)
}

// authors names the people behind changesets, for whom they may be named to.
func (ps *pages) authors(ctx context.Context, v *view) (map[string]string, error) {
	if !v.reader.Has(indicators.ReadTrail) {
		return nil, nil
	}
	accounts, err := ps.server.store.Accounts(ctx)
	names := make(map[string]string, len(accounts))
	for n := range accounts {
		names[accounts[n].Author()] = accounts[n].Name
	}
	return names, err
}

// documentWord is the key of the word for a sort of file.
func documentWord(mediaType string) string {
	for _, t := range indicators.DocumentTypes() {
		if t.MediaType == mediaType {
			return strings.TrimPrefix(t.Extension, ".")
		}
	}
	return "other"
}

// size writes a number of bytes for people.
func (v *view) size(bytes int64) figure {
	const kilo = 1 << 10
	switch x := float64(bytes); {
	case bytes >= 10*kilo*kilo, bytes > 0 && bytes%(kilo*kilo) == 0:
		return v.worded("size.mb", v.l.Number(x/kilo/kilo, 0))
	case bytes >= kilo*kilo:
		return v.worded("size.mb", v.l.Number(x/kilo/kilo, 1))
	case bytes >= kilo:
		return v.worded("size.kb", v.l.Number(x/kilo, 0))
	}
	return v.worded("size.b", v.l.Integer(int(bytes)))
}
