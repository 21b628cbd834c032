package web

import (
	"fmt"
	"html"
	"html/template"
	"maps"
	"net/url"

	"jalon/charts"
)

// A chart is a picture on a page: the addresses of it as SVG and of its option for the
// browser, in two layouts. Options are not part of the page: that of a heat map weighs more
// than all the rest, twice, and nobody without scripts needs it. The zero chart is not shown.
type chart struct {
	ID           string
	Title        string
	Description  string
	Wide, Narrow drawing
	Address      string
	Full         string  // address of the picture that says itself what the page says beside it
	Stills       []still // for other screens than the wide one in daylight
	Option       string  // address of what ECharts draws
	OptionNarrow string
	Table        string // address of the figures behind it, as CSV
	Frame        string // address of a page with nothing else, for other sites to frame
	Unit         phrase
	Sources      []phrase
	CutOff       template.HTML
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

// A still is the picture for screens of a kind: the first that fits a screen is shown.
type still struct {
	drawing
	Media   string
	Address string
}

// stillKinds are the screens that have a picture of their own.
func stillKinds() []struct{ media, format, theme string } {
	const narrow, dark, more = " and (width < 50rem)", " and (prefers-color-scheme: dark)", " and (prefers-contrast: more)"
	return []struct{ media, format, theme string }{
		{narrow + dark + more, "narrow", string(charts.StrongNight)}, {narrow + more, "narrow", string(charts.Strong)},
		{narrow + dark, "narrow", string(charts.Dark)}, {narrow, "narrow", ""},
		{dark + more, "", string(charts.StrongNight)}, {more, "", string(charts.Strong)}, {dark, "", string(charts.Dark)},
	}
}

// A builder makes one chart for a layout.
type builder func(charts.Format) (charts.Chart, error)

// picture puts a plate on a page, in both layouts. A chart that cannot be made is left
// out: the table beside it has its figures.
func (v *view) picture(id string, p plate) chart {
	if p.build == nil {
		return chart{}
	}
	wide, err := p.build(charts.Wide)
	if err != nil {
		return chart{}
	}
	narrow, err := p.build(charts.Narrow)
	if err != nil {
		return chart{}
	}
	v.pictured = true
	at := "/charts/" + v.l.Code + "/" + p.address
	with := func(ending string, more ...string) string {
		params := maps.Clone(p.params)
		if params == nil {
			params = url.Values{}
		}
		for n := 0; n < len(more); n += 2 {
			params.Set(more[n], more[n+1])
		}
		return at + ending + v.queryWith(params)
	}
	c := chart{
		ID: id, Title: wide.Title, Description: wide.Description,
		Wide: drawing{wide.Width, wide.Height}, Narrow: drawing{narrow.Width, narrow.Height},
		Address: with(".svg"), Full: with(".svg", "full", "1"),
		Option: with(".json"), OptionNarrow: with(".json", "format", "narrow"),
		Table: with(".csv"), Frame: v.origin + with(""),
		Unit: p.unit, Sources: p.sources, CutOff: sentence(v.l, "chart.cut_off", v.date(v.p.Day)),
	}
	for _, kind := range stillKinds() {
		size := c.Wide
		if kind.format != "" {
			size = c.Narrow
		}
		c.Stills = append(c.Stills, still{size, "screen" + kind.media, with(".svg", "format", kind.format, "theme", kind.theme)})
	}
	return c
}

// queryWith is the query that carries the moment asked for, with more parameters; those
// without a value are left out.
func (v *view) queryWith(more url.Values) string {
	params := url.Values{}
	for name, values := range more {
		if values[0] != "" {
			params[name] = values
		}
	}
	if v.asOf != "" {
		params.Set("as-of", v.asOf)
	}
	if len(params) == 0 {
		return ""
	}
	return "?" + params.Encode()
}

// hrefWith is the address of a page, given by its escaped path, with parameters.
func (v *view) hrefWith(path string, params url.Values) string {
	return "/" + v.l.Code + "/" + path + v.queryWith(params)
}
