package web

import (
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// A frame is what stands around every page.
type frame struct {
	Lang, Dir string
	Title     string
	Programme phrase
	Home      string
	Menu      menu
	Languages []translation
	Search    *searchBox
	Crumbs    []link
	FeedTitle string
	Past      *band
	Own       *space
	Foot      foot
	Assets    assetLinks
	OnePage   bool // on paper
	Unlisted  bool // not for search engines
	Main      any
}

// A menu leads everywhere in two steps.
type menu struct {
	Overview, Methods      entry
	Groups, Frameworks     []entry
	Explore                []entry // the programme across its groups
	InGroups, InFrameworks bool
	Exploring              bool
}

// An entry of the menu is current on its own page.
type entry struct {
	link
	Current bool
}

// A translation is the same page for other readers.
type translation struct {
	Code, Name, Href string
	Current          bool
}

// A band says that an earlier moment is shown.
type band struct {
	Words template.HTML
	Now   string // the same page today
}

// A space is what a person with an account finds on every page.
type space struct {
	Name    string
	Account entry
	Desk    *entry
	Admin   *entry
	SignOut string
}

// A foot tells where the figures come from and how to look back.
type foot struct {
	Known     template.HTML
	Quality   string // address of the quality desk
	Licence   phrase
	Contact   string
	Form      *asOfForm
	History   string
	Snapshots string
	Glossary  string
	Data      string
	Feed      string
	SignIn    string // empty for who is signed in
	Address   string // of the page, for paper; empty where the site does not know its own
}

// An asOfForm asks for a day to look back to.
type asOfForm struct {
	Action     string
	Kept       []option // of the page's own query
	First, Day string
}

// frame surrounds a page.
func (v *view) frame(s sheet) frame {
	path := s.path
	f := frame{
		Lang: v.l.Code, Dir: v.l.Dir, Title: s.title, Programme: v.programme(), Home: v.href(""),
		Menu: v.menu(s), Languages: v.languages(s), Crumbs: v.crumbs(s), Main: s.main,
	}
	f.FeedTitle = v.l.T("feed.title", f.Programme.Text)
	if s.template != "search" && !s.bare {
		box := v.searchBox()
		f.Search = &box
	}
	f.Foot = foot{Known: v.known(), Quality: v.href("quality"), Licence: v.original(indicators.Optional(v.p.Setting("licence", ""))), Contact: v.p.Setting("contact", "")}
	f.Foot.Form = v.lookBack(path)
	f.OnePage, f.Unlisted = s.onePage, s.unlisted
	if v.origin != "" {
		f.Foot.Address = v.origin + s.address(v.l.Code, v.asOf)
	}
	f.Foot.Snapshots, f.Foot.History, f.Foot.Glossary, f.Foot.Data, f.Foot.Feed = v.href("snapshots"), v.href("history"), v.href("glossary"), v.href("data"), "/"+v.l.Code+"/feed.atom"
	if f.Own = v.own(s); f.Own == nil {
		f.Foot.SignIn = "/" + v.l.Code + "/sign-in"
	}
	if v.asOf != "" {
		words := sentence(v.l, "past.words", v.date(v.p.Day), v.date(v.knownOn()), v.p.Newest().Number)
		if s := v.frozen; s != nil {
			name := link{Href: v.reportOf(s), Name: phrase{Text: s.Number}}
			words = sentence(v.l, "snapshots.past", name, v.date(v.p.Day), v.date(v.knownOn()), v.p.Newest().Number)
		}
		f.Past = &band{Words: words, Now: s.address(v.l.Code, "")}
	}
	return f
}

func (v *view) own(s sheet) *space {
	if v.reader == nil {
		return nil
	}
	at := "/" + v.l.Code + "/"
	o := &space{Name: v.reader.Name, Account: entry{link{Href: at + "account"}, s.path == "account"}, SignOut: at + "sign-out"}
	if v.reader.Has(indicators.ReadWork) {
		o.Desk = &entry{link{Href: at + "desk"}, s.template == "desk"}
	}
	if v.reader.Has(indicators.Define) {
		o.Admin = &entry{link{Href: at + "admin"}, strings.HasPrefix(s.path, "admin")}
	}
	return o
}

// programme is the programme's title in the reader's language.
func (v *view) programme() phrase {
	title := func(code string) indicators.Optional { return indicators.Optional(v.p.Setting("title_"+code, "")) }
	name := v.phrase(indicators.Text{FR: title("fr"), AR: title("ar"), EN: title("en")})
	if name.Text == "" {
		return phrase{Text: v.l.T("page.programme")}
	}
	return name
}

func (v *view) menu(s sheet) menu {
	at := "/" + v.l.Code + "/" + s.path + v.query()
	m := menu{
		Overview: entry{link{Href: v.href("")}, s.template == "overview"},
		Methods:  entry{link{Href: v.href("methods")}, s.template == "methods"},
	}
	for _, page := range []string{"indicators", "actions", "territory", "donors", "complementarities", "data"} {
		e := entry{link{Href: v.href(page), Name: phrase{Text: v.l.T("menu." + page)}}, s.path == page || strings.HasPrefix(s.path, page+"/") && page == "territory"}
		m.Exploring = m.Exploring || e.Current
		m.Explore = append(m.Explore, e)
	}
	for _, g := range v.groups() {
		e := entry{link: v.linkGroup(g)}
		e.Current = e.Href == at
		m.InGroups = m.InGroups || e.Current
		m.Groups = append(m.Groups, e)
	}
	for _, f := range v.frameworksByUse() {
		e := entry{link: v.linkFramework(f)}
		e.Current = e.Href == at
		m.InFrameworks = m.InFrameworks || e.Current
		m.Frameworks = append(m.Frameworks, e)
	}
	return m
}

func (v *view) languages(s sheet) []translation {
	var all []translation
	for _, code := range locale.Codes() {
		all = append(all, translation{code, languageName(code), s.address(code, v.asOf), code == v.l.Code})
	}
	return all
}

// address is where the page stands in a language, at a moment.
func (s sheet) address(lang, asOf string) string {
	params := url.Values{}
	maps.Copy(params, s.params)
	if asOf != "" {
		params.Set("as-of", asOf)
	}
	address, joint := "/"+lang+"/"+s.path, "?"
	if strings.Contains(s.path, "?") {
		joint = "&"
	}
	if len(params) > 0 {
		address += joint + params.Encode()
	}
	return address
}

// languageName is a language's name for its own readers.
func languageName(code string) string {
	switch code {
	case "ar":
		return "العربية"
	case "en":
		return "English"
	}
	return "Français"
}

// known says what the page rests on: the newest changeset and the day of judgement.
func (v *view) known() template.HTML {
	if v.p.Newest().Number == 0 {
		return sentence(v.l, "foot.empty")
	}
	return sentence(v.l, "foot.known", v.date(v.p.Day), v.date(v.knownOn()), v.p.Newest().Number)
}

// knownOn is the day on which the newest changeset became known.
func (v *view) knownOn() indicators.Date {
	return indicators.DateOf(v.p.Newest().At.In(v.p.Zone()))
}

func (v *view) lookBack(path string) *asOfForm {
	if len(v.p.Changesets) == 0 || v.personal {
		return nil
	}
	first := indicators.DateOf(v.p.Changesets[0].At.In(v.p.Zone()))
	form := &asOfForm{First: first.String(), Day: v.p.Day.String()}
	path, query, _ := strings.Cut(path, "?")
	form.Action = "/" + v.l.Code + "/" + path
	if kept, err := url.ParseQuery(query); err == nil {
		for _, name := range slices.Sorted(maps.Keys(kept)) {
			form.Kept = append(form.Kept, option{Value: kept.Get(name), Word: name})
		}
	}
	return form
}

// escaped writes a path from its parts.
func escaped(parts ...string) string {
	path := ""
	for n, part := range parts {
		if n > 0 {
			path += "/"
		}
		path += url.PathEscape(part)
	}
	return path
}
