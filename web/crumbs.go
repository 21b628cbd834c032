package web

import (
	"strconv"
	"strings"
)

// crumbs is the way from the overview down to a page, which is the last of them and has no
// address. The overview has none.
func (v *view) crumbs(s sheet) []link {
	if s.template == "overview" || s.bare {
		return nil
	}
	way := []link{{Href: v.href(""), Name: phrase{Text: v.l.T("menu.overview")}}}
	if below, is := s.main.(interface{ above(v *view) []link }); is {
		way = append(way, below.above(v)...)
	}
	here := phrase{Text: s.title}
	if named, is := s.main.(interface{ here(*view) phrase }); is {
		here = named.here(v)
	}
	return append(way, link{Name: here})
}

// code is a code as the last crumb.
func code(text string) phrase { return phrase{Text: text} }

func (v *view) crumb(path, word string) link {
	return link{Href: v.href(strings.Split(path, "/")...), Name: phrase{Text: v.l.T(word)}}
}

// above leads through the themes and actions of an indicator, or the list of all.
func (p indicatorPage) above(v *view) []link {
	if len(p.Groups) == 0 {
		return []link{v.crumb("indicators", "menu.indicators")}
	}
	return append(append([]link{}, p.Groups...), p.Actions...)
}

func (p indicatorPage) here(*view) phrase { return code(p.Code) }

func (p actionPage) above(*view) []link {
	if p.Group.Href == "" {
		return nil
	}
	return []link{p.Group}
}

func (p actionPage) here(*view) phrase { return code(p.Code) }

func (p resultPage) above(*view) []link {
	way := []link{p.Framework}
	for _, r := range p.Above {
		r.Name.Text = r.Code + " " + r.Name.Text
		way = append(way, r)
	}
	return way
}

func (p resultPage) here(*view) phrase { return code(p.Code) }

func (p donorPage) above(v *view) []link { return []link{v.crumb("donors", "menu.donors")} }

func (p differencePage) above(v *view) []link {
	return []link{v.crumb("snapshots", "difference.list")}
}

// A change of the record lies below the list of all.
func (p changesetPage) above(v *view) []link {
	return []link{{Href: p.All, Name: phrase{Text: v.l.T("history.title")}}}
}

func (p changesetPage) here(*view) phrase { return code("#" + strconv.Itoa(p.Number)) }

func (p indicatorHistory) above(*view) []link { return []link{p.link} }

func (p indicatorHistory) here(v *view) phrase { return phrase{Text: v.l.T("indicator.history")} }

func (p figureHistoryPage) above(v *view) []link {
	return []link{p.Indicator, {Href: p.All, Name: phrase{Text: v.l.T("indicator.history")}}}
}

func (p figureHistoryPage) here(*view) phrase { return code(figureNamed(p.Period, p.Part)) }

func (p documentsPage) above(v *view) []link {
	if p.Figure == "" {
		return []link{p.Indicator}
	}
	return []link{p.Indicator, {Href: p.All, Name: phrase{Text: v.l.T("documents.title")}}}
}

// figureNamed names a figure by its period and the part of the whole that it is about.
func figureNamed(period figure, part string) string {
	if part == "" {
		return string(period)
	}
	return string(period) + " (" + part + ")"
}

// The desk and administration.

func atDesk(v *view, href string) link {
	return link{Href: href, Name: phrase{Text: v.l.T("desk.title")}}
}

func (p figurePage) above(v *view) []link  { return []link{atDesk(v, p.Desk), p.Indicator} }
func (p figurePage) here(*view) phrase     { return code(figureNamed(p.Period, p.Part)) }
func (p gridPage) above(v *view) []link    { return []link{atDesk(v, p.Desk)} }
func (p periodsPage) above(v *view) []link { return []link{atDesk(v, p.Desk)} }
func (p reviewPage) above(v *view) []link  { return []link{atDesk(v, p.Back)} }

func (p accountsPage) above(*view) []link { return p.Crumbs }
func (p entryPage) above(*view) []link    { return p.Crumbs }
func (p listPage) above(*view) []link     { return p.Crumbs }
func (p personPage) above(*view) []link   { return p.Crumbs }
func (p previewPage) above(*view) []link  { return p.Crumbs }
func (p settingsPage) above(*view) []link { return p.Crumbs }
