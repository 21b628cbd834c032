package progress

import (
	"cmp"
	"slices"
	"time"
)

// A Record is a value of a year as it was recorded at a time. A null value takes an
// earlier one back.
type Record struct {
	Year     int
	Value    Number
	Recorded time.Time
}

// An AsOf is the achievement as it was known at a time.
type AsOf struct {
	Value Number // of the latest year that was known
	Year  int    // of that value; 0 if there was none
	Attainment
}

// snapshotVersion counts the editions of Snapshot that give other figures.
const snapshotVersion = 1

// Known is the series that was known at a time: only rows recorded by then, that
// moment included, and of each year the row that was recorded last (of two at the
// same time, the later in the list).
func Known(records []Record, at time.Time) Series {
	known := slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return r.Recorded.After(at) })
	slices.SortStableFunc(known, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), a.Recorded.Compare(b.Recorded))
	})
	var s Series
	for n, r := range known {
		last := n == len(known)-1 || known[n+1].Year != r.Year
		if last && r.Value.Valid {
			s = append(s, Reading{r.Year, r.Value.Value})
		}
	}
	return s
}

// Snapshot is the bare achievement rate of what was known at a time: a report of then
// can be made again after revisions, and knows nothing of later ones.
//
//	A = (v − b) ÷ (T − b)
//
// v is the known value of the latest known year, b the given baseline or, without
// one, the known value of its year: that year and no other, since a baseline taken
// from later years would be leakage.
func Snapshot(records []Record, at time.Time, baseline Number, baseYear int, target Number, d Direction) AsOf {
	known := Known(records, at)
	if !baseline.Valid {
		if b, read := known.At(baseYear); read {
			baseline = Num(b.Value)
		}
	}
	a := AsOf{}
	if last, some := known.Last(); some {
		a.Value, a.Year = Num(last.Value), last.Year
	}
	a.Attainment = Attain(baseline, target, a.Value, d)
	return a
}
