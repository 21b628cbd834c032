package locale

import "regexp"

// Isolate keeps a number, or a text that holds one, from being turned round by the
// words of a right-to-left sentence: the sign stays before, the % behind. A text whose
// first letter is Arabic keeps its own way. In other languages nothing is needed.
func (l *Language) Isolate(text string) string {
	if l.Dir != "rtl" || text == "" {
		return text
	}
	return "\u2068" + text + "\u2069"
}

// figuresIsolated isolates the numbers with a sign or a % that stand in a text of the
// catalogue itself.
func (l *Language) figuresIsolated() func(text string) string {
	if l.Dir != "rtl" {
		return func(text string) string { return text }
	}
	figures := regexp.MustCompile(`[+\x{2212}]\d+(,\d+)?|\d+[ \x{202f}\x{a0}]%`)
	return func(text string) string { return figures.ReplaceAllStringFunc(text, l.Isolate) }
}
