package indicators

import (
	"encoding/json"

	"jalon/indicators/progress"
)

// An Assessment is how far an indicator is towards one final target, by one
// method, on one day. Its JSON is the API's and the command line's. Shares and
// values are unrounded.
type Assessment struct {
	Indicator string    `json:"indicator"`
	Breakdown Breakdown `json:"breakdown"`
	Actions   Codes     `json:"actions"`
	Groups    Codes     `json:"groups"`
	Framework Optional  `json:"framework"`
	Results   Codes     `json:"results"`
	AsOf      AsOf      `json:"as_of"`
	Baseline  Baseline  `json:"baseline"`
	Target    Aim       `json:"target"`
	Latest    Latest    `json:"latest"`

	Achievement   progress.Number `json:"achievement"`    // share of the way covered
	Expected      progress.Number `json:"expected"`       // share asked for at the latest value's period
	ExpectedValue progress.Number `json:"expected_value"` // the same in the indicator's unit
	OnSchedule    progress.Number `json:"on_schedule"`    // Achievement ÷ Expected

	Status progress.Status `json:"status"`
	Reason progress.Reason `json:"reason"`
	Stale  bool            `json:"stale"` // the latest value is too old to speak for today

	Method Method `json:"method"`
	Rules  int    `json:"rules"` // edition of the rules by which the figures were chosen
	Pace   Pace   `json:"pace"`

	start     Baseline // where the method that judges sees the movement begin
	trendFrom int      // first year of the readings that it goes by; 0: base and last only
	goal      *goal
	rule      *progress.Rule
	lazy      *lazy
}

// AsOf is what was known and the day on which it is judged.
type AsOf struct {
	Date      Date `json:"date"`
	Changeset int  `json:"changeset"`
}

// An Aim is the final target in force.
type Aim struct {
	Period     Period   `json:"period"`
	Value      Decimal  `json:"value"`
	Low        Decimal  `json:"low"`
	High       Decimal  `json:"high"`
	Comparison Optional `json:"-"`
	Source     Optional `json:"-"`
}

// IsSet tells whether there is a target.
func (a Aim) IsSet() bool { return a.Period != 0 }

// MarshalJSON writes null where there is no target.
func (a Aim) MarshalJSON() ([]byte, error) {
	if !a.IsSet() {
		return []byte("null"), nil
	}
	type fields Aim
	return json.Marshal(fields(a))
}

// Latest is the value that is judged: one figure, or the sum or mean of those in
// the target's period.
type Latest struct {
	Period    Period          `json:"period"`
	Value     progress.Number `json:"value"`
	Status    Optional        `json:"obs_status"`
	Changeset int             `json:"changeset"`
	// Covered is the share of the target's period that a sum so far speaks for, where
	// it is judged by its pace: Value ÷ Covered is then what is compared. Else absent.
	Covered progress.Number `json:"covered,omitzero"`
	month   int
}

// MarshalJSON writes null where there is no value.
func (l Latest) MarshalJSON() ([]byte, error) {
	if !l.Value.Valid {
		return []byte("null"), nil
	}
	type fields Latest
	return json.Marshal(fields(l))
}

// A Method is the code and version of the method that judged, with its options where
// they differ from its own, and what it says in its own words.
type Method struct {
	Code     string           `json:"code"`
	Version  int              `json:"version"`
	Options  progress.Options `json:"options"`
	Category Optional         `json:"category"` // null where the method did not decide, but the level at the horizon
	Value    progress.Number  `json:"value"`    // the number that decides: of achievement_rate the achievement
	Score    progress.Number  `json:"score"`    // -5 to +5, of methods that give one
}

// Pace is the change per year: seen since the baseline, and required from the
// latest value on. Both are in the indicator's unit.
type Pace struct {
	Annual   progress.Number `json:"annual_change"`
	Required progress.Number `json:"required_annual_change"`
}

// Assess judges every indicator against every framework it serves, on a day, by
// what the Dataset knows. Periods that end after the day are left out.
func (ds *Dataset) Assess(day Date) []Assessment {
	all, beside := make([]Assessment, len(ds.goals)), make([]lazy, len(ds.goals))
	j := newJudge(ds, AsOf{Date: day, Changeset: ds.Newest().Number})
	for n := range ds.goals {
		beside[n].ds, all[n].lazy = ds, &beside[n]
		j.assess(&ds.goals[n], &all[n])
	}
	return all
}

// monthsOver counts the months that have ended by the end of the day.
func (d Date) monthsOver() int {
	if d.AddDays(1).Month() > d.Month() {
		return d.Month() + 1
	}
	return d.Month()
}

// Principal is the one of an indicator's assessments that speaks for it where
// indicators are counted once: the nearest horizon still open, else the last that
// has passed, else the first; nil where the list holds none of the total.
func Principal(of []*Assessment) *Assessment {
	var best *Assessment
	for _, a := range of {
		if a.Breakdown.IsTotal() && (best == nil || a.before(best)) {
			best = a
		}
	}
	return best
}

func (a *Assessment) before(b *Assessment) bool {
	if !a.Target.IsSet() || !b.Target.IsSet() {
		return a.Target.IsSet()
	}
	aEnd, bEnd := a.Target.Period.End(), b.Target.Period.End()
	aOpen, bOpen := aEnd > a.AsOf.Date, bEnd > b.AsOf.Date
	if aOpen != bOpen {
		return aOpen
	}
	return aOpen == (aEnd < bEnd) && aEnd != bEnd
}
