package indicators

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A doubt is a small programme that some rule of quality looks at.
type doubt struct {
	indicator  Indicator
	figures    []Figure
	parts      map[string][]Figure // by the key of a breakdown by sex or milieu
	input      QualityInput
	definition func(*Definitions)
	known      []string // days of the changesets
	on         string
}

// of is the findings of one rule, as "about period details".
func (c doubt) of(rule string) []string {
	i := ordinary(c.indicator)
	if i.Kind == "" {
		i.Kind, i.Unit = "number", "NUMBER"
	}
	i.Breakdowns = Codes{"milieu", "sex"}
	d := programme()
	d.Indicators, d.Targets = []Indicator{i}, nil
	if c.definition != nil {
		c.definition(d)
	}
	in := c.input
	for word, figures := range c.parts {
		if in.Parts == nil {
			in.Parts = map[SeriesKey][]Figure{}
		}
		b := Breakdown{Other: word}
		if sex, found := strings.CutPrefix(word, "sex="); found {
			b = Breakdown{Sex: sex}
		}
		in.Parts[SeriesKey{"X", b}] = figures
	}
	known := c.known
	if known == nil {
		known = slices.Repeat([]string{"2025-01-10"}, max(len(c.figures), 1))
	}
	on := day("2026-10-31")
	if c.on != "" {
		on = day(c.on)
	}
	ds := NewDataset(d, changesets(known...), totals(map[string][]Figure{"X": c.figures}))
	var all []string
	for _, f := range ds.On(on).Findings(in) {
		if f.Rule == rule {
			all = append(all, strings.Join(strings.Fields(f.Subject()+" "+f.Breakdown.Key()+" "+f.Period.String()), " "))
		}
	}
	return all
}

// from2001 is a yearly series from 2001 on.
func from2001(values ...string) []Figure {
	var words []string
	for n, v := range values {
		words = append(words, fmt.Sprintf("%d %s", 2001+n, v))
	}
	return figures(words...)
}

// provisional is a figure in that status.
func provisional(f []Figure) []Figure {
	f[len(f)-1].Status = "P"
	return f
}

