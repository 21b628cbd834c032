package indicators

import "jalon/indicators/progress"

// A judge assesses goals on one day. It holds what would else be allocated for
// each of them.
type judge struct {
	ds    *Dataset
	book  rulebook
	asOf  AsOf
	month int // months over by the day

	c       progress.Case
	inForce []*Target
	path    []progress.Point
	yearly  yearly
	asked   int // month up to which a sum with gaps is asked for; 0: up to its latest value

	staleYears, stalePeriods int
}

func newJudge(ds *Dataset, asOf AsOf) *judge {
	j := &judge{ds: ds, book: ds.rules.book, asOf: asOf, month: asOf.Date.monthsOver()}
	j.staleYears, j.stalePeriods = ds.StaleAfter()
	return j
}

func (j *judge) assess(g *goal, a *Assessment) {
	i := g.indicator
	*a = Assessment{
		goal: g, lazy: a.lazy,
		Indicator: i.Code, Breakdown: g.breakdown, Actions: i.Actions, Groups: g.groups,
		Framework: Optional(g.frameworkCode()), Results: g.results, AsOf: j.asOf, Rules: j.book.edition,
	}
	target := inForce(g.finals, j.asOf.Date)
	rule := j.ds.rules.standIn(g.rule, g.ownRule, i, target)
	if rule == nil { // nothing is judged by guess
		j.fill(g, target, false, a)
		a.Method.Code = string(j.ds.rules.choiceOf(i, g.framework))
		a.Status, a.Reason = progress.NotAssessable, progress.UnknownMethod
		return
	}
	a.rule = rule
	a.Method.Code, a.Method.Version, a.Method.Options = rule.Code, rule.Version, rule.Options
	j.fill(g, target, rule.Yearly, a)
	v := rule.Judge(&j.c)
	a.Status, a.Reason = v.Status, v.Reason
	a.Method.Category, a.Method.Value, a.Method.Score = Optional(v.Category), v.Value, v.Score
	shares := v.Verdict
	if rule.Yearly {
		shares = progress.AchievementRate(j.c, progress.DefaultAchievement())
	}
	a.trendFrom = v.TrendFrom
	if v.HasBase {
		from := j.yearly.at(v.Base.Year)
		a.start = Baseline{from.Period, from.Value, false, from.month}
		if !a.Baseline.Value.Valid {
			a.Baseline = a.start
		}
	}
	a.Achievement, a.Expected, a.ExpectedValue, a.OnSchedule = shares.Achievement, shares.Expected, shares.ExpectedValue, shares.OnSchedule
	if v.Reason == progress.NoValue && target != nil && j.notBegun(g, target, i) {
		a.Reason = progress.NotStarted
	}
	a.Pace = pace(&j.c)
}

// fill makes the case of a goal, and shows in the assessment what it reads.
func (j *judge) fill(g *goal, target *Target, byYear bool, a *Assessment) {
	i, c := g.indicator, &j.c
	*c = progress.Case{Direction: direction(i), HasTarget: target != nil, Stale: true, Scale: i.whole(), Stages: j.book.stages && i.Staged()}
	if target != nil {
		a.Target = Aim{target.Period, target.Value, target.Low, target.High, target.Comparison, target.Source}
		c.Target, c.Over = aim(target), target.Period.EndMonth() <= j.month
	}
	c.Milestones = j.milestones(g)
	j.asked = 0
	known := j.known(g, target)
	if byYear {
		j.byYear(g, target, &known, a)
	} else {
		j.byPath(g, target, &known, a)
	}
	if a.Latest.Value.Valid {
		c.Latest, c.HasLatest = progress.Point{Month: a.Latest.month, Value: a.Latest.Value.Value}, true
		if j.asked > 0 {
			c.Latest.Month = j.asked
		}
		a.Stale = j.stale(a.Latest.month, i.Frequency) && !c.Final
		c.Stale = a.Stale
	}
	if a.Baseline.Value.Valid {
		c.Baseline, c.HasBaseline = progress.Point{Month: a.Baseline.month, Value: a.Baseline.Value.Value}, true
	}
}

