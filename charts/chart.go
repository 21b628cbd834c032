package charts

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/charts/paper"
	"jalon/locale"
)

// A Chart is one picture, for the browser to draw by Option or for a Renderer to
// draw as SVG. Both take the same option, which holds no function.
type Chart struct {
	Name          string // of the kind of chart: "trajectory"
	Title         string
	Description   string          // one sentence that says what is to be seen
	Option        json.RawMessage // for echarts.setOption; <, > and & are escaped
	Width, Height int             // pixels that lettering and labels are laid out for

	mount *paper.Mount // what a picture that leaves its page carries with it
}

// A Format is the room that a chart is laid out for: lettering keeps its size, the
// layout changes.
type Format int

// The formats: a column of a page, or a phone.
const (
	Wide Format = iota
	Narrow
)

// series is a series of go-echarts with what its types lack.
type series struct {
	charts.SingleSeries
	ID        string     `json:"id,omitempty"`
	ItemStyle *itemStyle `json:"itemStyle,omitempty"`
	Silent    bool       `json:"silent,omitempty"`
	Clip      *bool      `json:"clip,omitempty"`
	Z         int        `json:"z,omitempty"`
	Cursor    string     `json:"cursor,omitempty"`
	Emphasis  emphasis   `json:"emphasis"`
	MarkLine  *markLine  `json:"markLine,omitempty"`
	MarkArea  *markArea  `json:"markArea,omitempty"`
}

// forPointer is the name of a series that is nothing but tooltips: a picture is drawn
// without it.
const forPointer = "pointer"

// emphasis is switched off: nothing jumps under the pointer, and the SVG needs no
// style sheet.
type emphasis struct{}

func (emphasis) MarshalJSON() ([]byte, error) { return []byte(`{"disabled":true}`), nil }

// item is one datum with a look of its own.
type item struct {
	Name       string     `json:"name,omitempty"`
	Value      any        `json:"value"` // a number, or [x, y]
	Symbol     string     `json:"symbol,omitempty"`
	SymbolSize any        `json:"symbolSize,omitempty"` // number, or [width, height]
	Offset     []float64  `json:"symbolOffset,omitempty"`
	ItemStyle  *itemStyle `json:"itemStyle,omitempty"`
	Label      *label     `json:"label,omitempty"`
	Tooltip    *tip       `json:"tooltip,omitempty"`
}

type itemStyle struct {
	opts.ItemStyle
	Decal *decal `json:"decal,omitempty"`
}

// decal is a hatch over a colour, for what is not assessed.
type decal struct {
	Color     string  `json:"color"`
	DashX     []int   `json:"dashArrayX"`
	DashY     []int   `json:"dashArrayY"`
	Rotation  float64 `json:"rotation"`
	SymbolWid float64 `json:"symbolSize"`
}

func hatch() *decal {
	return &decal{Color: hatchGap, DashX: []int{1, 0}, DashY: []int{3, 4}, Rotation: -0.785, SymbolWid: 1}
}

type label struct {
	opts.Label
	Offset   []float64                 `json:"offset,omitempty"`
	Distance *float64                  `json:"distance,omitempty"`
	Rich     map[string]opts.TextStyle `json:"rich,omitempty"`
	Halo     string                    `json:"textBorderColor,omitempty"`
	HaloWide float64                   `json:"textBorderWidth,omitempty"`
}

// tip is the text under the pointer.
type tip struct {
	Formatter string `json:"formatter"`
}

type markLine struct {
	Silent    bool            `json:"silent"`
	Symbol    string          `json:"symbol"`
	Label     *label          `json:"label,omitempty"`
	LineStyle *opts.LineStyle `json:"lineStyle,omitempty"`
	Z         int             `json:"z,omitempty"`
	Data      []any           `json:"data"`
}

// rule is one line across the plot.
type rule struct {
	X         *float64        `json:"xAxis,omitempty"`
	Y         *float64        `json:"yAxis,omitempty"`
	Label     *label          `json:"label,omitempty"`
	LineStyle *opts.LineStyle `json:"lineStyle,omitempty"`
}

type markArea struct {
	Silent    bool            `json:"silent"`
	ItemStyle *opts.ItemStyle `json:"itemStyle,omitempty"`
	Data      [][2]corner     `json:"data"`
}

type corner struct {
	Coord [2]float64 `json:"coord"`
}

// legendRow is one line of a legend, from the reader's side of the page.
type legendRow struct {
	opts.Legend
	Gap        int  `json:"itemGap"`
	Selectable bool `json:"selectedMode"` // never: the labels are laid out for the whole
}

// tooltip is drawn with the chart instead of as HTML: the pages forbid styles
// written by scripts.
type tooltip struct {
	opts.Tooltip
	RenderMode string         `json:"renderMode"`
	Confine    bool           `json:"confine"`
	TextStyle  opts.TextStyle `json:"textStyle"`
}

// option gathers the global options by go-echarts and adds what it has no fields
// for. The go-echarts templates are never used: they let a title end the script.
func option(c interface {
	Validate()
	JSON() map[string]any
}, all []series, legends []legendRow, more ...map[string]any) (json.RawMessage, error) {
	c.Validate()
	o := c.JSON()
	delete(o, "title")
	delete(o, "toolbox")
	delete(o, "color")
	o["series"] = all
	o["legend"] = legends
	o["backgroundColor"] = sheet
	o["textStyle"] = opts.TextStyle{FontFamily: fonts, Color: ink, FontSize: 12}
	o["tooltip"] = tooltip{
		Tooltip:    opts.Tooltip{Show: opts.Bool(true), Trigger: "item", BackgroundColor: sheet, BorderColor: line},
		RenderMode: "richText", Confine: true, TextStyle: opts.TextStyle{Color: ink, FontSize: 13},
	}
	for _, m := range more {
		maps.Copy(o, m)
	}
	data, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("writing a chart's option: %w", err)
	}
	return data, nil
}

// A side names left and right as the reader of a language meets them.
type side struct{ start, end string }

func sides(l *locale.Language) side {
	if l.Dir == "rtl" {
		return side{"right", "left"}
	}
	return side{"left", "right"}
}

func pixels(n float64) string { return fmt.Sprintf("%.0f", n) }
