package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jalon/indicators"
)

// searchFilters are the parameters of a search.
func searchFilters() []string { return []string{"q", "kind"} }

// How much of what somebody types is read, in characters, and how many hits a page lists.
const (
	searchLetters = 200
	searchShown   = 40
)

// showSearch lists what is found. There is no end of what can be asked: the page is drawn
// anew each time, and not kept.
func showSearch(v *view, r *http.Request) (sheet, error) {
	v.passing = true
	q := r.URL.Query()
	kind := indicators.HitKind(q.Get("kind"))
	if kind != "" && !slices.Contains(indicators.HitKinds(), kind) {
		return sheet{}, fmt.Errorf("%w: kind=%q: write one of %v", indicators.ErrInvalid, q.Get("kind"), indicators.HitKinds())
	}
	page := v.search(q.Get("q"), kind)
	title := v.l.T("search.title")
	if page.Query != "" {
		title = v.l.T("search.title.of", page.Query)
	}
	return sheet{template: "search", path: "search", params: searchParams(page.Query, kind), title: title, main: page}, nil
}

func searchParams(query string, kind indicators.HitKind) url.Values {
	params := url.Values{}
	if query != "" {
		params.Set("q", query)
	}
	if kind != "" {
		params.Set("kind", string(kind))
	}
	return params
}

// typed is what somebody typed, so much of it as is read.
func typed(text string) (read string, cut bool) {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > searchLetters {
		return strings.TrimSpace(string(runes[:searchLetters])), true
	}
	return text, false
}

// A searchPage is what a search found.
type searchPage struct {
	box   searchBox
	Query string
	Asked bool
	Cut   bool // more was typed than is read
	Count int
	Kinds []facet
	Hits  []hitRow
	More  int // beyond those listed
	Links searchLinks
}

// searchLinks are where else to look.
type searchLinks struct {
	Indicators, Glossary string
	Groups               []link
}

// Most is how many characters are read.
func (p searchPage) Most() int { return searchLetters }

// Box is the form, with what was typed.
func (p searchPage) Box() searchBox { return p.box }

// A searchBox is the form of a search.
type searchBox struct {
	Action string
	AsOf   string
	Query  string
	Kind   string
}

func (v *view) searchBox() searchBox {
	return searchBox{Action: "/" + v.l.Code + "/search", AsOf: v.asOf}
}

func (v *view) search(text string, kind indicators.HitKind) searchPage {
	page := searchPage{box: v.searchBox()}
	page.Query, page.Cut = typed(text)
	page.box.Query, page.box.Kind = page.Query, string(kind)
	q := indicators.ParseQuery(page.Query)
	page.Asked = page.Query != ""
	hits := v.hits(q)
	page.Kinds = v.kindFacets(hits, page.Query, kind)
	if kind != "" {
		hits = slices.DeleteFunc(hits, func(h indicators.Hit) bool { return h.Kind != kind })
	}
	page.Count = len(hits)
	shown := hits[:min(len(hits), searchShown)]
	page.More = len(hits) - len(shown)
	for _, hit := range shown {
		page.Hits = append(page.Hits, v.hitRow(q, hit))
	}
	if len(hits) == 0 {
		page.Links = searchLinks{Indicators: v.href("indicators"), Glossary: v.href("glossary")}
		for _, g := range v.groups() {
			page.Links.Groups = append(page.Links.Groups, v.linkGroup(g))
		}
	}
	return page
}

// hits are those of the programme and of the glossary. Where one has every word that is
// asked for, the other need not be heard on a part of them; scores tell.
func (v *view) hits(q indicators.Query) []indicators.Hit {
	hits := v.p.Finder().Find(q)
	if v.glossary != nil {
		hits = append(hits, v.glossary.finder.Find(q)...)
	}
	most := 0
	for _, h := range hits {
		most = max(most, h.Words)
	}
	hits = slices.DeleteFunc(hits, func(h indicators.Hit) bool { return h.Words < most })
	indicators.SortHits(hits)
	return hits
}

// kindFacets count the hits of each kind.
func (v *view) kindFacets(hits []indicators.Hit, query string, chosen indicators.HitKind) []facet {
	if len(hits) == 0 {
		return nil
	}
	counts := map[indicators.HitKind]int{}
	for _, h := range hits {
		counts[h.Kind]++
	}
	all := []facet{{Href: v.address("search", searchParams(query, "")), Name: sentence(v.l, "search.all"), Count: len(hits), Current: chosen == ""}}
	for _, kind := range indicators.HitKinds() {
		if counts[kind] > 0 || kind == chosen {
			all = append(all, facet{Href: v.address("search", searchParams(query, kind)), Name: sentence(v.l, "search.kinds."+string(kind)), Count: counts[kind], Current: kind == chosen})
		}
	}
	return all
}
