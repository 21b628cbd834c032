package indicators

import "jalon/indicators/progress"

// gathers tells whether a target asks for the figures of its whole period
// together: a span of years, or a flow over a period longer than the figures'.
func (r rulebook) gathers(target Period, i *Indicator) bool {
	if r.stages && i.Staged() {
		return false // reached or not: the last one tells
	}
	longer := target.Months() > i.Frequency.Months()
	return longer && (i.Accumulation == Flow || target.IsSpan() && i.Accumulation == Level)
}

// asksOne tells whether a target asks for one of the values that are read year by year,
// and not for the sum or mean of several.
func (r rulebook) asksOne(target Period, i *Indicator) bool {
	if i.Accumulation == Flow && target.Months() >= 12 {
		return target.Months() == 12
	}
	return !r.gathers(target, i)
}

func pace(c *progress.Case) Pace {
	var p Pace
	if c.Stages || c.Broken {
		return p
	}
	if months := c.Latest.Month - c.Baseline.Month; c.HasBaseline && c.HasLatest && months > 0 && !c.Averaged && c.Covered == 0 {
		p.Annual = progress.Num((c.Latest.Value - c.Baseline.Value) * 12 / float64(months))
	}
	if months := c.Target.Month - c.Latest.Month; c.HasTarget && c.HasLatest && months > 0 && !c.Target.Range && !c.Averaged {
		p.Required = progress.Num((c.Target.Value - c.Latest.Value) * 12 / float64(months))
	}
	return p
}

func direction(i *Indicator) progress.Direction {
	switch i.Direction {
	case Increase:
		return progress.Increase
	case Decrease:
		return progress.Decrease
	}
	return progress.Maintain
}

func aim(t *Target) progress.Target {
	return progress.Target{
		Month: t.Period.EndMonth(), Value: t.Value.Float(), Low: t.Low.Float(), High: t.High.Float(),
		Range: t.IsRange(), Comparison: progress.Comparison(t.Comparison),
	}
}
