package indicators

import (
	"testing"

	"jalon/indicators/progress"
)

// endingToday lets the targets of some indicators, of all where none is named, end with 2018, the
// day on which tree judges.
func endingToday(codes string) func(*Definitions) {
	return func(d *Definitions) {
		for n := range d.Targets {
			if t := &d.Targets[n]; t.Kind == TargetKind && (codes == "" || codes == t.Indicator) {
				t.Period = period("2018")
			}
		}
	}
}

func both(one, other func(*Definitions)) func(*Definitions) {
	return func(d *Definitions) { one(d); other(d) }
}

// What missed its target without going back is not called receding, and once nothing is
// open any more a result goes nowhere: it is at its targets, or it missed them.
func TestTheTrendOfWhatMissedItsTarget(t *testing.T) {
	for _, tt := range []struct {
		name, ref string
		way       map[string]float64
		change    func(*Definitions)
		want      Trend
	}{
		{"forward, not there", "plan:1.2", map[string]float64{"D": 0.12}, endingToday(""), Missing},
		{"backward, and over", "plan:1.2", map[string]float64{"D": -0.5}, endingToday(""), Missing},
		{"there, and over", "plan:1.2", map[string]float64{"D": 1}, endingToday(""), Arriving},
		{"backward, still open", "plan:1.2", map[string]float64{"D": -0.5}, nil, Receding},
		{"hardly, still open", "plan:1.2", map[string]float64{"D": 0.12}, nil, Stalling},
		{"two missed while going on, beside one that goes back", "plan:1.1", map[string]float64{"A": 0.9, "B": 0.2, "C": -0.5}, both(endingToday("A"), endingToday("B")), Stalling},
		{"two missed while going back, beside one that goes back", "plan:1.1", map[string]float64{"A": -0.9, "B": -0.2, "C": -0.5}, both(endingToday("A"), endingToday("B")), Receding},
		{"one missed, and nothing known of the others", "plan:1.1", map[string]float64{"A": 0.9}, endingToday("A"), NoTrend},
	} {
		if got := tree(tt.way, tt.change).TrendOf(tt.ref); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWhoseTargetWasMissedWhileGoingBack(t *testing.T) {
	aim := Aim{Period: period("2018"), Value: decimal("10"), Comparison: "at_least"}
	at := func(value float64) Baseline { return Baseline{Value: progress.Num(value)} }
	on := &goal{indicator: &Indicator{Direction: Increase}}
	for name, tt := range map[string]struct {
		a    Assessment
		want bool
	}{
		"forward":              {Assessment{Achievement: progress.Num(0.12), Baseline: at(5), Target: aim, goal: on}, false},
		"not moved":            {Assessment{Achievement: progress.Num(0), Baseline: at(5), Target: aim, goal: on}, false},
		"backward":             {Assessment{Achievement: progress.Num(-0.1), Baseline: at(5), Target: aim, goal: on}, true},
		"met once and lost":    {Assessment{Baseline: at(12), Target: aim, goal: on}, true},
		"without any baseline": {Assessment{Target: aim, goal: on}, false},
	} {
		tt.a.Status = progress.Missed
		if got := tt.a.wentBack(); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
		if want := map[bool]float64{false: 1, true: 0}[tt.want]; rank(&tt.a).Value != want {
			t.Errorf("%s: ranks %v", name, rank(&tt.a))
		}
	}
}
