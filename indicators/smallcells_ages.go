package indicators

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// oldest is a bound above all ages.
const oldest = 10_000

// An ageSpan is a class of ages, from one up to below another, and its term.
type ageSpan struct{ from, to, term int }

// ageSpanOf reads the class of a breakdown's key: 15-24, 65+, <5.
func ageSpanOf(key string) (from, to int) {
	for word := range strings.SplitSeq(key, "|") {
		class, is := strings.CutPrefix(word, "age=")
		if !is {
			continue
		}
		number := func(text string) int {
			n, _ := strconv.Atoi(text) // it is checked where it comes in
			return n
		}
		if below, is := strings.CutPrefix(class, "<"); is {
			return 0, number(below)
		}
		if above, is := strings.CutSuffix(class, "+"); is {
			return number(above), oldest
		}
		lower, upper, _ := strings.Cut(class, "-")
		return number(lower), number(upper) + 1
	}
	return 0, oldest
}

// pieces cuts classes of ages, which may lie within one another, into those that do not,
// and notes what the others are made of: 15+ is 15-24 and 25+. What is not published
// of the pieces is a part that nobody has published.
func (s *countState) pieces(keys []string) []int {
	var classes []ageSpan
	var bounds []int
	for _, key := range keys {
		from, to := ageSpanOf(key)
		classes = append(classes, ageSpan{from, to, s.terms[key]})
		bounds = append(bounds, from, to)
	}
	slices.SortFunc(classes, func(a, b ageSpan) int { return cmp.Or(a.to-a.from-b.to+b.from, a.from-b.from, a.term-b.term) })
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var pieces []ageSpan
	for n := range bounds[1:] {
		piece := ageSpan{from: bounds[n], to: bounds[n+1], term: -1}
		for _, c := range classes {
			if c.from == piece.from && c.to == piece.to {
				piece.term = c.term
				break
			}
			if c.from <= piece.from && piece.to <= c.to && piece.term < 0 {
				piece.term = s.unpublished()
			}
		}
		if piece.term >= 0 {
			pieces = append(pieces, piece)
		}
	}
	for _, c := range classes {
		if parts := termsWithin(pieces, c.from, c.to); !slices.Equal(parts, []int{c.term}) {
			s.infer(c.term, parts)
			s.addSum(c.term, parts)
		}
	}
	return termsWithin(pieces, 0, oldest)
}

// termsWithin lists the terms of the pieces of a span.
func termsWithin(pieces []ageSpan, from, to int) []int {
	var terms []int
	for _, p := range pieces {
		if from <= p.from && p.to <= to {
			terms = append(terms, p.term)
		}
	}
	return terms
}

// infer gives the one part of a whole that is not known what the others leave.
func (t *countTable) infer(whole int, parts []int) {
	open, rest := -1, t.terms[whole].count
	for _, part := range parts {
		switch {
		case t.terms[part].known:
			rest -= t.terms[part].count
		case open >= 0:
			return
		default:
			open = part
		}
	}
	if open >= 0 && t.terms[whole].known && !t.terms[open].published {
		t.terms[open].count, t.terms[open].known = rest, true
	}
}
