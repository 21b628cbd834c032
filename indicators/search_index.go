package indicators

import (
	"slices"
	"strings"
)

// A HitKind is what sort of thing can be found.
type HitKind string

// The kinds of things that can be found, as they are listed.
const (
	HitIndicator    HitKind = "indicator"
	HitAction       HitKind = "action"
	HitGroup        HitKind = "group"
	HitFramework    HitKind = "framework"
	HitResult       HitKind = "result"
	HitOrganisation HitKind = "organisation"
	HitTerm         HitKind = "term" // of the glossary
)

// HitKinds lists the kinds of things that can be found.
func HitKinds() []HitKind {
	return []HitKind{HitIndicator, HitAction, HitGroup, HitFramework, HitResult, HitOrganisation, HitTerm}
}

// A Findable is something as a search sees it.
type Findable struct {
	Kind       HitKind
	Key        string   // by which whoever asks finds it again
	Codes      []string // the first is its own
	Title      Text
	Definition Text
	Others     []string
}

// A Finder is the words of many things, each with the places where it stands. It is never
// changed once made.
type Finder struct {
	things []thing
	words  []vocable
	codes  map[string][]int32 // things by code, folded
	joined map[string][]int32 // likewise, written together
}

// A thing is what a hit is about, with what ranks it.
type thing struct {
	kind   HitKind
	key    string
	title  Text
	length [3]int16 // telling words of the title in each language
}

// A vocable is a folded word and where it stands.
type vocable struct {
	text    string
	letters uint64
	places  []spot
}

// A spot is a field of a thing.
type spot struct {
	thing int32
	field field
}

type field uint8

// The fields of a thing. Titles have one for each language.
const (
	inCode field = iota
	inTitleFR
	inTitleAR
	inTitleEN
	inDefinition
	inOthers
)

// weight is what a word in a field tells of the thing.
func (f field) weight() int {
	switch f {
	case inCode:
		return 8
	case inDefinition:
		return 2
	case inOthers:
		return 1
	}
	return 5
}

// NewFinder reads the words of many things.
func NewFinder(things []Findable) *Finder {
	b := finderBuilder{
		Finder: &Finder{things: make([]thing, len(things)), codes: map[string][]int32{}, joined: map[string][]int32{}},
		number: map[string]int32{}, written: map[string][]int32{},
	}
	for n := range things {
		b.add(int32(n), &things[n])
	}
	slices.SortFunc(b.words, func(a, b vocable) int { return strings.Compare(a.text, b.text) })
	return b.Finder
}

type finderBuilder struct {
	*Finder
	number  map[string]int32   // of words, by their folded text
	written map[string][]int32 // of words as they are written: most come many times
}

func (b *finderBuilder) add(n int32, f *Findable) {
	t := &b.things[n]
	t.kind, t.key, t.title = f.Kind, f.Key, f.Title
	for _, code := range f.Codes {
		b.read(n, inCode, code)
		folded := Fold(code)
		if folded == "" {
			continue
		}
		b.codes[folded] = append(b.codes[folded], n)
		together := strings.ReplaceAll(folded, " ", "")
		b.joined[together] = append(b.joined[together], n)
	}
	for language, title := range [...]Optional{f.Title.FR, f.Title.AR, f.Title.EN} {
		t.length[language] = int16(min(b.read(n, inTitleFR+field(language), string(title)), 1000))
	}
	for _, text := range [...]Optional{f.Definition.FR, f.Definition.AR, f.Definition.EN} {
		b.read(n, inDefinition, string(text))
	}
	for _, text := range f.Others {
		b.read(n, inOthers, text)
	}
}

// read notes the words of a text, and counts those that tell something.
func (b *finderBuilder) read(n int32, in field, text string) (telling int) {
	for start, end := range runs(text) {
		for _, word := range b.numbers(text[start:end]) {
			v := &b.words[word]
			if !isSmallWord(v.text) {
				telling++
			}
			if last := len(v.places) - 1; last < 0 || v.places[last] != (spot{n, in}) {
				v.places = append(v.places, spot{n, in})
			}
		}
	}
	return telling
}

// numbers are those of the words that are written together.
func (b *finderBuilder) numbers(run string) []int32 {
	if known, found := b.written[run]; found {
		return known
	}
	var all []int32
	for _, folded := range foldRun(run) {
		word := bare(folded, 3)
		number, found := b.number[word]
		if !found {
			number = int32(len(b.words))
			b.number[word] = number
			b.words = append(b.words, vocable{text: word, letters: lettersOf(word)})
		}
		all = append(all, number)
	}
	b.written[run] = all
	return all
}
