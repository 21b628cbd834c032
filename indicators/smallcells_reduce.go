package indicators

import (
	"maps"
	"math/bits"
	"slices"
)

// fieldSize is a prime, 2^61 - 1. Sums are solved in whole numbers modulo it: exact,
// without fractions that grow. A row of sums of a few terms each would have to reduce to
// a multiple of it by chance to be taken for nothing.
const fieldSize = 1<<61 - 1

// A countRow is a linear equation: what its terms are multiplied with, together nothing.
type countRow map[int]uint64

// reduce brings rows to reduced echelon form over those terms that are open, and gives
// each row by its own term, which stands in no other.
func reduce(rows []countRow, isOpen func(term int) bool) map[int]countRow {
	reduced := map[int]countRow{}
	for _, row := range rows {
		for _, term := range slices.Sorted(maps.Keys(row)) {
			if own := reduced[term]; own != nil {
				row.take(own, row[term])
			}
		}
		pivot := -1
		for term := range row {
			if isOpen(term) && (pivot < 0 || term < pivot) {
				pivot = term
			}
		}
		if pivot < 0 {
			continue
		}
		row.divide(row[pivot])
		for _, other := range reduced {
			if factor := other[pivot]; factor != 0 {
				other.take(row, factor)
			}
		}
		reduced[pivot] = row
	}
	return reduced
}

// take subtracts a multiple of another row.
func (r countRow) take(other countRow, factor uint64) {
	for term, c := range other {
		left := (r[term] + fieldSize - times(factor, c)) % fieldSize
		if left == 0 {
			delete(r, term)
		} else {
			r[term] = left
		}
	}
}

func (r countRow) divide(by uint64) {
	inverse, base := uint64(1), by // by^(p-2), Fermat
	for e := uint64(fieldSize - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			inverse = times(inverse, base)
		}
		base = times(base, base)
	}
	for term, c := range r {
		r[term] = times(c, inverse)
	}
}

func times(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return bits.Rem64(high, low, fieldSize)
}
