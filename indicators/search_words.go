package indicators

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a text as it is compared in a search: its words in small letters, without
// accents, an œ as oe; in Arabic without diacritics and tatweel, every alif bare, a ta
// marbuta as a ha, an alif maqsura as a ya; Arabic digits as Western ones. Whatever stands
// between words is one space.
func Fold(text string) string {
	var b strings.Builder
	for word := range wordsOf(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word.folded)
	}
	return b.String()
}

// A textWord is a word of a text, at text[start:end]. One that is written as a single
// sign, such as ½, can be several when folded; they share their place.
type textWord struct {
	folded     string
	start, end int
}

// wordsOf goes through the words of a text.
func wordsOf(text string) func(yield func(textWord) bool) {
	return func(yield func(textWord) bool) {
		for start, end := range runs(text) {
			for _, folded := range foldRun(text[start:end]) {
				if !yield(textWord{folded, start, end}) {
					return
				}
			}
		}
	}
}

// runs goes through the places of a text's words as they are written.
func runs(text string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		start := -1
		for n, r := range text {
			inside := inWord(r)
			if inside && start < 0 {
				start = n
			} else if !inside && start >= 0 {
				if !yield(start, n) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(start, len(text))
		}
	}
}

const tatweel = 'ـ'

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// foldRun folds what is written without a gap.
func foldRun(run string) []string {
	plain := strings.ToLower(norm.NFKD.String(strings.ToLower(run)))
	var b strings.Builder
	for _, r := range norm.NFKD.String(plain) { // a small letter may fall apart in its turn
		foldRune(&b, r)
	}
	return strings.Fields(b.String())
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case r < utf8.RuneSelf && !inWord(r):
		b.WriteByte(' ')
	case r < utf8.RuneSelf:
		b.WriteRune(r)
	case r == 'œ':
		b.WriteString("oe")
	case r == 'æ':
		b.WriteString("ae")
	case r == 'ß':
		b.WriteString("ss")
	case r == 'ø':
		b.WriteByte('o')
	case r == 'ٱ':
		b.WriteRune('ا')
	case r == 'ة' || r == 'ہ' || r == 'ھ':
		b.WriteRune('ه')
	case r == 'ى' || r == 'ی':
		b.WriteRune('ي')
	case r == 'ک':
		b.WriteRune('ك')
	case r == 'ء' || r == tatweel || unicode.IsMark(r):
	case r >= '٠' && r <= '٩':
		b.WriteRune(r - '٠' + '0')
	case r >= '۰' && r <= '۹':
		b.WriteRune(r - '۰' + '0')
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		b.WriteRune(r)
	default:
		b.WriteByte(' ')
	}
}

// bare is a folded Arabic word without the article, and what is written together with it,
// if so many letters are left; the word itself else.
func bare(word string, least int) string {
	if word == "" || word[0] < 0xd8 || word[0] > 0xdb {
		return word
	}
	for _, article := range [...]string{"وال", "بال", "كال", "فال", "ال", "لل"} {
		if rest, found := strings.CutPrefix(word, article); found && utf8.RuneCountInString(rest) >= least {
			return rest
		}
	}
	return word
}

// isSmallWord tells of words that say nothing about what is sought, folded.
func isSmallWord(word string) bool {
	switch word {
	case "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "s", "sur", "un", "une", "qui", "que",
		"an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with",
		"في", "من", "علي", "عن", "الي", "او", "و":
		return true
	}
	return false
}
