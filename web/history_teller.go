package web

import (
	"html/template"
	"net/http"
	"strconv"

	"jalon/indicators"
)

// A teller words who did what, as far as the reader may know.
type teller struct {
	*view
	accounts map[int]indicators.Account // nil for readers who are told of roles only
}

func (ps *pages) teller(v *view, r *http.Request) (*teller, error) {
	t := &teller{view: v}
	if !v.reader.Has(indicators.ReadTrail) || ps.server.store == nil {
		return t, nil
	}
	all, err := ps.server.store.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	t.accounts = make(map[int]indicators.Account, len(all))
	for _, a := range all {
		t.accounts[a.ID] = a
	}
	return t, nil
}

// changeset words a changeset that the reader may know of.
func (t *teller) changeset(c *indicators.Changeset) changesetRow {
	row := changesetRow{
		Number: c.Number, When: t.moment(c.At), Kind: t.act(c.Kind), By: t.who(c), Reason: t.original(indicators.Optional(c.Reason)), Internal: c.Internal,
	}
	if t.reader.SeesChangeset(c) {
		row.Href = t.address("history/"+strconv.Itoa(c.Number), nil)
	}
	if c.Recorded != nil {
		row.Recorded = t.moment(*c.Recorded)
	}
	return row
}

// act is the word for a kind of act; of before there were kinds, none.
func (t *teller) act(kind indicators.Kind) string {
	if kind == "" {
		return ""
	}
	return t.l.T("act." + string(kind))
}

// who tells of the author of a changeset: their role, and to those who read the audit
// trail who they are.
func (t *teller) who(c *indicators.Changeset) template.HTML {
	role := t.l.T("history.import")
	if c.Role != "" {
		role = t.l.T("role." + string(c.Role))
	}
	if t.accounts == nil {
		return phrase{Text: role}.HTML()
	}
	a, found := t.accounts[indicators.AccountOf(c.Author)]
	switch {
	case !found, a.Email == "" && a.Name == "":
		return sentence(t.l, "history.who", c.Author, role)
	case a.Email == "":
		return sentence(t.l, "history.who", a.Name, role)
	}
	return sentence(t.l, "history.who", a.Name+" <"+string(a.Email)+">", role)
}
