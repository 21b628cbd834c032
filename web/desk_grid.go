package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"jalon/indicators"
)

// How many periods and indicators a grid has at most, and how many periods if nothing is
// asked for.
const (
	gridPeriods     = 24
	gridPeriodsShow = 6
	gridIndicators  = 300
)

// A gridAsk is which part of the reader's indicators is entered, for which periods.
type gridAsk struct {
	frequency indicators.Frequency
	group     string
	last      indicators.Period
	count     int
	page      int // from 0
}

// A gridPage is a table in which figures are entered: rows are indicators, columns periods.
type gridPage struct {
	Action      string
	Desk        string
	Seen        int
	Frequencies []choice
	Groups      []choice
	Counts      []choice
	Earlier     string
	Later       string
	Pages       []choice
	Columns     []figure
	Rows        []gridRow
	Beside      *besideHelp
	Reason      string // as it was typed
	Wrong       []gridFault
	Lost        []gridFault // the files that have to be chosen again
	Large       figure      // how much may be sent at once, where it was more
	Conflict    []workRow
	Busy        bool

	open string // the indicator whose row gets its fields for comments and files
}

// A besideHelp is what the fields beside figures need once a page.
type besideHelp struct {
	Limit   figure
	Bytes   int64         // the same, for the script
	Pattern template.HTML // of the fields of a cell, for the script
}

// A choice is a link to the same page asked otherwise.
type choice struct {
	Href    string
	Word    string
	Current bool
	Title   string // in full, where the word is a code
}

// A gridRow is an indicator with a cell for each period, already written as HTML.
type gridRow struct {
	link
	Unit   phrase
	Limits template.HTMLAttr // for the script that warns while typing
	Closed bool              // the fields for comments and files are still to come
	Cells  template.HTML
}

// A gridFault is what is wrong with a field of a cell.
type gridFault struct {
	Cell      string // the name of the field
	Indicator phrase
	Period    figure
	Words     string
	Detail    string // worded by the rules
}

