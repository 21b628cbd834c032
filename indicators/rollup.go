package indicators

import (
	"encoding/json"

	"jalon/indicators/progress"
)

// MinCoverage is the share of assessed indicators below which a roll-up shows its
// counts but no score.
const MinCoverage = 0.75

// Counts is a number of indicators for each status, in the order of
// progress.Statuses.
type Counts [7]int

// Of is the number for one status.
func (c Counts) Of(status progress.Status) int {
	if n := status.Index(); n >= 0 {
		return c[n]
	}
	return 0
}

// MarshalJSON writes an object, one number for each status.
func (c Counts) MarshalJSON() ([]byte, error) {
	named := map[progress.Status]int{}
	for n, s := range progress.Statuses() {
		named[s] = c[n]
	}
	return json.Marshal(named)
}

// A Rollup sums up the assessments of several indicators, each counted once.
type Rollup struct {
	Counts   Counts          `json:"counts"`
	Assessed int             `json:"assessed"`
	Total    int             `json:"total"`
	Coverage progress.Number `json:"coverage"` // Assessed ÷ Total
	// Score is the mean share of the way covered, each cut to 0..1, over the
	// assessed; null under MinCoverage.
	Score progress.Number `json:"score"`
}

// RollUp counts and averages assessments of totals; those of breakdowns are left out.
func RollUp(assessments []*Assessment) Rollup {
	var r Rollup
	sum := 0.0
	for _, a := range assessments {
		if !a.Breakdown.IsTotal() {
			continue
		}
		r.Counts[a.Status.Index()]++
		r.Total++
		if a.Status != progress.NotAssessable {
			r.Assessed++
			sum += a.capped()
		}
	}
	if r.Total > 0 {
		r.Coverage = progress.Num(float64(r.Assessed) / float64(r.Total))
	}
	if r.Coverage.Valid && r.Coverage.Value >= MinCoverage {
		r.Score = progress.Num(sum / float64(r.Assessed))
	}
	return r
}

// capped is the achievement cut to 0..1; where the level alone decides, met or
// not met.
func (a *Assessment) capped() float64 {
	switch {
	case a.Achievement.Valid:
		return min(max(a.Achievement.Value, 0), 1)
	case a.Status == progress.Achieved:
		return 1
	}
	return 0
}
