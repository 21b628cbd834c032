package paper

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// An option is what ECharts is told, as far as paper needs it: what is there for the
// pointer is left out. Lengths are pixels.
type option struct {
	Background string `json:"backgroundColor"`
	TextStyle  struct {
		Family string `json:"fontFamily"`
	} `json:"textStyle"`
	Grid    oneOrMore[grid]   `json:"grid"`
	X       oneOrMore[axis]   `json:"xAxis"`
	Y       oneOrMore[axis]   `json:"yAxis"`
	Series  []series          `json:"series"`
	Legend  oneOrMore[legend] `json:"legend"`
	Caption []caption         `json:"graphic"`
	Classes struct {
		Pieces []class `json:"pieces"`
	} `json:"visualMap"`
}

// oneOrMore is a component that ECharts takes by itself or in a list.
type oneOrMore[T any] []T

func (o *oneOrMore[T]) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		return json.Unmarshal(data, (*[]T)(o))
	}
	*o = make([]T, 1)
	return json.Unmarshal(data, &(*o)[0])
}

// A length is a number of pixels, which go-echarts writes as a text; "center" of a left
// edge stands for the middle.
type length struct {
	given  bool
	centre bool
	pixels float64
}

func (n *length) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	if text == "null" || text == "" {
		return nil
	}
	*n = length{given: true, centre: text == "center"}
	if n.centre {
		return nil
	}
	var err error
	if n.pixels, err = strconv.ParseFloat(text, 64); err != nil {
		return fmt.Errorf("%q is no number of pixels", text)
	}
	return nil
}

type grid struct{ Left, Right, Top, Bottom, Width, Height length }

type axis struct {
	Type     string
	Min, Max *float64
	Inverse  bool
	Data     []json.RawMessage // the names of categories
}

// A class gives the cells of some values their colour.
type class struct {
	Above float64 `json:"gt"`
	Below float64 `json:"lt"`
	Color string  `json:"color"`
}

type series struct {
	Type, Name, ID string
	Data           []datum
	Symbol         string
	SymbolSize     size
	ItemStyle      look
	LineStyle      pen
	Clip           *bool
	Z              *int
	MarkLine       struct {
		Z    *int
		Data []rule
	}
	MarkArea struct {
		ItemStyle look
		Data      [][2]struct{ Coord [2]float64 }
	}
	BarWidth                 length
	Links                    []link
	Left, Right, Top, Height length // of flows
	NodeWidth                float64
	PerUnit                  float64 `json:"pixelsPerUnit"` // for paper only: ECharts finds it itself
}

func (s *series) z() int {
	if s.Z == nil {
		return 2
	}
	return *s.Z
}

func (s *series) clipped() bool { return s.Clip == nil || *s.Clip }

// A datum is a point, a cell, a piece of a bar or a node. Value is NaN where a line has
// a gap.
type datum struct {
	Value      values
	Name       string
	Symbol     string
	SymbolSize *size
	Offset     [2]float64 `json:"symbolOffset"`
	ItemStyle  look
	Label      *label
	Depth      int     // of a node: its column
	X          float64 `json:"localX"` // of a node, as shares of the room for flows
	Y          float64 `json:"localY"`
}

func (d *datum) UnmarshalJSON(data []byte) error {
	type full datum // without this method
	if data[0] == '{' {
		return json.Unmarshal(data, (*full)(d))
	}
	return json.Unmarshal(data, &d.Value)
}

// point is the first two values, and whether there are any.
func (d *datum) point() (x, y float64, ok bool) {
	if len(d.Value) < 2 || math.IsNaN(d.Value[0]) || math.IsNaN(d.Value[1]) {
		return 0, 0, false
	}
	return d.Value[0], d.Value[1], true
}

// values are one number or a list; null is NaN.
type values []float64

func (v *values) UnmarshalJSON(data []byte) error {
	for part := range bytes.SplitSeq(bytes.Trim(data, "[]"), []byte{','}) {
		text := string(bytes.TrimSpace(part))
		if text == "null" || text == "" {
			*v = append(*v, math.NaN())
			continue
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("%q is no number of a datum", text)
		}
		*v = append(*v, n)
	}
	return nil
}

// A size is width and height; one number stands for both.
type size [2]float64

func (s *size) UnmarshalJSON(data []byte) error {
	var all values
	if err := all.UnmarshalJSON(data); err != nil {
		return err
	}
	s[0], s[1] = all[0], all[len(all)-1]
	return nil
}

// A look is how an area is filled and bordered.
type look struct {
	Color       string
	BorderColor string
	BorderWidth *float64
	Opacity     *float64
	Decal       *struct{ Color string }
}

// over is a look whose gaps are filled by another.
func (l look) over(under look) look {
	if l.Color == "" {
		l.Color = under.Color
	}
	if l.BorderColor == "" {
		l.BorderColor = under.BorderColor
	}
	if l.BorderWidth == nil {
		l.BorderWidth = under.BorderWidth
	}
	if l.Opacity == nil {
		l.Opacity = under.Opacity
	}
	if l.Decal == nil {
		l.Decal = under.Decal
	}
	return l
}

// A pen is how a line is drawn.
type pen struct {
	Color   string
	Width   *float64
	Type    string // solid, dashed or dotted
	Opacity *float64
}

// A rule is a straight line across the plot.
type rule struct {
	X         *float64 `json:"xAxis"`
	Y         *float64 `json:"yAxis"`
	LineStyle pen
	Label     label
}

// A link is a flow between two nodes.
type link struct {
	Source, Target string
	Value          float64
	LineStyle      pen
}
