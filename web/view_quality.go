package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"

	"jalon/indicators"
)

// qualityFilters are the parameters by which the quality desk shows a part of what it has.
func qualityFilters() []string { return []string{"group", "rule", "severity"} }

// findingsShown is how many findings a page lists; those beyond are counted.
const findingsShown = 200

// A qualityPage is what the rules of quality doubt, by how much it weighs.
type qualityPage struct {
	Lead       template.HTML
	Severities []facet
	Rules      []facet
	Groups     []facet
	Findings   []findingRow
	More       int // beyond those listed
	Accepted   []findingRow
	Table      []ruleSheet
	Incomplete bool

	Action    string // where forms are sent; empty for whoever may not accept
	Done      string
	Wrong     string // of a form whose finding is not on the page
	MaxReason int
}

// A severity is shown by colour, sign and word together.
type severity struct {
	Code, Sign, Word string
}

// A findingRow is one finding with its sentence.
type findingRow struct {
	Mark     string // for those only who see all work
	Severity severity
	Rule     string
	About    template.HTML
	Part     string
	Words    template.HTML
	Stands   template.HTML // who has accepted it, when
	Reason   phrase        // and why

	Open  bool // the form is shown filled, as it came
	Typed string
	Wrong string
}

// A ruleSheet explains a rule.
type ruleSheet struct {
	Code     string
	Name     string
	Severity severity
	Words    template.HTML
}

// A doubted is a finding with the acceptance that lets it stand, if there is one.
type doubted struct {
	*indicators.Finding
	accepted *indicators.Acceptance
}

func (v *view) severity(s indicators.Severity) severity {
	sign := "M8 3.400v.6M8 7v5.600" // i
	switch s {
	case indicators.Severe: // cross
		sign = "M4 4l8 8M12 4l-8 8"
	case indicators.Doubtful: // exclamation mark
		sign = "M8 3v6.5M8 12.500v.6"
	}
	return severity{string(s), sign, v.l.T("severity." + string(s))}
}

// quality is the quality desk. filters narrow it down; numbers that parts could be worked
// out from are shown to those only who see all work.
func (v *view) quality(findings []indicators.Finding, accepted map[string]indicators.Acceptance, filters url.Values, all bool) (qualityPage, error) {
	if err := v.checkFilters(filters); err != nil {
		return qualityPage{}, err
	}
	var open, standing []doubted
	for n := range findings {
		d := doubted{Finding: &findings[n]}
		if by, stands := accepted[d.Mark]; stands {
			d.accepted = &by
			standing = append(standing, d)
		} else {
			open = append(open, d)
		}
	}
	page := qualityPage{Incomplete: v.incomplete, Lead: v.qualityLead(open, len(standing)), MaxReason: maxReason}
	page.Severities, page.Rules, page.Groups = v.severityFacets(open, filters), v.ruleFacets(open, filters), v.groupFacets(open, filters)
	open, standing = v.chosen(open, filters), v.chosen(standing, filters)
	page.More = max(len(open)-findingsShown, 0)
	for _, d := range open[:len(open)-page.More] {
		page.Findings = append(page.Findings, v.findingRow(d, all))
	}
	for _, d := range standing {
		page.Accepted = append(page.Accepted, v.findingRow(d, all))
	}
	for _, r := range indicators.QualityRules() {
		page.Table = append(page.Table, ruleSheet{r.Code, v.l.T("rule." + r.Code), v.severity(r.Severity), v.ruleWords(r.Code)})
	}
	return page, nil
}

// checkFilters refuses a filter that would hide everything by mistake.
func (v *view) checkFilters(filters url.Values) error {
	var rules, severities []string
	for _, r := range indicators.QualityRules() {
		rules = append(rules, r.Code)
	}
	for _, s := range indicators.Severities() {
		severities = append(severities, string(s))
	}
	for name, words := range map[string][]string{"rule": rules, "severity": severities} {
		if word := filters.Get(name); word != "" && !slices.Contains(words, word) {
			return fmt.Errorf("%w: %s %q: write one of %v", indicators.ErrInvalid, name, word, words)
		}
	}
	if code := filters.Get("group"); code != "" && v.p.Group(code) == nil {
		return notFound("group", code)
	}
	return nil
}

func (v *view) qualityLead(open []doubted, standing int) template.HTML {
	counts := map[indicators.Severity]int{}
	for _, d := range open {
		counts[d.Severity]++
	}
	if len(open) == 0 {
		return sentence(v.l, "quality.nothing")
	}
	return sentence(v.l, "quality.lead", plural(v.l, "quality.severe", counts[indicators.Severe]),
		plural(v.l, "quality.warnings", counts[indicators.Doubtful]), plural(v.l, "quality.infos", counts[indicators.Slight]),
		plural(v.l, "quality.accepted_count", standing))
}

// groupsOf lists the groups that a finding is a matter of.
func (v *view) groupsOf(f *indicators.Finding) indicators.Codes {
	switch {
	case f.Indicator != "":
		if i := v.p.Indicator(string(f.Indicator)); i != nil {
			return v.p.GroupsOf(i)
		}
	case f.Action != "":
		if a := v.p.Action(string(f.Action)); a != nil {
			return indicators.Codes{a.Group}
		}
	case f.Group != "":
		return indicators.Codes{string(f.Group)}
	}
	return nil
}

// chosen are the findings that the filters let through.
func (v *view) chosen(list []doubted, filters url.Values) []doubted {
	group, rule, severity := filters.Get("group"), filters.Get("rule"), filters.Get("severity")
	var all []doubted
	for _, d := range list {
		if is(rule, d.Rule) && is(severity, string(d.Severity)) && (group == "" || v.groupsOf(d.Finding).Has(group)) {
			all = append(all, d)
		}
	}
	return all
}

func (v *view) findingRow(d doubted, all bool) findingRow {
	row := findingRow{
		Severity: v.severity(d.Severity), Rule: v.l.T("rule." + d.Rule), Part: v.breakdown(d.Breakdown),
		About: v.findingAbout(d.Finding), Words: v.findingWords(d.Finding, all),
	}
	if all { // a mark is made of the figures: small ones could be guessed from it
		row.Mark = d.Mark
	}
	if a := d.accepted; a != nil {
		row.Stands = sentence(v.l, "quality.by."+cmp.Or(string(a.Role), "other"), v.date(indicators.DateOf(a.At.In(v.p.Zone()))))
		row.Reason = phrase{Text: a.Changeset.Reason}
	}
	return row
}

// findingAbout leads to what a finding is about.
func (v *view) findingAbout(f *indicators.Finding) template.HTML {
	if i := v.p.Indicator(string(f.Indicator)); i != nil {
		return v.linkIndicator(i).HTML()
	}
	if a := v.p.Action(string(f.Action)); a != nil {
		return v.linkAction(a).HTML()
	}
	if g := v.p.Group(string(f.Group)); g != nil {
		return v.linkGroup(g).HTML()
	}
	if framework := v.p.Framework(string(f.Framework)); framework != nil {
		return v.linkFramework(framework).HTML()
	}
	return phrase{Text: f.Subject()}.HTML()
}
