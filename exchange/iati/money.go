package iati

import (
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
)

// moneyOf is the money of an action that the file tells of: what was dated by the day of
// judgement, by day.
func (f *File) moneyOf(a *indicators.Action) []indicators.Funding {
	var all []indicators.Funding
	for _, g := range f.Picture.Funding {
		if g.Action == a.Code && (f.Donor == "" || g.Donor == f.Donor) && g.Date <= f.Picture.Day {
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(a, b indicators.Funding) int { return int(a.Date) - int(b.Date) })
	return all
}

// transactions are the commitments, disbursements and expenditures, each on its day. A donor
// finds its project again by the identifier under which it publishes it itself: where the
// reference begins with the donor's own it is taken for one.
func (f *File) transactions(given []indicators.Funding) []transaction {
	var all []transaction
	for _, g := range given {
		kind := transactionType(g.Kind)
		if kind == "" {
			continue
		}
		provider, reference := f.organisation(g.Donor, ""), plain(string(g.Reference))
		if provider.Ref != "" && strings.HasPrefix(reference, provider.Ref+"-") {
			provider.ProviderID = reference
		}
		day := g.Date.String()
		all = append(all, transaction{Type: coded{kind}, Date: dated{day}, Value: money{g.Currency, day, g.Amount.String()}, Provider: provider})
	}
	return all
}

// budgets are what is set aside, by calendar year and currency: the standard wants a period
// of a year at most.
func budgets(given []indicators.Funding) []budget {
	type key struct {
		year     indicators.Period
		currency string
	}
	sums, order := map[key]float64{}, []key{}
	first := map[key]indicators.Funding{}
	for _, g := range given {
		if g.Kind != "budget" {
			continue
		}
		k := key{indicators.Yearly.Containing(g.Date), g.Currency}
		if _, known := sums[k]; !known {
			order, first[k] = append(order, k), g
		}
		sums[k] += g.Amount.Float()
	}
	var all []budget
	for _, k := range order {
		all = append(all, budget{
			Type: "1", Status: "1", Start: dated{k.year.Start().String()}, End: dated{k.year.End().String()},
			Value: money{k.currency, first[k].Date.String(), number(sums[k])},
		})
	}
	return all
}

// number writes a number as the standard wants it: with a point, without an exponent.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
