package indicators

import (
	"crypto/sha256"
	"strconv"
	"strings"
)

// fewestEqual is how many values two series must have for their being equal to mean
// something.
const fewestEqual = 3

// duplicates finds indicators that say the same under two codes, and money that is
// counted twice.
func (q *inspection) duplicates() {
	type fingerprint struct {
		title, unit string
		figures     [sha256.Size]byte
	}
	known := map[fingerprint]string{}
	var text []byte
	for n := range q.ds.Indicators {
		i := &q.ds.Indicators[n]
		figures := q.ds.Figures(i.Code)
		values := 0
		text = text[:0]
		for k := range figures {
			if f := &figures[k]; f.Value.IsSet() {
				text = append(f.Value.Canonical().AppendText(append(strconv.AppendInt(text, int64(f.Period), 10), ' ')), '\n')
				values++
			}
		}
		if values < fewestEqual {
			continue
		}
		twin := fingerprint{strings.ToLower(strings.TrimSpace(string(i.Title.FR))), i.Unit, sha256.Sum256(text)}
		if first, twice := known[twin]; twice {
			q.add(Finding{Rule: "duplicate_indicator", Indicator: Optional(i.Code),
				Details: Details{{"other", first}, {"values", values}}}, first, string(text))
			continue
		}
		known[twin] = i.Code
	}
	q.funding()
}

// funding finds the same amount for the same action from the same donor on one day, given
// with two references, or with one and without.
func (q *inspection) funding() {
	known := map[Funding]bool{}
	for n := range q.ds.Funding {
		f := q.ds.Funding[n]
		f.Reference, f.Amount = "", f.Amount.Canonical()
		if known[f] {
			q.add(Finding{Rule: "duplicate_funding", Action: Optional(f.Action), Details: Details{
				{"donor", f.Donor}, {"kind", f.Kind}, {"amount", f.Amount}, {"currency", f.Currency}, {"day", f.Date},
			}}, f.EntryKey(), number(f.Amount), string(q.ds.Funding[n].Reference))
		}
		known[f] = true
	}
}

// actions finds actions that lie wholly outside the years of a framework to whose results
// they are linked. Where it was carried out counts before where it was planned.
func (q *inspection) actions() {
	for n := range q.ds.Actions {
		a := &q.ds.Actions[n]
		start, end := a.Start, a.End
		if a.ActualStart != 0 {
			start = a.ActualStart
		}
		if a.ActualEnd != 0 {
			end = a.ActualEnd
		}
		told := ""
		for _, link := range a.Results {
			f := q.ds.Framework(link.Framework)
			if f == nil || f.Code == told {
				continue
			}
			late, early := start != 0 && start > Year(f.End).End(), end != 0 && end < Year(f.Start).Start()
			if !late && !early {
				continue
			}
			told = f.Code
			q.add(Finding{Rule: "action_outside", Action: Optional(a.Code), Details: Details{
				{"framework", f.Code}, {"from", start}, {"until", end}, {"start", Year(f.Start)}, {"end", Year(f.End)},
			}}, f.Code, start.String(), end.String(), strconv.Itoa(f.Start), strconv.Itoa(f.End))
		}
	}
}

// mixed finds groups and frameworks of which invented and real indicators are counted
// together.
func (q *inspection) mixed(p *Picture) {
	for n := range p.Groups {
		code := p.Groups[n].Code
		q.mixture(Finding{Rule: "illustrative_mixed", Group: Optional(code)}, p.GroupIndicators(code))
	}
	for n := range p.Frameworks {
		code := p.Frameworks[n].Code
		var list []*Indicator
		for _, a := range p.ForFramework(code) {
			list = append(list, p.Indicator(a.Indicator))
		}
		q.mixture(Finding{Rule: "illustrative_mixed", Framework: Optional(code)}, list)
	}
}

func (q *inspection) mixture(f Finding, list []*Indicator) {
	var invented []string
	for _, i := range list {
		if q.ds.IsIllustrative(i) {
			invented = append(invented, i.Code)
		}
	}
	if len(invented) == 0 || len(invented) == len(list) {
		return
	}
	f.Details = Details{{"illustrative", len(invented)}, {"all", len(list)}}
	q.add(f, NewCodes(invented)...)
}
