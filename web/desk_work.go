package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/sql"
)

// A workRow is a figure on its way, as it stands in a table of the desk.
type workRow struct {
	Key        string // of its box to tick
	Indicator  link
	Part       string
	Period     figure
	Value      figure
	Before     figure // what is published
	State      string
	StateWord  string
	Next       string // who must act next
	By         string
	When       figure
	Reason     phrase
	Comment    phrase
	Overtaken  bool
	Form       string // where the figure is shown whole
	Submitting bool   // the reader may submit it, and so on
	Verifying  bool
	Publishing bool
	Returning  bool
	Discarding bool
}

// A desk is what a person finds in their working area, read from the database once.
type desk struct {
	*view
	names     map[int]string // of accounts, for readers who may know them
	work      []indicators.Work
	changeset int
}

// desk reads the work of some indicators (nil: of all) that the reader sees.
func (ps *pages) desk(v *view, r *http.Request, of []string) (*desk, error) {
	d := &desk{view: v}
	all, changeset, err := ps.server.store.Work(r.Context(), of)
	if err != nil {
		return nil, err
	}
	d.changeset = changeset
	subjects := map[string]indicators.Subject{}
	for n := range all {
		i := v.p.Indicator(all[n].Indicator)
		if i == nil {
			continue
		}
		of, known := subjects[i.Code]
		if !known {
			of = v.p.SubjectOf(i)
			subjects[i.Code] = of
		}
		if v.reader.Sees(all[n].Review, of, v.p.DonorsSee()) {
			d.work = append(d.work, all[n])
		}
	}
	if d.names, err = ps.names(v, r); err != nil {
		return nil, err
	}
	return d, ps.withhold(v, r, d.work)
}

// withhold takes from figures on their way what is withheld from the public, where the
// reader is not to know it either.
func (ps *pages) withhold(v *view, r *http.Request, work []indicators.Work) error {
	if v.reader.Knows() || len(work) == 0 {
		return nil
	}
	codes := make([]string, len(work))
	for n := range work {
		codes[n] = work[n].Indicator
	}
	withheld, err := ps.server.store.Withheld(r.Context(), indicators.NewCodes(codes))
	for n := range work {
		if since := withheld[work[n].Key()]; since > 0 {
			work[n].Observation.Withhold(work[n].Since)
			if work[n].Published.Period != 0 {
				work[n].Published.Withhold(since)
			}
		}
	}
	return err
}

// withholdStanding does the same to figures as they stand.
func (ps *pages) withholdStanding(v *view, r *http.Request, standing []indicators.Observation) error {
	work := make([]indicators.Work, len(standing))
	for n := range standing {
		work[n].Observation = standing[n]
	}
	err := ps.withhold(v, r, work)
	for n := range work {
		standing[n] = work[n].Observation
	}
	return err
}

// onItsWay shows the figures of an indicator that the reader sees on their way.
func (ps *pages) onItsWay(v *view, r *http.Request, indicator string) ([]workRow, error) {
	d, err := ps.desk(v, r, []string{indicator})
	if err != nil {
		return nil, err
	}
	return d.rows(func(*indicators.Work) bool { return true }), nil
}

// names are the names of accounts, for readers who may know them; else none.
func (ps *pages) names(v *view, r *http.Request) (map[int]string, error) {
	if !v.reader.Has(indicators.ReadTrail) {
		return nil, nil
	}
	accounts, err := ps.server.store.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	names := make(map[int]string, len(accounts))
	for _, a := range accounts {
		names[a.ID] = a.Name
	}
	return names, nil
}

// who tells of an author what the reader may know: their name, or the role.
func (d *desk) who(author string, role indicators.Role) string {
	id := indicators.AccountOf(author)
	switch {
	case id != 0 && id == d.reader.ID:
		return d.l.T("desk.you")
	case d.names[id] != "":
		return d.names[id]
	case role != "":
		return d.l.T("role." + string(role))
	}
	return d.l.T("desk.import")
}

