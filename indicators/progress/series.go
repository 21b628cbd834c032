package progress

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Reading is the value of one year. Methods that count time in years read
// these; what is finer than a year is brought to years before.
type Reading struct {
	Year  int
	Value float64
}

// A Series is one reading a year, by year, each a finite number: as NewSeries makes it.
type Series []Reading

// FirstYear and LastYear are the years that readings and targets may be of.
const (
	FirstYear = 1
	LastYear  = 9999
)

// NewSeries sorts the readings and drops those without a number: NaN stands for a
// value that is missing. Two values for one year are an error, since no method
// may choose between them.
func NewSeries(readings []Reading) (Series, error) {
	s := make(Series, 0, len(readings))
	for _, r := range readings {
		if r.Year < FirstYear || r.Year > LastYear {
			return nil, fmt.Errorf("the series has a value for the year %d; years go from %d to %d", r.Year, FirstYear, LastYear)
		}
		if !math.IsNaN(r.Value) && !math.IsInf(r.Value, 0) {
			s = append(s, r)
		}
	}
	slices.SortStableFunc(s, func(a, b Reading) int { return cmp.Compare(a.Year, b.Year) })
	var twice []string
	for n := 1; n < len(s); n++ {
		if year := fmt.Sprint(s[n].Year); s[n].Year == s[n-1].Year && !slices.Contains(twice, year) {
			twice = append(twice, year)
		}
	}
	if twice != nil {
		return nil, fmt.Errorf("the series has more than one value for %s; keep one value for each year", strings.Join(twice, ", "))
	}
	return s, nil
}

// Last is the latest reading.
func (s Series) Last() (Reading, bool) {
	if len(s) == 0 {
		return Reading{}, false
	}
	return s[len(s)-1], true
}

// At is the reading of a year.
func (s Series) At(year int) (Reading, bool) {
	if n := s.index(year); n < len(s) && s[n].Year == year {
		return s[n], true
	}
	return Reading{}, false
}

// From is the series from a base year on. Where that year has no reading it starts
// with the next later one, the rule of Open SDG; it is empty if there is none.
func (s Series) From(year int) Series { return s[s.index(year):] }

// Until is the series up to a year, that year included.
func (s Series) Until(year int) Series { return s[:s.index(min(year, LastYear)+1)] }

// index is the place of the first reading of a year or after it.
func (s Series) index(year int) int {
	n, _ := slices.BinarySearchFunc(s, year, func(r Reading, year int) int { return cmp.Compare(r.Year, year) })
	return n
}

// A Course is what the yearly methods read: a series, where it is wanted to go,
// from which year on and, where there is one, its target.
type Course struct {
	Series    Series
	Direction Direction
	BaseYear  int // the base is the reading of this year, else of the next later one
	Target    Target
	HasTarget bool

	// Early is by how many months the period that is read each year ends before the
	// year does: 0 of whole years, 4 of a month of August.
	Early int
}

// month is at the end of the period of a reading.
func (c *Course) month(r Reading) int { return EndOfYear(r.Year) - c.Early }

// yearsTo is the time from a reading to the end of the target's period.
func (c *Course) yearsTo(r Reading) float64 { return float64(c.Target.Month-c.month(r)) / 12 }

// Base is the reading of the base year, else of the next later one.
func (c *Course) Base() (Reading, bool) {
	if window := c.Series.From(c.BaseYear); len(window) > 0 {
		return window[0], true
	}
	return Reading{}, false
}

// EndOfYear is the month at the end of a year, as Point and Target count months.
func EndOfYear(year int) int { return (year + 1) * 12 }

// Year is the year in which the target is to be reached.
func (t *Target) Year() int { return (t.Month+11)/12 - 1 }

// growth is the compound annual growth rate from a to b, a fraction per year:
//
//	(b ÷ a)^(1 ÷ years) − 1
//
// It is null unless both have one sign, a is not zero and time passes.
func growth(a, b, years float64) Number {
	if a == 0 || !(years > 0) || a < 0 != (b < 0) && b != 0 {
		return Number{}
	}
	return Num(math.Expm1(math.Log(b/a) / years))
}

// growthBetween is the growth from one reading to a later one.
func growthBetween(base, last Reading) Number {
	return growth(base.Value, last.Value, float64(last.Year-base.Year))
}

// atLeast tells whether a number reaches a cut. What floating-point arithmetic
// takes off a number that is exactly the cut in decimals does not count.
func atLeast(x, cut float64) bool { return x >= cut-1e-12*math.Abs(cut) }

// quotient is a ÷ b; null without one of them and where b is zero.
func quotient(a, b Number) Number {
	if !a.Valid || !b.Valid {
		return Number{}
	}
	return Num(a.Value / b.Value)
}
