package charts

import (
	"math"
	"strconv"

	"jalon/indicators/progress"
)

// The colours of the pages, for paper and light screens.
const (
	ink    = "#1c2430"
	soft   = "#55606f"
	line   = "#e3dfd6"
	sheet  = "#ffffff"
	accent = "#14506b" // what was observed
	goal   = "#0b6b5d" // what is aimed at
	pale   = "#f3f1ea" // nothing to show
)

// Lettering on a colour. What is easier to read on it by day need not be by night, so
// that each of the four has a value of its own, a shade beside the other of its kind.
const (
	dark       = "#111722" // by day and night
	white      = "#fffffe" // likewise
	darkByDay  = "#111723" // and white by night
	whiteByDay = "#feffff" // and dark by night
)

// The colours of single kinds of charts.
const (
	link     = "#b3aea3"                // what joins two marks of one thing
	planned  = "#c3d6de"                // the time that was planned
	late     = "#a2333b"                // what is overdue or missing
	rim      = "#c9c4b8"                // of a tile or key that is nearly as light as the sheet
	halo     = "#e8e5de"                // around a number on a hatch
	hatchGap = "rgba(255,255,255,0.75)" // between the lines of a hatch
	veil     = "rgba(20,80,107,0.12)"   // over the part of the time that is looked at
)

// The colours of the charts that compare.
const (
	zero  = "#a9a59b" // the line of 0, or of the whole
	women = "#6a4d9c"
	men   = "#a85412"
	gaps  = "#e4dfd3" // ground of what has no value, or not enough of it, under a hatch
	faint = "#8fb3c2" // money on its way
)

// classCount is how many shades a map has.
const classCount = 5

// classes go from light to dark as a value grows, for maps.
func classes() [classCount]string {
	return [classCount]string{"#e3eef2", "#b5d3de", "#7fb0c4", "#4b92ae", accent}
}

// ramp goes from little to much of what is good.
func ramp() [4]string { return [4]string{"#e0edea", "#a9d3cb", "#62afa2", goal} }

// fonts are those of the pages, so that a chart looks the same inside and outside
// of one.
const fonts = `system-ui, 'Segoe UI', 'Noto Sans', 'Noto Naskh Arabic', 'Geeza Pro', Tahoma, sans-serif`

// statusColour goes from teal to brick, so that readers who do not tell red from
// green can follow; no status is told by its colour alone.
func statusColour(s progress.Status) string {
	switch s {
	case progress.Achieved:
		return "#0b6b5d"
	case progress.OnTrack:
		return "#3a9c8e"
	case progress.Behind:
		return "#b98716"
	case progress.FarBehind:
		return "#c0501f"
	case progress.Regressed:
		return "#a2333b"
	case progress.Missed:
		return "#6a4d74"
	}
	return "#918b7f"
}

// GoalColour is the official colour of a Sustainable Development Goal, 1 to 17
// (United Nations, guidelines for the use of the SDG logo, 2023), or a neutral one.
func GoalColour(goal string) string {
	colours := [...]string{
		"#e5243b", "#dda63a", "#4c9f38", "#c5192d", "#ff3a21", "#26bde2", "#fcc30b", "#a21942", "#fd6925",
		"#dd1367", "#fd9d24", "#bf8b2e", "#3f7e44", "#0a97d9", "#56c02b", "#00689d", "#19486a",
	}
	n, err := strconv.Atoi(goal)
	if err != nil || n < 1 || n > len(colours) {
		return accent
	}
	return colours[n-1]
}

// inkOn is the lettering that is easier to read on a colour: dark or white.
func inkOn(background string) string {
	darker := func(ground string) bool { return Contrast(ground, dark) >= Contrast(ground, sheet) }
	switch day, night := darker(background), darker(Dark.Colour(background)); {
	case day && night:
		return dark
	case day:
		return darkByDay
	case night:
		return whiteByDay
	}
	return white
}

// Contrast is the contrast ratio of two colours written #rrggbb by WCAG 2.2, from 1 to 21.
func Contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of a colour written #rrggbb, by WCAG 2.2.
func luminance(colour string) float64 {
	n, _ := strconv.ParseUint(colour[1:], 16, 32) // our own constants
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
