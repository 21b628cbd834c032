package table

import (
	"fmt"
	"strings"
	"testing"
)

func TestCharactersThatAreNotSeenAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a\x1b[31mb": "U+001B (ESC)", "a\x07b": "U+0007 (BEL)", "a\x01b": "U+0001 (control character)", "a\x7fb": "U+007F (DEL)", "a\rb": "U+000D (carriage return)",
		"a\u202eb": "U+202E (override", "a\u202db": "U+202D (override",
		"a\tb\nc": "", "\u2067الهجرة\u2069 \u200fet\u200e \u202bx\u202c": "", "1\u202f234\u00a0€": "",
	} {
		rows, problems, err := readAll(t, strings.NewReader(fmt.Sprintf("code,title\nA,\"%s\"\nB,x\n", text)))
		switch {
		case err != nil || len(rows) < 2:
			t.Errorf("%q: rows %q, error %v", text, rows, err)
		case want == "" && (len(problems) > 0 || len(rows) != 3):
			t.Errorf("%q is refused: %q", text, problems)
		case want != "" && (len(problems) != 1 || len(rows) != 2 || !strings.HasPrefix(problems[0], "t.csv:2:3: the character "+want)):
			t.Errorf("%q: problems %q, want %s at 2:3 alone", text, problems, want)
		}
	}
	_, problems, _ := readAll(t, strings.NewReader("code,ti\x1btle\nA,x\n"))
	if len(problems) != 1 || !strings.HasPrefix(problems[0], "t.csv:1:6: the character U+001B (ESC)") {
		t.Errorf("in the heading: %q", problems)
	}
}