func (d *desk) rows(keep func(*indicators.Work) bool) []workRow {
	var rows []workRow
	for n := range d.work {
		if keep(&d.work[n]) {
			rows = append(rows, d.row(&d.work[n]))
		}
	}
	return rows
}

func (d *desk) row(w *indicators.Work) workRow {
	i := d.p.Indicator(w.Indicator)
	row := workRow{
		Key: figureKey(w), Indicator: d.linkIndicator(i), Part: d.breakdown(w.Breakdown), Period: d.period(w.Period),
		Value: d.proposed(i, &w.Figure), State: w.Review.String(), StateWord: d.l.T("review." + w.Review.String()),
		By: d.who(w.By.Author, w.By.Role), When: d.moment(w.By.At), Comment: d.original(w.Comment),
		Overtaken: w.Overtaken(), Form: d.figureForm(w.Key()),
	}
	if w.Published.Period != 0 {
		row.Before = d.proposed(i, &w.Published)
	}
	if w.Returned() {
		row.StateWord, row.Reason = d.l.T("review.returned"), d.original(indicators.Optional(w.By.Reason))
	}
	row.Next = d.l.T("next." + string(w.Next()))
	may := func(kind indicators.Kind) bool { return d.may(kind, w) == nil }
	row.Submitting, row.Verifying, row.Publishing = may(indicators.Submitting), may(indicators.Verifying), may(indicators.Publishing)
	row.Returning, row.Discarding = may(indicators.Returned), may(indicators.Discarded)
	return row
}

// proposed writes the value of a figure with every digit, or the word for why there is none.
func (v *view) proposed(i *indicators.Indicator, f *indicators.Figure) figure {
	if indicators.WithoutValue(f.Status) {
		return figure(v.l.T("obs_status." + f.Status))
	}
	return v.inUnit(i, v.l.Digits(f.Value.String()))
}

// may tells why the reader may not take a step with a figure; nil: they may.
func (v *view) may(kind indicators.Kind, w *indicators.Work) error {
	s, err := indicators.StepOf(kind)
	if err != nil {
		return err
	}
	i := v.p.Indicator(w.Indicator)
	if i == nil || !containsReview(s.From, w.Review) {
		return indicators.ErrRight
	}
	return v.reader.MayStep(s, w, v.p.SubjectOf(i), v.p.FourEyes())
}

func containsReview(states []indicators.Review, state indicators.Review) bool {
	for _, s := range states {
		if s == state {
			return true
		}
	}
	return false
}

// figureForm is the address of the form of a figure.
func (v *view) figureForm(k indicators.FigureKey) string {
	address := "/" + v.l.Code + "/desk/figures/" + escaped(k.Indicator) + "?period=" + k.Period.String()
	if part := k.Breakdown.Key(); part != "" {
		address += "&breakdown=" + template.URLQueryEscaper(part)
	}
	return address
}

// figureKey names a version of a figure in a form: "REM-COST 2026-03 17 sex=F".
func figureKey(w *indicators.Work) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %d %s", w.Indicator, w.Period, w.Since, w.Breakdown.Key()))
}

// parseFigureKey reads what figureKey wrote.
func parseFigureKey(text string) (sql.Seen, error) {
	refused := fmt.Errorf("%w: %q names no figure: choose figures on their page", indicators.ErrInvalid, text)
	words := strings.SplitN(text, " ", 4)
	if len(words) < 3 {
		return sql.Seen{}, refused
	}
	period, err := indicators.ParsePeriod(words[1])
	if err != nil {
		return sql.Seen{}, refused
	}
	since, err := strconv.Atoi(words[2])
	if err != nil || since < 1 || since > 1<<30 {
		return sql.Seen{}, refused
	}
	seen := sql.Seen{FigureKey: indicators.FigureKey{Indicator: words[0], Period: period}, Since: since}
	if len(words) == 4 {
		if seen.Breakdown, err = indicators.ParseBreakdown(words[3]); err != nil {
			return sql.Seen{}, refused
		}
	}
	return seen, nil
}
