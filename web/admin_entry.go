package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
)

// An entryForm is what somebody has typed about one entry of a table, or is about to.
type entryForm struct {
	proposal
	table  string
	fields []table.Field
	key    string // empty: a new entry
	at     string // the key that was typed, if it is one
	cells  map[string]string
	remove bool
}

// entryAsked reads which entry an address is about. What does not exist is not found.
func (v *view) entryAsked(r *http.Request) (*entryForm, error) {
	e := &entryForm{table: r.PathValue("table"), key: r.URL.Query().Get("key")}
	if err := isAdministered(e.table); err != nil {
		return nil, err
	}
	var err error
	if e.fields, err = table.Fields(e.table); err != nil {
		return nil, err
	}
	e.drawn, e.cells = v.p.Newest().Number, map[string]string{}
	e.state = stateOf(e.table, e.key)
	return e, nil
}

// entry shows the form of an entry, or of a new one: like another, or with the cells that
// the address gives.
func (ps *pages) entry(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	e, err := v.entryAsked(r)
	if err != nil {
		return sheet{}, err
	}
	from := e.key
	if from == "" {
		from = r.URL.Query().Get("like")
	}
	if from != "" {
		cells, found, err := table.Cells(e.table, v.p.Definitions, from)
		if err != nil || !found {
			return sheet{}, errors.Join(err, notFound("entry of "+e.table, from))
		}
		e.cells = cells
	}
	for _, f := range e.fields {
		if cell := r.URL.Query().Get(f.Name); e.key == "" && cell != "" {
			e.cells[f.Name] = cell
		}
		e.cells[f.Name] = v.forTyping(f, e.cells[f.Name])
	}
	return v.entrySheet(e, entryPage{}), nil
}

// forTyping is a cell as the readers of a language write it.
func (v *view) forTyping(f table.Field, cell string) string {
	if f.Kind == table.Number && v.decimalComma() {
		return strings.Replace(cell, ".", ",", 1)
	}
	return cell
}

// decimalComma tells whether numbers are typed with a comma before their decimals.
func (v *view) decimalComma() bool { return v.l.Code != "en" }

// typed reads what was sent of an entry, and makes a proposal of it. The key of an entry
// that there is cannot be typed.
func (v *view) typed(r *http.Request, e *entryForm) (err error) {
	if e.drawn, err = drawnFrom(r); err != nil {
		return err
	}
	e.remove, e.reason = r.PostForm.Get("remove") == "yes", reasonOf(r)
	now, found, err := table.Cells(e.table, v.p.Definitions, e.key)
	if err != nil {
		return err
	}
	for _, f := range e.fields {
		if e.key != "" && found && (f.Key || e.remove) {
			e.cells[f.Name] = v.forTyping(f, now[f.Name])
			continue
		}
		e.cells[f.Name] = sentCell(r.PostForm[f.Name], f.Kind)
	}
	key, problems, err := table.Put(&e.workbook, e.table, table.Entry{Cells: e.cells, Remove: e.remove, DecimalComma: v.decimalComma(), Line: 1})
	if e.problems, e.at = problems, key; e.key == "" {
		e.state = stateOf(e.table, key)
	}
	return err
}

// sentCell is a cell as a form sends it: lists box by box, or line by line.
func sentCell(values []string, kind table.Kind) string {
	text := strings.Join(values, "|")
	if kind == table.Codes || kind == table.Links {
		text = strings.NewReplacer("\r\n", "|", "\n", "|").Replace(text)
		return strings.Trim(text, "| ")
	}
	return text
}

