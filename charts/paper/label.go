package paper

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A label is a text that belongs to a datum.
type label struct {
	Show      bool
	Position  string
	Formatter string // the text: its braces name styles of Rich
	Offset    [2]float64
	Distance  *float64
	Rich      map[string]hand
	hand
}

// A hand is how a text, or a piece of one, is written.
type hand struct {
	Color         string
	FontSize      float64
	FontWeight    string
	LineHeight    float64
	Align         string  // left, center or right
	VerticalAlign string  // top, middle or bottom
	Halo          string  `json:"textBorderColor"`
	HaloWide      float64 `json:"textBorderWidth"`

	// Of a piece only: a box around it.
	Width        extentOf
	Padding      padding
	Background   string `json:"backgroundColor"`
	BorderColor  string
	BorderWidth  float64
	BorderRadius float64
}

// extentOf is a number of pixels, or nothing where a text says so.
type extentOf float64

func (e *extentOf) UnmarshalJSON(data []byte) error {
	n, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	if err == nil {
		*e = extentOf(n)
	}
	return nil
}

// A padding is above and below, then at both sides.
type padding [2]float64

func (p *padding) UnmarshalJSON(data []byte) error {
	var all []float64
	if err := json.Unmarshal(data, &all); err != nil {
		all = make([]float64, 1)
		if err := json.Unmarshal(data, &all[0]); err != nil {
			return err
		}
	}
	p[0], p[1] = all[0], all[min(1, len(all)-1)]
	return nil
}

// place is where a label of a rectangle hangs, and how it is aligned there unless it says
// so itself.
func (b *label) place(at rectangle) (x, y float64, align, vertical string) {
	away := 5.0
	if b.Distance != nil {
		away = *b.Distance
	}
	x, y = at.middle()
	align, vertical = "center", "middle"
	switch b.Position {
	case "left":
		x, align = at.x-away, "right"
	case "right":
		x, align = at.x+at.width+away, "left"
	case "top":
		y, vertical = at.y-away, "bottom"
	case "bottom":
		y, vertical = at.y+at.height+away, "top"
	case "insideTopLeft":
		x, y, align, vertical = at.x+away, at.y+away, "left", "top"
	case "insideTopRight":
		x, y, align, vertical = at.x+at.width-away, at.y+away, "right", "top"
	}
	if b.Align != "" {
		align = b.Align
	}
	if b.VerticalAlign != "" {
		vertical = b.VerticalAlign
	}
	return x + b.Offset[0], y + b.Offset[1], align, vertical
}

// A piece is part of a line in one hand.
type piece struct {
	text string
	hand
}

// lines takes a label's text apart.
func (b *label) lines() [][]piece {
	plain := b.hand
	if plain.FontSize == 0 {
		plain.FontSize = 12
	}
	var all [][]piece
	for line := range strings.SplitSeq(b.Formatter, "\n") {
		var pieces []piece
		for line != "" {
			before, styled, found := strings.Cut(line, "{")
			name, rest, named := strings.Cut(styled, "|")
			text, after, closed := strings.Cut(rest, "}")
			own, known := b.Rich[name]
			if !found || !named || !closed || !known {
				pieces, line = append(pieces, piece{line, plain}), ""
				continue
			}
			if before != "" {
				pieces = append(pieces, piece{before, plain})
			}
			pieces, line = append(pieces, piece{text, own.over(plain)}), after
		}
		all = append(all, pieces)
	}
	return all
}

// over fills the gaps of a piece's own hand by that of the label.
func (t hand) over(under hand) hand {
	if t.Color == "" {
		t.Color = under.Color
	}
	if t.FontSize == 0 {
		t.FontSize = under.FontSize
	}
	if t.FontWeight == "" {
		t.FontWeight = under.FontWeight
	}
	if t.LineHeight == 0 {
		t.LineHeight = under.LineHeight
	}
	if t.Halo == "" {
		t.Halo, t.HaloWide = under.Halo, under.HaloWide
	}
	return t
}
