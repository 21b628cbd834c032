package indicators

import (
	"encoding/json"

	"jalon/indicators/progress"
)

// A TrackRecord is how the models of projection would have done on one series: how
// far to trust what they say of it.
type TrackRecord struct {
	Tracks     []progress.Track // linear, loglinear, logit; nil where nothing is projected
	ByVintages bool             // from the series as it really was known; else from that of now (rolling origin)
}

// Tested tells whether any projection could be compared with what came.
func (r *TrackRecord) Tested() bool {
	for _, t := range r.Tracks {
		if t.Trials > 0 {
			return true
		}
	}
	return false
}

// Backtest is the track record of projections of the assessment's series, towards the
// target and by the choice of values of the assessment. versions are all that was ever
// published of the series, sorted by period; those of later changesets than the
// assessment's do not count. Where they bear a trial, projections begin at what was
// known after each changeset; else, or without versions, at each value of the series
// as it is known now.
func (a *Assessment) Backtest(versions []Version) TrackRecord {
	i := a.goal.indicator
	if i.Staged() || a.lazy == nil {
		return TrackRecord{}
	}
	target, options := inForce(a.goal.finals, a.AsOf.Date), i.projectionOptions()
	j := newJudge(a.lazy.ds, a.AsOf)
	j.book.breaks = true
	known := j.known(a.goal, target)
	q := a.question(&known, target)
	if vintages := a.vintages(versions, target, options); len(vintages) > 1 {
		r := TrackRecord{progress.BacktestVintages(vintages, q, options), true}
		if r.Tested() {
			return r
		}
	}
	return TrackRecord{Tracks: progress.Backtest(j.past(&known, options.MinPoints).Past, q, options)}
}

// question is what was wanted of the values: to be on the path, or, where only the
// level decides, where they are wanted at last. Where the target asks for other values
// than those that are extended, it is to be no worse than the last one known.
func (a *Assessment) question(s *series, target *Target) progress.Trial {
	q := progress.Trial{Direction: direction(a.goal.indicator)}
	if target == nil {
		return q
	}
	q.Comparison = progress.Comparison(target.Comparison)
	if !newestRules().asksOne(target.Period, a.goal.indicator) {
		return q
	}
	if t := aim(target); t.Range || q.Direction == progress.Maintain {
		q.Level = &t
		return q
	}
	if c := a.Course(); c.HasPath && (!s.flow || !a.Baseline.FromZero() && newestRules().asksOne(a.Baseline.Period, a.goal.indicator)) {
		q.Path, q.HasPath = c.Path, true
	}
	return q
}

// A Backtest sums the track records of many series.
type Backtest struct {
	Models              []ModelRecord // in the order of progress.Models
	ByVintages, Rolling int           // series with a trial, by how they were tested
}

// A ModelRecord is how one model has done over many series. What came of one series
// overlaps: its trials are not independent of each other.
type ModelRecord struct {
	progress.Track
	ByVintages, Rolling int // series with a trial of the model
}

// NewBacktest is the one of no series.
func NewBacktest() *Backtest {
	b := &Backtest{}
	for _, m := range progress.Models() {
		b.Models = append(b.Models, ModelRecord{Track: progress.Track{Model: m}})
	}
	return b
}

// Add counts one more series.
func (b *Backtest) Add(r TrackRecord) {
	if !r.Tested() {
		return
	}
	count := func(vintages, rolling *int) {
		if r.ByVintages {
			*vintages++
		} else {
			*rolling++
		}
	}
	count(&b.ByVintages, &b.Rolling)
	for n := range r.Tracks {
		if m := &b.Models[n]; r.Tracks[n].Trials > 0 {
			m.Track.Add(r.Tracks[n])
			count(&m.ByVintages, &m.Rolling)
		}
	}
}

// MarshalJSON writes the counts with the shares that they make, null where there are
// none.
func (m ModelRecord) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Model      progress.Model  `json:"model"`
		Series     int             `json:"series"`
		ByVintages int             `json:"by_vintages"`
		Rolling    int             `json:"by_rolling_origin"`
		Trials     int             `json:"trials"`
		Inside     int             `json:"inside"`
		Coverage   progress.Number `json:"coverage"`
		Scored     int             `json:"scored"`
		Brier      progress.Number `json:"brier"`
	}{m.Model, m.ByVintages + m.Rolling, m.ByVintages, m.Rolling, m.Trials, m.Inside, m.Coverage(), m.Scored, m.Brier()})
}
