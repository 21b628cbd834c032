package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/sql"
)

// gridCells writes the cells of a grid: seven thousand of them, so they are put together by
// hand and not by a template. Whatever comes from people is escaped.
type gridCells struct {
	*view
	changeset int
	periods   []indicators.Period
	work      map[indicators.FigureKey]*indicators.Work
	locks     []indicators.Lock
	beside    map[indicators.FigureKey]*sql.Beside
	typed     map[string]string // by the name of the field
	wrong     map[string]bool   // likewise
	open      map[string]bool   // the indicators whose cells have the fields for comments and files
	asked     string            // the one of which they were asked for last
	accept    string            // what files may be chosen
}

// gridCells reads, in three queries, what the cells show beside what is in memory.
func (ps *pages) gridCells(v *view, r *http.Request, rows []*indicators.Indicator, periods []indicators.Period, typed map[string]string) (*gridCells, error) {
	codes := make([]string, len(rows))
	for n, i := range rows {
		codes[n] = i.Code
	}
	work, changeset, err := ps.server.store.Work(r.Context(), codes)
	if err != nil {
		return nil, err
	}
	c := &gridCells{
		view: v, changeset: changeset, periods: periods, typed: typed, wrong: map[string]bool{}, accept: acceptedFiles(),
		work: map[indicators.FigureKey]*indicators.Work{}, beside: map[indicators.FigureKey]*sql.Beside{},
		open: map[string]bool{},
	}
	for n := range work {
		c.work[work[n].Key()] = &work[n]
	}
	if c.locks, err = ps.server.store.Locks(r.Context(), 0); err != nil {
		return nil, err
	}
	beside, err := ps.server.store.Beside(r.Context(), changeset, codes, periods)
	for n := range beside {
		c.beside[beside[n].FigureKey] = &beside[n]
	}
	for field := range typed {
		if code, _, found := strings.Cut(strings.TrimPrefix(field, fieldComment), ":"); found && strings.HasPrefix(field, fieldComment) {
			c.open[code] = true
		}
	}
	return c, err
}

// cellName names the cell of a figure: "v:REM-COST:2026-03". A code holds no colon.
func cellName(indicator string, p indicators.Period) string {
	return fieldValue + indicator + ":" + p.String()
}

// row writes the cells of an indicator, each labelled by the heads of its row and column.
func (c *gridCells) row(row int, i *indicators.Indicator) template.HTML {
	var b strings.Builder
	figures := c.p.Figures(i.Code)
	var way indicators.Course
	if a := c.p.Principal(i.Code); a != nil {
		way = a.Course()
	}
	for column, p := range c.periods {
		at, found := slices.BinarySearchFunc(figures, p, func(f indicators.Figure, p indicators.Period) int { return int(f.Period) - int(p) })
		var published, last *indicators.Figure
		if found {
			published = &figures[at]
		}
		if at > 0 {
			last = &figures[at-1]
		}
		path := ""
		if way.HasPath && !way.Summed {
			if expected := way.Path.At(p.EndMonth()); expected.Valid {
				path = c.l.Number(expected.Value, decimals(i, expected.Value))
			}
		}
		c.cell(&b, "r"+strconv.Itoa(row)+" c"+strconv.Itoa(column), i, p, published, last, path)
	}
	return markup(b.String())
}

// cell writes a cell: what can be typed, or why nothing can; then the last value and that of
// the path.
func (c *gridCells) cell(b *strings.Builder, heads string, i *indicators.Indicator, p indicators.Period, published, last *indicators.Figure, path string) {
	w := c.work[indicators.FigureKey{Indicator: i.Code, Period: p}]
	name, state, shown := cellName(i.Code, p), "", ""
	if published != nil {
		state, shown = "published", c.input(published)
	}
	if w != nil {
		state, shown = w.Review.String(), c.input(&w.Figure)
		if w.Returned() {
			state = "returned"
		}
	}
	locked := slices.ContainsFunc(c.locks, func(l indicators.Lock) bool { return l.Holds(p) })
	b.WriteString(`<td class="cell r-` + state + `">`)
	asides := c.aside(i.Code, p, w)
	switch {
	case locked || w != nil && w.Review > indicators.Draft:
		if locked {
			state = "locked"
		}
		b.WriteString(`<bdi class="num">` + template.HTMLEscapeString(shown) + `</bdi>`)
		c.yours(b, name, shown, asides)
	default:
		if text, given := c.typed[name]; given {
			shown = text
		}
		b.WriteString(`<input name="` + name + `" inputmode="decimal" dir="ltr" value="` + template.HTMLEscapeString(shown) + `" aria-labelledby="` + heads + `"`)
		if c.wrong[name] {
			b.WriteString(` aria-invalid="true"`)
		}
		if last != nil && last.Value.IsSet() {
			b.WriteString(` data-last="` + last.Value.String() + `"`)
		}
		b.WriteString(`>`)
		asides.writable = true
	}
	address := template.HTMLEscapeString(c.figureForm(indicators.FigureKey{Indicator: i.Code, Period: p}))
	if state != "" && state != "published" {
		b.WriteString(`<a class="state" href="` + address + `">` + c.l.T("review."+state) + `</a>`)
	}
	c.writeAside(b, asides, address, heads)
	c.hints(b, i, last, path)
	b.WriteString(`</td>`)
}

// yours shows what was typed in a cell that takes it no more, for the reader to copy.
func (c *gridCells) yours(b *strings.Builder, name, shown string, a aside) {
	comment := tidy(c.typed[fieldComment+a.cell])
	for _, text := range []string{c.differing(c.typed[name], shown), c.differing(comment, tidy(a.comment))} {
		if text != "" {
			b.WriteString(`<span class="doubt">` + c.l.T("grid.yours") + ` <bdi>` + template.HTMLEscapeString(text) + `</bdi></span>`)
		}
	}
}

// differing is what was typed, where it is not what stands there anyway.
func (c *gridCells) differing(typed, there string) string {
	if typed == there {
		return ""
	}
	return typed
}

// hints are the last value and that of the path, in small.
func (c *gridCells) hints(b *strings.Builder, i *indicators.Indicator, last *indicators.Figure, path string) {
	if (last == nil || !last.Value.IsSet()) && path == "" {
		return
	}
	b.WriteString(`<span class="hint">`)
	if last != nil && last.Value.IsSet() {
		b.WriteString(`<bdi class="num" title="` + c.l.T("grid.last") + `">` + c.l.T("grid.before") + ` ` + template.HTMLEscapeString(c.digits(i, last.Value)) + `</bdi>`)
	}
	if path != "" {
		b.WriteString(` <bdi class="num" title="` + c.l.T("grid.path") + `">⌁ ` + template.HTMLEscapeString(path) + `</bdi>`)
	}
	b.WriteString(`</span>`)
}

// input is a value as it is typed in the reader's language: every digit, no grouping.
func (v *view) input(f *indicators.Figure) string {
	if indicators.WithoutValue(f.Status) {
		return f.Status
	}
	if v.l.Code == "en" {
		return f.Value.String()
	}
	return strings.Replace(f.Value.String(), ".", ",", 1)
}

// limits are the natural bounds of an indicator, for the script that warns while typing.
func limits(i *indicators.Indicator) template.HTMLAttr {
	low, high := i.Bounds()
	cumulative := strconv.FormatBool(i.Accumulation == indicators.Cumulative)
	return template.HTMLAttr(`data-low="` + low.String() + `" data-high="` + high.String() + `" data-cumulative="` + cumulative + `"`) //nolint:gosec // numbers only
}
