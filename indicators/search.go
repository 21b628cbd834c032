package indicators

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// A Hit is something that was found. The higher the score, the more it is what was sought.
type Hit struct {
	Kind  HitKind
	Key   string
	Words int // of the query that it has
	Score int
}

// What it counts to be exactly what was asked for.
const (
	byCode     = 2000
	byJoined   = 1500 // a code written without its signs
	byTitle    = 1000
	byCoverage = 20 // the more of a title was asked for
)

// Find lists what is sought, best first: what has every word of the query, in whatever
// languages; failing that, what has most. A word that nothing has is taken for mistyped;
// where nothing has them all, every word is.
func (f *Finder) Find(q Query) []Hit { return f.FindOnly(q, "") }

// FindOnly finds among the things of one kind.
func (f *Finder) FindOnly(q Query, kind HitKind) []Hit {
	if q.IsEmpty() {
		return nil
	}
	found := f.gather(q, kind, false)
	if found.most < len(q.words) {
		if forgiven := f.gather(q, kind, true); forgiven.most > found.most {
			found = forgiven
		}
	}
	hits := make([]Hit, 0, len(found.of))
	for n, c := range found.of {
		if c.words == found.most {
			hits = append(hits, Hit{f.things[n].kind, f.things[n].key, c.words, c.score + f.whole(n, c, q)})
		}
	}
	SortHits(hits)
	return hits
}

// SortHits puts the best first, and those that are on a par in the order of kinds and codes.
func SortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(slices.Index(HitKinds(), a.Kind), slices.Index(HitKinds(), b.Kind)), CompareCodes(a.Key, b.Key))
	})
}

// A gathered is the things that have words of a query.
type gathered struct {
	of   map[int32]reckoned
	most int // words that one of them has
}

// A reckoned is how many words of a query a thing has, and in which titles.
type reckoned struct {
	words, score int
	titles       [3]int16
}

func (f *Finder) gather(q Query, kind HitKind, forgiving bool) gathered {
	g := gathered{of: map[int32]reckoned{}}
	for n := range q.words {
		g.add(f.places(&q.words[n], forgiving))
	}
	for _, exact := range []struct {
		things []int32
		score  int
	}{{f.codes[q.whole], byCode}, {f.joined[q.code], byJoined}} {
		for _, n := range exact.things {
			c := g.of[n]
			c.words, c.score = len(q.words), max(c.score, exact.score)
			g.of[n] = c
		}
	}
	for n, c := range g.of {
		if kind != "" && f.things[n].kind != kind {
			delete(g.of, n)
			continue
		}
		g.most = max(g.most, c.words)
	}
	return g
}

// add counts one word: for each thing that has it, where it tells most.
func (g *gathered) add(places map[spot]int) {
	best := map[int32]reckoned{}
	for at, likeness := range places {
		c := best[at.thing]
		c.words, c.score = 1, max(c.score, likeness*at.field.weight())
		if at.field >= inTitleFR && at.field <= inTitleEN {
			c.titles[at.field-inTitleFR] = 1
		}
		best[at.thing] = c
	}
	for n, one := range best {
		c := g.of[n]
		c.words++
		c.score += one.score
		for language := range c.titles {
			c.titles[language] += one.titles[language]
		}
		g.of[n] = c
	}
}

// places are those of all words like the one sought, each with how much.
func (f *Finder) places(s *sought, forgiving bool) map[spot]int {
	found := map[spot]int{}
	add := func(v *vocable, likeness int) {
		if likeness == 0 {
			return
		}
		for _, at := range v.places {
			found[at] = max(found[at], likeness)
		}
	}
	for _, spelling := range s.spellings {
		first := sort.Search(len(f.words), func(n int) bool { return f.words[n].text >= spelling })
		for n := first; n < len(f.words) && strings.HasPrefix(f.words[n].text, spelling); n++ {
			add(&f.words[n], s.likeness(f.words[n].text, false))
		}
	}
	if len(found) > 0 && !forgiving {
		return found
	}
	for n := range f.words {
		add(&f.words[n], s.mistaken(f.words[n].text, f.words[n].letters))
	}
	return found
}

// whole is what a thing gains where its title as a whole was asked for.
func (f *Finder) whole(n int32, c reckoned, q Query) int {
	t, gain := &f.things[n], 0
	for language, title := range [...]Optional{t.title.FR, t.title.AR, t.title.EN} {
		if c.titles[language] == 0 {
			continue
		}
		if c.titles[language] >= min(t.length[language], mostSought) && Fold(string(title)) == q.whole {
			return byTitle + byCoverage
		}
		gain = max(gain, byCoverage*int(c.titles[language])/int(max(t.length[language], 1)))
	}
	return gain
}
