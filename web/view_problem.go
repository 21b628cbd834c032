package web

import (
	"net/http"
	"slices"
	"strings"
)

// A problemPage tells a reader what went wrong and where to go instead.
type problemPage struct {
	Status     int
	Title      string
	Words      string
	Detail     string // worded by the program, in English
	Near       []link
	Groups     []link
	Frameworks []link
	Home       string
}

// problem words an error. What was not found is looked for among the codes that
// resemble it.
func (v *view) problem(p Problem, path string) problemPage {
	page := problemPage{Status: p.Status, Home: v.href("")}
	key := "problem.other"
	switch p.Status {
	case http.StatusNotFound:
		key = "problem.not_found"
	case http.StatusBadRequest:
		key = "problem.invalid"
		page.Detail = p.Detail
	case http.StatusServiceUnavailable:
		key = "problem.starting"
	}
	page.Title, page.Words = v.l.T(key+".title"), v.l.T(key+".words", p.RequestID)
	if p.Status == http.StatusNotFound && v.p != nil {
		page.Near = v.near(path)
		for _, g := range v.groups() {
			page.Groups = append(page.Groups, v.linkGroup(g))
		}
		for _, f := range v.frameworksByUse() {
			page.Frameworks = append(page.Frameworks, v.linkFramework(f))
		}
	}
	return page
}

// nearLimit is how many resembling codes are offered.
const nearLimit = 8

// near lists the indicators, actions and results whose code begins like, contains
// or is contained in the last word of a path.
func (v *view) near(path string) []link {
	word := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	if len(word) < 2 {
		return nil
	}
	var all []link
	add := func(code string, l func() link) {
		if folded := strings.ToLower(code); len(all) < 4*nearLimit && (strings.Contains(folded, word) || strings.Contains(word, folded) && len(folded) > 2 || alike(folded, word)) {
			all = append(all, l())
		}
	}
	for n := range v.p.Indicators {
		add(v.p.Indicators[n].Code, func() link { return v.linkIndicator(&v.p.Indicators[n]) })
	}
	for n := range v.p.Actions {
		add(v.p.Actions[n].Code, func() link { return v.linkAction(&v.p.Actions[n]) })
	}
	for n := range v.p.Results {
		if strings.EqualFold(v.p.Results[n].Code, word) {
			add(v.p.Results[n].Code, func() link { return v.linkResult(&v.p.Results[n]) })
		}
	}
	slices.SortStableFunc(all, func(a, b link) int { return len(a.Code) - len(b.Code) })
	return all[:min(len(all), nearLimit)]
}

// alike tells whether two codes share their first word: REM-COST and REM-VOLUME.
func alike(a, b string) bool {
	first := func(code string) string { return code[:strings.IndexAny(code+"-", "-._")] }
	return len(first(a)) > 2 && first(a) == first(b)
}
