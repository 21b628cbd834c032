package charts

// nightColours are the counterparts of our colours on dark screens. A chart is always
// made by day; for the night its colours are exchanged, here or in the browser.
func nightColours() map[string]string {
	return map[string]string{
		ink: "#e9edf2", soft: "#a9b4c1", line: "#333e4b", sheet: "#1a212b", accent: "#85c5e2", pale: "#222b37",
		dark: dark, white: white, darkByDay: sheet, whiteByDay: dark,
		zero: "#6b7684", gaps: "#333e4b", rim: "#4d5966", halo: "#aab2bc", hatchGap: "rgba(26,33,43,0.75)", veil: "rgba(133,197,226,0.16)",

		link: "#66717e", planned: "#35515f", women: "#b59cea", men: "#e8995a", faint: "#4f7688",
		"#e3eef2": "#22333d", "#b5d3de": "#2b4d5e", "#7fb0c4": "#356a83", "#4b92ae": "#5299b8",

		"#0b6b5d": "#35ad99", "#3a9c8e": "#96dccb", "#b98716": "#ecc65e", "#c0501f": "#e8905a",
		"#a2333b": "#d8636c", "#6a4d74": "#ad8ccc", "#918b7f": "#828b96",
		"#e0edea": "#1f3a38", "#a9d3cb": "#275c53", "#62afa2": "#2a7a6d",
	}
}