// gridQuery reads what is asked for. What is not understood is what nothing asks for.
func (v *view) gridQuery(r *http.Request, scope []*indicators.Indicator) gridAsk {
	q := r.URL.Query()
	ask := gridAsk{frequency: indicators.Frequency(q.Get("frequency")), group: q.Get("group"), count: gridPeriodsShow}
	if !slices.ContainsFunc(scope, func(i *indicators.Indicator) bool { return i.Frequency == ask.frequency }) {
		ask.frequency = mostFrequent(scope)
	}
	if n, err := strconv.Atoi(q.Get("count")); err == nil && n >= 1 && n <= gridPeriods {
		ask.count = n
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 0 && n < 1000 {
		ask.page = n
	}
	newest := ask.frequency.Containing(v.p.Day)
	ask.last = newest
	if p, err := indicators.ParsePeriod(q.Get("last")); err == nil && p.Months() == ask.frequency.Months() && p < newest {
		ask.last = p
	}
	return ask
}

// mostFrequent is the frequency of most indicators.
func mostFrequent(scope []*indicators.Indicator) indicators.Frequency {
	count := map[indicators.Frequency]int{}
	for _, i := range scope {
		count[i.Frequency]++
	}
	most := indicators.Yearly
	for _, f := range indicators.Frequencies() {
		if f := indicators.Frequency(f); count[f] > count[most] {
			most = f
		}
	}
	return most
}

// proposable lists the indicators of which the reader may enter figures.
func (v *view) proposable() []*indicators.Indicator {
	var all []*indicators.Indicator
	for n := range v.p.Indicators {
		if i := &v.p.Indicators[n]; v.reader.May(indicators.Propose, v.p.SubjectOf(i)) {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b *indicators.Indicator) int { return indicators.CompareCodes(a.Code, b.Code) })
	return all
}

// rows picks the indicators asked for, and tells how many pages there are.
func (ask *gridAsk) rows(v *view, scope []*indicators.Indicator) (rows []*indicators.Indicator, pages int) {
	for _, i := range scope {
		if i.Frequency == ask.frequency && (ask.group == "" || v.p.GroupsOf(i).Has(ask.group)) {
			rows = append(rows, i)
		}
	}
	pages = (len(rows) + gridIndicators - 1) / gridIndicators
	ask.page = max(0, min(ask.page, pages-1))
	first := ask.page * gridIndicators
	return rows[min(first, len(rows)):min(first+gridIndicators, len(rows))], pages
}

// periods lists the columns, the earliest first.
func (ask *gridAsk) periods() []indicators.Period {
	all := make([]indicators.Period, ask.count)
	for n := range all {
		all[n] = ask.last.Back(ask.count - 1 - n)
	}
	return all
}

// address is the page asked otherwise.
func (ask gridAsk) address(v *view) string {
	q := url.Values{"frequency": {string(ask.frequency)}, "last": {ask.last.String()}, "count": {strconv.Itoa(ask.count)}}
	if ask.group != "" {
		q.Set("group", ask.group)
	}
	if ask.page > 0 {
		q.Set("page", strconv.Itoa(ask.page))
	}
	return "/" + v.l.Code + "/desk/grid?" + q.Encode()
}

func (ps *pages) grid(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	return ps.gridSheet(v, r, gridPage{}, nil)
}

// gridSheet draws the grid, with what was typed in place of what is known.
func (ps *pages) gridSheet(v *view, r *http.Request, page gridPage, typed map[string]string) (sheet, error) {
	scope := v.proposable()
	ask := v.gridQuery(r, scope)
	rows, pages := ask.rows(v, scope)
	cells, err := ps.gridCells(v, r, rows, ask.periods(), typed)
	if err != nil {
		return sheet{}, err
	}
	for _, fault := range page.Wrong {
		cells.wrong[fault.Cell] = true
	}
	cells.asked, cells.open[page.open] = page.open, true
	limit := v.p.DocumentLimit()
	page.Beside = &besideHelp{Limit: v.size(limit), Bytes: limit, Pattern: cells.pattern()}
	page.Action, page.Desk, page.Seen = ask.address(v), "/"+v.l.Code+"/desk", cmp.Or(page.Seen, cells.changeset)
	page.choices(v, ask, scope, pages)
	for _, p := range ask.periods() {
		page.Columns = append(page.Columns, figure(v.l.ShortPeriod(p.Year(), p.StartMonth()%12+1, p.Months())))
	}
	for n, i := range rows {
		page.Rows = append(page.Rows, gridRow{v.linkIndicator(i), v.unit(i), limits(i), !cells.open[i.Code], cells.row(n, i)})
	}
	return sheet{template: "grid", path: "desk/grid", title: v.l.T("grid.title"), desk: true, main: page}, nil
}

// choices are the links to other parts of the reader's indicators.
func (page *gridPage) choices(v *view, ask gridAsk, scope []*indicators.Indicator, pages int) {
	with := func(change func(*gridAsk)) string {
		other := ask
		change(&other)
		return other.address(v)
	}
	has := map[indicators.Frequency]bool{}
	groups := []string{}
	for _, i := range scope {
		has[i.Frequency] = true
		groups = append(groups, v.p.GroupsOf(i)...)
	}
	for _, f := range indicators.Frequencies() {
		if f := indicators.Frequency(f); has[f] {
			page.Frequencies = append(page.Frequencies, choice{
				with(func(a *gridAsk) { a.frequency, a.last, a.page = f, f.Containing(v.p.Day), 0 }), v.l.T("frequency." + string(f)), f == ask.frequency, "",
			})
		}
	}
	if list := indicators.NewCodes(groups); len(list) > 1 {
		page.Groups = append(page.Groups, choice{with(func(a *gridAsk) { a.group, a.page = "", 0 }), v.l.T("grid.all"), ask.group == "", ""})
		for _, code := range list {
			title := code
			if g := v.p.Group(code); g != nil {
				title = v.phrase(g.Title).Text
			}
			page.Groups = append(page.Groups, choice{with(func(a *gridAsk) { a.group, a.page = code, 0 }), code, code == ask.group, title})
		}
	}
	for _, n := range []int{3, 6, 12, gridPeriods} {
		page.Counts = append(page.Counts, choice{with(func(a *gridAsk) { a.count = n }), v.l.Integer(n), n == ask.count, v.l.N("grid.periods", n)})
	}
	page.Earlier = with(func(a *gridAsk) { a.last = a.last.Back(a.count) })
	if ask.last < ask.frequency.Containing(v.p.Day) {
		page.Later = with(func(a *gridAsk) { a.last = min(a.last.Back(-a.count), a.frequency.Containing(v.p.Day)) })
	}
	for n := range pages {
		if pages > 1 {
			page.Pages = append(page.Pages, choice{with(func(a *gridAsk) { a.page = n }), fmt.Sprint(n + 1), n == ask.page, ""})
		}
	}
}
