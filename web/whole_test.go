package web

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// tag is one tag as our templates write them: attributes quoted, nothing left out.
var tag = regexp.MustCompile(`^<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(/?)>`)

// broken tells what keeps a page from being whole: a tag that is none, an element that is
// not closed or within one that it would close, an id that two have. Nothing: it is whole.
func broken(page string) string {
	rest, found := strings.CutPrefix(page, "<!doctype html>")
	if !found {
		return "no doctype"
	}
	var open []string
	ids := map[string]bool{}
	for {
		next := strings.IndexByte(rest, '<')
		if next < 0 {
			break
		}
		rest = rest[next:]
		found := tag.FindStringSubmatch(rest[:tagEnd(rest)])
		if found == nil {
			return fmt.Sprintf("no tag in %s: %.80q", strings.Join(open, " "), rest)
		}
		rest = rest[len(found[0]):]
		closes, name, attributes, empty := found[1] != "", strings.ToLower(found[2]), found[3], found[4] != ""
		if id := identity.FindStringSubmatch(attributes); id != nil {
			if ids[id[1]] {
				return fmt.Sprintf("two elements have the id %q", id[1])
			}
			ids[id[1]] = true
		}
		switch {
		case closes && (len(open) == 0 || open[len(open)-1] != name):
			return fmt.Sprintf("</%s> in %s", name, strings.Join(open, " "))
		case closes:
			open = open[:len(open)-1]
		case slices.Contains(closing(), name) && slices.Contains(open, "p"):
			return fmt.Sprintf("<%s> in a paragraph", name)
		case !empty && !slices.Contains(void(), name):
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return "not closed: " + strings.Join(open, " ")
	}
	return ""
}

// tagEnd is where a tag ends, at the first > that is not quoted: a page as a whole keeps the
// pattern busy for half a minute.
func tagEnd(rest string) int {
	quoted := false
	for n := range len(rest) {
		switch rest[n] {
		case '"':
			quoted = !quoted
		case '>':
			if !quoted {
				return n + 1
			}
		}
	}
	return len(rest)
}

var identity = regexp.MustCompile(`\sid="([^"]*)"`)

// void are the elements that have no end.
func void() []string {
	return []string{"meta", "link", "img", "br", "input", "source", "col", "hr", "wbr"}
}

// closing are the elements that end a paragraph that they stand in.
func closing() []string {
	return []string{"p", "div", "ul", "ol", "dl", "table", "section", "h1", "h2", "h3", "form", "figure", "details", "nav", "main", "pre"}
}
