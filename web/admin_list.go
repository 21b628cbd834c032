package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
)

// onePage is how many entries a page of a list has.
const onePage = 50

// A listPage is the entries of a table, some at a time.
type listPage struct {
	Crumbs  []link
	Title   string
	Words   string
	Action  string
	Add     string
	AddName string
	Query   string
	Done    template.HTML
	Heads   []string
	Rows    []listRow
	Total   int
	From    int
	To      int
	Before  string // the page before; empty: this is the first
	After   string
}

// A listRow is an entry. Its first cell leads to its form.
type listRow struct {
	Href  string
	Name  string // the whole key, for whoever hears the link alone
	Cells []listCell
}

// A listCell is a cell under its heading.
type listCell struct {
	Head string
	HTML template.HTML
}

// entries lists a table.
func (ps *pages) entries(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	name := r.PathValue("table")
	if err := isAdministered(name); err != nil {
		return sheet{}, err
	}
	words := r.URL.Query().Get("q")
	keys, err := table.Find(name, v.p.Definitions, words)
	if err != nil {
		return sheet{}, err
	}
	page := listPage{
		Crumbs: v.adminCrumbs(), Title: v.l.T("table." + name), Words: v.l.T("table." + name + ".words"), Action: v.href("admin", name),
		Add: v.entryHref(name, ""), AddName: v.l.T("admin.add." + name), Query: words, Total: len(keys), Done: v.wasDone(r),
	}
	number, err := strconv.Atoi(r.URL.Query().Get("page"))
	if last := max(len(keys)-1, 0) / onePage; err != nil || number < 1 {
		number = 1
	} else if number > last+1 {
		number = last + 1
	}
	keys = keys[(number-1)*onePage : min(number*onePage, len(keys))]
	page.From, page.To = (number-1)*onePage+1, (number-1)*onePage+len(keys)
	if number > 1 {
		page.Before = page.at(number - 1)
	}
	if page.To < page.Total {
		page.After = page.at(number + 1)
	}
	return sheet{template: "adminlist", path: v.below(page.at(number)), title: page.Title, main: &page}, v.listRows(&page, name, keys)
}

// at is the address of another page of the list.
func (p *listPage) at(number int) string {
	query := url.Values{"page": {strconv.Itoa(number)}}
	if p.Query != "" {
		query.Set("q", p.Query)
	}
	return p.Action + "?" + query.Encode()
}

// listRows fills the list with some entries, and with the columns that tell them apart, as
// far as any of them has something there.
func (v *view) listRows(page *listPage, name string, keys []string) error {
	fields, err := table.Fields(name)
	if err != nil {
		return err
	}
	all := make([]map[string]string, len(keys))
	for n, key := range keys {
		if all[n], _, err = table.Cells(name, v.p.Definitions, key); err != nil {
			return err
		}
	}
	fields = slices.DeleteFunc(fields, func(f table.Field) bool {
		return !isListed(name, f) || !slices.ContainsFunc(all, func(cells map[string]string) bool { return cells[f.Name] != "" })
	})
	for _, f := range fields {
		page.Heads = append(page.Heads, v.listHead(name, f))
	}
	for n, key := range keys {
		row := listRow{Href: v.entryHref(name, key)}
		var told []string
		for _, f := range fields {
			if f.Key && all[n][f.Name] != "" {
				told = append(told, all[n][f.Name])
			}
			row.Cells = append(row.Cells, listCell{v.listHead(name, f), v.listCell(name, f, all[n])})
		}
		row.Name = v.l.T("admin.edit", strings.Join(told, " "))
		page.Rows = append(page.Rows, row)
	}
	return nil
}

// isListed tells whether a list shows a column: the key, what is required, and the level
// of a target.
func isListed(name string, f table.Field) bool {
	return f.Key || f.Required || name == "targets" && (f.Name == "value" || f.Name == "low" || f.Name == "high")
}

// listHead is the heading of a column; a title is shown in the reader's own language.
func (v *view) listHead(name string, f table.Field) string {
	if base, found := strings.CutSuffix(f.Name, "_fr"); found {
		return v.l.T("list." + base)
	}
	return v.columnName(name, f.Name)
}

func (v *view) listCell(name string, f table.Field, cells map[string]string) template.HTML {
	if base, found := strings.CutSuffix(f.Name, "_fr"); found {
		text := func(lang string) indicators.Optional { return indicators.Optional(cells[base+"_"+lang]) }
		return v.phrase(indicators.Text{FR: text("fr"), AR: text("ar"), EN: text("en")}).HTML()
	}
	return v.cell(name, f, cells[f.Name])
}

// wasDone tells what a form before has done, and by which changeset, if the address says so.
func (v *view) wasDone(r *http.Request) template.HTML {
	done := v.done(r, "added", "changed", "removed", "unchanged")
	if done == "" {
		return ""
	}
	words := template.HTMLEscapeString(done)
	if n, err := strconv.Atoi(r.URL.Query().Get("changeset")); err == nil && n > 0 && n <= v.p.Newest().Number {
		words = fmt.Sprintf("%s %s", words, sentence(v.l, "admin.changeset", n))
	}
	return markup(words)
}
