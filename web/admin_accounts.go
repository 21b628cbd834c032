package web

import (
	"net/http"
	"net/url"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// An accountsPage lists the people with an account.
type accountsPage struct {
	Crumbs  []link
	Add     string
	Done    string
	Rows    []personRow
	Deleted int // whose acts stay, under their numbers
}

// A personRow is an account in the list.
type personRow struct {
	Href     string
	Number   int
	Name     string
	Email    string
	Role     string
	Scope    []link
	Seen     figure // empty: never
	Waiting  bool   // for the invitation to be taken up
	Disabled bool
	Self     bool
}

func (ps *pages) accounts(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	people, err := ps.server.store.People(r.Context())
	if err != nil {
		return sheet{}, err
	}
	page := accountsPage{Crumbs: v.adminCrumbs(), Add: v.href("admin", "accounts", "edit"), Done: v.done(r, "account", "account_deleted")}
	for n := range people {
		if people[n].Deleted {
			page.Deleted++
			continue
		}
		page.Rows = append(page.Rows, v.personRow(&people[n]))
	}
	return sheet{template: "adminaccounts", path: "admin/accounts", title: v.l.T("table.accounts"), main: page}, nil
}

func (v *view) personRow(p *sql.Person) personRow {
	row := personRow{
		Href: v.personHref(p.ID), Number: p.ID, Name: p.Name, Email: string(p.Email), Role: v.l.T("role." + string(p.Role)), Scope: v.scope(p.Scope),
		Waiting: p.Waiting, Disabled: p.Disabled, Self: p.ID == v.reader.ID,
	}
	if p.SeenAt != nil {
		row.Seen = v.moment(*p.SeenAt)
	}
	return row
}

// personHref is the address of the form of an account; 0: of a new one.
func (v *view) personHref(id int) string {
	at := v.href("admin", "accounts", "edit")
	if id == 0 {
		return at
	}
	return at + "?" + url.Values{"id": {strconv.Itoa(id)}}.Encode()
}

// personAsked finds the account that an address is about; a zero one is new. What was
// deleted is not found.
func (ps *pages) personAsked(r *http.Request) (indicators.Account, error) {
	text := r.URL.Query().Get("id")
	if text == "" {
		return indicators.Account{}, nil
	}
	id, err := strconv.Atoi(text)
	if err != nil || id < 1 {
		return indicators.Account{}, notFound("account", text)
	}
	a, err := ps.server.store.Account(r.Context(), id)
	if err == nil && a.Email == "" {
		err = notFound("account", text)
	}
	return a, err
}
