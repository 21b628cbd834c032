package indicators

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A history is the state of a programme of a few indicators at a moment.
type history struct {
	*Definitions
	series map[SeriesKey][]Figure
	day    string
}

func (h history) picture() *Picture {
	d := *h.Definitions
	SortEntries(d.Indicators)
	SortEntries(d.Frameworks)
	SortEntries(d.Targets)
	return NewDataset(&d, changesets("2015-01-01", "2018-06-01", "2020-06-15"), h.series).On(day(h.day))
}

var women = Breakdown{Sex: "F"}

// anyHistory draws up to three indicators with two frameworks and targets for a part, too.
func anyHistory(t *rapid.T, codes []string) history {
	year := 2015
	h := history{series: map[SeriesKey][]Figure{}, day: anyDay().Draw(t, "day")}
	h.Definitions = &Definitions{Actions: programme().Actions, Groups: programme().Groups}
	first := anyOne(t, plainNumber())
	h.Frameworks = first.definitions().Frameworks
	h.Settings = first.definitions().Settings
	if rapid.Bool().Draw(t, "a second framework") {
		h.Frameworks = append(h.Frameworks, Framework{Code: "sdg", Kind: "sdg", Start: 2016, End: 2030, Baseline: &year})
	}
	for _, code := range codes {
		o := anyOne(t, plainNumber())
		i := o.definitions().Indicators[0]
		i.Code, i.Actions = code, Codes{"A1"}
		h.Indicators = append(h.Indicators, i)
		h.series[SeriesKey{Indicator: code}] = o.figures
		for _, r := range o.targets {
			r.Indicator = code
			r.Framework = Optional(rapid.SampledFrom([]string{"", "plan", h.Frameworks[len(h.Frameworks)-1].Code}).Draw(t, "of framework"))
			r.Since = rapid.IntRange(1, 3).Draw(t, "since")
			if rapid.IntRange(0, 3).Draw(t, "of a part") == 0 {
				r.Breakdown = women
				h.series[SeriesKey{code, women}] = anyOne(t, plainNumber()).figures
			}
			h.Targets = append(h.Targets, r)
		}
	}
	h.Targets = eachOnce(h.Targets)
	return h
}

func eachOnce(rows []Target) []Target {
	seen := map[string]bool{}
	return slices.DeleteFunc(rows, func(r Target) bool {
		again := seen[r.EntryKey()]
		seen[r.EntryKey()] = true
		return again
	})
}

// later draws what became of a history: of each of the causes something, or nothing.
func (h history) later(t *rapid.T) history {
	to := anyHistory(t, rapid.SampledFrom([][]string{{"X", "Y"}, {"X", "Y", "Z"}, {"X"}, {"Y", "Z"}}).Draw(t, "followed"))
	keep := func(label string) bool { return rapid.IntRange(0, 2).Draw(t, label) > 0 }
	if keep("the day") {
		to.day = h.day
	}
	if keep("the settings") {
		to.Settings = h.Settings
	}
	if keep("the frameworks") {
		to.Frameworks = h.Frameworks
	}
	if keep("the targets") {
		to.Targets = h.Targets
	}
	for n := range to.Indicators {
		for _, was := range h.Indicators {
			if was.Code == to.Indicators[n].Code && keep("the definition") {
				method := to.Indicators[n].Method
				if to.Indicators[n] = was; !keep("the method") {
					to.Indicators[n].Method = method
				}
			}
		}
	}
	for key, figures := range h.series {
		if !keep("the figures") {
			continue
		}
		to.series[key] = slices.Clone(figures)
		for n := range to.series[key] {
			if f := &to.series[key][n]; f.Value.IsSet() && rapid.IntRange(0, 9).Draw(t, "revised") == 0 {
				f.Value, f.Numerator, f.Denominator = plainNumber().Draw(t, "new value"), Decimal{}, Decimal{}
			}
		}
		if some := len(figures); some > 0 {
			to.series[key] = to.series[key][:rapid.IntRange(some/2, some).Draw(t, "left of the figures")]
		}
	}
	to.Targets = slices.DeleteFunc(slices.Clone(to.Targets), func(r Target) bool { // no target is of what is not there
		return !slices.ContainsFunc(to.Indicators, func(i Indicator) bool { return i.Code == r.Indicator }) ||
			r.Framework != "" && !slices.ContainsFunc(to.Frameworks, func(f Framework) bool { return f.Code == string(r.Framework) })
	})
	return to
}

