package indicators

import (
	"math"
	"time"

	"jalon/indicators/progress"
)

// A Revision is what became of the value first published for a period.
type Revision struct {
	Period Period
	First  Figure
	On     Date // when it was first published
	// After are the values known one, three and twelve months after that day; not set where
	// that day is still to come, or there was none then.
	After  [3]Decimal
	Latest Decimal // not set where it was withdrawn, or is said to be missing
	Times  int     // how often another value took the place of one

	Difference progress.Number // latest less first
	Relative   progress.Number // that, as a share of the first
}

// RevisionMonths are the ages at which a value is looked at again.
func RevisionMonths() [3]int { return [3]int{1, 3, 12} }

// Revisions is the revision table of a series: of each period the value first published
// against what is known later, the newest period first, and what that comes to. The
// measures are those of the revision triangles of the OECD and of the guidelines of the
// European Statistical System: P is the first value, L the latest, n the number of
// periods that have both.
type Revisions struct {
	Periods  []Revision
	Count    int             // n
	Mean     progress.Number // mean revision, Σ(L−P) ÷ n: whether first values lie too low or too high
	Absolute progress.Number // mean absolute revision, Σ|L−P| ÷ n: how far they are off
	Relative progress.Number // relative mean absolute revision, Σ|L−P| ÷ Σ|P|
}

// Revisions makes the revision table of published versions, sorted by period and then
// from the first to the last, as known on the day of the picture.
func (p *Picture) Revisions(versions []Version) Revisions {
	var r Revisions
	var moved, size, sum float64
	for len(versions) > 0 {
		n := 1
		for n < len(versions) && versions[n].Period == versions[0].Period {
			n++
		}
		if revision, some := p.revision(versions[:n]); some {
			r.Periods = append(r.Periods, revision)
			if d := revision.Difference; d.Valid {
				r.Count++
				sum, moved, size = sum+d.Value, moved+math.Abs(d.Value), size+math.Abs(revision.First.Value.Float())
			}
		}
		versions = versions[n:]
	}
	for a, b := 0, len(r.Periods)-1; a < b; a, b = a+1, b-1 {
		r.Periods[a], r.Periods[b] = r.Periods[b], r.Periods[a]
	}
	if r.Count > 0 {
		r.Mean, r.Absolute = progress.Num(sum/float64(r.Count)), progress.Num(moved/float64(r.Count))
	}
	if size > 0 {
		r.Relative = progress.Num(moved / size)
	}
	return r
}

// revision follows the versions of one period from the first that has a value.
func (p *Picture) revision(versions []Version) (r Revision, some bool) {
	for len(versions) > 0 && !versions[0].Value.IsSet() {
		versions = versions[1:]
	}
	if len(versions) == 0 {
		return r, false
	}
	first, last := &versions[0], &versions[len(versions)-1]
	begun := p.KnownAt(first.Since)
	r = Revision{Period: first.Period, First: first.Figure, On: DateOf(begun.In(p.zone))}
	for n, months := range RevisionMonths() {
		if at := begun.AddDate(0, months, 0); DateOf(at.In(p.zone)) <= p.Day {
			r.After[n] = p.valueAt(versions, at)
		}
	}
	if last.Until == 0 {
		r.Latest = last.Value
	}
	for n := 1; n < len(versions); n++ {
		if !versions[n].Value.Equal(versions[n-1].Value) {
			r.Times++
		}
	}
	if r.Latest.IsSet() {
		difference := r.Latest.Float() - first.Value.Float()
		r.Difference = progress.Num(difference)
		if base := math.Abs(first.Value.Float()); base > 0 {
			r.Relative = progress.Num(difference / base)
		}
	}
	return r, true
}

// valueAt is the value that was known at a moment.
func (p *Picture) valueAt(versions []Version, at time.Time) Decimal {
	for n := range versions {
		v := &versions[n]
		if !p.KnownAt(v.Since).After(at) && (v.Until == 0 || p.KnownAt(v.Until).After(at)) {
			return v.Value
		}
	}
	return Decimal{}
}
