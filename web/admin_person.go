package web

import (
	"encoding/hex"
	"net/http"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
)

// A personPage is the form of an account, and what else can be done with it.
type personPage struct {
	Action   string
	Crumbs   []link
	New      bool
	Number   int
	Name     string
	Was      string // tells the state that the form was drawn from
	Fields   []formField
	Disabled bool
	Self     bool
	Wrong    []wrong
	Done     string
	Conflict []conflictRow
	Link     string // an invitation, shown this once
	Days     int    // how long it can be taken up
}

func (ps *pages) person(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	a, err := ps.personAsked(r)
	if err != nil {
		return sheet{}, err
	}
	if a.ID == 0 {
		a.Language = v.l.Code
	}
	return v.personSheet(a, a, personPage{Done: v.done(r, "account", "signed_out")}), nil
}

// personSheet draws the form of an account filled with what was typed.
func (v *view) personSheet(now, typed indicators.Account, page personPage) sheet {
	page.Action, page.Crumbs = v.personHref(now.ID), v.adminCrumbs(link{Href: v.href("admin", "accounts"), Name: v.tableName("accounts")})
	page.New, page.Number, page.Name, page.Disabled, page.Self = now.ID == 0, now.ID, now.Name, now.Disabled, now.ID == v.reader.ID
	page.Was = trace(now)
	for _, f := range v.personFields() {
		field := v.formField("accounts", f, accountCell(typed, f.Name))
		if f.Name == "language" {
			for n := range field.Options {
				field.Options[n].Word = languageName(field.Options[n].Value)
			}
		}
		page.Fields = append(page.Fields, field)
	}
	return sheet{template: "adminperson", path: v.below(page.Action), title: v.l.T("table.accounts"), main: page}
}

// personFields are what an account has, in the manner of a table's columns.
func (v *view) personFields() []table.Field {
	var roles []string
	for _, role := range indicators.Roles() {
		roles = append(roles, string(role))
	}
	return []table.Field{
		{Name: "name", Kind: table.Line, Required: true},
		{Name: "email", Kind: table.Line, Required: true},
		{Name: "language", Kind: table.OneOf, Required: true, Words: []string{"fr", "ar", "en"}},
		{Name: "role", Kind: table.OneOf, Required: true, Words: roles},
		{Name: "groups", Kind: table.Codes, Names: "groups"},
		{Name: "organisations", Kind: table.Codes, Names: "organisations"},
		{Name: "actions", Kind: table.Codes, Names: "actions"},
	}
}

func accountCell(a indicators.Account, name string) string {
	switch name {
	case "name":
		return a.Name
	case "email":
		return string(a.Email)
	case "language":
		return a.Language
	case "role":
		return string(a.Role)
	case "groups":
		return a.Scope.Groups.String()
	case "organisations":
		return a.Scope.Organisations.String()
	}
	return a.Scope.Actions.String()
}

// trace tells one state of an account from another.
func trace(a indicators.Account) string {
	return hex.EncodeToString(hashed(a.Rank() + "\n" + a.Name + "\n" + string(a.Email) + "\n" + a.Language)[:8])
}

// typedPerson is an account as it was typed.
func typedPerson(r *http.Request, of indicators.Account) indicators.Account {
	codes := func(name string) indicators.Codes {
		cell := sentCell(r.PostForm[name], table.Codes)
		if cell == "" {
			return nil
		}
		words := strings.Split(cell, "|")
		for n := range words {
			words[n] = strings.TrimSpace(words[n])
		}
		return indicators.NewCodes(words)
	}
	text := func(name string) string {
		return strings.ToValidUTF8(strings.TrimSpace(r.PostForm.Get(name)), "\ufffd")
	}
	of.Name, of.Email, of.Language, of.Role = text("name"), indicators.Optional(text("email")), text("language"), indicators.Role(text("role"))
	of.Scope = indicators.Scope{Groups: codes("groups"), Organisations: codes("organisations"), Actions: codes("actions")}
	return of
}
