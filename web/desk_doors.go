package web

import (
	"slices"

	"jalon/indicators"
)

// doors are the ways from the desk to the pages that watch over figures: what is late, what
// the rules doubt, what was changed.
func (v *view) doors() []choice {
	doors := []choice{{Href: v.href("snapshots"), Word: v.l.T("snapshots.title")}, {Href: v.href("quality"), Word: v.l.T("foot.quality")}, {Href: v.href("history"), Word: v.l.T("foot.history")}}
	if !v.reader.Has(indicators.ReadTrail) {
		return doors
	}
	late := choice{Href: v.filteredHref("", "", "overdue"), Word: v.l.T("desk.late")}
	return append([]choice{late}, append(doors, choice{Href: "/" + v.l.Code + "/history.csv", Word: v.l.T("history.trail")})...)
}

// funded lists the actions that a donor reader's organisations pay for; of others none.
func (v *view) funded() []link {
	if v.reader.Role != indicators.DonorReader {
		return nil
	}
	var all []link
	for n := range v.p.Actions {
		a := &v.p.Actions[n]
		if slices.ContainsFunc(v.p.Funding, func(f indicators.Funding) bool {
			return f.Action == a.Code && v.reader.Scope.Organisations.Has(f.Donor)
		}) {
			all = append(all, v.linkAction(a))
		}
	}
	return all
}
