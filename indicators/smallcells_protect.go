package indicators

import (
	"cmp"
	"maps"
	"slices"
)

// protect withholds further cells until no secret number of the table can be found out,
// and tells whether there were any. Sums in which one number is missing come first:
// what protects those protects most others.
func (t *countTable) protect() (more bool) {
	for {
		found := false
		for n := range t.sums {
			found = t.protectSum(&t.sums[n]) || found
		}
		if !found {
			for _, shown := range t.solved() {
				if !slices.ContainsFunc(shown, t.isOpen) { // else the cell given up before helps here, too
					found = t.giveUp(shown) || found
				}
			}
		}
		if !found {
			return more
		}
		more = true
	}
}

// isOpen tells whether readers do not know a number.
func (t *countTable) isOpen(term int) bool {
	c := &t.terms[term]
	return !c.published || !c.known || t.hidden[c.cell]
}

// isSecret tells whether readers must not find a number out.
func (t *countTable) isSecret(term int) bool {
	c := &t.terms[term]
	return c.published && (c.secret || t.small[c.cell])
}

// protectSum looks at one sum by itself: a secret number must not be the only one that
// is missing, and the parts missing from a whole that is shown must come to the
// threshold.
func (t *countTable) protectSum(s *countSum) bool {
	var open, shown []int
	secret, missing, known := false, 0.0, true
	for _, term := range append([]int{s.whole}, s.parts...) {
		if !t.isOpen(term) {
			shown = append(shown, term)
			continue
		}
		open = append(open, term)
		secret = secret || t.isSecret(term)
		missing, known = missing+t.terms[term].count, known && t.terms[term].known
	}
	switch {
	case !secret:
		return false
	case len(open) == 1:
		return t.giveUp(shown)
	case t.isOpen(s.whole) || !known || missing >= t.threshold:
		return false
	}
	zero := slices.ContainsFunc(open, func(term int) bool { return t.terms[term].count == 0 })
	return t.giveUp(slices.DeleteFunc(shown, func(term int) bool {
		return term == s.whole || zero && t.terms[term].count == 0 // one zero makes the others uncertain
	}))
}

// giveUp withholds that one of the cells shown which is missed least.
func (t *countTable) giveUp(shown []int) bool {
	shown = slices.DeleteFunc(shown, t.isOpen)
	if len(shown) == 0 {
		return false
	}
	least := slices.MinFunc(shown, func(a, b int) int {
		x, y := &t.terms[a], &t.terms[b]
		return cmp.Or(
			falseFirst(x.cell.IsTotal(), y.cell.IsTotal()),
			falseFirst(x.count == 0, y.count == 0),
			falseFirst(!t.preferred[x.cell], !t.preferred[y.cell]),
			cmp.Compare(x.count, y.count),
			cmp.Compare(x.cell.Key(), y.cell.Key()),
		)
	})
	t.hidden[t.terms[least].cell] = true
	return true
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// solved lists, for each secret number that follows from several sums together, the
// terms shown that it follows from. The sums are solved for what is missing in them
// (reduced to echelon form): a number is found out where its own row has no other.
func (t *countTable) solved() [][]int {
	sums := t.entangled()
	if len(sums) < 2 { // one by itself is looked at by itself
		return nil
	}
	rows := make([]countRow, 0, len(sums))
	for _, n := range sums {
		row := countRow{t.sums[n].whole: 1}
		for _, part := range t.sums[n].parts {
			row[part] = fieldSize - 1
		}
		rows = append(rows, row)
	}
	var all [][]int
	reduced := reduce(rows, t.isOpen)
	for _, pivot := range slices.Sorted(maps.Keys(reduced)) {
		row, shown, alone := reduced[pivot], []int(nil), t.isSecret(pivot)
		for _, term := range slices.Sorted(maps.Keys(row)) {
			if !t.isOpen(term) {
				shown = append(shown, term)
			} else if term != pivot {
				alone = false
			}
		}
		if alone && len(shown) > 0 {
			all = append(all, shown)
		}
	}
	return all
}

// entangled lists the sums that can tell something of a secret number: they hang
// together with one by what is missing in them. A sum that alone lacks some number that
// is no secret tells nothing of any other, and is left out, which may leave others such.
func (t *countTable) entangled() []int {
	of, open := map[int][]int{}, make([][]int, len(t.sums)) // sums by what is missing in them, and that by sums
	var left []int
	for n := range t.sums {
		for _, term := range append([]int{t.sums[n].whole}, t.sums[n].parts...) {
			if t.isOpen(term) {
				of[term], open[n] = append(of[term], n), append(open[n], term)
			}
		}
		left = append(left, n)
	}
	for len(left) > 0 {
		n := left[len(left)-1]
		left = left[:len(left)-1]
		if !slices.ContainsFunc(open[n], func(term int) bool { return len(of[term]) == 1 && !t.isSecret(term) }) {
			continue
		}
		for _, term := range open[n] {
			of[term] = slices.DeleteFunc(of[term], func(other int) bool { return other == n })
			left = append(left, of[term]...)
		}
		open[n] = nil
	}
	return t.reached(of, open)
}

// reached lists the sums that are reached from a secret number, by what is missing.
func (t *countTable) reached(of map[int][]int, open [][]int) []int {
	var next []int
	for term := range of {
		if t.isSecret(term) {
			next = append(next, term)
		}
	}
	sums, visited := map[int]bool{}, map[int]bool{}
	for len(next) > 0 {
		term := next[len(next)-1]
		next = next[:len(next)-1]
		if visited[term] {
			continue
		}
		visited[term] = true
		for _, n := range of[term] {
			if !sums[n] {
				sums[n] = true
				next = append(next, open[n]...)
			}
		}
	}
	return slices.Sorted(maps.Keys(sums))
}