// byPath fills in what the achievement rate reads: the value held against the path
// from the baseline in force.
func (j *judge) byPath(g *goal, target *Target, known *series, a *Assessment) {
	i, c := g.indicator, &j.c
	if target == nil {
		a.Latest = known.newest()
		return
	}
	gathered := j.book.gathers(target.Period, i)
	var covered float64
	a.Latest, covered = known.judged(target.Period, gathered, j.ratio(i))
	a.Baseline = j.baseline(g, target, *known)
	c.Broken = known.brokenFrom > 0 && (a.Baseline.Given && a.Baseline.month <= known.brokenFrom ||
		(gathered || a.Baseline.FromZero()) && known.earlier && known.brokenFrom > target.Period.StartMonth())
	c.Final, c.Partial = covered == 1, gathered && covered < 1
	c.Averaged = gathered && i.Accumulation == Level
	if c.Partial && !c.Averaged && !c.Target.Range {
		scale(c, a, covered)
	}
	if j.book.gaps && gathered && i.Accumulation == Flow && a.Baseline.FromZero() && a.Latest.Value.Valid {
		if had := target.Period.StartMonth() + known.monthsIn(target.Period); had < a.Latest.month {
			j.asked = had
		}
	}
}

// byYear fills in what the yearly methods read: a reading a year, the base among them.
func (j *judge) byYear(g *goal, target *Target, known *series, a *Assessment) {
	i, c, y := g.indicator, &j.c, &j.yearly
	y.read(known, j.ratio(i))
	c.Course = progress.Course{
		Series: y.readings, Direction: c.Direction, BaseYear: j.baseYear(g, y),
		Target: c.Target, HasTarget: c.HasTarget, Early: y.early,
	}
	switch {
	case j.book.stages && i.Staged():
		c.Off = progress.NotMeasured
	case target != nil && !j.book.asksOne(target.Period, i):
		c.Off = progress.SpanTarget
	}
	last, some := c.Course.Series.Last()
	if !some {
		return
	}
	a.Latest = y.at(last.Year)
	c.Final = target != nil && a.Latest.month == target.Period.EndMonth()
	if base, found := c.Course.Base(); found {
		from := y.at(base.Year)
		a.Baseline = Baseline{from.Period, from.Value, false, from.month}
	}
}

// baseYear is the framework's, 2015 for the SDGs, the year of the baseline in force,
// else the first there is.
func (j *judge) baseYear(g *goal, y *yearly) int {
	switch row := inForce(g.baselines, j.asOf.Date); {
	case g.framework != nil && g.framework.Baseline != nil:
		return *g.framework.Baseline
	case g.framework != nil && g.framework.Kind == "sdg":
		return 2015
	case row != nil:
		return row.Period.Year()
	case len(y.readings) > 0:
		return y.readings[0].Year
	}
	return progress.FirstYear
}

// ratio is the indicator if its values of several periods unite as a ratio of sums.
func (j *judge) ratio(i *Indicator) ratioOf {
	if j.book.sums && i.isQuotient() {
		return i
	}
	return nil
}

// whole is what values between nothing and a whole are shares of: 100 of a percentage.
// 0: they are no shares.
func (i *Indicator) whole() float64 {
	if low, high := i.Bounds(); low.IsSet() && high.IsSet() && low.Float() == 0 && !i.Staged() {
		return high.Float()
	}
	return 0
}

// scale makes a sum so far comparable: with the sum of another period by its pace,
// and, where it must stay below the target, with the part of it that it may be by now.
func scale(c *progress.Case, a *Assessment, covered float64) {
	switch {
	case a.Baseline.Given && a.Baseline.Value.Value != 0:
		c.Covered = covered
	case a.Baseline.Value.Value == 0 && !c.Target.Upward(c.Direction):
		c.Ceiling = covered
	default:
		return
	}
	a.Latest.Covered = progress.Num(covered)
}

// milestones are the points of the path in force on the day, by month.
func (j *judge) milestones(g *goal) []progress.Point {
	j.inForce = g.milestonesOn(j.asOf.Date, j.inForce[:0])
	j.path = j.path[:0]
	for _, t := range j.inForce {
		j.path = append(j.path, progress.Point{Month: t.Period.EndMonth(), Value: t.Value.Float()})
	}
	return j.path
}

// stale tells whether a value is too old on the day: older than three years (yearly
// figures) or two periods (all others), unless the programme sets other ages.
func (j *judge) stale(month int, frequency Frequency) bool {
	limit := j.stalePeriods * frequency.Months()
	if frequency == Yearly {
		limit = 12 * j.staleYears
	}
	return firstOf(month+limit) <= j.asOf.Date
}

func (j *judge) notBegun(g *goal, target *Target, i *Indicator) bool {
	return j.book.gathers(target.Period, i) && target.Period.Start() > j.asOf.Date ||
		g.framework != nil && Year(g.framework.Start).Start() > j.asOf.Date
}
