package indicators

import "slices"

// A Selection picks actions by what they have; an empty word asks for nothing.
type Selection struct {
	Group        string
	Result       string // served by the action, or a result below it: "plan2026:D1"
	Governorate  string
	Organisation string // leads or is a partner
	Donor        string
	Scope        string
	Status       string // one of ActionStatuses, or Standing
}

// Standing asks for the actions that were not given up, in whatever state.
const Standing = "standing"

// Select lists the actions that a Selection picks, in the order of their codes.
func (p *Picture) Select(s Selection) []*Action {
	funded := map[string]bool{}
	for n := range p.Funding {
		if s.Donor != "" && p.Funding[n].Donor == s.Donor {
			funded[p.Funding[n].Action] = true
		}
	}
	below := map[string]bool{}
	p.eachBelow(s.Result, func(ref string) { below[ref] = true })
	var all []*Action
	for n := range p.Actions {
		a := &p.Actions[n]
		switch {
		case s.Group != "" && a.Group != s.Group,
			s.Result != "" && !slices.ContainsFunc(a.Results, func(l Link) bool { return below[l.Ref()] }),
			s.Governorate != "" && !a.Governorates.Has(s.Governorate),
			s.Organisation != "" && !a.Organisations().Has(s.Organisation),
			s.Donor != "" && !funded[a.Code],
			s.Scope != "" && string(a.Scope) != s.Scope,
			s.Status == Standing && a.Status == "cancelled",
			s.Status != "" && s.Status != Standing && a.Status != s.Status:
			continue
		}
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *Action) int { return CompareCodes(a.Code, b.Code) })
	return all
}

// Organisations are those that carry an action: who leads and the partners, each once.
func (a *Action) Organisations() Codes {
	if a.Lead == "" {
		return a.Partners
	}
	return NewCodes(append([]string{string(a.Lead)}, a.Partners...))
}

// Donors are the organisations that give an action money, each once.
func (p *Picture) Donors(action string) Codes {
	var codes []string
	for n := range p.Funding {
		if p.Funding[n].Action == action {
			codes = append(codes, p.Funding[n].Donor)
		}
	}
	return NewCodes(codes)
}

// eachBelow calls with a result and all below it.
func (p *Picture) eachBelow(ref string, call func(ref string)) {
	call(ref)
	for _, child := range p.children[ref] {
		p.eachBelow(child.Ref(), call)
	}
}
