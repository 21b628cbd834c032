package iati

import (
	"strings"
	"unicode"

	"jalon/indicators"
	"jalon/locale"
)

// entered is a text that people wrote, in the languages that it has. Where there is none,
// the fallback stands for it: the standard wants every title to say something.
func (f *File) entered(t indicators.Text, fallback string) text {
	written := f.said(func(l *locale.Language) string {
		words, in := t.In(l.Code)
		if in != l.Code {
			return ""
		}
		return words
	})
	if len(written.Narratives) == 0 && fallback != "" {
		written.Narratives = []narrative{{Words: plain(fallback)}}
	}
	return written
}

// said is what each language says; a language that says nothing is left out.
func (f *File) said(say func(l *locale.Language) string) text {
	var t text
	for n, l := range f.Languages {
		words := plain(say(l))
		if words == "" {
			continue
		}
		spoken := narrative{Words: words}
		if n > 0 {
			spoken.Language = l.Code
		}
		t.Narratives = append(t.Narratives, spoken)
	}
	return t
}

// sentences joins what is said, without what is empty.
func sentences(all ...string) string {
	var said []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// plain is a text as other programs expect it: without the marks of direction that pages
// need, without what XML cannot hold, without space around it.
func plain(words string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '\u2066' && r <= '\u2069', r >= '\u202a' && r <= '\u202e':
			return -1
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r == '\ufffe', r == '\uffff', r == unicode.ReplacementChar:
			return ' '
		}
		return r
	}, words))
}
