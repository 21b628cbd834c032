package indicators

import (
	"math"
	"testing"
)

// Whatever way money takes, as much comes out at the goals as went in at the donor.
func TestNoMoneyIsLostOnItsWay(t *testing.T) {
	for seed := range uint64(50) {
		p := groupsAtWork(seed)
		d := *p.Definitions
		d.Funding = nil
		for n, f := range p.Funding {
			f.Kind, f.Currency, f.Amount, f.Date = FundingKinds()[n%4], []string{"EUR", "TND"}[n%2], Whole(int64(1000+n)), day("2026-01-01")
			d.Funding = append(d.Funding, f)
		}
		p = NewDataset(&d, nil, nil).On(day("2026-06-30"))
		for _, donor := range p.Payers() {
			for _, currency := range []string{"EUR", "TND"} {
				promised, out := 0.0, 0.0
				for _, f := range p.Portfolio(donor.Code, Selection{Status: Standing}) {
					for _, m := range f.Money {
						if m.Currency == currency {
							promised += m.Promised
						}
					}
				}
				for _, s := range p.Streams([]string{donor.Code}, currency, "plan") {
					out += s.Amount
				}
				if math.Abs(promised-out) > 1e-9*promised {
					t.Errorf("seed %d: %s promises %v %s, %v arrives", seed, donor.Code, promised, currency, out)
				}
			}
		}
	}
}

func TestMoneyOfAnAction(t *testing.T) {
	give := func(kind, currency string, amount int64, on string) Funding {
		return Funding{Action: "A", Donor: "D", Kind: kind, Currency: currency, Amount: Whole(amount), Date: day(on), Reference: Optional(kind)}
	}
	d := &Definitions{
		Actions: []Action{{Code: "A", Group: "1", Status: "ongoing"}}, Organisations: []Organisation{{Code: "D"}, {Code: "OTHER"}},
		Funding: []Funding{
			give("budget", "EUR", 500, "2026-01-01"), give("commitment", "EUR", 400, "2026-01-01"), give("disbursement", "EUR", 100, "2026-02-01"),
			give("disbursement", "EUR", 60, "2026-03-01"), give("expenditure", "EUR", 130, "2026-03-01"), give("disbursement", "EUR", 999, "2026-12-01"),
			give("budget", "TND", 50, "2026-01-01"),
		},
	}
	all := NewDataset(d, nil, nil).On(day("2026-06-30")).Portfolio("D", Selection{})
	if len(all) != 1 || len(all[0].Money) != 2 {
		t.Fatalf("%+v", all)
	}
	eur, tnd := all[0].Money[0], all[0].Money[1]
	if eur.Promised != 400 || eur.Disbursed != 160 || eur.Share().Value != 0.4 {
		t.Errorf("%+v: want the commitment, and what was disbursed by the day", eur)
	}
	if tnd.Promised != 50 || tnd.Disbursed != 0 || !tnd.Share().Valid {
		t.Errorf("%+v: want the budget where nothing is committed", tnd)
	}
	if (Money{}).Share().Valid {
		t.Error("nothing of nothing is a share")
	}
}
