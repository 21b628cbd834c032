package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/charts"
	"jalon/indicators"
	"jalon/indicators/progress"
)

// A streamRow is one line of the table beside the picture of money on its way.
type streamRow struct {
	Donor, Group, Result link // a result without address: none
	Amount               figure
}

// moneyOf sums up a portfolio by currency.
func (v *view) moneyOf(all []indicators.Financed) []moneyRow {
	var sums []indicators.Money
	for _, f := range all {
		for _, m := range f.Money {
			at := slices.IndexFunc(sums, func(s indicators.Money) bool { return s.Currency == m.Currency })
			if at < 0 {
				sums, at = append(sums, indicators.Money{Currency: m.Currency}), len(sums)
			}
			sums[at].Promised += m.Promised
			sums[at].Disbursed += m.Disbursed
		}
	}
	slices.SortFunc(sums, func(a, b indicators.Money) int { return strings.Compare(a.Currency, b.Currency) })
	return v.moneyRows(sums)
}

func (v *view) moneyRows(all []indicators.Money) []moneyRow {
	var rows []moneyRow
	for _, m := range all {
		rows = append(rows, moneyRow{v.sum(m.Promised, m.Currency), v.sum(m.Disbursed, m.Currency), v.share(m.Share())})
	}
	return rows
}

// balancePlate is chart G: what was paid against what was reached, for the actions of which
// both are known.
func (v *view) balancePlate(donor string, all []indicators.Financed) plate {
	p := plate{address: escaped("donors", donor, "balance"), page: escaped("donors", donor)}
	var efforts []charts.Effort
	t := figures{heading: v.words("figures.", "code", "title", "currency", "promised", "disbursed", "disbursed_share", "reached")}
	for _, f := range all {
		reached := f.Rollup.Score
		for _, m := range f.Money {
			share := m.Share()
			if !share.Valid || !reached.Valid {
				continue
			}
			title := v.phrase(f.Action.Title).Text
			efforts = append(efforts, charts.Effort{
				Title: title, Disbursed: share.Value, Reached: reached.Value, Amount: m.Promised, Currency: m.Currency, Status: v.standing(f.Indicators),
			})
			t.rows = append(t.rows, []string{
				f.Action.Code, title, m.Currency, plainNumber(m.Promised), plainNumber(m.Disbursed), raw(share), raw(reached),
			})
		}
	}
	if len(efforts) > 0 {
		p.subject, p.unit = v.organisation(donor), phrase{Text: v.l.T("chart.unit.balance")}
		p.sources = append(v.ours("chart.sources.money"), v.sourcesAmong(v.p.ForIndicators(indicatorsOfAll(all)))...)
		p.invented = v.inventing(indicatorsOfAll(all), actionsOfAll(all))
		p.build = func(f charts.Format) (charts.Chart, error) { return charts.Balance(v.l, efforts, f) }
		p.table = func() figures { return t }
	}
	return p
}

