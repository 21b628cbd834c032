package indicators

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// groupsAtWork are five groups with actions that serve, at random, the leaves of a small plan.
func groupsAtWork(seed uint64) *Picture {
	r := rand.New(rand.NewPCG(seed, 1))
	d := &Definitions{
		Frameworks: []Framework{{Code: "plan", Kind: "plan", Start: 2026, End: 2030}},
		Results: []Result{
			{Framework: "plan", Code: "A"}, {Framework: "plan", Code: "A.1", Parent: "A"}, {Framework: "plan", Code: "A.2", Parent: "A"},
			{Framework: "plan", Code: "B"}, {Framework: "plan", Code: "B.1", Parent: "B"},
		},
	}
	some := func(list ...string) Codes {
		var picked []string
		for _, code := range list {
			if r.IntN(3) == 0 {
				picked = append(picked, code)
			}
		}
		return NewCodes(picked)
	}
	for _, code := range []string{"MIN", "AGENCY", "BANK"} {
		d.Organisations = append(d.Organisations, Organisation{Code: code})
	}
	for _, code := range []string{"TN-11", "TN-12", "TN-13"} {
		d.Categories = append(d.Categories, Category{Dimension: "governorate", Code: code})
	}
	for n := range 12 {
		a := Action{
			Code: "A" + strconv.Itoa(n), Group: strconv.Itoa(1 + n%5), Status: ActionStatuses()[r.IntN(5)],
			Governorates: some("TN-11", "TN-12", "TN-13"), Partners: some("MIN", "AGENCY"),
		}
		for _, code := range some("A.1", "A.2", "B.1", "B") {
			a.Results = append(a.Results, Link{Framework: "plan", Result: code})
		}
		d.Actions = append(d.Actions, a)
		for _, donor := range some("BANK", "AGENCY") {
			d.Funding = append(d.Funding, Funding{Action: a.Code, Donor: donor})
		}
	}
	return NewDataset(d, nil, nil).On(0)
}

// Every crossing holds exactly the actions that a plain count finds there.
func TestCrossingsLeaveNothingOut(t *testing.T) {
	for seed := range uint64(50) {
		p := groupsAtWork(seed)
		for _, ground := range Grounds() {
			for _, c := range p.Crossings(ground, "plan") {
				for n := range p.Actions {
					a := &p.Actions[n]
					want := a.Status != "cancelled" && stands(p, ground, a, c.Code)
					if got := slices.Contains(c.Actions[a.Group], a); got != want {
						t.Fatalf("seed %d: %s on %s %s: %v, want %v", seed, a.Code, ground, c.Code, got, want)
					}
				}
			}
		}
	}
}

func stands(p *Picture, ground Ground, a *Action, code string) bool {
	switch ground {
	case OnResults:
		leaf := strings.TrimPrefix(code, "plan:")
		return slices.ContainsFunc(a.Results, func(l Link) bool { return l.Result == leaf || len(leaf) == 1 && l.Result[:1] == leaf })
	case OnGovernorates:
		return a.Governorates.Has(code)
	case OnPartners:
		return a.Partners.Has(code)
	}
	return p.Donors(a.Code).Has(code)
}

func TestResultsThatNobodyServesAreThere(t *testing.T) {
	p := groupsAtWork(1)
	var refs []string
	for _, c := range p.Crossings(OnResults, "plan") {
		refs = append(refs, c.Code)
	}
	if want := []string{"plan:A", "plan:A.1", "plan:A.2", "plan:B", "plan:B.1"}; !slices.Equal(refs, want) {
		t.Errorf("%v, want %v", refs, want)
	}
}

// Two actions meet whichever way round they are looked at, and only across groups.
func TestMeetings(t *testing.T) {
	met := 0
	for seed := range uint64(50) {
		p := groupsAtWork(seed)
		all := p.Meetings("plan")
		met += len(all)
		for n, m := range all {
			if m.A.Group == m.B.Group || len(m.Results) == 0 || m.Shared() < 2 {
				t.Errorf("seed %d: %s and %s do not meet: %+v", seed, m.A.Code, m.B.Code, m)
			}
			for _, ref := range m.Results {
				code := strings.TrimPrefix(ref, "plan:")
				link := Link{Framework: "plan", Result: code}
				if !slices.Contains(m.A.Results, link) || !slices.Contains(m.B.Results, link) {
					t.Errorf("seed %d: %s and %s do not both serve %s", seed, m.A.Code, m.B.Code, ref)
				}
			}
			if n > 0 && all[n-1].Shared() < m.Shared() {
				t.Errorf("seed %d: those with the most in common do not come first", seed)
			}
		}
	}
	if met == 0 {
		t.Error("nobody ever met")
	}
}