// The parts of each explanation add up to the whole, whatever happened: from the assessment
// of before to that of after without a gap, and in points at any precision.
func TestThePartsAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then := anyHistory(t, []string{"X", "Y"})
		before, after := then.picture(), then.later(t).picture()
		for _, e := range Compare(before, after).Moved {
			is := e.Before
			for _, p := range e.Parts {
				if statusOf(p.From) != statusOf(is) || achievementOf(p.From) != achievementOf(is) {
					t.Errorf("%s: %s goes out from %v, the one before ended with %v", e.Indicator, p.Cause, p.From, is)
				}
				is = p.To
			}
			if statusOf(is) != statusOf(e.After) || achievementOf(is) != achievementOf(e.After) {
				t.Errorf("%s: the parts end with %v, not with what is said now", e.Indicator, is)
			}
			for decimals := range 4 {
				whole, parts, known := e.Points(decimals)
				sum := int64(0)
				for _, points := range parts {
					sum += points
				}
				if known && (sum != whole || whole != position(e.After.Achievement, decimals)-position(e.Before.Achievement, decimals)) {
					t.Errorf("%s: %v add up to %d, the whole is %d", e.Indicator, parts, sum, whole)
				}
			}
		}
	})
}

// The replay begins with what was said before, and ends with what is said after: judged again
// from the few definitions that it takes, nothing is another than in the whole programme. So
// no part is given what the replay itself would have done.
func TestTheReplayBeginsAndEndsWithWhatWasSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then := anyHistory(t, []string{"X", "Y"})
		before, after := then.picture(), then.later(t).picture()
		r := newReplay(before, after, Moves(before, after))
		if len(r.stages) == 0 {
			return
		}
		d, series := r.untouched()
		again := NewDataset(d, before.Changesets, series).On(before.Day)
		saySame(t, "of the first day", again, before, r.moved)

		for _, cause := range Causes() {
			r.change(cause, d)
		}
		last := map[SeriesKey][]Figure{}
		for key, figures := range after.Series {
			last[key] = ended(figures, after.Day)
		}
		saySame(t, "of the last day", NewDataset(d, after.Changesets, last).On(after.Day), after, r.moved)
	})
}

func saySame(t *rapid.T, what string, got, want *Picture, of map[string]bool) {
	told := func(p *Picture) string {
		var all []string
		for n := range p.Assessments {
			if a := &p.Assessments[n]; of[a.Indicator] {
				text, err := json.Marshal([]any{a.Indicator, a.Framework, a.Breakdown, a.Status, a.Reason, a.Achievement, a.Expected, a.Latest.Value, a.Target, a.Baseline, a.Method})
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, string(text))
			}
		}
		slices.Sort(all)
		return fmt.Sprint(all)
	}
	if a, b := told(got), told(want); a != b {
		t.Errorf("%s the replay says\n%s\nand was said\n%s", what, a, b)
	}
}

// A picture held against itself says nothing; held against another the other way round, each
// value that was new is withdrawn, and the other way round.
func TestADifferenceHasTwoEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then := anyHistory(t, []string{"X", "Y"})
		now := then.later(t)
		before, after := then.picture(), now.picture()
		if d := Compare(before, then.picture()); !d.IsEmpty() {
			t.Errorf("against itself: %+v", d)
		}
		forth, back := Compare(before, after), Compare(after, before)
		if !slices.Equal(forth.Entered, back.Left) || !slices.Equal(forth.Left, back.Entered) || len(forth.Moved) != len(back.Moved) {
			t.Errorf("forth %v, %v, %d; back %v, %v, %d", forth.Entered, forth.Left, len(forth.Moved), back.Entered, back.Left, len(back.Moved))
		}
		count := func(d Difference, kind ValueKind) (n int) {
			for _, c := range d.Values {
				if c.Kind == kind {
					n++
				}
			}
			return n
		}
		if count(forth, NewValue) != count(back, WithdrawnValue) || count(forth, RevisedValue) != count(back, RevisedValue) {
			t.Errorf("forth %v\nback %v", forth.Values, back.Values)
		}
	})
}
