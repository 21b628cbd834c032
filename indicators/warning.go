package indicators

import "jalon/indicators/progress"

// A Warning is a doubt about the figures behind an assessment.
type Warning string

// The warnings.
const (
	CumulativeFell   Warning = "cumulative_fell"    // a total since the start is below an earlier one
	BaselineSetLate  Warning = "baseline_set_later" // the baseline became known after the target was set
	BreakInSeries    Warning = "break"              // values before a break in series are left out
	NominalAmounts   Warning = "nominal_amounts"    // amounts of money are compared as given, not corrected for prices
	WorsePart        Warning = "worse_part"         // a part of the whole does worse than the whole
	PartialLeftOut   Warning = "partial_left_out"   // figures of periods that are not whole are left out
	TargetWasChanged Warning = "target_changed"     // another target had been announced before
	FewValues        Warning = "few_values"         // a trend of two values, which may be chance
	PeriodsMissing   Warning = "periods_missing"    // a sum or mean lacks periods up to its newest value
)

// Warnings lists them.
func Warnings() []Warning {
	return []Warning{CumulativeFell, BaselineSetLate, BreakInSeries, NominalAmounts, WorsePart, PartialLeftOut, TargetWasChanged, FewValues, PeriodsMissing}
}

// Warnings lists the doubts about an assessment, never nil.
func (a *Assessment) Warnings() []Warning {
	all := []Warning{}
	if a.lazy == nil {
		return all
	}
	ds, g := a.lazy.ds, a.goal
	i := g.indicator
	j := newJudge(ds, a.AsOf)
	target := inForce(g.finals, a.AsOf.Date)
	known := j.known(g, target)
	add := func(is bool, w Warning) {
		if is {
			all = append(all, w)
		}
	}
	add(i.Accumulation == Cumulative && len(known.falls()) > 0, CumulativeFell)
	add(a.Baseline.Given && setLate(inForceDated(g.baselines, a.AsOf.Date), inForceDated(g.finals, a.AsOf.Date)), BaselineSetLate)
	add(known.earlier, BreakInSeries)
	add(i.Kind == "amount", NominalAmounts)
	add(a.Breakdown.IsTotal() && j.worsePart(a), WorsePart)
	add(known.partial(), PartialLeftOut)
	add(target != nil && a.Rebased() != nil, TargetWasChanged)
	byYear := a.rule != nil && a.rule.Yearly
	add(byYear && a.Status != progress.NotAssessable && j.readingsFrom(a) == 2, FewValues)
	add(!byYear && target != nil && a.Latest.Value.Valid && j.book.gathers(target.Period, i) &&
		target.Period.StartMonth()+known.monthsIn(target.Period) < a.Latest.month, PeriodsMissing)
	return all
}

// readingsFrom counts the yearly readings from the base of an assessment on.
func (j *judge) readingsFrom(a *Assessment) int {
	var scratch Assessment
	j.fill(a.goal, inForce(a.goal.finals, a.AsOf.Date), true, &scratch)
	return len(j.c.Course.Series.From(j.c.Course.BaseYear))
}

// partial tells whether the newest figure is not of a whole period.
func (s *series) partial() bool {
	for n := len(s.figures) - 1; n >= 0; n-- {
		if f := &s.figures[n]; f.Period.StartMonth() < s.limit {
			return f.Partial
		}
	}
	return false
}

// setLate tells whether a baseline was set after the target that is judged from it: by
// their days where both have one, else by the changesets that made them known.
func setLate(baseline, target *dated) bool {
	switch {
	case baseline == nil || target == nil:
		return false
	case baseline.Decided != 0 && target.Decided != 0:
		return baseline.Decided > target.Decided
	}
	return baseline.Since > target.Since
}

// inForceDated is inForce with the day from which the row holds.
func inForceDated(rows []dated, day Date) *dated {
	t := inForce(rows, day)
	for n := range rows {
		if rows[n].Target == t && t != nil {
			return &rows[n]
		}
	}
	return nil
}

// worsePart tells whether the status of a part that has a target of its own is worse
// than that of the total.
func (j *judge) worsePart(total *Assessment) bool {
	if total.Status == progress.NotAssessable {
		return false
	}
	for n := range total.goal.family {
		g := &total.goal.family[n]
		if g.framework != total.goal.framework || g.breakdown.IsTotal() {
			continue
		}
		part := Assessment{lazy: total.lazy}
		j.assess(g, &part)
		if part.Status != progress.NotAssessable && part.Status.Index() > total.Status.Index() {
			return true
		}
	}
	return false
}

// A Rebasing is how the same figures stand against the target that was in force before.
type Rebasing struct {
	Target Aim
	Status progress.Status
	Reason progress.Reason
}

// Rebased is the judgement against the target announced before the one in force; nil
// where there was none, or none of another value.
func (a *Assessment) Rebased() *Rebasing {
	now := inForceDated(a.goal.finals, a.AsOf.Date)
	if now == nil || a.rule == nil {
		return nil
	}
	var before *dated
	for n := range a.goal.finals {
		t := &a.goal.finals[n]
		if t.holds(a.AsOf.Date) && t.from < now.from && (before == nil || t.from >= before.from) {
			before = t
		}
	}
	if before == nil || before.sameLevel(now.Target) && before.Period == now.Period {
		return nil
	}
	j := newJudge(a.lazy.ds, a.AsOf)
	var scratch Assessment
	j.fill(a.goal, before.Target, a.rule.Yearly, &scratch)
	v := a.rule.Judge(&j.c)
	return &Rebasing{scratch.Target, v.Status, v.Reason}
}
