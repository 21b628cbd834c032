package indicators

import (
	"slices"

	"jalon/indicators/progress"
)

// A Financed is an action that a donor pays for, with what it has come to.
type Financed struct {
	Action     *Action
	Money      []Money // by currency
	References Codes   // the donor's own
	Indicators []*Indicator
	Rollup     Rollup // of the action's indicators
}

// Money is what a donor has promised and paid for an action in one currency.
type Money struct {
	Currency  string
	Promised  float64 // committed; where nothing is, the budget
	Disbursed float64 // disbursed or spent, whichever is more: the two are the same money
}

// Share is how much of what was promised has been disbursed; absent where nothing was.
func (m Money) Share() progress.Number {
	if m.Promised <= 0 {
		return progress.Number{}
	}
	return progress.Num(m.Disbursed / m.Promised)
}

// Portfolio lists the actions that a donor pays for, as far as a Selection picks them, in
// the order of their codes. What was dated later than the day of judgement is not counted.
func (p *Picture) Portfolio(donor string, s Selection) []Financed {
	s.Donor = donor
	var all []Financed
	for _, a := range p.Select(s) {
		f := Financed{Action: a, Indicators: p.ActionIndicators(a.Code)}
		f.Money, f.References = p.money(donor, a.Code)
		f.Rollup = p.RollUp(p.ForIndicators(f.Indicators))
		all = append(all, f)
	}
	return all
}

// Payers lists the organisations that pay for an action, by code.
func (p *Picture) Payers() []*Organisation {
	pays := map[string]bool{}
	for n := range p.Funding {
		pays[p.Funding[n].Donor] = true
	}
	var all []*Organisation
	for n := range p.Organisations {
		if o := &p.Organisations[n]; pays[o.Code] {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b *Organisation) int { return CompareCodes(a.Code, b.Code) })
	return all
}

func (p *Picture) money(donor, action string) (all []Money, references Codes) {
	sums := map[string]map[string]float64{} // by currency and kind
	var words []string
	for n := range p.Funding {
		f := &p.Funding[n]
		if f.Action != action || f.Donor != donor || f.Date > p.Day {
			continue
		}
		if sums[f.Currency] == nil {
			sums[f.Currency] = map[string]float64{}
		}
		sums[f.Currency][f.Kind] += f.Amount.Float()
		if f.Reference != "" {
			words = append(words, string(f.Reference))
		}
	}
	for currency, sum := range sums {
		m := Money{Currency: currency, Promised: sum["commitment"], Disbursed: max(sum["disbursement"], sum["expenditure"])}
		if m.Promised == 0 {
			m.Promised = sum["budget"]
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Money) int { return CompareCodes(a.Currency, b.Currency) })
	return all, NewCodes(words)
}

// A Stream is money promised by a donor, in one currency, that passes through a group to a
// top result of a framework.
type Stream struct {
	Donor, Group string
	Result       string // its reference; empty: the action serves none of the framework
	Amount       float64
}

// Streams follows the money of some donors in one currency to a framework's top results.
// What an action that serves several of them has is divided among them evenly.
func (p *Picture) Streams(donors []string, currency, framework string) []Stream {
	found := map[Stream]float64{}
	for _, donor := range donors {
		for _, f := range p.Portfolio(donor, Selection{Status: Standing}) {
			for _, m := range f.Money {
				if m.Currency != currency || m.Promised <= 0 {
					continue
				}
				tops := p.tops(f.Action, framework)
				for _, top := range tops {
					found[Stream{Donor: donor, Group: f.Action.Group, Result: top}] += m.Promised / float64(len(tops))
				}
			}
		}
	}
	all := make([]Stream, 0, len(found))
	for s, amount := range found {
		s.Amount = amount
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b Stream) int {
		for _, c := range []int{CompareCodes(a.Donor, b.Donor), CompareCodes(a.Group, b.Group), CompareCodes(a.Result, b.Result)} {
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return all
}

// tops are the top results of a framework over what an action serves; one empty reference
// where it serves none.
func (p *Picture) tops(a *Action, framework string) []string {
	var refs []string
	for _, l := range a.Results {
		if l.Framework != framework {
			continue
		}
		top := p.Result(l.Ref())
		for top != nil && top.Parent != "" {
			top = p.Result(framework + ":" + string(top.Parent))
		}
		if top != nil {
			refs = append(refs, top.Ref())
		}
	}
	if refs = NewCodes(refs); len(refs) == 0 {
		return []string{""}
	}
	return refs
}
