package charts

import (
	"encoding/json"
	"maps"
	"regexp"

	"jalon/indicators/progress"
)

// A Theme is the screen that a chart is for. A chart is made for the first; for another its
// colours are exchanged.
type Theme string

// The themes, as addresses name them.
const (
	Light       Theme = "light"
	Dark        Theme = "dark"
	Strong      Theme = "contrast"
	StrongNight Theme = "dark-contrast"
)

// Themes lists them.
func Themes() []Theme { return []Theme{Light, Dark, Strong, StrongNight} }

// counterparts tells by which each of our colours is replaced; nothing of a chart as it is made.
func (t Theme) counterparts() map[string]string {
	switch t {
	case Dark:
		return nightColours()
	case Strong:
		return strongColours()
	case StrongNight:
		return strongNightColours()
	}
	return nil
}

// Colour is what a theme has for one of our colours.
func (t Theme) Colour(ours string) string {
	if other, known := t.counterparts()[ours]; known {
		return other
	}
	return ours
}

// colours finds the colours of an option: texts that are nothing else.
var colours = regexp.MustCompile(`"(#[0-9a-f]{3,8}|rgba?\([0-9., ]+\))"`)

// In is a chart in the colours of a theme.
func (c Chart) In(t Theme) Chart {
	all := t.counterparts()
	if all == nil {
		return c
	}
	c.Option = colours.ReplaceAllFunc(c.Option, func(quoted []byte) []byte {
		ours := string(quoted[1 : len(quoted)-1])
		if other, known := all[ours]; known && other != ours {
			return []byte(`"` + other + `"`)
		}
		return quoted
	})
	return c
}

// ThemeColours tells the browser, for each theme, which colour of an option stands for which.
func ThemeColours() json.RawMessage {
	themes := map[Theme]map[string]string{}
	for _, t := range Themes() {
		themes[t] = t.counterparts()
		maps.DeleteFunc(themes[t], func(day, other string) bool { return day == other })
	}
	written, err := json.Marshal(themes)
	if err != nil {
		return json.RawMessage("{}") // texts can always be written
	}
	return written
}

// A Token is one colour by day and by night.
type Token struct{ Light, Dark string }

// Tokens are the colours that charts share with the pages, by the pages' names.
func Tokens() map[string]Token {
	all := map[string]Token{}
	for name, day := range map[string]string{
		"ink": ink, "soft": soft, "line": line, "sheet": sheet, "accent": accent, "faint": pale,
	} {
		all[name] = Token{day, Dark.Colour(day)}
	}
	for _, s := range progress.Statuses() {
		all[string(s)] = Token{statusColour(s), Dark.Colour(statusColour(s))}
	}
	return all
}
