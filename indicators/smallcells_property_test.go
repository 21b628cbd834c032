package indicators

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A population is the persons that a table counts, by the finest parts there are: two
// sexes, three governorates, three classes of ages.
type population [18]int64

// holds tells which of the finest parts a cell is made of.
func holds(part string) (of [18]bool) {
	ages := map[string]string{"age=<15": "0", "age=15-24": "1", "age=25+": "2", "age=15+": "12"}
	for n := range of {
		sex, governorate, age := "sex="+"FM"[n%2:n%2+1], fmt.Sprintf("governorate=TN-%d", 11+n/2%3), fmt.Sprint(n/6)
		of[n] = true
		for word := range strings.SplitSeq(part, "|") {
			switch dimension, _, _ := strings.Cut(word, "="); dimension {
			case "sex":
				of[n] = of[n] && word == sex
			case "governorate":
				of[n] = of[n] && word == governorate
			case "age":
				of[n] = of[n] && strings.Contains(ages[word], age)
			}
		}
	}
	return of
}

// anyTable draws cells of one to three versions, published with gaps, of persons of whom
// some come or go between two versions.
func anyTable(t *rapid.T) []Cell {
	words := map[string][]string{
		"sex": {"sex=F", "sex=M"}, "age": {"age=<15", "age=15-24", "age=25+", "age=15+"},
		"governorate": {"governorate=TN-11", "governorate=TN-12", "governorate=TN-13"},
	}
	var published []string
	for _, kind := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"", "sex", "age", "governorate", "sex age", "sex governorate", "age governorate", "sex age governorate"}), 1, 5, rapid.ID).Draw(t, "kinds") {
		keys := []string{""}
		for _, dimension := range []string{"sex", "age", "governorate"} {
			if strings.Contains(kind, dimension) {
				var longer []string
				for _, key := range keys {
					for _, word := range words[dimension] {
						longer = append(longer, strings.TrimPrefix(key+"|"+word, "|"))
					}
				}
				keys = longer
			}
		}
		published = append(published, keys...)
	}
	var people population
	count := rapid.SampledFrom([]int64{0, 0, 1, 2, 3, 4, 5, 8, 20, 100})
	for n := range people {
		people[n] = count.Draw(t, "persons")
	}
	var cells []Cell
	live := map[string]int{}
	for version := range rapid.IntRange(1, 3).Draw(t, "versions") {
		if version > 0 {
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				people[rapid.IntRange(0, 17).Draw(t, "who")] = count.Draw(t, "persons")
			}
		}
		for _, part := range published {
			sum := int64(0)
			for n, in := range holds(part) {
				if in {
					sum += people[n]
				}
			}
			before, is := live[part]
			there := rapid.IntRange(0, 9).Draw(t, "gap") > 0
			if is && there && cells[before].Value.Equal(Whole(sum)) {
				continue
			}
			if is {
				cells[before].Until = version + 1
				delete(live, part)
			}
			if there {
				live[part] = len(cells)
				cells = append(cells, cellOf(part, fmt.Sprint(sum), version+1, 0))
			}
		}
	}
	return cells
}

// equations are what a reader knows of the finest parts in each of three versions:
// the cells that are shown, and that a cell which stayed, shown or not, is the same in
// two versions. It is another way to say what SmallCells says by sums of cells.
func equations(cells []Cell, hidden map[Breakdown]bool) [][]*big.Rat {
	var all [][]*big.Rat
	for _, c := range cells {
		var before []*big.Rat
		for version := 1; version <= 3; version++ {
			if version < c.Since || c.Until != 0 && version >= c.Until {
				continue
			}
			row := inVersion(c, version)
			switch {
			case !hidden[c.Breakdown]:
				all = append(all, row)
			case before != nil:
				difference := slices.Clone(row)
				for n := range difference {
					difference[n] = new(big.Rat).Sub(row[n], before[n])
				}
				all = append(all, difference)
			}
			before = row
		}
	}
	return all
}

func inVersion(c Cell, version int) []*big.Rat {
	row := make([]*big.Rat, 3*len(population{}))
	for n := range row {
		row[n] = new(big.Rat)
	}
	for n, in := range holds(c.Breakdown.Key()) {
		if in {
			row[(version-1)*len(population{})+n].SetInt64(1)
		}
	}
	return row
}

// A basis is rows of which each has, at its place, the first number that is not zero.
type basis map[int][]*big.Rat

// rest is what the basis leaves of a row: nothing but zeros if it follows from it.
func (b basis) rest(row []*big.Rat) (place int, rest []*big.Rat) {
	rest = slices.Clone(row)
	for n := range rest {
		own := b[n]
		if rest[n].Sign() == 0 {
			continue
		}
		if own == nil {
			return n, rest
		}
		factor := new(big.Rat).Quo(rest[n], own[n])
		for m := n; m < len(rest); m++ {
			if own[m].Sign() != 0 {
				rest[m] = new(big.Rat).Sub(rest[m], new(big.Rat).Mul(factor, own[m]))
			}
		}
	}
	return -1, rest
}

