package indicators

import (
	"cmp"
	"strings"
)

// CompareCodes orders codes as people do: 3.2 before 3.10, 10.7 before 10.c. Only
// equal codes are on a par; 3.2 goes after 3.02.
func CompareCodes(a, b string) int {
	asWritten := strings.Compare(a, b)
	for a != "" && b != "" {
		aRun, bRun := run(a), run(b)
		if isDigit(a[0]) && isDigit(b[0]) {
			aNumber, bNumber := strings.TrimLeft(aRun, "0"), strings.TrimLeft(bRun, "0")
			if c := cmp.Or(cmp.Compare(len(aNumber), len(bNumber)), cmp.Compare(aNumber, bNumber)); c != 0 {
				return c
			}
		} else if c := cmp.Compare(aRun, bRun); c != 0 {
			return c
		}
		a, b = a[len(aRun):], b[len(bRun):]
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), asWritten)
}

// run is the digits, or the other characters, that a text begins with.
func run(text string) string {
	n := 1
	for n < len(text) && isDigit(text[n]) == isDigit(text[0]) {
		n++
	}
	return text[:n]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
