package web

import (
	"net/http"
	"net/url"

	"jalon/indicators"
)

// owedShown is how many reports the desk lists: those due first.
const owedShown = 100

// An owedTable is what the reader is still to report.
type owedTable struct {
	Rows []owedRow
	Late int // how many of all are overdue
	More int // how many are not listed

	pressing indicators.Frequency // of most of what is overdue, else due soon; empty: nothing is
}

// An owedRow is a report, with a link to where it is entered.
type owedRow struct {
	Name      phrase
	Grid      string
	Period    figure
	Due       figure
	State     indicators.Timeliness
	StateWord string
}

// owed lists what the reader owes, by the day on which it is due. What is submitted or
// verified is owed no more.
func (ps *pages) owed(v *view, r *http.Request) (owedTable, error) {
	var t owedTable
	receipts, err := ps.server.store.Waiting(r.Context())
	if err != nil {
		return t, err
	}
	owing := v.p.Owing(v.reader, indicators.RemindAhead, receipts)
	t.pressing = pressing(owing)
	for _, o := range owing {
		if o.State == indicators.Overdue {
			t.Late++
		}
		if len(t.Rows) == owedShown {
			t.More++
			continue
		}
		at := url.Values{"frequency": {string(o.Indicator.Frequency)}, "last": {o.Period.String()}}
		t.Rows = append(t.Rows, owedRow{
			Name: v.phrase(o.Indicator.Title), Grid: "/" + v.l.Code + "/desk/grid?" + at.Encode(),
			Period: v.period(o.Period), Due: v.date(o.Due), State: o.State, StateWord: v.l.T("owed.state." + string(o.State)),
		})
	}
	return t, nil
}

// pressing is the frequency of most reports that are overdue; where none is, of most that are
// due soon; empty where none is, either.
func pressing(owing []indicators.Obligation) indicators.Frequency {
	for _, state := range []indicators.Timeliness{indicators.Overdue, indicators.DueSoon} {
		var due []*indicators.Indicator
		for _, o := range owing {
			if o.State == state {
				due = append(due, o.Indicator)
			}
		}
		if len(due) > 0 {
			return mostFrequent(due)
		}
	}
	return ""
}
