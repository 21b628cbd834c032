package indicators

import (
	"slices"
	"strconv"
	"strings"

	"jalon/indicators/progress"
)

// NewestRules is the edition of the rules that a new programme begins with. A programme
// keeps its edition, in the setting "rules", until a changeset sets a newer one: a newer
// jalon changes no figure by itself.
const NewestRules = 2

// A rulebook is one edition of the rules by which the figures of a programme are
// chosen and judged where the programme says nothing else.
type rulebook struct {
	edition int
	breaks  bool // values before a break in series are of another definition
	stages  bool // yes or no, and stages of a scale, are reached or not: no share of a way
	sums    bool // a mean of ratios over time is the ratio of sums, where these are known
	byKind  bool // SDG frameworks are judged by opensdg_progress
	seasons bool // an observed baseline is of the season of the value
	gaps    bool // a sum so far is held against what is asked of the periods that it has
	levels  bool // roll-ups average level by level, with declared weights
	standIn bool // for what a framework's method cannot judge another one stands in
}

// rulebooks lists the editions, the first of which holds where none is set.
func rulebooks() []rulebook {
	return []rulebook{
		{edition: 1},
		{edition: 2, breaks: true, stages: true, sums: true, byKind: true, seasons: true, gaps: true, levels: true, standIn: true},
	}
}

// Rules is the edition of the rules in force.
func (d *Definitions) Rules() int { return d.rulebook().edition }

func (d *Definitions) rulebook() rulebook {
	all := rulebooks()
	edition, err := strconv.Atoi(d.Setting("rules", "1"))
	if err != nil || edition < 1 || edition > len(all) {
		edition = 1
	}
	return all[edition-1]
}

// MethodOf is the method by which a framework's indicators are judged; the zero Rule
// where it is not known here.
func (ds *Dataset) MethodOf(f *Framework) progress.Rule {
	if rule, _ := ds.rules.of(&Indicator{}, f); rule != nil {
		return *rule
	}
	return progress.Rule{}
}

// choice is the method of a framework's kind, or of targets without a framework.
func (r rulebook) choice(f *Framework) Optional {
	if r.byKind && f != nil && f.Kind == "sdg" {
		return "opensdg_progress"
	}
	return "achievement_rate"
}

// parseRule reads how a framework or an indicator is to be judged, as it is written in the
// workbook: a method, its version and the options that differ from its own, as in
// "opensdg_progress@1 limit=100". Without a version it is the first.
// The error is worded for whoever wrote it.
func parseRule(choice Optional) (progress.Rule, error) {
	words := strings.Fields(string(choice))
	if len(words) == 0 {
		return progress.Rule{}, Say("no method is named: write one of %s", strings.Join(progress.Judging(), ", "))
	}
	code, written, pinned := strings.Cut(words[0], "@")
	version := 1 // a later version judges where it is asked for
	if pinned {
		n, err := strconv.Atoi(written)
		if err != nil || n < 1 || strconv.Itoa(n) != written {
			return progress.Rule{}, Say("%s is no version: write a number after the @, as in %s@1", Quote(written), code)
		}
		version = n
	}
	var options progress.Options
	for _, word := range words[1:] {
		name, value, found := strings.Cut(word, "=")
		number, err := ParseDecimal(value)
		if !found || err != nil {
			return progress.Rule{}, Say("%s is no option: write name=number, such as on_track=0.9, with blanks between options", Quote(word))
		}
		if _, twice := options[name]; twice {
			return progress.Rule{}, Say("the option %s is given twice: keep one", Quote(name))
		}
		if options == nil {
			options = progress.Options{}
		}
		options[name] = number.Float()
	}
	known := progress.Judging()
	if n := Nearest(strings.ToLower(code), known); n >= 0 && !slices.Contains(known, code) {
		return progress.Rule{}, Say("there is no method %s: did you mean %s? Else write one of %s", Quote(code), known[n], strings.Join(known, ", "))
	}
	return progress.NewRule(code, version, options)
}

