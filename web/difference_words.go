package web

import (
	"math"
	"slices"
	"strings"

	"jalon/indicators"
)

// A telling says in sentences what moved between two pictures: that of the view, which is the
// later one, and one of before.
type telling struct {
	*view
	then *indicators.Picture
}

// explain says in one sentence what became of an assessment, and by what: "Passe de « À
// surveiller » à « En bonne voie » : +6 points, dont +4 par la valeur d’octobre 2026, +2 par
// la révision de 2025 ; la cible n’a pas changé." It is plain text, in which numbers keep
// their direction.
func (t telling) explain(e *indicators.Explanation) string {
	clauses := []string{t.moved(e)}
	if e.Before != nil && e.After != nil {
		clauses = append(clauses, t.turnedBy(e), t.expected(e), t.aimed(e))
	}
	text := ""
	for _, clause := range clauses {
		switch {
		case text == "":
			text = clause
		case clause != "":
			text = t.l.T("difference.clause", text, clause)
		}
	}
	return text + "."
}

// moved is the status before and after, and the points with their causes.
func (t telling) moved(e *indicators.Explanation) string {
	head := t.turn(e)
	whole, points, decimals, known := pointsOf(e)
	if !known {
		if len(e.Parts) == 0 || !t.inBoth(e) {
			return head
		}
		return t.l.T("difference.by", head, t.list(e.Parts, func(n int) string { return t.by(e, e.Parts[n].Cause) }))
	}
	shown, mixed := e.Parts[:0:0], false
	var each []int64
	for n, p := range e.Parts {
		if points[n] != 0 {
			shown, each = append(shown, p), append(each, points[n])
			mixed = mixed || (points[n] < 0) != (whole < 0)
		}
	}
	so := t.l.T("difference.unmoved")
	if whole != 0 {
		so = t.points(whole, decimals)
	}
	switch {
	case len(shown) == 1:
		so = t.l.T("difference.by", so, t.by(e, shown[0].Cause))
	case len(shown) > 1:
		key := "difference.of_which"
		if mixed {
			key = "difference.that_is"
		}
		so = t.l.T(key, so, t.list(shown, func(n int) string {
			return t.l.T("difference.by", t.signed(each[n], decimals), t.by(e, shown[n].Cause))
		}))
	}
	return t.l.T("difference.whole", head, so)
}

// pointsOf is the points of an explanation at the precision at which they are told: whole ones,
// unless so little moved, or a part of it, that a decimal is needed to see it.
func pointsOf(e *indicators.Explanation) (whole int64, parts []int64, decimals int, known bool) {
	whole, parts, known = e.Points(0)
	tenths, fine, _ := e.Points(1)
	small := func(x int64) bool { return x != 0 && abs(x) < 10 }
	if known && (small(tenths) || slices.ContainsFunc(fine, small)) {
		return tenths, fine, 1, known
	}
	return whole, parts, 0, known
}

func (t telling) turn(e *indicators.Explanation) string {
	status := func(a *indicators.Assessment) string { return t.l.Quoted(t.l.T("status." + string(a.Status))) }
	switch {
	case e.Before == nil && !t.inBoth(e):
		return t.l.T("difference.entered", status(e.After))
	case e.Before == nil:
		return t.l.T("difference.begun", status(e.After))
	case e.After == nil && !t.inBoth(e):
		return t.l.T("difference.left", status(e.Before))
	case e.After == nil:
		return t.l.T("difference.ended", status(e.Before))
	case e.Turns():
		return t.l.T("difference.turned", status(e.Before), status(e.After))
	}
	return t.l.T("difference.stays", status(e.After))
}

func (t telling) inBoth(e *indicators.Explanation) bool {
	return t.then.Indicator(e.Indicator) != nil && t.p.Indicator(e.Indicator) != nil
}

func (t telling) list(parts []indicators.Part, word func(n int) string) string {
	words := make([]string, len(parts))
	for n := range parts {
		words[n] = word(n)
	}
	return strings.Join(words, t.l.T("text.comma"))
}

func (t telling) signed(units int64, decimals int) string {
	return t.l.Isolate(t.l.Signed(float64(units)/math.Pow10(decimals), decimals))
}

// points writes a number of points with its sign, in the form that the number asks for.
func (t telling) points(units int64, decimals int) string {
	size := math.Abs(float64(units)) / math.Pow10(decimals)
	form := int(size)
	if t.l.Code != "fr" && float64(form) != size {
		form = 100 // a broken number is no plain plural: French alone has the form of its whole part
	}
	return t.l.N("difference.points", form, t.signed(units, decimals))
}

// by names a cause, as it stands behind what it did.
func (t telling) by(e *indicators.Explanation, cause indicators.Cause) string {
	switch cause {
	case indicators.TargetCause:
		return t.byTarget(e)
	case indicators.RevisionCause:
		return t.byValues(e, "difference.by.revision", indicators.RevisedValue, indicators.WithdrawnValue, indicators.RestatedValue)
	case indicators.PeriodCause:
		return t.byValues(e, "difference.by.period", indicators.NewValue)
	}
	return t.l.T("difference.by." + string(cause))
}

