package indicators

import (
	"cmp"
	"slices"
)

// A Fall is a value of a cumulative indicator that is below the value of an earlier
// period, with nothing to say that a new count begins: one of the two is most likely
// wrong.
type Fall struct {
	Earlier      Period
	EarlierValue Decimal
	Later        Period
	LaterValue   Decimal
}

// ofLater is the sentence for the later value, that of the row it is told at.
func (f *Fall) ofLater() Sentence {
	return Say("%s of %s is below %s of %s, and a cumulative value never falls: correct the value, or write B in obs_status if a new count begins here",
		f.LaterValue, f.Later, f.EarlierValue, f.Earlier)
}

// ofEarlier is the sentence for the earlier value, where the later one was there before.
func (f *Fall) ofEarlier() Sentence {
	return Say("%s of %s is above %s of %s, and a cumulative value never falls: correct the value, or write B in obs_status of %s if a new count begins there",
		f.EarlierValue, f.Earlier, f.LaterValue, f.Later, f.Later)
}

// falls are the values below that of the newest period which ended before, unless a new
// count has begun between the two, by period.
func (s *series) falls() []Fall {
	var run []*Figure
	var all []Fall
	for n := range s.figures {
		f := &s.figures[n]
		if f.Status == "B" && f.Period.EndMonth() <= s.limit {
			all = append(all, fallsOf(run)...)
			run = run[:0]
		}
		if s.counts(f) {
			run = append(run, f)
		}
	}
	return append(all, fallsOf(run)...)
}

// fallsOf are the falls of one count.
func fallsOf(run []*Figure) []Fall {
	slices.SortStableFunc(run, func(a, b *Figure) int { return cmp.Compare(a.Period.EndMonth(), b.Period.EndMonth()) })
	var all []Fall
	first := 0 // of those that end together
	for n, f := range run {
		if n > 0 && f.Period.EndMonth() > run[n-1].Period.EndMonth() {
			first = n
		}
		if first == 0 {
			continue
		}
		if before := run[first-1]; f.Value.Less(before.Value) {
			all = append(all, Fall{before.Period, before.Value, f.Period, f.Value})
		}
	}
	return all
}

// partialFalls are the values of a part of a period that are below that of the newest
// whole period which ended before, unless a new count has begun between the two.
func (s *series) partialFalls() []Fall {
	var all []Fall
	for n := range s.figures {
		f := &s.figures[n]
		if !f.Partial || !f.Value.IsSet() || f.Period.EndMonth() > s.limit {
			continue
		}
		var before *Figure
		begun := 0 // the month in which the newest count so far does
		for k := range s.figures {
			b := &s.figures[k]
			month := b.Period.EndMonth()
			if b.Status == "B" && month <= f.Period.EndMonth() {
				begun = max(begun, month)
			}
			if s.counts(b) && month < f.Period.EndMonth() && (before == nil || month >= before.Period.EndMonth()) {
				before = b
			}
		}
		if before != nil && before.Period.EndMonth() >= begun && f.Value.Less(before.Value) {
			all = append(all, Fall{before.Period, before.Value, f.Period, f.Value})
		}
	}
	return all
}