// The choices that stand in for others.
const (
	byLevel   Optional = "achievement_rate@1"
	byWeather Optional = "dns_weather@1"
)

// The two methods of Eurostat.
const (
	withTarget    = "eurostat_cagr_target"
	withoutTarget = "eurostat_cagr_no_target"
)

// A rulesIndex finds the rule of a choice; each is parsed once.
type rulesIndex struct {
	book  rulebook
	known map[Optional]*progress.Rule // by choice, as written; complete once the goals are planned

	beside     []*progress.Rule // every method by its own options, to stand beside the one that judges
	projection int              // version of the projections
}

func newRulesIndex(d *Definitions) rulesIndex {
	x := rulesIndex{book: d.rulebook(), known: map[Optional]*progress.Rule{}, projection: progress.ProjectionVersion}
	for n := range d.Frameworks {
		x.of(&Indicator{}, &d.Frameworks[n])
	}
	x.rule(byLevel)
	x.rule(byWeather)
	x.rule(withTarget + "@1")
	x.rule(withoutTarget + "@1")
	for _, code := range progress.Judging() {
		x.beside = append(x.beside, x.rule(Optional(code)))
	}
	return x
}

// rule is that of a choice. One that is not known here, of a database that a newer
// jalon has written to, is nil: nothing is judged by guess.
func (x *rulesIndex) rule(choice Optional) *progress.Rule {
	if r, found := x.known[choice]; found {
		return r
	}
	var rule *progress.Rule
	if r, err := parseRule(choice); err == nil {
		rule = &r
	}
	x.known[choice] = rule
	return rule
}

// choiceOf is what is written for an indicator in a framework.
func (x *rulesIndex) choiceOf(i *Indicator, f *Framework) Optional {
	switch {
	case i.Method != "":
		return i.Method
	case f != nil && f.Method != "":
		return f.Method
	}
	return x.book.choice(f)
}

// of is the rule for an indicator in a framework (or without one): its own choice,
// the framework's, that of the rules. own tells that the indicator has one.
func (x *rulesIndex) of(i *Indicator, f *Framework) (rule *progress.Rule, own bool) {
	return x.rule(x.choiceOf(i, f)), i.Method != ""
}

// standIn is the rule for a target that the framework's method cannot judge: by the
// level alone what is reached or not, by the careful linear method of dns_weather what
// is to be kept within bounds, which rates of growth have no answer for. What an
// indicator itself asks for judges it, but that Eurostat's two methods are one: which of
// them, whether there is a target says.
func (x *rulesIndex) standIn(rule *progress.Rule, own bool, i *Indicator, t *Target) *progress.Rule {
	switch {
	case !x.book.standIn || rule == nil || !rule.Yearly:
		return rule
	case rule.Code == withTarget && t == nil:
		return x.known[withoutTarget+"@1"]
	case rule.Code == withoutTarget && t != nil:
		return x.known[withTarget+"@1"]
	case own || rule.Code == "dns_weather":
		return rule
	case i.Staged():
		return x.known[byLevel]
	case t != nil && (t.IsRange() || i.Direction == Maintain && t.Comparison != ""):
		return x.known[byWeather]
	case t != nil && (i.Direction == Maintain || !x.book.asksOne(t.Period, i)):
		return x.known[byLevel]
	}
	return rule
}

// Staged tells whether an indicator's levels are reached or not, with nothing that
// could be measured between them.
func (i *Indicator) Staged() bool { return i.Kind == "binary" || i.Kind == "scale" }

func (c *checker) method(choice Optional) {
	if choice == "" {
		return
	}
	if _, err := parseRule(choice); err != nil {
		c.tell("method", SentenceOf(err))
	}
}

// checkRules refuses an edition that there is not.
func (c *checker) checkRules(value string) {
	var editions []string
	for _, book := range rulebooks() {
		editions = append(editions, strconv.Itoa(book.edition))
	}
	if !slices.Contains(editions, value) {
		c.fault("value", "%s is no edition of the rules: write one of %s, or remove the row for 1", Quote(value), strings.Join(editions, ", "))
	}
}
