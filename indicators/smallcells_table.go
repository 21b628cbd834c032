package indicators

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A countTable is the cells of an indicator and period, in all their versions, with one
// number of each and the sums that readers can form: between what is published, and
// between that and parts which nobody has published but which there must be.
type countTable struct {
	threshold                float64
	small, hidden, preferred map[Breakdown]bool

	terms []countTerm // the versions of cells, then what is not published
	sums  []countSum
	seen  map[string]bool // sums that two states share, once
}

// A countTerm is one number of the table.
type countTerm struct {
	cell      Breakdown
	published bool
	secret    bool // the source itself withholds it
	known     bool // to us
	count     float64
}

// A countSum is a whole, by its term, and the parts that make it up.
type countSum struct {
	whole int
	parts []int
}

func newCountTable(cells []Cell, count counting, threshold float64) *countTable {
	t := &countTable{threshold: threshold, seen: map[string]bool{}}
	var moments []int
	categories := map[string][]string{}
	for n := range cells {
		c := &cells[n]
		addCategories(categories, c.Breakdown.Key())
		value, known := count(&c.Figure)
		t.terms = append(t.terms, countTerm{cell: c.Breakdown, published: true, secret: c.Status == "Q", known: known, count: value})
		moments = append(moments, c.Since, c.Until)
	}
	slices.Sort(moments)
	for _, moment := range slices.Compact(moments) {
		state := newCountState(t)
		for n := range cells {
			if c := &cells[n]; c.Since <= moment && (c.Until == 0 || c.Until > moment) {
				state.enter(c.Breakdown.Key(), n)
			}
		}
		state.complete(categories)
		state.sum()
	}
	return t
}

// A countState is the table as it was known at one moment.
type countState struct {
	*countTable
	terms   map[string]int                 // by the breakdown's key
	parts   map[string]map[string][]string // keys of parts, by that of the whole and the dimension
	foreign map[string]bool                // keys with a category that only another state has
}

func newCountState(t *countTable) *countState {
	return &countState{t, map[string]int{}, map[string]map[string][]string{}, map[string]bool{}}
}

// addCategories notes the categories of a key by dimension.
func addCategories(categories map[string][]string, key string) (dimensions []string) {
	for word := range strings.SplitSeq(key, "|") {
		if dimension, _, is := strings.Cut(word, "="); is {
			dimensions = append(dimensions, dimension)
			if !slices.Contains(categories[dimension], word) {
				categories[dimension] = append(categories[dimension], word)
			}
		}
	}
	return dimensions
}

// enter takes a cell in, and the wholes that it is a part of, published or not.
func (s *countState) enter(key string, term int) {
	_, there := s.terms[key]
	s.terms[key] = term
	if there { // as the whole of another: its own wholes are there
		return
	}
	words := strings.Split(key, "|")
	for n, word := range words {
		dimension, _, is := strings.Cut(word, "=")
		if !is { // the total
			return
		}
		whole := strings.Join(slices.Delete(slices.Clone(words), n, n+1), "|")
		if s.parts[whole] == nil {
			s.parts[whole] = map[string][]string{}
		}
		s.parts[whole][dimension] = append(s.parts[whole][dimension], key)
		if _, there := s.terms[whole]; !there {
			s.enter(whole, s.unpublished())
		}
	}
}

// maxCompleted bounds the parts that are added to one crossing of dimensions: where
// there would be more, most of it is not published, and little follows from the rest.
const maxCompleted = 5000

// complete adds the parts that others of their kind let suppose: where women of Tunis and
// men of Sfax are published, there are men of Tunis, too. Categories of other states count:
// who was told of apart once is still there.
func (s *countState) complete(categories map[string][]string) {
	own, kinds := map[string][]string{}, map[string][]string{}
	for key := range s.terms {
		dimensions := addCategories(own, key)
		kinds[strings.Join(dimensions, "|")] = dimensions
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		keys := []string{""}
		for _, dimension := range kinds[kind] {
			slices.Sort(categories[dimension])
			var longer []string
			for _, key := range keys {
				for _, word := range categories[dimension] {
					longer = append(longer, strings.TrimPrefix(key+"|"+word, "|"))
				}
			}
			if keys = longer; len(keys) > maxCompleted {
				keys = nil
			}
		}
		for _, key := range keys {
			if _, there := s.terms[key]; !there {
				s.foreign[key] = isForeign(key, own)
				s.enter(key, s.unpublished())
			}
		}
	}
}

// isForeign tells whether a key has a category that is not among some.
func isForeign(key string, own map[string][]string) bool {
	for word := range strings.SplitSeq(key, "|") {
		if dimension, _, is := strings.Cut(word, "="); is && !slices.Contains(own[dimension], word) {
			return true
		}
	}
	return false
}

// unpublished is a new term that nobody has published and whose number is not known yet.
func (t *countTable) unpublished() int {
	t.terms = append(t.terms, countTerm{})
	return len(t.terms) - 1
}

// sum finds the sums of a state, the finest parts first, so that the number of what is
// not published is known where it is a whole.
func (s *countState) sum() {
	wholes := slices.SortedFunc(maps.Keys(s.parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, "="), strings.Count(a, "=")), cmp.Compare(a, b))
	})
	for _, whole := range wholes {
		var sums, certain [][]int
		for _, dimension := range slices.Sorted(maps.Keys(s.parts[whole])) {
			keys := slices.Sorted(slices.Values(s.parts[whole][dimension]))
			sums = append(sums, s.partsOf(dimension, keys))
			if own := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return s.foreign[key] }); len(own) < len(keys) && len(own) > 0 {
				certain = append(certain, s.partsOf(dimension, own))
			}
		}
		s.suppose(s.terms[whole], append(slices.Clone(sums), certain...))
		for _, parts := range sums {
			s.addSum(s.terms[whole], parts)
		}
		for _, parts := range certain { // it holds without what another state tells apart, if the numbers say so
			if _, all := s.add(parts); all && s.countTable.terms[s.terms[whole]].known {
				s.addSum(s.terms[whole], parts)
			}
		}
	}
}

// partsOf are the terms of a dimension's parts.
func (s *countState) partsOf(dimension string, keys []string) []int {
	if dimension == "age" {
		return s.pieces(keys)
	}
	parts := make([]int, len(keys))
	for n, key := range keys {
		parts[n] = s.terms[key]
	}
	return parts
}

// suppose gives a whole that is not published the greatest of its sums: those along
// dimensions of which parts are lacking are less.
func (t *countTable) suppose(whole int, sums [][]int) {
	w := &t.terms[whole]
	if w.published {
		return
	}
	for _, parts := range sums {
		if sum, all := t.add(parts); all {
			w.count, w.known = max(w.count, sum), true
		}
	}
}

// add adds up parts, and tells whether all their numbers are known.
func (t *countTable) add(parts []int) (sum float64, all bool) {
	all = true
	for _, part := range parts {
		sum += t.terms[part].count
		all = all && t.terms[part].known
	}
	return sum, all
}

// addSum notes a sum that holds.
func (t *countTable) addSum(whole int, parts []int) {
	sum, all := t.add(parts)
	w := &t.terms[whole]
	switch {
	case !all || !w.known:
		if w.known && sum > w.count {
			return
		}
	case sum != w.count, len(parts) == 1 && sum < t.threshold:
		return // one part alone is no sum; but a great one that equals the whole is all of it
	}
	name := strconv.Itoa(whole)
	for _, part := range parts {
		name += " " + strconv.Itoa(part)
	}
	if !t.seen[name] {
		t.seen[name] = true
		t.sums = append(t.sums, countSum{whole, parts})
	}
}