// standing is the status of an action's outcomes: the worst of those that can be assessed.
func (v *view) standing(list []*indicators.Indicator) progress.Status {
	worst := progress.NotAssessable
	for _, a := range v.p.ForIndicators(list) {
		if a.Status != progress.NotAssessable && (worst == progress.NotAssessable || a.Status.Index() > worst.Index()) {
			worst = a.Status
		}
	}
	return worst
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// flowsPlate is chart I: money promised in one currency, from donors through themes to the
// goals that their actions serve.
func (v *view) flowsPlate(address, page string, donors []string, currency string) plate {
	p := plate{address: address, page: page}
	framework := v.mainFramework()
	streams := v.p.Streams(donors, currency, framework)
	if len(streams) == 0 {
		return p
	}
	columns, flows := v.river(streams, currency)
	p.build = func(f charts.Format) (charts.Chart, error) { return charts.Flows(v.l, columns, flows, f) }
	p.unit, p.sources, p.invented = phrase{Text: currency}, v.ours("chart.sources.money"), v.inventing(nil, v.allActions())
	p.table = func() figures {
		t := figures{heading: v.words("figures.", "donor", "group", "result", "amount", "currency")}
		for _, s := range streams {
			t.rows = append(t.rows, []string{s.Donor, s.Group, s.Result, plainNumber(s.Amount), currency})
		}
		return t
	}
	return p
}

// river lays streams out in three columns, each node with what passes through it.
func (v *view) river(streams []indicators.Stream, currency string) (columns [][]charts.Node, flows []charts.Flow) {
	through := [3]map[string]float64{{}, {}, {}}
	order := [3][]string{}
	type leg struct {
		column   int
		from, to string
	}
	sums, legs := map[leg]float64{}, []leg{}
	for _, s := range streams {
		for n, code := range []string{s.Donor, s.Group, s.Result} {
			if _, seen := through[n][code]; !seen {
				order[n] = append(order[n], code)
			}
			through[n][code] += s.Amount
		}
		for _, l := range []leg{{0, s.Donor, s.Group}, {1, s.Group, s.Result}} {
			if _, seen := sums[l]; !seen {
				legs = append(legs, l)
			}
			sums[l] += s.Amount
		}
	}
	for n, name := range []func(string) string{
		func(code string) string { return v.organisation(code).Text },
		func(code string) string { return v.phrase(v.p.Group(code).Title).Text },
		v.resultTitle,
	} {
		slices.SortFunc(order[n], indicators.CompareCodes)
		var nodes []charts.Node
		for _, code := range order[n] {
			nodes = append(nodes, charts.Node{Code: code, Title: name(code), Shown: string(v.sum(through[n][code], currency))})
		}
		columns = append(columns, nodes)
	}
	for _, l := range legs {
		flows = append(flows, charts.Flow{From: l.from, To: l.to, Column: l.column, Value: sums[l], Shown: string(v.sum(sums[l], currency))})
	}
	return columns, flows
}

func (v *view) resultTitle(ref string) string {
	if r := v.p.Result(ref); r != nil {
		return r.Code + " " + v.phrase(r.Title).Text
	}
	return v.l.T("donors.no_result")
}

// mainFramework is the one whose goals money is followed to.
func (v *view) mainFramework() string {
	if all := v.frameworksByUse(); len(all) > 0 {
		return all[0].Code
	}
	return ""
}

func (v *view) streams(donors []string, currency string) []streamRow {
	var rows []streamRow
	for _, s := range v.p.Streams(donors, currency, v.mainFramework()) {
		row := streamRow{Donor: v.linkDonor(s.Donor), Amount: v.sum(s.Amount, currency), Result: link{Name: phrase{Text: v.l.T("donors.no_result")}}}
		if g := v.p.Group(s.Group); g != nil {
			row.Group = v.linkGroup(g)
		}
		if r := v.p.Result(s.Result); r != nil {
			row.Result = v.linkResult(r)
		}
		rows = append(rows, row)
	}
	return rows
}

// findPortfolio finds a chart of one donor.
func findPortfolio(draw func(v *view, donor string, all []indicators.Financed) plate) func(*view, *http.Request) (plate, error) {
	return func(v *view, r *http.Request) (plate, error) {
		code := r.PathValue("code")
		all := v.p.Portfolio(code, indicators.Selection{})
		if len(all) == 0 {
			return plate{}, notFound("donor", code)
		}
		return draw(v, code, all), nil
	}
}

func findFlows(v *view, r *http.Request) (plate, error) {
	var codes []string
	for _, o := range v.p.Payers() {
		codes = append(codes, o.Code)
	}
	currency := r.PathValue("currency")
	return v.flowsPlate(escaped("currencies", currency, "flows"), "donors", codes, currency), nil
}

func (v *view) donorFlows(code string, _ []indicators.Financed) plate {
	currency := ""
	if all := v.currencies([]string{code}); len(all) > 0 {
		currency = all[0]
	}
	p := v.flowsPlate(escaped("donors", code, "money"), escaped("donors", code), []string{code}, currency)
	p.subject = v.organisation(code)
	return p
}
