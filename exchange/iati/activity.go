package iati

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// What holds where an element says nothing else, and the country of all actions.
const (
	mainCurrency = "TND"
	country      = "TN"
)

func (f *File) activity(a *indicators.Action, at string) activity {
	p := f.Picture
	given := f.moneyOf(a)
	made := activity{
		Language: f.Languages[0].Code, Currency: mainCurrency, Updated: at,
		Identifier: activityID(p, a), Reporter: f.reporting(), Title: f.entered(a.Title, a.Code),
		Descriptions: f.descriptions(a), Participants: f.participants(a),
		Others: f.references(given), Status: coded{activityStatus(a.Status)}, Dates: f.dates(a), Contact: f.contact(),
		Country: coded{country}, Locations: f.locations(a), Sectors: f.sectors(a), Tags: f.tags(a),
		Budgets: budgets(given), Transactions: f.transactions(given), Documents: f.pagesOf(a),
	}
	if code := activityScope(a); code != "" {
		made.Scope = &coded{code}
	}
	for _, i := range p.ActionIndicators(a.Code) {
		made.Results = append(made.Results, f.result(i))
	}
	return made
}

func activityID(p *indicators.Picture, a *indicators.Action) string {
	return reporter(p) + "-" + a.Code
}

func (f *File) reporting() organisation {
	o := f.Picture.Publisher()
	if o == nil {
		programme := indicators.Text{
			FR: indicators.Optional(f.Picture.Setting("title_fr", "")), AR: indicators.Optional(f.Picture.Setting("title_ar", "")),
			EN: indicators.Optional(f.Picture.Setting("title_en", "")),
		}
		return organisation{Ref: DraftReporter, Type: organisationType("ministry"), text: f.entered(programme, DraftReporter)}
	}
	made := f.organisation(o.Code, "")
	made.Ref = reporter(f.Picture)
	if made.Type == "" {
		made.Type = organisationType("other")
	}
	return made
}

// descriptions tell what the action is, and whether it is a demonstration.
func (f *File) descriptions(a *indicators.Action) []typedText {
	about := f.entered(a.Description, "")
	if len(about.Narratives) == 0 {
		about = f.entered(a.Title, a.Code)
	}
	all := []typedText{{"1", about}}
	if a.Illustrative {
		all = append(all, typedText{"4", f.said(func(l *locale.Language) string { return l.T("invented.action") })})
	}
	return all
}

// participants are who pays, who answers for the action, and who carries it out: an
// organisation with two roles is there twice.
func (f *File) participants(a *indicators.Action) []organisation {
	const funding, accountable, implementing = "1", "2", "4"
	var all []organisation
	for _, code := range f.Picture.Donors(a.Code) {
		all = append(all, f.organisation(code, funding))
	}
	if a.Lead != "" {
		all = append(all, f.organisation(string(a.Lead), accountable))
	}
	for _, code := range a.Organisations() {
		all = append(all, f.organisation(code, implementing))
	}
	if len(all) == 0 { // the standard wants one
		reporting := f.reporting()
		reporting.Role = accountable
		all = append(all, reporting)
	}
	return all
}

func (f *File) organisation(code, role string) organisation {
	o := f.Picture.Organisation(code)
	if o == nil {
		return organisation{Role: role, text: f.entered(indicators.Text{}, code)}
	}
	return organisation{Role: role, Ref: identifier(o), Type: organisationType(o.Kind), text: f.entered(o.Name, code)}
}

// identifier is how IATI knows an organisation; empty where that is not known.
func identifier(o *indicators.Organisation) string { return plain(string(o.IATIID)) }

// references are the donors' own words for what they fund.
func (f *File) references(given []indicators.Funding) []otherIdentifier {
	var all []otherIdentifier
	for _, g := range given {
		owner := f.organisation(g.Donor, "")
		owner.Type = ""
		made := otherIdentifier{Ref: plain(string(g.Reference)), Type: "A9", Owner: &owner}
		known := func(o otherIdentifier) bool {
			return o.Ref == made.Ref && slices.Equal(o.Owner.Narratives, owner.Narratives)
		}
		if made.Ref != "" && !slices.ContainsFunc(all, known) {
			all = append(all, made)
		}
	}
	return all
}

