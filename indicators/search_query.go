package indicators

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Query is what somebody looks for.
type Query struct {
	words []sought
	whole string // folded
	code  string // as a code would be written together: remcost
}

// A sought is one word of a query, in the spellings that will do.
type sought struct {
	spellings []string
	letters   int
	mask      uint64 // of the first spelling
}

// How much of a query is read: whoever looks for more means less.
const (
	mostSought  = 12
	mostLetters = 40
)

// ParseQuery reads what somebody has typed.
func ParseQuery(text string) Query {
	q := Query{whole: Fold(text)}
	q.code = strings.ReplaceAll(q.whole, " ", "")
	words := strings.Fields(q.whole)
	if telling := slices.DeleteFunc(slices.Clone(words), isSmallWord); len(telling) > 0 {
		words = telling
	}
	for _, word := range words {
		if utf8.RuneCountInString(word) > mostLetters || slices.ContainsFunc(q.words, func(s sought) bool { return slices.Contains(s.spellings, word) }) {
			continue
		}
		if q.words = append(q.words, newSought(word)); len(q.words) == mostSought {
			break
		}
	}
	return q
}

func newSought(word string) sought {
	spellings := []string{bare(word, 3)}
	for _, other := range []string{word, bare(word, 2)} {
		if !slices.Contains(spellings, other) {
			spellings = append(spellings, other)
		}
	}
	return sought{spellings, utf8.RuneCountInString(spellings[0]), lettersOf(spellings[0])}
}

// IsEmpty tells whether there is nothing to look for.
func (q Query) IsEmpty() bool { return len(q.words) == 0 }

// Marks are the places of a text's words that the query asks for.
func (q Query) Marks(text string) [][2]int {
	var marks [][2]int
	for word := range wordsOf(text) {
		folded := bare(word.folded, 3)
		asked := slices.ContainsFunc(q.words, func(s sought) bool { return s.likeness(folded, true) > 0 })
		if asked && (len(marks) == 0 || marks[len(marks)-1][0] != word.start) {
			marks = append(marks, [2]int{word.start, word.end})
		}
	}
	return marks
}

// How much a word is like the one sought, of ten.
const (
	theWord    = 10
	beginsWord = 7
	oneMistake = 5
	twoMistake = 3
)

// likeness tells how much a folded word is like the one sought; 0: not at all. Mistakes in
// typing are forgiven in words, never in numbers.
func (s *sought) likeness(word string, forgiving bool) int {
	best := 0
	for _, spelling := range s.spellings {
		switch {
		case word == spelling:
			return theWord
		case len(spelling) > 1 && strings.HasPrefix(word, spelling) && !allDigits(spelling):
			best = max(best, beginsWord)
		}
	}
	if best > 0 || !forgiving {
		return best
	}
	return s.mistaken(word, lettersOf(word))
}

// mistaken is the likeness of a word that is not the one sought, but may be what was meant.
func (s *sought) mistaken(word string, mask uint64) int {
	allowed := mistakesIn(s.letters)
	if allowed == 0 || bits.OnesCount64(s.mask^mask) > 2*allowed || hasDigit(s.spellings[0]) {
		return 0
	}
	switch mistakes(s.spellings[0], word, allowed) {
	case 0, 1:
		return oneMistake
	case 2:
		if allowed == 2 {
			return twoMistake
		}
	}
	return 0
}

// mistakesIn is how many mistakes a word of so many letters may have.
func mistakesIn(letters int) int {
	switch {
	case letters >= 8:
		return 2
	case letters >= 4:
		return 1
	}
	return 0
}

// lettersOf is the set of a word's letters, for a first look: each mistake changes two of
// them at most.
func lettersOf(word string) uint64 {
	var mask uint64
	for _, r := range word {
		mask |= 1 << (uint(r) % 64)
	}
	return mask
}

func hasDigit(word string) bool { return strings.ContainsAny(word, "0123456789") }

// mistakes counts the letters added, dropped, replaced, or exchanged with the next, that
// make one word of the other (optimal string alignment), up to the number allowed; beyond
// it, one more.
func mistakes(a, b string, allowed int) int {
	from, to := []rune(a), []rune(b)
	if d := len(from) - len(to); d > allowed || -d > allowed {
		return allowed + 1
	}
	var room [3][mostLetters + 4]int
	before, last, row := room[0][:], room[1][:], room[2][:]
	for j := range len(to) + 1 {
		last[j] = j
	}
	for i, r := range from {
		row[0] = i + 1
		least := row[0]
		for j, s := range to {
			cost := 1
			if r == s {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == to[j-1] && from[i-1] == s {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > allowed {
			return allowed + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(to)], allowed+1)
}
