package indicators

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// told is an October of the programme with one thing or another changed: UNEMP goes from
// 15.2 in 2015 to 12 in 2020.
type told struct {
	day     string
	figures []Figure
	change  func(*Definitions)
	known   []Changeset
}

func (o told) picture() *Picture {
	d := programme()
	d.Settings = append(d.Settings, Setting{"rules", "2"})
	if o.change != nil {
		o.change(d)
	}
	SortEntries(d.Targets)
	if o.known == nil {
		o.known = changesets("2015-01-01", "2019-11-05")
	}
	series := map[SeriesKey][]Figure{{"REM-COST", Breakdown{}}: figures("2015 9", "2018 7"), {"UNEMP", Breakdown{}}: o.figures}
	return NewDataset(d, o.known, series).On(day(o.day))
}

// partsOf writes what made UNEMP move: "target +6.3 behind→on_track".
func partsOf(before, after *Picture) string {
	var words []string
	for _, e := range Compare(before, after).Moved {
		_, points, known := e.Points(1)
		for n, p := range e.Parts {
			word := string(p.Cause)
			if known {
				word += fmt.Sprintf(" %+d.%d", points[n]/10, max(points[n]%10, -points[n]%10))
			}
			if p.Turns() {
				word += fmt.Sprintf(" %s→%s", statusOf(p.From), statusOf(p.To))
			}
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

func TestEachCauseIsGivenItsPart(t *testing.T) {
	then := told{day: "2019-10-31", figures: figures("2015 15.2", "2017 14", "2018 13.6")}
	target := func(change func(*Target)) func(*Definitions) {
		return func(d *Definitions) { change(&d.Targets[len(d.Targets)-1]) }
	}
	newer := func(decided Date, since int) func(*Definitions) {
		return func(d *Definitions) {
			t := d.Targets[2]
			t.Value, t.Decided, t.Since = decimal("13"), decided, since
			d.Targets = append(d.Targets, t)
		}
	}
	for _, tt := range []struct {
		name  string
		now   func(o *told)
		parts string
	}{
		{"nothing but a month", func(o *told) { o.day = "2019-11-30" }, ""},
		{"a value too old", func(o *told) { o.day = "2022-01-31" }, "day behind→not_assessable"},
		{"a new value", func(o *told) {
			o.figures = figures("2015 15.2", "2017 14", "2018 13.6", "2019 12.4")
			o.day = "2020-01-31"
		}, "period +37.5 behind→on_track"},
		{"a revised value", func(o *told) { o.figures = figures("2015 15.2", "2017 14", "2018 13.0") }, "revision +18.7 behind→on_track"},
		{"a revised value that nobody judges", func(o *told) { o.figures = figures("2015 15.2", "2017 14.1", "2018 13.6") }, ""},
		{"a withdrawn value", func(o *told) { o.figures = figures("2015 15.2", "2017 14") }, "revision -12.5"},
		{"a revision and a new value", func(o *told) {
			o.figures = figures("2015 15.2", "2017 14", "2018 13.0", "2019 12.8")
			o.day = "2020-01-31"
		}, "revision +18.7 behind→on_track, period +6.3 on_track→behind"},
		{"a lower target", func(o *told) { o.change = target(func(t *Target) { t.Value = decimal("13") }) }, "target +22.7 behind→on_track"},
		{"a target decided since", func(o *told) { o.change, o.day = newer(day("2019-11-05"), 2), "2019-11-30" }, "target +22.7 behind→on_track"},
		{"a target of the day of its changeset", func(o *told) { o.change, o.day = newer(0, 2), "2019-11-30" }, "target +22.7 behind→on_track"},
		{"another method", func(o *told) {
			o.change = func(d *Definitions) { d.Frameworks[0].Method = "achievement_rate@1 on_track=0.8" }
		}, "method +0.0 behind→on_track"},
		{"another method of the indicator", func(o *told) {
			o.change = func(d *Definitions) { d.Indicators[1].Method = "achievement_rate on_track=0.8" }
		}, "method +0.0 behind→on_track"},
		{"an age that is not reached", func(o *told) {
			o.change = func(d *Definitions) { d.Settings = append(d.Settings, Setting{"stale_years", "1"}) }
		}, ""},
		{"another kind", func(o *told) { o.change = func(d *Definitions) { d.Indicators[1].Kind = "scale" } }, "perimeter behind→not_assessable"},
		{"no result, and no target", func(o *told) {
			o.change = func(d *Definitions) { d.Indicators[1].Results, d.Targets = nil, d.Targets[:1] }
		}, "target →not_assessable, target behind→"},
		{"an indicator that leaves", func(o *told) {
			o.change = func(d *Definitions) { d.Indicators, d.Targets = d.Indicators[:1], d.Targets[:1] }
		}, "perimeter behind→"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := then
			tt.now(&now)
			if got := partsOf(then.picture(), now.picture()); got != tt.parts {
				t.Errorf("%s, want %s", got, tt.parts)
			}
		})
	}
}

// A snapshot of October may be taken in November, with what was recorded meanwhile: what did
// not hold on its day is no work of time when it holds a month later.
func TestWhatWasKnownAheadIsNotTheWorkOfTime(t *testing.T) {
	ahead := func(d *Definitions) {
		t := d.Targets[2]
		t.Value, t.Since = decimal("13"), 2
		t.Decided = day("2019-11-05")
		d.Targets = append(d.Targets, t)
	}
	values := figures("2015 15.2", "2018-12 13.6", "2019-11 12.5")
	before := told{day: "2019-10-31", figures: values, change: ahead}.picture()
	after := told{day: "2019-11-30", figures: values, change: ahead}.picture()
	if got := partsOf(before, after); !strings.HasPrefix(got, "target +") || !strings.Contains(got, "period +") || strings.Contains(got, "day") {
		t.Errorf("parts: %s", got)
	}
}

func TestActionsAndMilestonesTurn(t *testing.T) {
	at := func(date string, change func(*Definitions)) *Picture {
		d := programme()
		change(d)
		return NewDataset(d, changesets("2015-01-01"), nil).On(day(date))
	}
	before := at("2026-06-15", func(d *Definitions) {
		d.Actions = append(d.Actions, Action{Code: "A2", Group: "1", Status: "ongoing", Obstacle: Text{FR: "budget"}}, Action{Code: "A3", Group: "1", Status: "planned"})
		d.Milestones = append(d.Milestones, Milestone{Action: "A1", Code: "M2", Due: day("2026-09-30")}, Milestone{Action: "A1", Code: "M3", Due: day("2026-05-30")},
			Milestone{Action: "A2", Code: "M4", Due: day("2026-06-30")})
	})
	after := at("2026-07-15", func(d *Definitions) {
		d.Actions[0].Status, d.Actions[0].Obstacle = "suspended", Text{FR: "marché infructueux"}
		d.Actions = append(d.Actions, Action{Code: "A2", Group: "1", Status: "completed", Obstacle: Text{FR: "budget"}}, Action{Code: "A4", Group: "1", Status: "planned"})
		d.Milestones = append(d.Milestones, Milestone{Action: "A1", Code: "M2", Due: day("2026-10-30")}, Milestone{Action: "A1", Code: "M3", Due: day("2026-05-30"), Done: day("2026-07-01")},
			Milestone{Action: "A2", Code: "M4", Due: day("2026-06-30")}) // not reached, but A2 is completed: nobody waits for it
	})
	d := Compare(before, after)
	var got []string
	for _, c := range d.Actions {
		got = append(got, c.Action+" "+string(c.Kind))
	}
	for _, c := range d.Milestones {
		got = append(got, c.Code+" "+string(c.Kind))
	}
	want := []string{"A1 status", "A1 blocked", "A2 done", "A3 left", "A4 entered", "M1 overdue", "M2 moved", "M3 done"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestValuesOfADifference(t *testing.T) {
	before := told{day: "2019-10-31", figures: figures("2014 16", "2015 15.2", "2016 O", "2017 14", "2018 13.6", "2019 1")}.picture()
	after := told{day: "2020-01-31", figures: figures("2015 15.20", "2016 14.8", "2017 14~", "2018 13.5", "2019 1")}.picture()
	var got []string
	for _, c := range Compare(before, after).Values {
		got = append(got, fmt.Sprintf("%s %s %s→%s", c.Kind, c.Period, c.Before.Value, c.After.Value))
	}
	want := []string{"withdrawn 2014 16→", "new 2016 →14.8", "restated 2017 14→14", "revised 2018 13.6→13.5", "new 2019 →1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// two are two states of a programme of n indicators of 200 monthly values: in the later one
// half of them have a new value, a tenth a revised one, a tenth another target.
func two(n int) (before, after *Picture) {
	d, _ := large(n)
	later := *d
	later.Targets = slices.Clone(d.Targets)
	for k := range later.Targets {
		if t := &later.Targets[k]; t.Kind == TargetKind && k%30 == 2 {
			t.Value = decimal("190")
		}
	}
	then, now := map[SeriesKey][]Figure{}, map[SeriesKey][]Figure{}
	for k := range d.Indicators {
		i := &d.Indicators[k]
		i.Frequency = Monthly
		points := make([]Figure, 200)
		for m := range points {
			points[m] = Figure{Period: newPeriod(2010+m/12, m%12+1, 1), Value: Decimal{int64(10_000 + 25*m + k%997), 2, true}, Status: "A", Since: 1}
		}
		key := SeriesKey{Indicator: i.Code}
		then[key], now[key] = points[:199], slices.Clone(points[:199])
		if k%2 == 0 {
			now[key] = append(now[key], points[199])
		}
		if k%10 == 3 {
			now[key][198].Value = Decimal{15_500, 2, true}
		}
	}
	before = NewDataset(d, changesets("2015-01-01"), then).On(day("2026-07-31"))
	return before, NewDataset(&later, changesets("2015-01-01", "2026-08-31"), now).On(day("2026-08-31"))
}

// The difference of two pictures of 300 indicators and 60,000 values, explanations and all,
// takes 300 ms at most.
func BenchmarkCompare(b *testing.B) {
	before, after := two(300)
	b.ReportAllocs()
	for b.Loop() {
		if d := Compare(before, after); len(d.Moved) < 150 || len(d.Values) < 150 {
			b.Fatal(len(d.Moved), len(d.Values))
		}
	}
	if each := b.Elapsed() / time.Duration(b.N); each > 300*time.Millisecond {
		b.Errorf("%v each", each)
	}
}

// The overview explains what moved most, of any number of indicators, at each drawing.
func BenchmarkExplainMovers(b *testing.B) {
	before, after := two(500)
	risen, fallen := Movers(before, after, 5)
	b.ReportAllocs()
	for b.Loop() {
		if all := Explain(before, after, append(risen[:len(risen):len(risen)], fallen...)); len(all) < 5 || len(all[0].Parts) == 0 {
			b.Fatal(len(all))
		}
	}
}
