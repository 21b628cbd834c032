package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jalon/indicators"
)

// A donorsPage lists who pays, and shows where the money goes.
type donorsPage struct {
	Rows       []donorRow
	Flows      chart // chart I
	Streams    []streamRow
	Currencies []choice
	Invented   template.HTML
}

// A donorRow is one donor with what it pays for.
type donorRow struct {
	link
	tally
	Actions int
	Money   []moneyRow
}

// A moneyRow is what was promised and paid in one currency.
type moneyRow struct {
	Promised, Disbursed figure
	Share               figure
}

// A donorPage is a donor's portfolio: what it paid for, and what came of it.
type donorPage struct {
	link
	tally
	Action   string // of the form
	AsOf     string
	Filters  []filter
	All      string // the whole portfolio; empty where nothing is filtered
	Rows     []financedRow
	Money    []moneyRow
	Balance  chart // chart G
	Outcomes chart // chart H
	Flows    chart // chart I
	Streams  []streamRow
	Files    []takenFile // the portfolio to take along
	Holds    string      // how much that is
	Draft    bool        // nobody could report to IATI
	LeftOut  int         // actions that the file of IATI cannot hold
	Nothing  bool        // the donor pays for nothing, whatever is asked for
	Invented template.HTML
}

// A financedRow is one action of a portfolio.
type financedRow struct {
	actionRow
	Group      link
	Money      []moneyRow
	References []string
	Outcomes   []indicatorRow
	Documents  int
}

// portfolioFilters are the parameters by which a portfolio is narrowed down.
func portfolioFilters() []string { return []string{"result", "governorate", "reference"} }

func showDonors(v *view, r *http.Request) (sheet, error) {
	params := only(r.URL.Query(), []string{"currency"})
	return sheet{template: "donors", path: "donors", params: params, title: v.l.T("donors.title"), charts: true, choices: true, main: v.donors(params.Get("currency"))}, nil
}

func showDonor(v *view, r *http.Request) (sheet, error) {
	params := only(r.URL.Query(), portfolioFilters())
	page, err := v.donor(r.PathValue("code"), params)
	return sheet{template: "donor", path: escaped("donors", page.Code), params: params, title: page.Name.Text, charts: true, main: page}, err
}

func (v *view) linkDonor(code string) link {
	return link{v.href("donors", code), code, v.organisation(code)}
}

func (v *view) donors(currency string) donorsPage {
	page := donorsPage{Invented: v.inventedAmong(nil, v.allActions())}
	var codes []string
	for _, o := range v.p.Payers() {
		codes = append(codes, o.Code)
		portfolio := v.p.Portfolio(o.Code, indicators.Selection{})
		row := donorRow{link: v.linkDonor(o.Code), Actions: len(portfolio), Money: v.moneyOf(portfolio)}
		row.tally = v.tally(v.p.RollUp(v.p.ForIndicators(indicatorsOfAll(portfolio))))
		page.Rows = append(page.Rows, row)
	}
	currencies := v.currencies(codes)
	if !slices.Contains(currencies, currency) && len(currencies) > 0 {
		currency = currencies[0]
	}
	for _, c := range currencies {
		page.Currencies = append(page.Currencies, choice{Href: v.href("donors") + joint(v.asOf) + url.Values{"currency": {c}}.Encode(), Word: c, Current: c == currency})
	}
	page.Flows = v.picture("flows", v.flowsPlate(escaped("currencies", currency, "flows"), "donors", codes, currency))
	page.Streams = v.streams(codes, currency)
	return page
}

// joint is what stands between an address that may carry a moment and a parameter more.
func joint(asOf string) string {
	if asOf == "" {
		return "?"
	}
	return "&"
}

