package indicators

import (
	"encoding/json"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

// monthlyFlow judges, at the end of October 2026, a flow reported each month of
// 2026 with nine, against a sum asked for the year.
func monthlyFlow(t *testing.T, direction string, rows ...Target) *Assessment {
	t.Helper()
	i := Indicator{Code: "A", Title: Text{FR: "A"}, Unit: "X", Kind: "number", Direction: direction, Accumulation: Flow, Frequency: Monthly}
	var figures []Figure
	for month := range 10 {
		figures = append(figures, Figure{Period: newPeriod(2026, month+1, 1), Value: Whole(9), Status: "A"})
	}
	d := &Definitions{Indicators: []Indicator{i}, Targets: rows}
	return NewDataset(d, nil, map[SeriesKey][]Figure{{Indicator: "A"}: figures}).On(20261031).Of("A")[0]
}

func TestASumThatMustStayBelowItsTarget(t *testing.T) {
	ceiling := func(most int64, comparison Optional) Target {
		return Target{Indicator: "A", Kind: TargetKind, Period: Year(2026), Value: Whole(most), Comparison: comparison, Decided: 20260101}
	}
	for _, tt := range []struct {
		name   string
		row    Target
		status progress.Status
	}{
		{"well below", ceiling(120, "at_most"), progress.OnTrack},
		{"just at the pace", ceiling(108, "at_most"), progress.OnTrack},
		{"heading a little above", ceiling(100, "at_most"), progress.Behind},
		{"already above", ceiling(50, "below"), progress.FarBehind},
		{"a decrease needs no comparison", ceiling(100, ""), progress.Behind},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := monthlyFlow(t, Decrease, tt.row)
			if a.Status != tt.status || a.Reason != progress.PartialPeriod || a.Achievement.Valid {
				t.Errorf("%s, %s, achievement %v; want %s", a.Status, a.Reason, a.Achievement, tt.status)
			}
			if want := tt.row.Value.Float() * (10.0 / 12); a.ExpectedValue.Value != want {
				t.Errorf("by now %v is allowed, want %v", a.ExpectedValue, want)
			}
		})
	}
}

func TestWhatIsJudgedByItsPaceSaysHowMuchItCovers(t *testing.T) {
	base := Target{Indicator: "A", Kind: BaselineKind, Period: Year(2025), Value: Whole(120), Decided: 20260101}
	goal := Target{Indicator: "A", Kind: TargetKind, Period: Year(2026), Value: Whole(100), Decided: 20260101}
	a := monthlyFlow(t, Decrease, base, goal)
	if got := (a.Latest.Value.Value/a.Latest.Covered.Value - 120) / (100 - 120); got != a.Achievement.Value {
		t.Errorf("the numbers shown give %v, the assessment says %v", got, a.Achievement)
	}
	shown, err := json.Marshal(a.Latest)
	if err != nil || !strings.Contains(string(shown), `"covered":0.8333`) {
		t.Errorf("latest = %s (%v)", shown, err)
	}
	if whole, _ := json.Marshal(monthlyFlow(t, Increase, goal).Latest); strings.Contains(string(whole), "covered") {
		t.Errorf("a sum from zero is judged as it is: %s", whole)
	}
}

func TestASumThatIsReachedNeedsNoFurtherFigure(t *testing.T) {
	i := Indicator{Code: "A", Title: Text{FR: "A"}, Unit: "X", Kind: "number", Direction: Increase, Accumulation: Flow, Frequency: Yearly}
	var figures []Figure
	for _, year := range []int{2016, 2017, 2019, 2020} {
		figures = append(figures, Figure{Period: Year(year), Value: Whole(10), Status: "A"})
	}
	for most, want := range map[int64]progress.Status{30: progress.Achieved, 60: progress.NotAssessable} {
		d := &Definitions{Indicators: []Indicator{i}, Targets: []Target{{Indicator: "A", Kind: TargetKind, Period: newPeriod(2016, 1, 60), Value: Whole(most), Decided: 20160101}}}
		ds := NewDataset(d, nil, map[SeriesKey][]Figure{{Indicator: "A"}: figures})
		if a := ds.On(20261031).Of("A")[0]; a.Status != want {
			t.Errorf("40 of %d, one year missing: %s (%s), want %s", most, a.Status, a.Reason, want)
		}
	}
}

func TestTheNewestFigureIsTheOneThatIsJudged(t *testing.T) {
	i := Indicator{Code: "A", Title: Text{FR: "A"}, Unit: "X", Kind: "number", Direction: Increase, Accumulation: Flow, Frequency: Yearly}
	figures := []Figure{ // the indicator was reported by month for a while
		{Period: Year(2025), Value: Whole(300), Status: "A"},
		{Period: newPeriod(2026, 1, 1), Value: Whole(10), Status: "A"},
	}
	p := NewDataset(&Definitions{Indicators: []Indicator{i}}, nil, map[SeriesKey][]Figure{{Indicator: "A"}: figures}).On(20261031)
	if f, a := p.NewestFigure(&i), p.Principal("A"); f == nil || f.Period != a.Latest.Period || f.Value.Float() != a.Latest.Value.Value {
		t.Errorf("newest = %+v, judged is %+v", f, a.Latest)
	}
}
