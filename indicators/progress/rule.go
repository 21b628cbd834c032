package progress

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// A Rule is a method from which a status can be read, in one of its versions, with
// its options: what a framework or an indicator is judged by.
type Rule struct {
	Code    string
	Version int
	Options Options // those given in place of the method's own
	Yearly  bool    // it reads Case.Course, and takes its base from the series
	Scored  bool    // it gives a score from -5 to +5

	judge func(*Case) Judgement
	work  func(*Case) Working
}

// Options are numbers that a method goes by, by name.
type Options map[string]float64

// MarshalJSON writes an object, never null.
func (o Options) MarshalJSON() ([]byte, error) {
	if o == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[string]float64(o))
}

// Names lists the options that are given, sorted.
func (o Options) Names() []string { return slices.Sorted(maps.Keys(o)) }

// A Judgement is what a method says of a case: in the words that all methods share,
// and in its own. The shares of the way are those of achievement_rate alone.
type Judgement struct {
	Verdict
	Category string  // the method's own code
	Value    Number  // the number that decides: what it is, each method's judge says
	Base     Reading // where the movement begins that the method sees
	HasBase  bool
	// TrendFrom is the first year of all the readings that it goes by; 0: it reads the
	// base and the last one only.
	TrendFrom int
	Score     Number // -5 to +5, of methods that give one
}

// Judge applies the rule. Once the target's period is over its own value decides,
// achieved or missed, by whatever method.
func (r *Rule) Judge(c *Case) Judgement { return r.judge(c) }

// Work shows the arithmetic behind a judgement.
func (r *Rule) Work(c *Case) Working { return r.work(c) }

// NewRule finds a method in one of its versions. The error is worded for whoever
// configured it.
func NewRule(code string, version int, options Options) (Rule, error) {
	var versions []string
	for _, e := range editions() {
		if e.code != code {
			continue
		}
		if e.version != version {
			versions = append(versions, fmt.Sprint(e.version))
			continue
		}
		return e.build(options)
	}
	if versions != nil {
		return Rule{}, Say("there is no version %d of %s here: write %s", version, code, strings.Join(versions, ", "))
	}
	return Rule{}, Say("there is no method %s: write one of %s", Quote(code), strings.Join(Judging(), ", "))
}

// Judging lists the codes of the methods that a status can be read from.
func Judging() []string {
	var codes []string
	for _, e := range editions() {
		if !slices.Contains(codes, e.code) {
			codes = append(codes, e.code)
		}
	}
	return codes
}

// An edition is one version of a method. A later version stands beside the earlier
// ones, which stay runnable: what was judged by them can be judged again.
type edition struct {
	code    string
	version int
	build   func(Options) (Rule, error)
}

// editions lists every version of every method that can judge.
func editions() []edition {
	return []edition{
		define(Rule{Code: "achievement_rate", Version: attainmentVersion}, DefaultAchievement(), judgeAchievement, workAchievement),
		define(Rule{Code: "opensdg_progress", Version: openSDGVersion, Yearly: true, Scored: true}, DefaultOpenSDGCuts(), judgeOpenSDG, workOpenSDG),
		define(Rule{Code: "eurostat_cagr_target", Version: eurostatVersion, Yearly: true, Scored: true}, DefaultEurostatTarget(), judgeEurostatTarget, workEurostatTarget),
		define(Rule{Code: "eurostat_cagr_no_target", Version: eurostatVersion, Yearly: true, Scored: true}, DefaultEurostatNoTarget(), judgeEurostatNoTarget, workEurostatNoTarget),
		define(Rule{Code: "escap_api_gap", Version: escapVersion, Yearly: true}, struct{}{}, judgeGap, workGap),
		define(Rule{Code: "unsd_progress_chart_2023", Version: unsdVersion, Yearly: true}, struct{}{}, judgeUNSD, workUNSD),
		define(Rule{Code: "dns_weather", Version: weatherVersion, Yearly: true}, DefaultWeatherWindow(), judgeWeather, workWeather),
	}
}

