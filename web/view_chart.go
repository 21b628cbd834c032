package web

import (
	"encoding/json"

	"jalon/charts"
	"jalon/indicators"
)

// A chart is a picture on a page: its option for the browser, in two layouts, and
// the addresses of the same as SVG. The zero chart is not shown.
type chart struct {
	ID            string
	Title         string
	Description   string
	Wide, Narrow  drawing
	Address       string
	AddressNarrow string
	Missing       bool // the program was built without ECharts
}

// A drawing is one layout of a chart, in pixels.
type drawing struct {
	Option        json.RawMessage
	Width, Height int
}

// A builder makes one chart for a layout.
type builder func(charts.Format) (charts.Chart, error)

// picture makes both layouts of a chart that has an address of its own. A chart
// that cannot be made is left out: the table beside it has its figures.
func (v *view) picture(id, address string, build builder) chart {
	if !charts.HasBundle() {
		return chart{Missing: true}
	}
	wide, err := build(charts.Wide)
	if err != nil {
		return chart{}
	}
	narrow, err := build(charts.Narrow)
	if err != nil {
		return chart{}
	}
	c := chart{
		ID: id, Title: wide.Title, Description: wide.Description,
		Wide:    drawing{wide.Option, wide.Width, wide.Height},
		Narrow:  drawing{narrow.Option, narrow.Width, narrow.Height},
		Address: "/charts/" + v.l.Code + "/" + address + ".svg",
	}
	c.AddressNarrow = c.Address + v.query()
	if v.asOf == "" {
		c.AddressNarrow += "?format=narrow"
	} else {
		c.AddressNarrow += "&format=narrow"
	}
	c.Address += v.query()
	return c
}

// statusBars is chart A.
func (v *view) statusBars(themes []theme) chart {
	if len(themes) == 0 {
		return chart{}
	}
	return v.picture("status", "overview/status", v.buildStatusBars(themes))
}

func (v *view) buildStatusBars(themes []theme) builder {
	bars := make([]charts.Bar, len(themes))
	for n, t := range themes {
		bars[n] = charts.Bar{Title: t.Name.Text, Counts: t.Counts}
	}
	return func(f charts.Format) (charts.Chart, error) { return charts.StatusBars(v.l, bars, f) }
}

// trajectory is chart D.
func (v *view) trajectory(i *indicators.Indicator, a *indicators.Assessment) chart {
	if len(v.p.Figures(i.Code)) == 0 && !a.Target.IsSet() {
		return chart{}
	}
	return v.picture("trajectory", "indicators/"+i.Code+"/trajectory", v.buildTrajectory(i, a))
}

// matrix is chart L: the goals of the SDGs, the axes of a plan.
func (v *view) matrix(f *indicators.Framework) chart {
	if len(v.p.Children(f.Code)) == 0 {
		return chart{}
	}
	return v.picture("matrix-"+f.Code, "frameworks/"+f.Code+"/matrix", v.buildMatrix(f))
}

func (v *view) buildTrajectory(i *indicators.Indicator, a *indicators.Assessment) builder {
	course := charts.Course{
		Indicator: i, Assessment: a,
		Figures: v.p.Series[indicators.SeriesKey{Indicator: i.Code, Breakdown: a.Breakdown}],
	}
	return func(f charts.Format) (charts.Chart, error) { return charts.Trajectory(v.l, course, f) }
}

func (v *view) buildMatrix(f *indicators.Framework) builder {
	var tiles []charts.Tile
	for _, r := range v.p.Children(f.Code) {
		colour := charts.GoalColour("")
		if f.Kind == "sdg" {
			colour = charts.GoalColour(r.Code)
		}
		tiles = append(tiles, charts.Tile{Code: r.Code, Title: v.phrase(r.Title).Text, Colour: colour, Rollup: v.p.RollUpResult(r.Ref())})
	}
	return func(format charts.Format) (charts.Chart, error) {
		return charts.GoalMatrix(v.l, v.phrase(f.Title).Text, tiles, format)
	}
}