// byValues names the values by their number, and one alone, or the last of the new ones, by
// its period. A value that was withdrawn, and no other, is named as such.
func (t telling) byValues(e *indicators.Explanation, key string, kinds ...indicators.ValueKind) string {
	var values []indicators.ValueChange
	withdrawn := true
	for _, c := range e.Values {
		if slices.Contains(kinds, c.Kind) {
			values = append(values, c)
			withdrawn = withdrawn && c.Kind == indicators.WithdrawnValue
		}
	}
	if len(values) == 0 {
		return t.l.T(key)
	}
	if withdrawn {
		key = "difference.by.withdrawal"
	}
	last := values[len(values)-1].Period
	if len(values) == 1 {
		return t.l.T(key+".single", t.ofPeriod(last))
	}
	return t.l.N(key, len(values), t.l.Isolate(string(t.period(last))))
}

// ofPeriod writes a period in the genitive: "d’octobre 2026", "du 1er trimestre 2026".
func (t telling) ofPeriod(p indicators.Period) string {
	kind := "year"
	switch month := p.StartMonth()%12 + 1; {
	case p.Months() == 1 && slices.Contains([]int{4, 8, 10}, month):
		kind = "vowel" // avril, août, octobre
	case p.Months() == 1:
		kind = "month"
	case p.Months() < 12:
		kind = "part"
	}
	return string(t.worded("difference.of."+kind, string(t.period(p))))
}

// byTarget names what is asked for: the target from what to what, or the baseline, or only
// that there is another.
func (t telling) byTarget(e *indicators.Explanation) string {
	switch was, is := t.ends(e); {
	case e.Before == nil || e.After == nil:
	case was == "" && is != "":
		return t.l.T("difference.by.target.new", t.l.Isolate(is))
	case was != "" && is == "":
		return t.l.T("difference.by.target.gone", t.l.Isolate(was))
	case was != is:
		return t.l.T("difference.by.target.moved", t.l.Isolate(was), t.l.Isolate(is))
	case e.Before.Baseline.Given && e.After.Baseline.Given && e.Before.Baseline.Value != e.After.Baseline.Value:
		i := t.p.Indicator(e.Indicator)
		return string(t.worded("difference.by.baseline", string(t.optional(i, e.Before.Baseline.Value)), string(t.optional(i, e.After.Baseline.Value))))
	}
	return t.l.T("difference.by.target")
}

// ends are the targets before and after, with their periods where these differ.
func (t telling) ends(e *indicators.Explanation) (was, is string) {
	i, before, after := t.p.Indicator(e.Indicator), t.then.Indicator(e.Indicator), e.Before.Target
	was, is = string(t.target(before, &after)), string(t.target(i, &e.After.Target))
	if e.Before.Target.Period != e.After.Target.Period && was != "" && is != "" {
		was = string(t.worded("difference.aim", was, string(t.period(e.Before.Target.Period))))
		is = string(t.worded("difference.aim", is, string(t.period(e.After.Target.Period))))
	}
	return was, is
}

// turnedBy tells which cause gave the other status, where that does not go without saying: it
// is not the one that moved most.
func (t telling) turnedBy(e *indicators.Explanation) string {
	turning, most := -1, -1
	_, points, _, known := pointsOf(e)
	for n, p := range e.Parts {
		switch {
		case p.Turns() && turning >= 0:
			return "" // more than one did
		case p.Turns():
			turning = n
		}
		if known && points[n] != 0 && (most < 0 || abs(points[n]) > abs(points[most])) {
			most = n
		}
	}
	if !known || turning < 0 || turning == most || !e.Turns() {
		return ""
	}
	return t.l.T("difference.turned_by", t.by(e, e.Parts[turning].Cause))
}

func abs(x int64) int64 { return max(x, -x) }

// expected tells of a way that is asked for faster than it is gone: why a status can become
// worse while the indicator comes forward.
func (t telling) expected(e *indicators.Explanation) string {
	was, is := t.share(e.Before.Expected), t.share(e.After.Expected)
	if !e.Turns() || was == "" || is == "" || was == is {
		return ""
	}
	return string(t.worded("difference.expected", string(was), string(is)))
}

// aimed tells that the target is the same, or which it is now where no cause has told so.
func (t telling) aimed(e *indicators.Explanation) string {
	_, points, _, known := pointsOf(e)
	was, is := t.ends(e)
	byTarget := slices.IndexFunc(e.Parts, func(p indicators.Part) bool { return p.Cause == indicators.TargetCause })
	switch {
	case was == "" || is == "", !known:
		return ""
	case was == is:
		return t.l.T("difference.same_target")
	case byTarget >= 0 && points[byTarget] != 0:
		return ""
	}
	return t.l.T("difference.other_target", t.l.Isolate(was), t.l.Isolate(is))
}