// define makes an edition of a method's own functions and of its options as they are
// by default.
func define[O any](r Rule, defaults O, judge func(*Case, *O) Judgement, work func(*Case, *O) Working) edition {
	return edition{r.Code, r.Version, func(given Options) (Rule, error) {
		o := defaults
		if err := given.into(&o); err != nil {
			return Rule{}, Say("%s: %s", r.Code, SentenceOf(err))
		}
		rule := r
		rule.Options = given
		rule.judge = func(c *Case) Judgement { return judge(c, &o) }
		rule.work = func(c *Case) Working { return work(c, &o) }
		if r.Yearly {
			rule.judge = func(c *Case) Judgement {
				if c.Off != "" || len(c.Course.Series) == 0 {
					return c.settle(Judgement{})
				}
				return c.settle(judge(c, &o))
			}
			rule.work = func(c *Case) Working {
				if c.Off != "" || len(c.Course.Series) == 0 {
					return Working{}
				}
				return work(c, &o)
			}
		}
		return rule, nil
	}}
}

// into sets the options given on those of a method, by their names in JSON.
func (o Options) into(options any) error {
	if len(o) == 0 {
		return nil
	}
	known := map[string]any{}
	text, err := json.Marshal(options)
	if err == nil {
		err = json.Unmarshal(text, &known)
	}
	if err != nil {
		return fmt.Errorf("reading its own options: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if _, found := known[name]; !found && len(known) == 0 {
			return Say("%s is no option: it has none", Quote(name))
		} else if !found {
			return Say("%s is no option: it has %s", Quote(name), strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
		one, err := json.Marshal(map[string]float64{name: o[name]})
		if err != nil || json.Unmarshal(one, options) != nil {
			return Say("%s cannot be %v", name, o[name])
		}
	}
	if checked, can := options.(interface{ check() error }); can {
		return checked.check()
	}
	return nil
}

// descending refuses cuts that are not finite, or of which a better category's is
// below a worse one's.
func descending(names string, cuts ...float64) error {
	before := math.MaxFloat64
	for _, cut := range cuts {
		if !(cut <= before) || math.IsInf(cut, 0) {
			return Say("the thresholds %s (%v) must not rise from one to the next: correct one of them", names, cuts)
		}
		before = cut
	}
	return nil
}

func (o *AchievementOptions) check() error {
	return descending("on_track, behind, 0", o.OnTrack, o.Behind, 0)
}
func (o *EurostatTargetOptions) check() error {
	return descending("significant, moderate, insufficient", o.Significant, o.Moderate, o.Insufficient)
}
func (o *EurostatNoTargetOptions) check() error {
	return descending("significant, moderate, moderate_away", o.Significant, o.Moderate, o.ModerateAway)
}

// settle applies to a judgement of a yearly method what the end of the target's
// period changes, and what keeps such methods from judging at all.
func (c *Case) settle(j Judgement) Judgement {
	met := func() bool {
		last, some := c.Course.Series.Last()
		return some && c.Course.Target.Met(last.Value, c.Direction)
	}
	none := func(why Reason) Judgement {
		return Judgement{Category: j.Category, Verdict: Verdict{Status: NotAssessable, Reason: why}}
	}
	switch {
	case c.Off != "":
		return none(c.Off)
	case len(c.Course.Series) == 0 && c.Over:
		return none(NoValueAtHorizon)
	case len(c.Course.Series) == 0:
		return none(NoValue)
	case c.Over && c.Final && met():
		j.Category, j.Status, j.Reason = "", Achieved, TargetMet
	case c.Over && c.Final:
		j.Category, j.Status, j.Reason = "", Missed, HorizonPassed
	case c.Over && c.Stale:
		return none(NoValueAtHorizon)
	case c.Over && j.Status != NotAssessable:
		j.Reason = AwaitingFinalValue
	}
	return j
}
