package indicators

import (
	"cmp"
	"slices"
)

// A Ground is what actions of several groups may have in common.
type Ground string

// The grounds on which groups meet.
const (
	OnResults      Ground = "result" // of one framework
	OnGovernorates Ground = "governorate"
	OnPartners     Ground = "partner" // organisations that lead or take part
	OnDonors       Ground = "donor"
)

// Grounds lists the grounds on which groups meet.
func Grounds() []Ground { return []Ground{OnResults, OnGovernorates, OnPartners, OnDonors} }

// A Crossing is one thing on a ground, with the actions of each group that meet there.
type Crossing struct {
	Code    string // of a governorate or organisation; a result's reference
	Depth   int    // of a result in its tree, 0 at the top
	Actions map[string][]*Action
}

// Groups counts the groups that have an action there.
func (c Crossing) Groups() int { return len(c.Actions) }

// Count counts the actions there, each once.
func (c Crossing) Count() int {
	sum := 0
	for _, actions := range c.Actions {
		sum += len(actions)
	}
	return sum
}

// Crossings lays the groups over a ground: every result of the framework in the order of
// its tree, those that nobody serves too; every governorate of the programme; every
// organisation that carries or pays for an action. An action for the whole country has no
// governorate of its own and stands in none. Actions that were given up count nowhere.
func (p *Picture) Crossings(on Ground, framework string) []Crossing {
	switch on {
	case OnResults:
		return p.onResults(framework, 0)
	case OnGovernorates:
		var all []Crossing
		for n := range p.Categories {
			if c := &p.Categories[n]; c.Dimension == "governorate" {
				all = append(all, p.crossing(c.Code, Selection{Governorate: c.Code}))
			}
		}
		return all
	}
	var all []Crossing
	for n := range p.Definitions.Organisations {
		code := p.Definitions.Organisations[n].Code
		pick := Selection{Organisation: code}
		if on == OnDonors {
			pick = Selection{Donor: code}
		}
		if c := p.crossing(code, pick); c.Count() > 0 {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b Crossing) int {
		return cmp.Or(b.Groups()-a.Groups(), b.Count()-a.Count(), CompareCodes(a.Code, b.Code))
	})
	return all
}

func (p *Picture) onResults(parent string, depth int) []Crossing {
	var all []Crossing
	for _, r := range p.children[parent] {
		c := p.crossing(r.Ref(), Selection{Result: r.Ref()})
		c.Depth = depth
		all = append(append(all, c), p.onResults(r.Ref(), depth+1)...)
	}
	return all
}

func (p *Picture) crossing(code string, pick Selection) Crossing {
	c := Crossing{Code: code, Actions: map[string][]*Action{}}
	pick.Status = Standing
	for _, a := range p.Select(pick) {
		c.Actions[a.Group] = append(c.Actions[a.Group], a)
	}
	return c
}

// A Meeting is two actions of different groups that serve the same result, and what else
// they have in common: there the groups can join hands, or do the same thing twice.
type Meeting struct {
	A, B         *Action
	Results      Codes // references that both name
	Governorates Codes
	Partners     Codes
	Donors       Codes
}

// Shared counts the grounds on which the two meet.
func (m Meeting) Shared() int {
	sum := 0
	for _, codes := range []Codes{m.Results, m.Governorates, m.Partners, m.Donors} {
		sum += min(len(codes), 1)
	}
	return sum
}

// Meetings lists the pairs of actions of different groups that name the same result of a
// framework and have at least one governorate, partner or donor in common too; those with
// the most in common first.
func (p *Picture) Meetings(framework string) []Meeting {
	serving, donors := map[string][]*Action{}, map[string]Codes{}
	for n := range p.Actions {
		a := &p.Actions[n]
		if a.Status == "cancelled" {
			continue
		}
		donors[a.Code] = p.Donors(a.Code)
		for _, l := range a.Results {
			if l.Framework == framework {
				serving[l.Ref()] = append(serving[l.Ref()], a)
			}
		}
	}
	found := map[[2]string]*Meeting{}
	for ref, actions := range serving {
		for n, a := range actions {
			for _, b := range actions[n+1:] {
				if a.Group != b.Group {
					pairUp(found, a, b, ref, donors)
				}
			}
		}
	}
	var all []Meeting
	for _, m := range found {
		if m.Results = NewCodes(m.Results); m.Shared() > 1 {
			all = append(all, *m)
		}
	}
	slices.SortFunc(all, func(a, b Meeting) int {
		return cmp.Or(b.Shared()-a.Shared(), len(b.Results)-len(a.Results), CompareCodes(a.A.Code, b.A.Code), CompareCodes(a.B.Code, b.B.Code))
	})
	return all
}

func pairUp(found map[[2]string]*Meeting, a, b *Action, ref string, donors map[string]Codes) {
	if CompareCodes(b.Code, a.Code) < 0 {
		a, b = b, a
	}
	m := found[[2]string{a.Code, b.Code}]
	if m == nil {
		m = &Meeting{
			A: a, B: b, Governorates: common(a.Governorates, b.Governorates),
			Partners: common(a.Organisations(), b.Organisations()), Donors: common(donors[a.Code], donors[b.Code]),
		}
		found[[2]string{a.Code, b.Code}] = m
	}
	m.Results = append(m.Results, ref)
}

func common(a, b Codes) Codes {
	var both Codes
	for _, code := range a {
		if b.Has(code) {
			both = append(both, code)
		}
	}
	return both
}
