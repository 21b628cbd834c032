package paper

import (
	"encoding/json"
	"fmt"
)

// A Picture is what is to be drawn: an option of package charts, pixels that it is laid
// out for, the words that stand for it where it is not seen, and what stands around it.
type Picture struct {
	Option             json.RawMessage
	Width, Height      int // of the drawing, without its mount
	Title, Description string
	Mount              *Mount // nil: none
}

// SVG draws a picture: without scripts, styles or anything to be fetched. The same picture
// gives the same bytes. It fails on an option that is not of package charts.
func SVG(p Picture) ([]byte, error) {
	var o option
	if err := json.Unmarshal(p.Option, &o); err != nil {
		return nil, fmt.Errorf("reading a chart's option: %w", err)
	}
	c := &canvas{}
	f := framed(&o, float64(p.Width), float64(p.Height))
	stacked := map[float64]float64{}
	for n := range o.Series {
		s := &o.Series[n]
		switch s.Type {
		case "scatter":
			c.points(s, f)
		case "line":
			c.lines(s, f)
		case "heatmap":
			c.cells(s, f, o.Classes.Pieces)
		case "bar":
			c.bars(s, f, stacked)
		case "sankey":
			c.flows(s, float64(p.Width))
		default:
			return nil, fmt.Errorf("series %d of a chart is of a kind that paper does not know: %q", n+1, s.Type)
		}
	}
	for n := range o.Legend {
		c.legend(&o.Legend[n], o.Series, float64(p.Width), float64(p.Height))
	}
	for n := range o.Caption {
		c.caption(&o.Caption[n], float64(p.Width))
	}
	return c.picture(&o, &p), nil
}
