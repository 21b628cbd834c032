package charts

import "jalon/locale"

// A caption is a text at an edge of the picture: it keeps its place however wide that
// is drawn, and takes ECharts a quarter of the time of a note.
type caption struct {
	text   string // plain
	colour string
	size   float64
	bold   bool
	end    bool    // at the edge where lines end, not at the one where they begin
	in     float64 // from the edge
	middle float64 // of the text, from the top of the picture
	halo   bool    // keeps lines off the letters
}

// graphic is an element that ECharts draws beside its series, and its look.
type graphic struct {
	Type   string       `json:"type"`
	Left   *float64     `json:"left,omitempty"`
	Right  *float64     `json:"right,omitempty"`
	Y      float64      `json:"y"` // with a top, ECharts would forget the alignment
	Z      int          `json:"z"`
	Silent bool         `json:"silent"`
	Style  graphicStyle `json:"style"`
}

type graphicStyle struct {
	Text   string  `json:"text"`
	Fill   string  `json:"fill"`
	Size   float64 `json:"fontSize"`
	Weight string  `json:"fontWeight,omitempty"`
	Family string  `json:"fontFamily"`
	Line   float64 `json:"lineHeight"`
	Align  string  `json:"align"`
	AlignV string  `json:"verticalAlign"`
	Halo   string  `json:"stroke,omitempty"`
	Wide   float64 `json:"lineWidth,omitempty"`
}

// captions are part of an option.
func captions(l *locale.Language, all []caption) map[string]any {
	drawn := make([]graphic, len(all))
	for n, c := range all {
		side := sides(l).start
		if c.end {
			side = sides(l).end
		}
		g := graphic{Type: "text", Y: c.middle, Z: 10, Silent: true, Style: graphicStyle{
			Text: directed(l, c.text), Fill: c.colour, Size: c.size, Family: fonts, Line: noteLine, Align: side, AlignV: "middle",
		}}
		if side == "left" {
			g.Left = &c.in
		} else {
			g.Right = &c.in
		}
		if c.bold {
			g.Style.Weight = "600"
		}
		if c.halo {
			g.Style.Halo, g.Style.Wide = sheet, 3
		}
		drawn[n] = g
	}
	return map[string]any{"graphic": drawn}
}
