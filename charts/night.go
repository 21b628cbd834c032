package charts

import (
	"encoding/json"
	"maps"
	"regexp"

	"jalon/indicators/progress"
)

// nightColours are the counterparts of our colours on dark screens. A chart is always
// made by day; for the night its colours are exchanged, here or in the browser.
func nightColours() map[string]string {
	all := map[string]string{
		ink: "#e9edf2", soft: "#a9b4c1", line: "#333e4b", sheet: "#1a212b", accent: "#85c5e2", pale: "#222b37",
		dark: dark, white: white, darkByDay: sheet, whiteByDay: dark,
		zero: "#6b7684", gaps: "#333e4b", rim: "#4d5966", halo: "#aab2bc", hatchGap: "rgba(26,33,43,0.75)", veil: "rgba(133,197,226,0.16)",

		link: "#66717e", planned: "#35515f", women: "#b59cea", men: "#e8995a", faint: "#4f7688",
		"#e3eef2": "#22333d", "#b5d3de": "#2b4d5e", "#7fb0c4": "#356a83", "#4b92ae": "#5299b8",

		"#0b6b5d": "#35ad99", "#3a9c8e": "#96dccb", "#b98716": "#ecc65e", "#c0501f": "#e8905a",
		"#a2333b": "#d8636c", "#6a4d74": "#ad8ccc", "#918b7f": "#828b96",
		"#e0edea": "#1f3a38", "#a9d3cb": "#275c53", "#62afa2": "#2a7a6d",
	}
	return all
}

// atNight is a colour's counterpart; goals keep their official ones.
func atNight(colour string) string {
	if night, known := nightColours()[colour]; known {
		return night
	}
	return colour
}

// NightColours tells the browser which colour of an option stands for which by night.
func NightColours() json.RawMessage {
	all := nightColours()
	maps.DeleteFunc(all, func(day, night string) bool { return day == night })
	written, err := json.Marshal(all)
	if err != nil {
		return json.RawMessage("{}") // texts can always be written
	}
	return written
}

// colours finds the colours of an option: texts that are nothing else.
var colours = regexp.MustCompile(`"(#[0-9a-f]{3,8}|rgba?\([0-9., ]+\))"`)

// AtNight is a chart for a dark screen.
func AtNight(c Chart) Chart {
	all := nightColours()
	c.Option = colours.ReplaceAllFunc(c.Option, func(quoted []byte) []byte {
		if night, known := all[string(quoted[1:len(quoted)-1])]; known {
			return []byte(`"` + night + `"`)
		}
		return quoted
	})
	return c
}

// A Token is one colour by day and by night.
type Token struct{ Light, Dark string }

// Tokens are the colours that charts share with the pages, by the pages' names.
func Tokens() map[string]Token {
	all := map[string]Token{}
	for name, day := range map[string]string{
		"ink": ink, "soft": soft, "line": line, "sheet": sheet, "accent": accent, "faint": pale,
	} {
		all[name] = Token{day, atNight(day)}
	}
	for _, s := range progress.Statuses() {
		all[string(s)] = Token{statusColour(s), atNight(statusColour(s))}
	}
	return all
}
