package indicators

import (
	"encoding/json"

	"jalon/indicators/progress"
)

// A Baseline is where an indicator began. Given tells a row of the table of
// targets from an observation, or a zero, that stands in for it.
type Baseline struct {
	Period Period          `json:"period"`
	Value  progress.Number `json:"value"`
	Given  bool            `json:"given"`
	month  int             // end of Period, or where a count from zero begins
}

// MarshalJSON writes null where there is no baseline.
func (b Baseline) MarshalJSON() ([]byte, error) {
	if !b.Value.Valid {
		return []byte("null"), nil
	}
	type fields Baseline
	return json.Marshal(fields(b))
}

// Month is when the baseline was, in months from year 0: the end of its period, or,
// of a count from zero, the beginning of the target's.
func (b Baseline) Month() int { return b.month }

// Start is where the method that judges sees the movement begin: the baseline, or, of a
// trend over the last values, the first of them.
func (a *Assessment) Start() Baseline {
	if a.start.Value.Valid {
		return a.start
	}
	return a.Baseline
}

// FromZero tells whether the baseline is the nothing before a count begins.
func (b Baseline) FromZero() bool { return !b.Given && b.Value.Valid && b.month < b.Period.EndMonth() }

// anySeason takes values whichever month they end in.
const anySeason = -1

// seasonOf is the month of the year in which the value that is judged ends: its baseline
// is to be of the same season.
func (j *judge) seasonOf(i *Indicator, s *series) int {
	newest := s.newestFigure()
	if !j.book.seasons || i.Accumulation != Level || i.Frequency == Yearly || newest == nil {
		return anySeason
	}
	return newest.Period.EndMonth() % 12
}

// baseline is the row in force; else, for what is summed up from the start of the
// target's period, zero; else the figure of the framework's baseline year or the
// first one after it.
func (j *judge) baseline(g *goal, target *Target, known series) Baseline {
	if row := inForce(g.baselines, j.asOf.Date); row != nil {
		return Baseline{row.Period, progress.Num(row.Value.Float()), true, row.Period.EndMonth()}
	}
	i := g.indicator
	zero := Baseline{target.Period, progress.Num(0), false, target.Period.StartMonth()}
	if i.Accumulation == Flow && j.book.gathers(target.Period, i) {
		return zero
	}
	observed := Baseline{}
	if g.framework != nil && g.framework.Baseline != nil {
		observed = known.firstFrom(*g.framework.Baseline, j.seasonOf(i, &known))
	}
	switch i.Accumulation {
	case Flow:
		if !observed.Value.Valid {
			return zero
		}
	case Cumulative:
		before := observed.Value.Valid && observed.month <= zero.month
		if !before && target.Period.Months() > i.Frequency.Months() && known.beginsIn(target.Period) {
			return zero
		}
	}
	return observed
}
