package web

import (
	"fmt"
	"html"
	"html/template"
	"net/url"

	"jalon/charts"
)

// A chart is a picture on a page: the addresses of it as SVG and of its option for the
// browser, in two layouts. Options are not part of the page: that of a heat map weighs more
// than all the rest, twice, and nobody without scripts needs it. The zero chart is not shown.
type chart struct {
	ID            string
	Title         string
	Description   string
	Wide, Narrow  drawing
	Address       string
	AddressNarrow string
	Option        string // address of what ECharts draws
	OptionNarrow  string
	Dark          string // the same for dark screens
	DarkNarrow    string
	Table         string // address of the figures behind it, as CSV
	Frame         string // address of a page with nothing else, for other sites to frame
	Unit          phrase
	Sources       []phrase
	CutOff        template.HTML
	Missing       bool // the program was built without ECharts
}

// FrameCode is what another site writes into its page to show the chart there, with room
// for title and sources.
func (c chart) FrameCode() string {
	return fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" loading="lazy"></iframe>`,
		html.EscapeString(c.Frame), html.EscapeString(c.Title), c.Wide.Width, c.Wide.Height+240)
}

// A drawing is one layout of a chart, in pixels.
type drawing struct {
	Width, Height int
}

// A builder makes one chart for a layout.
type builder func(charts.Format) (charts.Chart, error)

// picture puts a plate on a page, in both layouts. A chart that cannot be made is left
// out: the table beside it has its figures.
func (v *view) picture(id string, p plate) chart {
	if p.build == nil {
		return chart{}
	}
	if !charts.HasBundle() {
		return chart{Missing: true}
	}
	wide, err := p.build(charts.Wide)
	if err != nil {
		return chart{}
	}
	narrow, err := p.build(charts.Narrow)
	if err != nil {
		return chart{}
	}
	at := "/charts/" + v.l.Code + "/" + p.address
	c := chart{
		ID: id, Title: wide.Title, Description: wide.Description,
		Wide:    drawing{wide.Width, wide.Height},
		Narrow:  drawing{narrow.Width, narrow.Height},
		Address: at + ".svg" + v.query(),
		Option:  at + ".json" + v.query(),
		Table:   at + ".csv" + v.query(),
		Frame:   v.origin + at + v.query(),
		Unit:    p.unit, Sources: p.sources,
		CutOff: sentence(v.l, "chart.cut_off", v.date(v.p.Day)),
	}
	c.AddressNarrow = at + ".svg" + v.queryWith(url.Values{"format": {"narrow"}})
	c.OptionNarrow = at + ".json" + v.queryWith(url.Values{"format": {"narrow"}})
	c.Dark = at + ".svg" + v.queryWith(url.Values{"theme": {"dark"}})
	c.DarkNarrow = at + ".svg" + v.queryWith(url.Values{"format": {"narrow"}, "theme": {"dark"}})
	return c
}

// queryWith is the query that carries the moment asked for, with more parameters.
func (v *view) queryWith(params url.Values) string {
	if v.asOf != "" {
		params.Set("as-of", v.asOf)
	}
	return "?" + params.Encode()
}
