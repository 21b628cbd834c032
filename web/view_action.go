package web

import (
	"cmp"
	"slices"

	"jalon/indicators"
)

// An actionPage is an action with what it does, costs and brings about.
type actionPage struct {
	actionRow
	Group        link
	Description  phrase
	Obstacle     phrase
	Partners     []phrase
	ActualStart  figure
	ActualEnd    figure
	Scope        string
	Governorates []phrase
	Milestones   []milestoneRow
	Funding      []money
	Indicators   []indicatorRow
	Results      []frameworkLinks
	Schedule     chart // chart F, of this action alone
}

// money is what an action has of one kind in one currency, from the donors named.
// Currencies are never added up.
type money struct {
	Kind     string
	Currency string
	Total    figure
	Items    []fundingRow
}

// A fundingRow is one amount from one donor.
type fundingRow struct {
	Donor     phrase
	Kind      string
	Amount    figure
	Date      figure
	Reference phrase
}

// frameworkLinks are results grouped under their framework.
type frameworkLinks struct {
	Framework link
	Results   []link
}

func (v *view) action(code string) (actionPage, error) {
	a := v.p.Action(code)
	if a == nil {
		return actionPage{}, notFound("action", code)
	}
	page := actionPage{
		Description: v.phrase(a.Description), Obstacle: v.phrase(a.Obstacle),
		Partners: v.organisations(a.Partners), ActualStart: v.date(a.ActualStart), ActualEnd: v.date(a.ActualEnd),
		Governorates: v.governorates(a.Governorates), Funding: v.funding(code), Results: v.served(a.Results),
		Indicators: v.rows(v.p.ForIndicators(v.p.ActionIndicators(code))),
	}
	var s steps
	for _, m := range v.p.ActionMilestones(code) {
		row := v.milestone(m)
		page.Milestones = append(page.Milestones, row)
		s.All++
		switch row.State {
		case "done":
			s.Done++
		case "late":
			s.Late++
		}
	}
	page.actionRow = v.actionRow(a, s)
	page.Schedule = v.picture("schedule", v.schedulePlate("actions", code, []*indicators.Action{a}))
	if g := v.p.Group(a.Group); g != nil {
		page.Group = v.linkGroup(g)
	}
	if a.Scope != "" {
		page.Scope = v.l.T("scope." + string(a.Scope))
	}
	return page, nil
}

// funding sums an action's money by kind and currency, kinds in the order in which
// money flows.
func (v *view) funding(action string) []money {
	var own []*indicators.Funding
	for n := range v.p.Funding {
		if f := &v.p.Funding[n]; f.Action == action {
			own = append(own, f)
		}
	}
	kinds := indicators.FundingKinds()
	slices.SortStableFunc(own, func(a, b *indicators.Funding) int {
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), cmp.Compare(a.Currency, b.Currency), int(a.Date)-int(b.Date))
	})
	var all []money
	total := 0.0
	for n, f := range own {
		if n == 0 || f.Kind != own[n-1].Kind || f.Currency != own[n-1].Currency {
			all, total = append(all, money{Kind: v.l.T("funding." + f.Kind), Currency: f.Currency}), 0
		}
		total += f.Amount.Float()
		last := &all[len(all)-1]
		last.Total = v.sum(total, f.Currency)
		row := fundingRow{Donor: v.organisation(f.Donor), Kind: last.Kind, Amount: v.money(f.Amount, f.Currency), Date: v.date(f.Date)}
		row.Reference = v.original(f.Reference)
		last.Items = append(last.Items, row)
	}
	return all
}

// sum writes a computed amount of money, with cents only where there are any.
func (v *view) sum(amount float64, currency string) figure {
	exact, err := indicators.DecimalOf(amount)
	if err != nil {
		return ""
	}
	return v.money(exact, currency)
}

// served groups the results that an action or an indicator serves by framework.
func (v *view) served(links indicators.Links) []frameworkLinks {
	var all []frameworkLinks
	for _, l := range links {
		r, f := v.p.Result(l.Ref()), v.p.Framework(l.Framework)
		if r == nil || f == nil {
			continue
		}
		if n := len(all); n == 0 || all[n-1].Framework.Code != f.Code {
			all = append(all, frameworkLinks{Framework: v.linkFramework(f)})
		}
		last := &all[len(all)-1]
		last.Results = append(last.Results, v.linkResult(r))
	}
	return all
}
