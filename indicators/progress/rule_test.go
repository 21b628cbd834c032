package progress

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// everyRule is every method that can judge, in every version, by its own options.
func everyRule(t testing.TB) []Rule {
	t.Helper()
	var all []Rule
	for _, e := range editions() {
		r, err := NewRule(e.code, e.version, nil)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// anyJudged is a case with a course that says the same.
func anyJudged(value *rapid.Generator[float64]) *rapid.Generator[Case] {
	return rapid.Custom(func(t *rapid.T) Case {
		c := anyCase().Draw(t, "case")
		c.Course = anyCourse(value).Draw(t, "course")
		c.Course.Early = rapid.SampledFrom([]int{0, 0, 0, 3, 11}).Draw(t, "early")
		c.Direction, c.HasTarget = c.Course.Direction, c.Course.HasTarget
		c.Target.Month, c.Target.Value, c.Target.Range = c.Course.Target.Month, c.Course.Target.Value, false
		c.Course.Target = c.Target
		c.Scale = rapid.SampledFrom([]float64{0, 100}).Draw(t, "scale")
		c.Stages = rapid.IntRange(0, 9).Draw(t, "stages") == 0
		c.Off = rapid.SampledFrom([]Reason{"", "", "", "", SpanTarget}).Draw(t, "off")
		return c
	})
}

func TestRulesThatThereAreNot(t *testing.T) {
	for _, tt := range []struct {
		code    string
		version int
		options Options
		says    string
	}{
		{"astrology", 1, nil, `there is no method "astrology": write one of achievement_rate, opensdg_progress`},
		{"opensdg_progress", 9, nil, "there is no version 9 of opensdg_progress here: write 1"},
		{"project_ols", 1, nil, `there is no method "project_ols"`},
		{"achievement_rate", 1, Options{"on_trak": 0.9}, `"on_trak" is no option: it has behind, on_track`},
		{"achievement_rate", 1, Options{"on_track": 0.5}, "the thresholds on_track, behind, 0 ([0.5 0.6 0]) must not rise"},
		{"unsd_progress_chart_2023", 1, Options{"scale": 1}, `"scale" is no option: it has none`},
		{"dns_weather", 1, Options{"min_points": 2.5}, "min_points cannot be 2.5"},
		{"opensdg_progress", 1, Options{"med": 0.97}, "the thresholds high, med, low ([0.95 0.97 0]) must not rise"},
		{"opensdg_progress", 1, Options{"limit": 0}, "a limit of 0 leaves no room"},
		{"dns_weather", 1, Options{"window_points": 3}, "a trend of the last 3 values, of 4 at least, cannot be"},
		{"dns_weather", 1, Options{"min_points": 0}, "write min_points=2 or more"},
		{"opensdg_progress", 1, Options{"high": 0.1, "low": 0.2}, "the thresholds high, med, low ([0.1 0.6 0.2]) must not rise"},
	} {
		if r, err := NewRule(tt.code, tt.version, tt.options); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s@%d %v: %+v, %v; want %q", tt.code, tt.version, tt.options, r, err, tt.says)
		}
	}
}

func TestOptionsChangeTheVerdict(t *testing.T) {
	c := Case{
		Direction: Increase, HasBaseline: true, HasLatest: true, HasTarget: true,
		Baseline: Point{years(2015), 10}, Latest: Point{years(2020), 14}, Target: Target{Month: years(2025), Value: 20},
	}
	plain := everyRule(t)[0]
	strict, err := NewRule("achievement_rate", 1, Options{"behind": 0.85})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := plain.Judge(&c), strict.Judge(&c); a.Status != Behind || b.Status != FarBehind || a.Value != Num(0.4) || a.Category != "in_progress" {
		t.Errorf("plain %+v, strict %+v", a, b)
	}
	c = Case{Direction: Increase, Course: without(Increase, 2015, Reading{2015, 96}, Reading{2020, 97})}
	limited, err := NewRule("opensdg_progress", 1, Options{"limit": 100})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := everyRule(t)[1].Judge(&c), limited.Judge(&c); a.Status != FarBehind || b.Status != Behind {
		t.Errorf("free %+v, limited %+v", a, b)
	}
	if text, err := json.Marshal([]Options{nil, limited.Options}); err != nil || string(text) != `[{},{"limit":100}]` {
		t.Errorf("%s, %v", text, err)
	}
}

// Whatever the case, a method says what the table says it can say; what it shows as
// its arithmetic ends in the number that it decides by.
func TestJudgesKeepToTheMapping(t *testing.T) {
	rules, mapping := everyRule(t), Mapping()
	rapid.Check(t, func(t *rapid.T) {
		c := anyJudged(rapid.OneOf(anyShare(), anyValue())).Draw(t, "judged")
		for _, r := range rules {
			j := r.Judge(&c)
			known := slices.Concat(Reasons(), MethodReasons(), ProjectionReasons())
			if j.Status.Index() < 0 || !slices.Contains(known, j.Reason) {
				t.Errorf("%s: status %q, reason %q", r.Code, j.Status, j.Reason)
			}
			if j.Status == NotAssessable || j.Status == Missed || c.Over && c.Final {
				continue
			}
			if r.Code == "achievement_rate" && (j.Reason == MetAtBaseline || j.Reason == BaselineEqualsTarget || j.Reason == TargetMet || j.Reason == PartialPeriod || j.Reason == AwaitingFinalValue) {
				continue // the level, or a sum so far, says more than the bare rate
			}
			if r.Code == "escap_api_gap" && j.Status == Achieved { // whatever is predicted
				continue
			}
			if !slices.Contains(mapping, Mapped{r.Code, j.Category, j.Status}) {
				t.Errorf("%s: %s became %s (%s)", r.Code, j.Category, j.Status, j.Reason)
			}
			w := r.Work(&c)
			if n := len(w.Steps); n > 0 && r.Yearly && j.Value.Valid && w.Steps[n-1].Result.Value != j.Value {
				t.Errorf("%s: the working ends in %+v, the judgement says %v", r.Code, w.Steps[n-1].Result, j.Value)
			}
		}
	})
}

// No method praises after the horizon what missed the target, or blames what met it.
func TestAfterTheHorizonTheValueDecides(t *testing.T) {
	rules := everyRule(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyJudged(anyShare()).Draw(t, "judged")
		last, some := c.Course.Series.Last()
		if !some {
			return
		}
		c.Over, c.Final, c.HasTarget, c.Course.HasTarget, c.Off, c.Stages, c.Ceiling = true, true, true, true, "", false, 0
		c.HasLatest, c.Latest, c.Target = true, Point{c.Course.Target.Month, last.Value}, c.Course.Target
		want := Missed
		if c.Target.Met(last.Value, c.Direction) {
			want = Achieved
		}
		for _, r := range rules {
			if j := r.Judge(&c); j.Status != want {
				t.Errorf("%s: %s (%s), want %s", r.Code, j.Status, j.Reason, want)
			}
		}
	})
}

func TestMethodsDisagree(t *testing.T) {
	for _, tt := range []struct {
		a, b Status
		want bool
	}{
		{Achieved, OnTrack, false}, {OnTrack, Behind, true}, {Behind, FarBehind, false}, {Behind, Regressed, true}, {FarBehind, Regressed, false},
		{Missed, Regressed, false}, {Achieved, Missed, true}, {NotAssessable, Achieved, false},
	} {
		if Disagree(tt.a, tt.b) != tt.want || Disagree(tt.b, tt.a) != tt.want {
			t.Errorf("%s and %s: want %t", tt.a, tt.b, tt.want)
		}
	}
}
