package indicators

// Used lists the figures that the status of an assessment rests on, by period: those
// of its base and of its latest value, and what is summed up or averaged in them; of
// methods that follow a trend, those of the trend.
func (a *Assessment) Used() []Figure {
	if a.lazy == nil || a.rule == nil {
		return nil
	}
	j := newJudge(a.lazy.ds, a.AsOf)
	target := inForce(a.goal.finals, a.AsOf.Date)
	known := j.known(a.goal, target)
	var periods []Period
	if a.Latest.Value.Valid {
		periods = append(periods, a.Latest.Period)
	}
	if a.Baseline.Value.Valid && !a.Baseline.Given && !a.Baseline.FromZero() {
		periods = append(periods, a.Baseline.Period)
	}
	if a.trendFrom > 0 {
		j.yearly.read(&known, nil)
		for n, from := range j.yearly.from {
			if j.yearly.readings[n].Year >= a.trendFrom {
				periods = append(periods, from.Period)
			}
		}
	}
	var used []Figure
	for n := range known.figures {
		f := &known.figures[n]
		for _, p := range periods {
			if known.counts(f) && (p == f.Period || p.Months() > known.months && p.Contains(f.Period)) {
				used = append(used, *f)
				break
			}
		}
	}
	return used
}

// Evidence is how much is known about an assessment: the first and the last period of
// the values that count, and their number.
func (ds *Dataset) Evidence(a *Assessment) (first, last Period, count int) {
	if a.lazy == nil {
		return 0, 0, 0
	}
	j := newJudge(ds, a.AsOf)
	known := j.known(a.goal, inForce(a.goal.finals, a.AsOf.Date))
	for n := range known.figures {
		f := &known.figures[n]
		if !known.counts(f) {
			continue
		}
		if count == 0 {
			first = f.Period
		}
		last = f.Period
		count++
	}
	return first, last, count
}
