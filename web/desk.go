package web

import (
	"net/http"
	"net/url"

	"jalon/indicators"
)

// A deskPage is what a person has to do, and what waits for others.
type deskPage struct {
	Review   string   // where ticked figures are sent
	Grid     string   // where figures are entered; empty for who enters none
	Periods  string   // where periods are locked; empty for who locks none
	Doors    []choice // to what else those with an account look after
	Done     string
	Owed     owedTable
	Returned workTable
	Drafts   workTable
	Verify   workTable
	Publish  workTable
	Others   workTable
	Funded   []link // the actions that a donor's organisations pay for
}

// A workTable is a list of figures with the steps that can be taken with those ticked.
type workTable struct {
	ID    string
	Title string
	Rows  []workRow
	Steps []stepButton
	To    string
}

// A stepButton sends the ticked figures to the page that asks for confirmation.
type stepButton struct {
	Kind indicators.Kind
	Word string
}

func (ps *pages) deskPage(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	d, err := ps.desk(v, r, nil)
	if err != nil {
		return sheet{}, err
	}
	at := "/" + v.l.Code + "/desk/"
	page := deskPage{Review: at + "review", Done: v.done(r, "draft", "beside", "submit", "verify", "publish", "return", "withdraw", "discard", "nothing")}
	if v.reader.Has(indicators.Propose) {
		page.Grid = at + "grid"
		if page.Owed, err = ps.owed(v, r); err != nil {
			return sheet{}, err
		}
		if f := page.Owed.pressing; f != "" {
			page.Grid += "?" + url.Values{"frequency": {string(f)}}.Encode()
		}
	}
	if v.reader.Has(indicators.Publish) {
		page.Periods = at + "periods"
	}
	d.fill(&page)
	page.Doors, page.Funded = v.doors(), v.funded()
	return sheet{template: "desk", path: "desk", title: v.l.T("desk.title"), main: page}, nil
}

// fill sorts the work by who must act next: first what the reader can do.
func (d *desk) fill(page *deskPage) {
	mine := map[*indicators.Work]bool{}
	table := func(id string, keep func(*indicators.Work) bool, steps ...indicators.Kind) workTable {
		t := workTable{ID: id, Title: d.l.T("desk." + id), To: page.Review, Rows: d.rows(func(w *indicators.Work) bool {
			if mine[w] || !keep(w) {
				return false
			}
			mine[w] = true
			return true
		})}
		for _, kind := range steps {
			t.Steps = append(t.Steps, stepButton{kind, d.l.T("step." + string(kind))})
		}
		return t
	}
	can := func(kind indicators.Kind) func(*indicators.Work) bool {
		return func(w *indicators.Work) bool { return d.may(kind, w) == nil }
	}
	page.Returned = table("returned", func(w *indicators.Work) bool { return w.Returned() && d.may(indicators.Submitting, w) == nil },
		indicators.Submitting, indicators.Discarded)
	page.Drafts = table("drafts", can(indicators.Submitting), indicators.Submitting, indicators.Discarded)
	page.Verify = table("verify", can(indicators.Verifying), indicators.Verifying, indicators.Returned)
	page.Publish = table("publish", can(indicators.Publishing), indicators.Publishing, indicators.Returned)
	others := "others"
	if !d.reader.Has(indicators.Propose) && !d.reader.Has(indicators.Verify) { // who only reads waits for nobody
		others = "under_way"
	}
	page.Others = table(others, func(*indicators.Work) bool { return true })
	for _, row := range page.Others.Rows {
		if row.Returning { // one's own submissions can be taken back
			page.Others.Steps = []stepButton{{indicators.Returned, d.l.T("step.recall")}}
		}
	}
}
