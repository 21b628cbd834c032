package indicators

import (
	"fmt"
	"testing"

	"jalon/indicators/progress"
)

func TestCourseIsTheWayThatTheAssessmentTook(t *testing.T) {
	baseline2015 := 2015
	plan := Framework{Code: "plan", Kind: "plan", Title: Text{FR: "Plan"}, Start: 2016, End: 2020, Baseline: &baseline2015}
	row := func(kind, period, value string) Target {
		p, _ := ParsePeriod(period)
		v, _ := ParseDecimal(value)
		return Target{Indicator: "A", Framework: "plan", Kind: kind, Period: p, Value: v, Decided: 20150101}
	}
	for _, tt := range []struct {
		name         string
		accumulation string
		targets      []Target
		want         string // the points of the path
	}{
		{"straight", Level, []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}, "[{24192 10} {24252 20}]"},
		{"through a milestone", Level, []Target{row(BaselineKind, "2015", "10"), row(MilestoneKind, "2018", "12"), row(TargetKind, "2020", "20")}, "[{24192 10} {24228 12} {24252 20}]"},
		{"from the observed value of the baseline year", Level, []Target{row(TargetKind, "2020", "20")}, "[{24192 11} {24252 20}]"},
		{"a sum begins at nothing", Flow, []Target{row(TargetKind, "2016-2020", "200")}, "[{24192 0} {24252 200}]"},
		{"a mean has no way", Level, []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2016-2020", "20")}, "[]"},
		{"already there", Level, []Target{row(BaselineKind, "2015", "20"), row(TargetKind, "2020", "20")}, "[]"},
		{"no target", Level, nil, "[]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := Indicator{Code: "A", Title: Text{FR: "A"}, Unit: "X", Kind: "number", Direction: Increase, Accumulation: tt.accumulation, Frequency: Yearly}
			d := &Definitions{Frameworks: []Framework{plan}, Indicators: []Indicator{i}, Targets: tt.targets}
			figures := []Figure{{Period: Year(2015), Value: Whole(11), Status: "A"}, {Period: Year(2017), Value: Whole(13), Status: "A"}}
			a := NewDataset(d, nil, map[SeriesKey][]Figure{{Indicator: "A"}: figures}).On(20180630).Of("A")[0]
			c := a.Course()
			points := []progress.Point{}
			if c.HasPath {
				points = c.Path.Points()
				if at := c.Path.At(Year(2017).EndMonth()); a.ExpectedValue.Valid && at != a.ExpectedValue {
					t.Errorf("the path asks for %v, the assessment for %v", at, a.ExpectedValue)
				}
			}
			if got := fmt.Sprint(points); got != tt.want {
				t.Errorf("path = %s, want %s", got, tt.want)
			}
		})
	}
}