// donor is the portfolio of an organisation, which may be empty.
func (v *view) donor(code string, params url.Values) (donorPage, error) {
	if !v.knowsDonor(code) {
		return donorPage{}, notFound("donor", code)
	}
	whole := v.p.Portfolio(code, indicators.Selection{})
	chosen := v.chosenOf(code, params)
	page := donorPage{
		link: v.linkDonor(code), Action: "/" + v.l.Code + "/" + escaped("donors", code), AsOf: v.asOf, Money: v.moneyOf(whole),
		Filters: v.portfolioForm(whole, params), Rows: v.financedRows(chosen),
		Balance:  v.picture("balance", v.balancePlate(code, whole)),
		Outcomes: v.picture("outcomes", v.outcomesPlate(code, whole)),
		Nothing:  len(whole) == 0,
	}
	all := indicatorsOfAll(whole)
	page.tally = v.tally(v.p.RollUp(v.p.ForIndicators(all)))
	page.Invented = v.inventedAmong(all, actionsOfAll(whole))
	if len(params) > 0 {
		page.All = page.Href
	}
	v.takeAlong(&page, code, params, chosen)
	if currencies := v.currencies([]string{code}); len(currencies) > 0 {
		page.Flows = v.picture("flows", v.donorFlows(code, nil))
		page.Streams = v.streams([]string{code}, currencies[0])
	}
	return page, nil
}

// chosenOf is what is shown of a portfolio.
func (v *view) chosenOf(donor string, params url.Values) []indicators.Financed {
	all := v.p.Portfolio(donor, indicators.Selection{Result: params.Get("result"), Governorate: params.Get("governorate")})
	if reference := params.Get("reference"); reference != "" {
		all = slices.DeleteFunc(all, func(f indicators.Financed) bool { return !f.References.Has(reference) })
	}
	return all
}

// portfolioForm asks for a goal, a governorate, a reference of the donor's own: those that
// the portfolio has.
func (v *view) portfolioForm(whole []indicators.Financed, params url.Values) []filter {
	goals, places, references := map[string]bool{}, map[string]bool{}, []string{}
	for _, f := range whole {
		for _, l := range f.Action.Results {
			goals[l.Ref()] = true
		}
		for _, g := range f.Action.Governorates {
			places[g] = true
		}
		references = append(references, f.References...)
	}
	within := func(f filter, has map[string]bool) filter {
		f.Options = slices.DeleteFunc(f.Options, func(o option) bool { return o.Value != "" && !o.Chosen && !has[o.Value] })
		return f
	}
	var own []option
	for _, word := range indicators.NewCodes(references) {
		own = append(own, option{Value: word, Word: word})
	}
	return []filter{within(v.resultFilter(params), goals), within(v.governorateFilter(params), places), v.newFilter(params, "reference", own)}
}

func (v *view) financedRows(all []indicators.Financed) []financedRow {
	documents := map[string]int{}
	if v.documents != nil {
		for _, d := range v.documents(indicatorsOfAll(all)...) {
			documents[d.Indicator]++
		}
	}
	var rows []financedRow
	for n, action := range v.actionRows(actionsOfAll(all)) {
		f := all[n]
		row := financedRow{actionRow: action, Money: v.moneyRows(f.Money), References: f.References, Outcomes: v.rows(v.p.ForIndicators(f.Indicators))}
		if g := v.p.Group(f.Action.Group); g != nil {
			row.Group = v.linkGroup(g)
		}
		for _, i := range f.Indicators {
			row.Documents += documents[i.Code]
		}
		rows = append(rows, row)
	}
	return rows
}

func actionsOfAll(all []indicators.Financed) []*indicators.Action {
	actions := make([]*indicators.Action, len(all))
	for n, f := range all {
		actions[n] = f.Action
	}
	return actions
}

// indicatorsOfAll lists the indicators of a portfolio, each once.
func indicatorsOfAll(all []indicators.Financed) []*indicators.Indicator {
	var list []*indicators.Indicator
	for _, f := range all {
		for _, i := range f.Indicators {
			if !slices.Contains(list, i) {
				list = append(list, i)
			}
		}
	}
	return list
}

// currencies lists those that some donors pay in, the one of the most actions first.
func (v *view) currencies(donors []string) []string {
	count := map[string]int{}
	for _, d := range donors {
		for _, f := range v.p.Portfolio(d, indicators.Selection{}) {
			for _, m := range f.Money {
				count[m.Currency]++
			}
		}
	}
	var all []string
	for c := range count {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	return all
}
