package web

import (
	"html/template"
	"net/http"
	"net/url"

	"jalon/exchange/table"
	"jalon/indicators"
)

// An entryPage is the form of one entry of a table.
type entryPage struct {
	Action string
	Crumbs []link
	Table  string
	Title  template.HTML
	Name   phrase // of an entry that there is, where it has one beside its key
	New    bool
	Public string // where everybody reads of the entry
	Like   string // where another one is added that begins with the same cells
	Drawn  int
	Key    []shownCell // of an entry that there is: it stays
	Fields []formField

	Wrong    []wrong
	Note     string
	Conflict *conflict
}

// A shownCell is a cell with its column's name. Name and Value are what the form carries.
type shownCell struct {
	Label string
	Shown template.HTML
	Name  string
	Value string
}

// A conflict is an entry that somebody else has changed since its form was drawn.
type conflict struct {
	Gone bool // it was removed
	Rows []conflictRow
}

// A conflictRow is a column as the form showed it, as it is, and as it was typed.
type conflictRow struct {
	Label           string
	Was, Now, Typed template.HTML
	Theirs          bool // somebody else has changed it
}

// entrySheet draws the form with what is typed in it.
func (v *view) entrySheet(e *entryForm, page entryPage) sheet {
	page.Table, page.Drawn, page.New = e.table, e.drawn, e.key == ""
	page.Action = v.entryHref(e.table, e.key)
	page.Crumbs = v.adminCrumbs(link{Href: v.href("admin", e.table), Name: v.tableName(e.table)})
	page.Title = markup(template.HTMLEscapeString(v.l.T("admin.add." + e.table)))
	if !page.New {
		page.Title = v.entryTitle(e)
		page.Like = v.href("admin", e.table, "edit") + "?" + url.Values{"like": {e.key}}.Encode()
		page.Public, page.Name = v.publicPage(e.table, e.cells), v.entryName(e.cells)
	}
	for _, f := range e.fields {
		if f.Key && !page.New {
			page.Key = append(page.Key, shownCell{v.columnName(e.table, f.Name), v.cell(e.table, f, e.cells[f.Name]), f.Name, e.cells[f.Name]})
			continue
		}
		field := v.formField(e.table, f, e.cells[f.Name])
		for _, w := range page.Wrong {
			if w.ID == field.ID {
				field.Wrong, field.Bare = append(field.Wrong, w), true
			}
		}
		page.Fields = append(page.Fields, field)
	}
	return sheet{template: "adminentry", path: v.below(page.Action), title: v.l.T("table." + e.table), main: page}
}

func (v *view) entryHref(name, key string) string {
	at := v.href("admin", name, "edit")
	if key == "" {
		return at
	}
	return at + "?" + url.Values{"key": {key}}.Encode()
}

// entryTitle names an entry by its key, in words where there are some.
func (v *view) entryTitle(e *entryForm) template.HTML {
	var title template.HTML
	for _, f := range e.fields {
		if shown := v.cell(e.table, f, e.cells[f.Name]); f.Key && shown != "" {
			if title != "" {
				title += " · "
			}
			title += shown
		}
	}
	return title
}

// entryName is the title or the name among the cells of an entry.
func (v *view) entryName(cells map[string]string) phrase {
	text := func(lang string) indicators.Optional {
		return indicators.Optional(cells["title_"+lang] + cells["name_"+lang]) // no table has both
	}
	return v.phrase(indicators.Text{FR: text("fr"), AR: text("ar"), EN: text("en")})
}

// publicPage is where everybody reads of an entry; empty: nowhere of its own.
func (v *view) publicPage(name string, cells map[string]string) string {
	switch name {
	case "groups", "actions", "indicators", "frameworks":
		return v.href(name, cells["code"])
	case "results":
		return v.href("frameworks", cells["framework"], cells["code"])
	case "targets":
		return v.href("indicators", cells["indicator"])
	case "milestones", "funding":
		return v.href("actions", cells["action"])
	}
	return ""
}

// mostWrong is how many problems are listed; an entry that a hundred others need has a
// hundred.
const mostWrong = 20

// wrongs are problems at their fields. What stands against the entry as a whole, or
// against others because of it, has no field.
func (v *view) wrongs(e *entryForm, problems []indicators.Problem) []wrong {
	var all []wrong
	for _, p := range problems[:min(len(problems), mostWrong)] {
		w := wrong{Text: v.said(p.Message)}
		if name := table.FieldAt(e.table, p.Column); p.Line > 0 && name != "" && name != "remove" {
			w.Label = v.columnName(e.table, name)
			if w.ID = "f-" + name; e.key != "" && e.isKey(name) {
				w.ID = ""
			}
		}
		all = append(all, w)
	}
	if more := len(problems) - mostWrong; more > 0 {
		all = append(all, wrong{Text: v.l.N("admin.more", more)})
	}
	return all
}

func (e *entryForm) isKey(name string) bool {
	for _, f := range e.fields {
		if f.Name == name {
			return f.Key
		}
	}
	return false
}

// conflict shows what was, what is and what was typed side by side, above the form with
// what was typed and, where nothing was, with what is: sent again, it is written over that.
func (v *view) conflict(e *entryForm, was, now map[string]string) sheet {
	c := &conflict{Gone: now == nil}
	typed := e.cells
	if read := v.asTyped(e); read != nil {
		typed = read
	}
	for _, f := range e.fields {
		a, b, t := was[f.Name], now[f.Name], typed[f.Name]
		if a != b || b != t {
			c.Rows = append(c.Rows, conflictRow{v.columnName(e.table, f.Name), v.cell(e.table, f, a), v.cell(e.table, f, b), v.cell(e.table, f, t), a != b})
			if a == t && !c.Gone { // theirs alone
				e.cells[f.Name] = v.forTyping(f, b)
			}
		}
	}
	e.drawn = v.p.Newest().Number
	switch {
	case now == nil:
		e.key = ""
	case e.key == "":
		e.key = e.at
	}
	again := v.entrySheet(e, entryPage{Conflict: c})
	again.status = http.StatusConflict
	return again
}

// asTyped are the cells of an entry as they would be written, numbers as numbers; nil where
// they cannot be read.
func (v *view) asTyped(e *entryForm) map[string]string {
	if len(e.problems) > 0 || e.remove {
		return nil
	}
	alone, _, _ := (&indicators.Definitions{}).Apply(&e.workbook)
	cells, _, err := table.Cells(e.table, alone, e.at)
	if err != nil {
		return nil
	}
	return cells
}
