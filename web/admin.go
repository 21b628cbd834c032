package web

import (
	"net/http"
	"slices"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/locale"
)

// adminRoutes adds the pages by which a programme is run, all under the right to define
// or, for accounts, to manage.
func (ps *pages) adminRoutes(mux register, l *locale.Language) {
	at := " /" + l.Code + "/admin"
	add := func(path string, right indicators.Right, show, change personalPage) {
		mux.Handle("GET"+at+path, ps.present(l, right, show))
		if change != nil {
			mux.Handle("POST"+at+path, ps.present(l, right, change))
		}
	}
	add("", indicators.Define, ps.admin, nil)
	add("/settings", indicators.Define, ps.settings, ps.changeSettings)
	mux.Handle("POST"+at+"/settings/map", ps.present(l, indicators.Define, ps.changeMap))
	add("/{table}", indicators.Define, ps.entries, nil)
	add("/{table}/edit", indicators.Define, ps.entry, ps.changeEntry)
	add("/accounts", indicators.Manage, ps.accounts, nil)
	add("/accounts/edit", indicators.Manage, ps.person, ps.changePerson)
}

// administered lists the tables of definitions whose entries have pages of their own.
func administered() []string {
	return slices.DeleteFunc(indicators.Tables(), func(name string) bool { return name == "settings" || name == "observations" })
}

// isAdministered refuses the name of a table that has no such pages.
func isAdministered(name string) error {
	if !slices.Contains(administered(), name) {
		return notFound("table", name)
	}
	return nil
}

// An adminPage leads to all that can be administered.
type adminPage struct {
	Tables   []counted
	Settings counted
	Accounts *counted
}

// A counted link tells how much there is behind it.
type counted struct {
	link
	Words string // what it is for
	Count int
}

func (ps *pages) admin(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	page := adminPage{Settings: v.tableLink("settings", len(v.p.Settings))}
	for _, name := range administered() {
		keys, err := table.Find(name, v.p.Definitions, "")
		if err != nil {
			return sheet{}, err
		}
		page.Tables = append(page.Tables, v.tableLink(name, len(keys)))
	}
	if v.reader.Has(indicators.Manage) {
		people, err := ps.server.store.People(r.Context())
		if err != nil {
			return sheet{}, err
		}
		accounts := v.tableLink("accounts", len(people))
		page.Accounts = &accounts
	}
	return sheet{template: "admin", path: "admin", title: v.l.T("admin.title"), main: page}, nil
}

func (v *view) tableLink(name string, count int) counted {
	return counted{link{Href: v.href("admin", name), Name: v.tableName(name)}, v.l.T("table." + name + ".words"), count}
}

// tableName is what the entries of a table are called.
func (v *view) tableName(name string) phrase { return phrase{Text: v.l.T("table." + name)} }

// adminCrumbs lead back from a page of administration.
func (v *view) adminCrumbs(below ...link) []link {
	return append([]link{{Href: v.href("admin"), Name: phrase{Text: v.l.T("admin.title")}}}, below...)
}

// below is an address without its language, so that the page is found in others.
func (v *view) below(address string) string { return strings.TrimPrefix(address, "/"+v.l.Code+"/") }