// changeEntry answers what was typed: with the form again, with what it would lead to, or,
// once that was confirmed, with the list in which it stands.
func (ps *pages) changeEntry(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	e, err := v.entryAsked(r)
	if err != nil {
		return sheet{}, err
	}
	if err := v.typed(r, e); err != nil {
		return sheet{}, err
	}
	then, err := ps.then(r.Context(), v, &e.proposal)
	if err != nil {
		return sheet{}, err
	}
	if again, done, err := v.entryStands(e, then); done || err != nil {
		return again, err
	}
	weighed := v.weigh(&e.proposal)
	switch do := r.PostForm.Get("do"); {
	case do == "change":
		return v.entrySheet(e, entryPage{}), nil
	case len(weighed.problems) > 0:
		return refusedSheet(v.entrySheet(e, entryPage{Wrong: v.wrongs(e, weighed.problems)})), nil
	case weighed.unchanged:
		return v.entrySheet(e, entryPage{Note: v.l.T("admin.unchanged")}), nil
	case do == "save" && e.reason != "":
		return ps.saveEntry(v, w, r, e, weighed)
	}
	page := previewPage{Remove: e.remove, NoReason: r.PostForm.Get("do") == "save"}
	return ps.previewEntry(r, v, e, weighed, page)
}

// entryStands looks whether the entry is there to be changed, or not there to be added,
// and still what the form showed.
func (v *view) entryStands(e *entryForm, then *indicators.Definitions) (sheet, bool, error) {
	was, err := e.state(then)
	if err != nil {
		return sheet{}, false, err
	}
	now, err := e.state(v.p.Definitions)
	if err != nil {
		return sheet{}, false, err
	}
	late, err := e.overtaken(then, v.p.Definitions)
	switch {
	case err != nil:
		return sheet{}, false, err
	case late:
		return v.conflict(e, was, now), true, nil
	case e.key != "" && now == nil:
		return sheet{}, false, notFound("entry of "+e.table, e.key)
	case e.key == "" && now != nil:
		taken := wrong{ID: "f-" + e.fields[0].Name, Label: v.columnName(e.table, e.fields[0].Name), Text: v.l.T("admin.taken")}
		return refusedSheet(v.entrySheet(e, entryPage{Wrong: []wrong{taken}})), true, nil
	}
	return sheet{}, false, nil
}

// saveEntry writes the entry. What stood against it only at the last moment is told with
// all that was typed.
func (ps *pages) saveEntry(v *view, w http.ResponseWriter, r *http.Request, e *entryForm, weighed weighing) (sheet, error) {
	report, err := ps.record(r.Context(), v, &e.proposal)
	switch {
	case errors.Is(err, indicators.ErrBusy):
		again, err := ps.previewEntry(r, v, e, weighed, previewPage{Remove: e.remove, Busy: true})
		w.Header().Set("Retry-After", "5")
		again.status = http.StatusServiceUnavailable
		return again, err
	case errors.Is(err, indicators.ErrConflict):
		return ps.lateConflict(r, v, e)
	case err != nil && report != nil && report.Refused():
		return refusedSheet(v.entrySheet(e, entryPage{Wrong: v.wrongs(e, report.Problems)})), nil
	case err != nil:
		return sheet{}, err
	}
	done := "changed"
	switch {
	case report.Unchanged:
		done = "unchanged"
	case e.remove:
		done = "removed"
	case e.key == "":
		done = "added"
	}
	return sheet{goOn: v.href("admin", e.table) + "?" + url.Values{"done": {done}, "changeset": {strconv.Itoa(report.Changeset)}}.Encode()}, nil
}

// lateConflict tells of a change that came in between the look and the writing.
func (ps *pages) lateConflict(r *http.Request, v *view, e *entryForm) (sheet, error) {
	if err := ps.server.live.Refresh(r.Context()); err != nil {
		return sheet{}, err
	}
	then, err := ps.then(r.Context(), v, &e.proposal)
	if err != nil {
		return sheet{}, err
	}
	v.p = ps.server.live.Picture()
	was, err := e.state(then)
	if err != nil {
		return sheet{}, err
	}
	now, err := e.state(v.p.Definitions)
	return v.conflict(e, was, now), err
}

// refusedSheet is a form that is shown again because of what stands in it.
func refusedSheet(s sheet) sheet {
	s.status = http.StatusUnprocessableEntity
	return s
}
