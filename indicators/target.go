package indicators

// A Target is a baseline, a milestone on the way or a final target of an
// indicator, for a framework or, without one, its own.
type Target struct {
	Indicator  string    `db:"indicator" json:"indicator"`
	Kind       string    `db:"kind" json:"kind"` // one of TargetKinds
	Period     Period    `db:"period" json:"period"`
	Value      Decimal   `db:"value" json:"value"` // or Low and High
	Low        Decimal   `db:"low" json:"low"`
	High       Decimal   `db:"high" json:"high"`
	Comparison Optional  `db:"comparison" json:"comparison"` // makes it a threshold
	Framework  Optional  `db:"framework" json:"framework"`
	Decided    Date      `db:"decided" json:"decided"` // when announced; absent: the changeset's day
	Source     Optional  `db:"source" json:"source"`
	Note       Optional  `db:"note" json:"note"`
	Breakdown  Breakdown `db:"breakdown" json:"breakdown"`
	Since      int       `db:"since" json:"changeset"` // changeset that made it known
}

// The kinds of rows in the table of targets.
const (
	BaselineKind  = "baseline"
	MilestoneKind = "milestone"
	TargetKind    = "target"
)

// TargetKinds lists them.
func TargetKinds() []string { return []string{BaselineKind, MilestoneKind, TargetKind} }

// Comparisons lists how a value is held against a threshold.
func Comparisons() []string { return []string{"at_least", "at_most", "above", "below"} }

// IsRange tells whether the target is a band from Low to High.
func (t *Target) IsRange() bool { return t.Low.IsSet() && t.High.IsSet() }

// bounds are the value twice, or the band of a range.
func (t *Target) bounds() (low, high Decimal) {
	if t.IsRange() {
		return t.Low, t.High
	}
	return t.Value, t.Value
}

func (c *checker) targets() {
	baselines, finals := map[goalKey][]*Target{}, map[goalKey][]*Target{}
	for n := range c.d.Targets {
		t := &c.d.Targets[n]
		c.row("targets", t.EntryKey())
		c.required("indicator", t.Indicator)
		refers(c, "indicator", "indicators", t.Indicator, c.index.indicators)
		refers(c, "framework", "frameworks", string(t.Framework), c.index.frameworks)
		c.oneOf("kind", t.Kind, TargetKinds())
		c.optional("comparison", t.Comparison, Comparisons())
		if i, found := c.index.indicators[t.Indicator]; found {
			c.targetValue(t, i)
		}
		switch at := t.goal(); t.Kind {
		case BaselineKind:
			baselines[at] = append(baselines[at], t)
		case TargetKind:
			for _, other := range finals[at] {
				if other.Decided == t.Decided {
					c.fault("period", "%s already has a final target for %s: earlier ones are milestones; one announced later has another day in decided", t.Indicator, other.Period)
				}
			}
			finals[at] = append(finals[at], t)
		}
	}
	for n := range c.d.Targets {
		if t := &c.d.Targets[n]; t.Kind == TargetKind {
			c.row("targets", t.EntryKey())
			at := t.goal()
			rows := baselines[at]
			if at.framework = ""; len(rows) == 0 {
				rows = baselines[at] // one without framework serves those that have none
			}
			c.side(t, t.baseline(rows))
		}
	}
}

// A goalKey is what a row of targets is about: one final target for each.
type goalKey struct {
	indicator string
	framework Optional
	breakdown Breakdown
}

func (t *Target) goal() goalKey { return goalKey{t.Indicator, t.Framework, t.Breakdown} }

// baseline is the one of several that a final target was set against: the newest
// that had been decided by then, else the first of the later ones.
func (t *Target) baseline(rows []*Target) *Target {
	var known, later *Target
	for _, b := range rows {
		if t.Decided != 0 && b.Decided > t.Decided {
			if later == nil || b.Decided < later.Decided {
				later = b
			}
		} else if known == nil || b.Decided >= known.Decided {
			known = b
		}
	}
	if known == nil {
		return later
	}
	return known
}

func (c *checker) targetValue(t *Target, i *Indicator) {
	switch {
	case t.Value.IsSet() == (t.Low.IsSet() || t.High.IsSet()) || t.Low.IsSet() != t.High.IsSet():
		c.fault("value", "give a value, or low and high for a range")
		return
	case t.IsRange() && !t.Low.Less(t.High):
		c.fault("high", "%s is not above low, %s: correct one of them", t.High, t.Low)
	case t.IsRange() && t.Kind != TargetKind:
		c.fault("low", "only a target can be a range: give this %s one value", t.Kind)
	case t.IsRange() && t.Comparison != "":
		c.fault("comparison", "a range is reached between low and high: leave the cell empty")
	}
	switch {
	case t.Period == 0:
		c.required("period", "")
	case t.Period.Months() < i.Frequency.Months():
		c.fault("period", "%s is shorter than the %s by which %s is reported: write a longer period", t.Period, i.Frequency, i.Code)
	}
	low, high := t.bounds()
	least, most := i.Bounds()
	if i.Accumulation == Flow && t.Period.Months() > i.Frequency.Months() {
		most = Decimal{} // the bounds are those of one period, the target a sum
		if least.Less(Decimal{}) {
			least = Decimal{}
		}
	}
	if least.IsSet() && low.Less(least) || most.IsSet() && most.Less(high) {
		c.fault("value", "lies outside what %s can be, %s: correct the value, or min and max of the indicator", i.Code, boundsWords(least, most))
	}
	if i.Staged() && !t.Period.IsSpan() && !t.Value.isWhole() {
		c.newFault("value", "%s lies between two levels of %s, of which there are only whole ones: write a whole number", t.Value, i.Code)
	}
	if column, message := c.index.checkBreakdown(t.Breakdown, i); !message.IsZero() {
		c.lacks(column, "categories "+c.index.uncategorised(t.Breakdown), message)
	}
}

// side refuses a target that the baseline rules out: no later, equal, or on the side
// from which the indicator is wanted to move away. A written comparison makes it
// a threshold, of which only the level is judged.
func (c *checker) side(t, baseline *Target) {
	i, found := c.index.indicators[t.Indicator]
	if found && baseline != nil && t.Period != 0 && t.Period.EndMonth() <= baseline.Period.EndMonth() {
		c.fault("period", "%s does not end after the baseline's, %s: correct one of the two", t.Period, baseline.Period)
	}
	if !found || baseline == nil || t.IsRange() || t.Comparison != "" || i.Direction == Maintain || !baseline.Value.IsSet() || !t.Value.IsSet() {
		return
	}
	b, v := baseline.Value, t.Value
	switch {
	case b.Equal(v):
		c.fault("value", "equals the baseline, %s: correct one of them, or make the direction of %s maintain", b, i.Code)
	case v.Less(b) == (i.Direction == Increase):
		c.fault("value", "%s lies on the wrong side of the baseline, %s, for an indicator to %s: correct one of them, or write a comparison (at_least, at_most, above, below) to make it a threshold", v, b, i.Direction)
	}
}

func boundsWords(low, high Decimal) Sentence {
	switch {
	case !high.IsSet():
		return Say("at least %s", low)
	case !low.IsSet():
		return Say("at most %s", high)
	}
	return Say("%s to %s", low, high)
}