// No small cell follows from what is shown, in any version and between versions, by
// linear algebra over the fractions.
func TestNoSmallCellCanBeFoundOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { keepsSecrets(t, anyTable(t)) })
}

// In the second version nobody is told of below 15: they are still there, and the sum of the
// others is not that of all.
func TestCategoriesOfAnotherVersionAreStillThere(t *testing.T) {
	var cells []Cell
	for _, c := range []struct {
		part, value  string
		since, until int
	}{
		{"governorate=TN-11", "5", 1, 0}, {"governorate=TN-13", "5", 1, 2}, {"governorate=TN-12", "5", 2, 0},
		{"sex=F|governorate=TN-12", "2", 1, 0}, {"sex=F|governorate=TN-13", "2", 1, 0},
		{"sex=M|governorate=TN-11", "2", 1, 0}, {"sex=M|governorate=TN-12", "3", 1, 0},
		{"sex=F|age=<15", "2", 1, 2}, {"sex=F|age=15+", "5", 1, 0},
		{"sex=M|age=<15", "0", 1, 2}, {"sex=M|age=15-24", "1", 1, 0}, {"sex=M|age=25+", "7", 1, 0}, {"sex=M|age=15+", "8", 2, 0},
	} {
		cells = append(cells, cellOf(c.part, c.value, c.since, c.until))
	}
	keepsSecrets(t, cells)
}

func keepsSecrets(t interface{ Fatalf(string, ...any) }, cells []Cell) {
	i := counted()
	hidden := i.SmallCells(cells, Confidence{Threshold: 5})
	b := basis{}
	for _, row := range equations(cells, hidden) {
		if place, rest := b.rest(row); place >= 0 {
			b[place] = rest
		}
	}
	small := map[Breakdown]bool{}
	for _, c := range cells {
		small[c.Breakdown] = small[c.Breakdown] || !c.Breakdown.IsTotal() && i.isSmall(&c.Figure, 5)
	}
	for _, c := range cells {
		if !small[c.Breakdown] {
			continue
		}
		if !hidden[c.Breakdown] {
			t.Fatalf("%q is small in a version, and shown", c.Breakdown.Key())
		}
		if place, _ := b.rest(inVersion(c, c.Since)); place < 0 {
			t.Fatalf("%q of version %d follows from what is shown; withheld: %s\n%s", c.Breakdown.Key(), c.Since, hiddenOf(hidden), versionsOf(cells))
		}
	}
}

func versionsOf(cells []Cell) string {
	var lines []string
	for _, c := range cells {
		lines = append(lines, fmt.Sprintf("%d-%d %s: %s", c.Since, c.Until, c.Breakdown.Key(), c.Value))
	}
	return strings.Join(lines, "\n")
}

// What is withheld stays so whatever comes later, the same table twice withholds the same,
// and the parts withheld of a whole that is shown come to the threshold unless all that
// are not zero are withheld.
func TestWithholdingIsMonotoneAndTellsNoRange(t *testing.T) {
	i := counted()
	rapid.Check(t, func(t *rapid.T) {
		cells := anyTable(t)
		before := map[Breakdown]bool{}
		for _, c := range cells {
			if rapid.IntRange(0, 9).Draw(t, "withheld before") == 0 {
				before[c.Breakdown] = true
			}
		}
		hidden := i.SmallCells(cells, Confidence{Threshold: 5, Hidden: before})
		for b := range before {
			if !hidden[b] {
				t.Fatalf("%q was withheld and is not", b.Key())
			}
		}
		if again := i.SmallCells(cells, Confidence{Threshold: 5, Hidden: hidden}); !maps.Equal(again, hidden) {
			t.Fatalf("withheld: %s; then: %s", hiddenOf(hidden), hiddenOf(again))
		}
		slices.Reverse(cells)
		if again := i.SmallCells(cells, Confidence{Threshold: 5, Hidden: before}); !maps.Equal(again, hidden) {
			t.Fatalf("withheld: %s; in another order: %s", hiddenOf(hidden), hiddenOf(again))
		}
		table := newCountTable(cells, i.counts()[0], 5)
		for _, s := range table.sums {
			missing, shown, small := 0.0, 0.0, false
			for _, part := range s.parts {
				c := table.terms[part]
				if !c.published {
					missing = 5
				} else if hidden[c.cell] {
					missing, small = missing+c.count, small || c.count > 0 && c.count < 5
				} else {
					shown += c.count
				}
			}
			if whole := table.terms[s.whole]; whole.published && !hidden[whole.cell] && small && missing < 5 && shown > 0 {
				t.Fatalf("the parts withheld of %q come to %v, while %v is shown; withheld: %s", whole.cell.Key(), missing, shown, hiddenOf(hidden))
			}
		}
	})
}