// Each rule just outside and just inside of what it lets pass.
func TestQualityRules(t *testing.T) {
	cumulative, additive := Indicator{Accumulation: Cumulative}, Indicator{Additive: Codes{"milieu", "sex"}}
	percent := Indicator{Kind: "percent", Unit: "PERCENT"}
	monthly := Indicator{Accumulation: Flow, Frequency: Monthly}
	summers := []string{"10", "11", "10", "11", "10", "30", "31", "11", "10", "11", "10", "11"}
	threeSummers := func(last string) []Figure {
		all := slices.Concat(monthsOf(2022, summers...), monthsOf(2023, summers...), monthsOf(2024, append(slices.Clone(summers[:9]), last)...))
		return all
	}
	edited := func(period, before, after string) (QualityInput, func(*Definitions)) {
		row := Target{Indicator: "X", Kind: TargetKind, Period: Year(yearOf(period)), Value: decimal(after), Framework: "sdg2030", Since: 2}
		former := row
		former.Value, former.Since = decimal(before), 1
		return QualityInput{Targets: []FormerTarget{{former, 2}}}, func(d *Definitions) { d.Targets = []Target{row} }
	}
	editedOpen, rowOpen := edited("2030", "50", "40")
	editedLate, rowLate := edited("2020", "50", "40")
	sameAgain, rowSame := edited("2030", "50", "50.0")
	decided := func(period, first, second string) func(*Definitions) {
		return func(d *Definitions) {
			row := Target{Indicator: "X", Kind: TargetKind, Period: Year(yearOf(period)), Value: decimal("50"), Framework: "sdg2030", Decided: day(first), Since: 1}
			again := row
			again.Value, again.Decided = decimal("40"), day(second)
			d.Targets = sortedTargets(row, again)
		}
	}
	actionOf := func(start, end, results string) func(*Definitions) {
		return func(d *Definitions) {
			a := &d.Actions[0]
			a.Start, a.End = day(start), day(end)
			a.Results, _ = ParseLinks(results)
		}
	}
	paid := func(reference, date string) func(*Definitions) {
		return func(d *Definitions) {
			again := d.Funding[0]
			again.Reference, again.Date = Optional(reference), day(date)
			d.Funding = append(d.Funding, again)
			SortEntries(d.Funding)
		}
	}
	based := func(before, after int) (QualityInput, func(*Definitions)) {
		former := programme().Frameworks[0]
		former.Baseline = &before
		return QualityInput{Frameworks: []FormerFramework{{former, 1, 2}}}, func(d *Definitions) { d.Frameworks[0].Baseline = &after }
	}
	movedBase, rowBase := based(2015, 2018)
	sameBase, rowSameBase := based(2015, 2015)
	baseline := func(period string) (QualityInput, func(*Definitions)) {
		row := Target{Indicator: "X", Kind: BaselineKind, Period: Year(2018), Value: decimal("10"), Framework: "sdg2030", Since: 2}
		former := row
		former.Period, former.Since = Year(yearOf(period)), 1
		final := Target{Indicator: "X", Kind: TargetKind, Period: Year(2030), Value: decimal("50"), Framework: "sdg2030", Since: 1}
		return QualityInput{Targets: []FormerTarget{{former, 2}}}, func(d *Definitions) { d.Targets = sortedTargets(row, final) }
	}
	movedBaseline, rowMoved := baseline("2015")
	sameBaseline, rowStayed := baseline("2018")
	invented := func(illustrative bool) func(*Definitions) {
		return func(d *Definitions) {
			second := d.Indicators[0]
			d.Indicators[0].Groups, second.Groups = Codes{"2"}, Codes{"2"}
			second.Code, second.Illustrative = "Y", illustrative
			d.Indicators = append(d.Indicators, second)
		}
	}
	two := []string{"2020-01-10", "2026-01-10"}

	for _, tt := range []struct {
		rule, name string
		doubt      doubt
		want       string
	}{
		{"unit_mixup", "a share among percentages", doubt{indicator: percent, figures: from2001("40", "42", "41", "43", "0.44")}, "indicator X 2005"},
		{"unit_mixup", "persons among thousands", doubt{figures: from2001("40", "42", "41000", "43", "44")}, "indicator X 2003"},
		{"unit_mixup", "a hundred times and a half", doubt{figures: from2001("10", "10", "10", "10", "1500")}, "indicator X 2005"},
		{"unit_mixup", "more than that", doubt{figures: from2001("10", "10", "10", "10", "1501")}, ""},
		{"unit_mixup", "sixty times", doubt{figures: from2001("10", "10", "10", "10", "600")}, ""},
		{"unit_mixup", "neighbours that differ", doubt{figures: from2001("10", "21", "10", "10", "1000")}, ""},
		{"unit_mixup", "two neighbours only", doubt{figures: from2001("10", "10", "1000")}, ""},
		{"unit_mixup", "a count that begins with little", doubt{indicator: cumulative, figures: from2001("2", "150", "210", "260", "290")}, ""},
		{"unit_mixup", "another definition", doubt{figures: from2001("10", "10", "10", "10", "1000B")}, ""},
		{"unit_mixup", "a part", doubt{figures: from2001("9"), parts: map[string][]Figure{"sex=F": from2001("5", "5", "5", "500")}}, "indicator X sex=F 2004"},

		{"cumulative_fell", "by the last digit", doubt{indicator: cumulative, figures: from2001("5", "7", "6.9")}, "indicator X 2003"},
		{"cumulative_fell", "not at all", doubt{indicator: cumulative, figures: from2001("5", "7", "7.0")}, ""},
		{"cumulative_fell", "a new count", doubt{indicator: cumulative, figures: from2001("5", "7", "1B")}, ""},
		{"cumulative_fell", "a level may", doubt{figures: from2001("5", "7", "6.9")}, ""},
		{"cumulative_fell", "a part", doubt{indicator: cumulative, figures: from2001("9"), parts: map[string][]Figure{"sex=F": from2001("5", "4")}}, "indicator X sex=F 2002"},

		{"out_of_bounds", "above a hundred", doubt{indicator: percent, figures: from2001("100.01")}, "indicator X 2001"},
		{"out_of_bounds", "a hundred", doubt{indicator: percent, figures: from2001("100.00", "0")}, ""},
		{"out_of_bounds", "below its own least", doubt{indicator: Indicator{Min: decimal("5")}, figures: from2001("4.9")}, "indicator X 2001"},
		{"out_of_bounds", "its own least", doubt{indicator: Indicator{Min: decimal("5")}, figures: from2001("5", "9999")}, ""},

		{"parts_total", "women and men are more", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("60"), "sex=M": from2001("42")}}, "indicator X 2001"},
		{"parts_total", "or fewer", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("58"), "sex=M": from2001("40")}}, "indicator X 2001"},
		{"parts_total", "by what rounding takes", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("60"), "sex=M": from2001("41")}}, ""},
		{"parts_total", "one sex is not known", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("60")}}, ""},
		{"parts_total", "one alone is more than all", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("102")}}, "indicator X 2001"},
		{"parts_total", "what may be below zero", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"milieu=U": from2001("-5"), "milieu=R": from2001("105")}}, ""},
		{"parts_total", "all categories of a dimension", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"milieu=U": from2001("50"), "milieu=R": from2001("40")}}, "indicator X 2001"},
		{"parts_total", "not additive", doubt{figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("60"), "sex=M": from2001("60")}}, ""},
		{"parts_total", "withheld", doubt{indicator: additive, figures: from2001("100"), parts: map[string][]Figure{"sex=F": from2001("60"), "sex=M": from2001("Q")}}, ""},

		{"total_outside_parts", "above both", doubt{indicator: percent, figures: from2001("45.2"), parts: map[string][]Figure{"sex=F": from2001("40"), "sex=M": from2001("44")}}, "indicator X 2001"},
		{"total_outside_parts", "by what rounding takes", doubt{indicator: percent, figures: from2001("44.5"), parts: map[string][]Figure{"sex=F": from2001("40"), "sex=M": from2001("44")}}, ""},
		{"total_outside_parts", "one part is not known", doubt{indicator: percent, figures: from2001("50"), parts: map[string][]Figure{"sex=F": from2001("40")}}, ""},
		{"total_outside_parts", "a number of persons is above both", doubt{figures: from2001("84"), parts: map[string][]Figure{"sex=F": from2001("40"), "sex=M": from2001("44")}}, ""},

		{"outlier", "far from the median", doubt{figures: from2001("10", "12", "11", "10", "12", "11", "10", "19", "11", "12")}, "indicator X 2008"},
		{"outlier", "not far enough", doubt{figures: from2001("10", "12", "11", "10", "12", "11", "10", "15", "11", "12")}, ""},
		{"outlier", "seven values", doubt{figures: from2001("10", "12", "11", "10", "19", "11", "12")}, ""},
		{"outlier", "summers", doubt{indicator: monthly, figures: threeSummers("11")}, ""},
		{"outlier", "a summer in October", doubt{indicator: monthly, figures: threeSummers("31")}, "indicator X 2024-10"},

		{"jump", "of a rising series", doubt{figures: from2001("10", "12", "13", "15", "16", "18", "19", "21", "40", "24")}, "indicator X 2009"},
		{"jump", "within what it is used to", doubt{figures: from2001("10", "12", "13", "15", "16", "18", "19", "21", "23", "24")}, ""},
		{"jump", "eight values", doubt{figures: from2001("10", "12", "13", "15", "16", "18", "40", "41")}, ""},
		{"jump", "growth by a constant rate", doubt{figures: from2001("1", "2", "4", "8", "16", "32", "64", "128", "256", "512", "1024", "2048")}, ""},
		{"jump", "over a gap", doubt{figures: figures("2001 10", "2002 12", "2003 13", "2004 15", "2005 16", "2006 18", "2007 19", "2008 21", "2009 22", "2019 38")}, ""},
		{"jump", "steps from one election to the next", doubt{figures: from2001("10", "10", "10", "15", "15", "15", "20", "20", "20", "25", "25", "25", "30", "30")}, ""},

		{"overdue", "the last day is over", doubt{indicator: Indicator{Frequency: Monthly, DueDays: pointer(15)}, figures: monthsOf(2026, "1", "2"), on: "2026-04-16"}, "indicator X 2026-03"},
		{"overdue", "the last day", doubt{indicator: Indicator{Frequency: Monthly, DueDays: pointer(15)}, figures: monthsOf(2026, "1", "2"), on: "2026-04-15"}, ""},

		{"provisional_long", "a year and a day", doubt{figures: provisional(from2001("5")), known: []string{"2025-10-30"}}, "indicator X 2001"},
		{"provisional_long", "a year", doubt{figures: provisional(from2001("5")), known: []string{"2025-10-31"}}, ""},
		{"provisional_long", "since an earlier version", doubt{figures: provisional(from2001("4", "5")), known: []string{"2024-01-10", "2026-01-10"},
			input: QualityInput{Provisional: map[FigureKey]int{{Indicator: "X", Period: Year(2002)}: 1}}}, "indicator X 2002"},
		{"provisional_long", "a setting of two years", doubt{figures: provisional(from2001("5")), known: []string{"2025-06-01"},
			definition: func(d *Definitions) { d.Settings = append(d.Settings, Setting{"provisional_days", "730"}) }}, ""},

		{"target_edited", "in its own row", doubt{input: editedOpen, definition: rowOpen, known: two}, "indicator X 2030"},
		{"target_edited", "only its zeros", doubt{input: sameAgain, definition: rowSame, known: two}, ""},
		{"target_edited", "decided anew beside it", doubt{definition: decided("2030", "2020-01-01", "2025-01-01"), known: two}, ""},
		{"target_moved_late", "in its own row", doubt{input: editedLate, definition: rowLate, known: two}, "indicator X 2020"},
		{"target_moved_late", "decided anew a day after", doubt{definition: decided("2020", "2016-01-01", "2021-01-01"), known: two}, "indicator X 2020"},
		{"target_moved_late", "decided anew on its last day", doubt{definition: decided("2020", "2016-01-01", "2020-12-31"), known: two}, ""},
		{"base_year_moved", "to another year", doubt{input: movedBase, definition: rowBase, known: two}, "framework plan2016"},
		{"base_year_moved", "the same year", doubt{input: sameBase, definition: rowSameBase, known: two}, ""},
		{"baseline_moved", "to another year", doubt{input: movedBaseline, definition: rowMoved, known: two}, "indicator X 2018"},
		{"baseline_moved", "the same year", doubt{input: sameBaseline, definition: rowStayed, known: two}, ""},

		{"duplicate_funding", "under another reference", doubt{definition: paid("R-2", "2025-01-01")}, "action A1"},
		{"duplicate_funding", "on another day", doubt{definition: paid("R-2", "2025-01-02")}, ""},

		{"action_outside", "begun a day too late", doubt{definition: actionOf("2021-01-01", "2022-12-31", "plan2016:3.2")}, "action A1"},
		{"action_outside", "begun on the last day", doubt{definition: actionOf("2020-12-31", "2022-12-31", "plan2016:3.2")}, ""},
		{"action_outside", "over before it began", doubt{definition: actionOf("2014-01-01", "2015-12-31", "plan2016:3|plan2016:3.2")}, "action A1"},

		{"illustrative_mixed", "one of two", doubt{definition: invented(true)}, "group 2"},
		{"illustrative_mixed", "none", doubt{definition: invented(false)}, ""},

		{"stale", "older than three years", doubt{figures: from2001("5"), on: "2005-01-31"}, "indicator X 2001"},
		{"stale", "three years old", doubt{figures: from2001("5"), on: "2004-12-31"}, ""},

		{"missing", "one of nine", doubt{figures: figures("2001 1", "2002 1", "2003 1", "2004 1", "2005 1", "2006 1", "2007 1", "2009 1")}, "indicator X 2008"},
		{"missing", "declared missing", doubt{figures: figures("2001 1", "2002 1", "2003 1", "2004 1", "2005 1", "2006 1", "2007 1", "2008 O", "2009 1")}, ""},
		{"missing", "a survey every other year", doubt{figures: figures("2001 1", "2003 1", "2005 1", "2007 1", "2009 1", "2011 1", "2013 1", "2015 1")}, ""},
		{"missing", "before a break", doubt{figures: figures("1999 1", "2001 1B", "2002 1", "2003 1", "2004 1", "2005 1", "2006 1", "2007 1", "2008 1", "2009 1")}, ""},
	} {
		t.Run(tt.rule+"/"+tt.name, func(t *testing.T) {
			if got := strings.Join(tt.doubt.of(tt.rule), "; "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func yearOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func pointer(n int) *int { return &n }
