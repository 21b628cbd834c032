package web

import (
	"net/http"
	"slices"
	"strings"

	"jalon/indicators"
)

// A problemPage tells a reader what went wrong and where to go instead.
type problemPage struct {
	Status     int
	Title      string
	Words      string
	Detail     string     // worded by the program, in English
	Search     *searchBox // filled with what was asked for
	Near       []nearby
	Groups     []link
	Frameworks []link
	SignIn     string // in another tab, that what was sent here can be sent again
	Home       string
}

// A nearby is something with a code that resembles the one asked for.
type nearby struct {
	link
	Illustrative bool
}

// problem words an error. What was not found is looked for among the codes that
// resemble it.
func (v *view) problem(p Problem, path string) problemPage {
	page := problemPage{Status: p.Status, Home: v.href("")}
	if p.words != "" {
		page.Title, page.Words = v.l.T("problem.without.title"), p.words
		return page
	}
	key := "problem.other"
	switch p.Status {
	case http.StatusMethodNotAllowed:
		key = "problem.method"
	case http.StatusNotFound:
		key = "problem.not_found"
	case http.StatusBadRequest:
		key = "problem.invalid"
		page.Detail = p.Detail
	case http.StatusForbidden:
		if key, page.Detail = "problem.forbidden", p.Detail; p.over {
			key, page.Detail, page.SignIn = "problem.session", "", v.href("sign-in")
		}
	case http.StatusConflict:
		key = "problem.conflict"
		page.Detail = p.Detail
	case http.StatusRequestEntityTooLarge:
		key = "problem.too_large"
	case http.StatusServiceUnavailable:
		key = "problem.starting"
	}
	page.Title, page.Words = v.l.T(key+".title"), v.l.T(key+".words", p.RequestID)
	if p.Status == http.StatusNotFound && v.p != nil {
		word := askedFor(path)
		box := v.searchBox()
		box.Query, page.Search = word, &box
		page.Near = v.near(word)
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

// askedFor is the word that an address asks for: the last, without what tells the kind of a
// file; nothing where it is but a language, ours or another.
func askedFor(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(parts) == 0 || len(parts) == 1 && len(parts[0]) <= 3 {
		return ""
	}
	for _, part := range parts {
		switch part {
		case "documents", "invitation", "admin", "desk", "oidc", "static": // names and keys are nobody else's business
			return ""
		}
	}
	word := parts[len(parts)-1]
	for _, ending := range []string{".html", ".csv", ".svg", ".atom"} {
		word = strings.TrimSuffix(word, ending)
	}
	word, _ = typed(word)
	return word
}

// near lists what may have been meant by a word: the indicators, actions and results whose
// code begins like it, contains it or is contained in it, then what a search finds.
func (v *view) near(asked string) []nearby {
	word := strings.ToLower(asked)
	if len(word) < 2 {
		return nil
	}
	var all []nearby
	add := func(code string, illustrative bool, l func() link) {
		if folded := strings.ToLower(code); len(all) < 4*nearLimit && resembles(folded, word) {
			all = append(all, nearby{l(), illustrative})
		}
	}
	for n := range v.p.Indicators {
		i := &v.p.Indicators[n]
		add(i.Code, v.p.IsIllustrative(i), func() link { return v.linkIndicator(i) })
	}
	for n := range v.p.Actions {
		a := &v.p.Actions[n]
		add(a.Code, a.Illustrative, func() link { return v.linkAction(a) })
	}
	for n := range v.p.Results {
		if r := &v.p.Results[n]; strings.EqualFold(r.Code, word) {
			add(r.Code, false, func() link { return v.linkResult(r) })
		}
	}
	slices.SortStableFunc(all, func(a, b nearby) int { return len(a.Code) - len(b.Code) })
	all = v.foundNear(asked, all)
	return all[:min(len(all), nearLimit)]
}

// foundNear adds what a search finds and is not among them yet.
func (v *view) foundNear(asked string, all []nearby) []nearby {
	for _, hit := range v.p.Finder().Find(indicators.ParseQuery(asked)) {
		if len(all) >= nearLimit {
			break
		}
		var found nearby
		switch hit.Kind {
		case indicators.HitIndicator:
			i := v.p.Indicator(hit.Key)
			found = nearby{v.linkIndicator(i), v.p.IsIllustrative(i)}
		case indicators.HitAction:
			a := v.p.Action(hit.Key)
			found = nearby{v.linkAction(a), a.Illustrative}
		case indicators.HitGroup:
			found.link = v.linkGroup(v.p.Group(hit.Key))
		case indicators.HitFramework:
			found.link = v.linkFramework(v.p.Framework(hit.Key))
		case indicators.HitResult:
			found.link = v.linkResult(v.p.Result(hit.Key))
		default:
			continue
		}
		if !slices.ContainsFunc(all, func(n nearby) bool { return n.Href == found.Href }) {
			all = append(all, found)
		}
	}
	return all
}

// resembles tells whether one of two codes contains the other, or both share their
// first word: REM-COST and REM-GDP.
func resembles(code, word string) bool {
	first := func(code string) string { return code[:strings.IndexAny(code+"-", "-._")] }
	return strings.Contains(code, word) || len(code) > 2 && strings.Contains(word, code) ||
		len(first(word)) > 2 && first(code) == first(word)
}