// dates are the planned and the actual beginning and end; what is said to have been may not
// lie ahead.
func (f *File) dates(a *indicators.Action) []typedDate {
	var all []typedDate
	for _, d := range []struct {
		kind string
		day  indicators.Date
		past bool
	}{{"1", a.Start, false}, {"2", a.ActualStart, true}, {"3", a.End, false}, {"4", a.ActualEnd, true}} {
		if d.day != 0 && (!d.past || d.day <= f.Picture.Day) {
			all = append(all, typedDate{d.kind, d.day.String()})
		}
	}
	return all
}

// contact is the address that readers may write to, if it is one.
func (f *File) contact() *contact {
	address, err := mail.ParseAddress(f.Picture.Setting("contact", ""))
	if err != nil {
		return nil
	}
	return &contact{Type: "1", Email: address.Address}
}

func (f *File) locations(a *indicators.Action) []location {
	var all []location
	for _, code := range a.Governorates {
		name := indicators.Text{}
		if c := f.Picture.Category("governorate", code); c != nil {
			name = c.Title
		}
		all = append(all, location{
			Ref: code, Reach: coded{"1"}, Name: f.entered(name, code), Administrative: administrative{"A4", 0, country},
			Exactness: coded{"2"}, Class: coded{"1"},
		})
	}
	return all
}

func (f *File) sectors(a *indicators.Action) []classification {
	all := []classification{{Vocabulary: "1", Code: MigrationSector}}
	if g := f.Picture.Group(a.Group); g != nil {
		all = append(all, classification{"99", f.address("groups", g.Code), g.Code, f.entered(g.Title, g.Code)})
	}
	return all
}

// tags are the goals and targets of the SDGs, and the results of plans, that the action
// serves; of a target its goal, too.
func (f *File) tags(a *indicators.Action) []classification {
	var all []classification
	add := func(c classification) {
		if !slices.ContainsFunc(all, func(o classification) bool { return o.Vocabulary == c.Vocabulary && o.Code == c.Code }) {
			all = append(all, c)
		}
	}
	for _, link := range a.Results {
		framework, result := f.Picture.Framework(link.Framework), f.Picture.Result(link.Ref())
		if framework == nil || result == nil {
			continue
		}
		goal, _, below := strings.Cut(result.Code, ".")
		switch {
		case framework.Kind == "sdg" && isGoal(goal):
			add(classification{Vocabulary: "2", Code: goal})
			if below {
				add(classification{Vocabulary: "3", Code: result.Code})
			}
		default:
			add(classification{"99", f.address("frameworks", link.Framework), link.Ref(), f.entered(result.Title, result.Code)})
		}
	}
	slices.SortStableFunc(all, func(a, b classification) int { return strings.Compare(a.Vocabulary, b.Vocabulary) })
	return all
}

// pagesOf are the pages of an action, one in each language.
func (f *File) pagesOf(a *indicators.Action) []documentLink {
	if f.Site == "" {
		return nil
	}
	var all []documentLink
	for _, l := range f.Languages {
		all = append(all, documentLink{
			Format: "text/html", URL: f.Site + "/" + l.Code + "/actions/" + url.PathEscape(a.Code), Category: coded{"A12"}, Language: &coded{l.Code},
			Title: f.said(func(in *locale.Language) string { return in.T("iati.page") }),
		})
	}
	return all
}

// address is a page in the language of the file; empty where it is not known where the pages
// are.
func (f *File) address(parts ...string) string {
	if f.Site == "" {
		return ""
	}
	at := f.Site + "/" + f.Languages[0].Code
	for _, part := range parts {
		at += "/" + url.PathEscape(part)
	}
	return at
}
