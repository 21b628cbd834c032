package web

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A scheme is one way for readers to see the pages: by which of their wishes the tokens
// are chosen, and what the tokens then are.
type scheme struct {
	Name   string
	tokens map[string]string // by name, without the dashes
}

var (
	tokenBlock = regexp.MustCompile(`(?s)(@media ([^{]*)\{\s*)?:root \{(.*?)\}`)
	tokenLine  = regexp.MustCompile(`--([a-z0-9_-]+):\s*([^;]+);`)
)

// readSchemes reads the tokens as a browser does: of the blocks whose wishes are the
// reader's, the later one wins.
func readSchemes(files fs.FS) ([]scheme, error) {
	sheet, err := fs.ReadFile(files, "css/tokens.css")
	if err != nil {
		return nil, err
	}
	blocks := tokenBlock.FindAllStringSubmatch(string(withoutComments(sheet)), -1)
	const dark, more = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
	all := []scheme{{Name: "light"}, {Name: "light_more"}, {Name: "dark"}, {Name: "dark_more"}}
	for n, wishes := range []string{"", more, dark, dark + more} {
		all[n].tokens = map[string]string{}
		for _, block := range blocks {
			asks := func(wish string) bool { return strings.Contains(block[2], wish) && !strings.Contains(wishes, wish) }
			if asks(dark) || asks(more) {
				continue
			}
			for _, token := range tokenLine.FindAllStringSubmatch(block[3], -1) {
				all[n].tokens[token[1]] = token[2]
			}
		}
	}
	return all, nil
}

// A pairing is two colours that meet on the pages, and the contrast ratio that they need
// by WCAG 2.2: 4.5 for text, 3 for what is told by its shape.
type pairing struct {
	Front, Back string
	Least       float64
}

// schemed is a token with its value in each scheme.
type schemed struct {
	Name   string
	Values []string
}

// colourTokens are the colours of all schemes, by name.
func colourTokens(schemes []scheme) []schemed {
	var all []schemed
	for _, name := range slices.Sorted(maps.Keys(schemes[0].tokens)) {
		if !strings.HasPrefix(schemes[0].tokens[name], "#") {
			continue
		}
		token := schemed{Name: name}
		for _, s := range schemes {
			token.Values = append(token.Values, s.tokens[name])
		}
		all = append(all, token)
	}
	return all
}

// pairings lists which colours meet.
func pairings() []pairing {
	var all []pairing
	for _, back := range []string{"paper", "sheet", "faint", "note"} {
		for _, front := range []string{"ink", "soft", "accent", "alert"} {
			all = append(all, pairing{front, back, 4.5})
		}
		all = append(all, pairing{"focus", back, 3})
	}
	for _, front := range []string{"focus", "achieved"} { // of tags
		all = append(all, pairing{front, "sheet", 4.5})
	}
	all = append(all, pairing{"paper", "accent", 4.5}, pairing{"edge", "sheet", 3}, pairing{"note-line", "note", 2.8})
	for _, status := range statusTokens() {
		on := "on-sign"
		if status == "behind" {
			on = "on-bright"
		}
		all = append(all, pairing{status, "sheet", 3}, pairing{on, status, 3})
	}
	return all
}

// statusTokens names the colours of the statuses, best first.
func statusTokens() []string {
	return []string{"achieved", "on_track", "behind", "far_behind", "regressed", "missed", "not_assessable"}
}
