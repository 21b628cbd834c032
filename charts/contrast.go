package charts

import "maps"

// strongColours are the counterparts of our colours for readers who ask for more contrast: on
// the sheet 7 for lettering and 4.5 for marks, but 3 for statuses, which have a sign or
// a hatch besides and must be told apart. What is of no matter, as the lines of a grid, is to
// be seen at least.
func strongColours() map[string]string {
	return map[string]string{
		ink: "#000000", soft: "#2c3440", line: "#767d87", sheet: sheet, accent: "#063a52", pale: "#f3f3f3",
		dark: "#000000", white: "#ffffff", darkByDay: "#000000", whiteByDay: "#ffffff",
		zero: "#5c584f", gaps: "#cfc9bb", rim: "#5c584f", halo: "#ffffff", hatchGap: hatchGap, veil: "rgba(6,58,82,0.16)",

		link: "#5c584f", planned: "#5f8496", women: "#472c78", men: "#7a3600", faint: "#4a7183",
		"#e3eef2": "#e3eef2", "#b5d3de": "#b0d2df", "#7fb0c4": "#84b8cc", "#4b92ae": "#5da0bc",

		"#0b6b5d": "#00473c", "#3a9c8e": "#208474", "#b98716": "#a47e08", "#c0501f": "#a23000",
		"#a2333b": "#5e0e1b", "#6a4d74": "#583488", "#918b7f": "#7a7569",
		"#e0edea": "#e0edea", "#a9d3cb": "#a9d3cb", "#62afa2": "#62afa2",
	}
}

// strongNightColours are those for readers who ask for it on a dark screen.
func strongNightColours() map[string]string {
	all := nightColours()
	maps.Copy(all, map[string]string{
		ink: "#ffffff", soft: "#d3dbe4", line: "#7d8896", sheet: "#0a0e13", accent: "#b4e1f6", pale: "#161d26",
		dark: "#000000", white: "#ffffff", darkByDay: "#ffffff", whiteByDay: "#000000",
		zero: "#a9b2bc", gaps: "#39434f", rim: "#a9b2bc", hatchGap: "rgba(10,14,19,0.75)", veil: "rgba(180,225,246,0.2)",
		link: "#a9b2bc", planned: "#587887", women: "#c9b6f2", men: "#f2ad74", faint: "#8fb3c2",
		goal: "#3ab29e",
	})
	return all
}
