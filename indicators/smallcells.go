package indicators

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// A Cell is a published figure of an indicator and period, in total or of one part, in
// one version: the total and its parts make a table.
type Cell struct {
	Breakdown Breakdown
	Version
}

// A Confidence is what decides which cells of a table are withheld.
type Confidence struct {
	Threshold int                // counts of parts from 1 up to below it are small; 0: none is
	Hidden    map[Breakdown]bool // withheld already, and to stay so
	Preferred map[Breakdown]bool // were withheld before: of cells that serve alike, these first
}

// SmallCells finds the cells to be withheld of one indicator and period, whose every
// version is given: those that are small in any of them, and others without which a
// reader could find these out. A cell is withheld in all versions or in none, so that
// two of them side by side tell no more than one.
//
// It is the method of cell suppression (Hundepool et al., Handbook on Statistical
// Disclosure Control, chapters 4 and 5). A small count is withheld. So are others, the
// least of those that serve, until no small one follows from what is shown by adding
// and subtracting along sex, age, governorate and other dimensions, within a version
// or between two; and until the withheld parts of a whole come, together, to the
// threshold, for a lesser sum tells nearly as much. A zero is nobody, and is shown; it
// is withheld only where no other cell serves, for readers often know it to be one. That
// is what the tools of statistical offices do unless they are told otherwise (sdcTable:
// allowZeros = FALSE; GaussSuppression: secondaryZeros = FALSE). The total itself is
// no part and never small; it is given up last. What the source itself withholds (Q)
// is kept from being found out, too.
//
// Parts are taken to make up a whole wherever, in a version, they do so to the unit,
// whatever the indicator says: what does not add up, subtraction does not find.
func (i *Indicator) SmallCells(cells []Cell, c Confidence) map[Breakdown]bool {
	hidden := map[Breakdown]bool{}
	if c.Threshold <= 0 {
		return hidden
	}
	maps.Copy(hidden, c.Hidden)
	if !i.CountsPersons() {
		return hidden
	}
	small, withheld := map[Breakdown]bool{}, false
	for n := range cells {
		cell := &cells[n]
		withheld = withheld || cell.Status == "Q"
		if !cell.Breakdown.IsTotal() && i.isSmall(&cell.Figure, c.Threshold) {
			small[cell.Breakdown], hidden[cell.Breakdown] = true, true
		}
	}
	if len(small) == 0 && !withheld {
		return hidden
	}
	cells = slices.SortedFunc(slices.Values(cells), func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Breakdown.Key(), b.Breakdown.Key()), cmp.Compare(a.Since, b.Since))
	})
	tables := make([]*countTable, 0, 3)
	for _, count := range i.counts() {
		t := newCountTable(cells, count, float64(c.Threshold))
		t.small, t.hidden, t.preferred = small, hidden, c.Preferred
		tables = append(tables, t)
	}
	for more := true; more; { // what one table gives up is missing in the others, too
		more = false
		for _, t := range tables {
			more = t.protect() || more
		}
	}
	return hidden
}

// A counting reads a number of persons out of a figure, which may not have it.
type counting func(*Figure) (count float64, known bool)

// counts are the numbers of persons that a figure tells: of a share, those who have
// something, of how many, and those who have it not.
func (i *Indicator) counts() []counting {
	of := func(d Decimal) (float64, bool) { return d.Float(), d.IsSet() }
	value := func(f *Figure) (float64, bool) { return of(f.Value) }
	above := func(f *Figure) (float64, bool) { return of(f.Numerator) }
	below := func(f *Figure) (float64, bool) { return of(f.Denominator) }
	without := func(f *Figure) (float64, bool) {
		return f.Denominator.Float() - f.Numerator.Float(), f.Numerator.IsSet() && f.Denominator.IsSet()
	}
	switch {
	case !i.isQuotient():
		return []counting{value}
	case i.Kind == "percent" && i.factor() == 100:
		return []counting{above, below, without}
	}
	return []counting{above, below}
}

// isSmall tells whether a figure tells of fewer persons than the threshold, but of some.
// What is not whole is an estimate, and counts nobody.
func (i *Indicator) isSmall(f *Figure, threshold int) bool {
	return slices.ContainsFunc(i.counts(), func(count counting) bool {
		n, known := count(f)
		return known && n > 0 && n < float64(threshold) && n == math.Trunc(n)
	})
}

// SmallCells is the number of persons from which on a part is shown to the public; 0
// withholds nothing.
func (d *Definitions) SmallCells() int { return int(d.number("small_cells", 5)) }

// Withhold takes everything out of a figure that could tell its value. The changeset
// becomes that since which it is withheld, where that is earlier than the figure's own
// is known: one that stayed through a revision would tell that it stayed.
func (f *Figure) Withhold(since int) {
	f.Value, f.Numerator, f.Denominator, f.Status, f.Since = Decimal{}, Decimal{}, Decimal{}, "Q", since
	f.Protected = true
}

// Withhold does the same to an observation, with what was written beside it.
func (o *Observation) Withhold(since int) {
	o.Figure.Withhold(since)
	o.Comment, o.Evidence = "", ""
}
