package web

import (
	"strings"

	"jalon/indicators"
)

// actions counts the actions of each group by the state of their life. None is
// a number too: a group without suspended actions shows 0.
func (b *seriesBuilder) actions() {
	count := map[[2]string]int{}
	for n := range b.p.Actions {
		a := &b.p.Actions[n]
		count[[2]string{a.Group, a.Status}]++
	}
	for n := range b.p.Groups {
		for _, status := range indicators.ActionStatuses() {
			group := b.p.Groups[n].Code
			b.gauge("jalon_actions", "Number of actions.", float64(count[[2]string{group, status}]), "group", group, "lifecycle", status)
		}
	}
}

// funding sums up what donors have committed to and disbursed for each action, one
// metric per currency: adding currencies up would mean nothing.
func (b *seriesBuilder) funding() {
	type pot struct{ kind, currency, action, donor string }
	var order []pot
	sums := map[pot]float64{}
	for n := range b.p.Funding {
		f := &b.p.Funding[n]
		at := pot{f.Kind, f.Currency, f.Action, f.Donor}
		if _, shift, found := currencyOf(f.Currency); !found || shift != 0 || !f.Amount.IsSet() || f.Date > b.p.Day {
			continue
		}
		if _, seen := sums[at]; !seen {
			order = append(order, at)
		}
		sums[at] += f.Amount.Float()
	}
	for _, at := range order {
		word, found := map[string]string{"commitment": "committed", "disbursement": "disbursed"}[at.kind]
		if found {
			b.gauge("jalon_funding_"+word+"_"+strings.ToLower(at.currency), "Sum "+word+" up to now, in "+at.currency+".", sums[at],
				"action", at.action, "donor", at.donor)
		}
	}
}

// overdue counts, for each group, the indicators whose newest report due has not
// come.
func (b *seriesBuilder) overdue() {
	for n := range b.p.Groups {
		group, late := b.p.Groups[n].Code, 0
		for _, i := range b.p.GroupIndicators(group) {
			if b.p.Overdue(i) {
				late++
			}
		}
		b.gauge("jalon_overdue_reports", "Indicators whose report of the newest period due is missing.", float64(late), "group", group)
	}
}
