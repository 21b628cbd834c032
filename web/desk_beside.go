package web

import (
	"html/template"
	"strconv"
	"strings"

	"jalon/indicators"
)

// An aside is what stands beside the value of a cell, and what can be written there.
type aside struct {
	cell      string // the figure, as in the names of the cell's fields: "REM-COST:2026-03"
	indicator string
	comment   string // as it is known
	documents int
	writable  bool
}

// aside is what is beside a figure: the comment on what is on its way goes before that on
// what is published.
func (c *gridCells) aside(indicator string, p indicators.Period, w *indicators.Work) aside {
	a := aside{cell: indicator + ":" + p.String(), indicator: indicator}
	if known := c.beside[indicators.FigureKey{Indicator: indicator, Period: p}]; known != nil {
		a.comment, a.documents = known.Comment, known.Documents
	}
	if w != nil {
		a.comment = string(w.Comment)
	}
	return a
}

// writeAside writes a link to the page of the figure, which has fields for comment and files,
// or those fields themselves where they were asked for; both say whether there are any already.
// With fields in every cell from the beginning, a browser is slow to show the grid.
func (c *gridCells) writeAside(b *strings.Builder, a aside, address, heads string) {
	if a.writable && c.open[a.indicator] {
		c.fields(b, a, address, heads)
		return
	}
	b.WriteString(`<a class="more" href="` + address + `"`)
	if a.writable && a.comment != "" {
		b.WriteString(` data-comment="` + template.HTMLEscapeString(a.comment) + `"`)
	}
	b.WriteString(c.summary(a, "grid.more", heads))
	b.WriteString(`</a>`)
}

// summary ends the tag of a summary or link and says what there is; where nothing is, its
// dots have a name.
func (c *gridCells) summary(a aside, name, heads string) string {
	var words []string
	if a.comment != "" {
		words = append(words, c.l.T("grid.commented"))
	}
	if a.documents > 0 {
		words = append(words, c.l.N("documents.count", a.documents))
	}
	if len(words) == 0 {
		return ` aria-label="` + c.l.T(name) + `" aria-describedby="` + heads + `">…`
	}
	return ` aria-describedby="` + heads + `">` + template.HTMLEscapeString(strings.Join(words, c.l.T("text.comma")))
}

// fields are a comment to write and files to choose, folded away unless they were asked for, or
// something is wrong with them or was typed.
func (c *gridCells) fields(b *strings.Builder, a aside, address, heads string) {
	comment, given := c.typed[fieldComment+a.cell]
	if !given {
		comment = a.comment
	}
	public := c.typed[fieldAudience+a.cell] == "public"
	b.WriteString(`<details class="beside"`)
	if a.indicator != "" && a.indicator == c.asked || c.wrong[fieldComment+a.cell] || c.wrong[fieldFile+a.cell] || public || tidy(comment) != tidy(a.comment) {
		b.WriteString(` open`)
	}
	b.WriteString(`><summary` + c.summary(a, "grid.beside", heads) + `</summary>`)
	b.WriteString(`<label>` + c.l.T("figure.comment") + ` <textarea` + c.attributes(fieldComment, a, heads) + ` rows="3" maxlength="` + strconv.Itoa(maxComment) + `" dir="auto">` +
		"\n" + template.HTMLEscapeString(comment) + `</textarea></label>`) // the first line break is not part of the text
	b.WriteString(`<label>` + c.l.T("documents.files") + ` <input type="file" multiple` + c.attributes(fieldFile, a, heads+" file-rule") + ` accept="` + c.accept + `"></label>`)
	b.WriteString(`<label class="tick"><input type="checkbox"` + c.attributes(fieldAudience, a, heads) + ` value="public"`)
	if public {
		b.WriteString(` checked`)
	}
	b.WriteString(`> ` + c.l.T("grid.public") + `</label><a href="` + address + `">` + c.l.T("grid.whole") + `</a></details>`)
}

func (c *gridCells) attributes(kind string, a aside, heads string) string {
	text := ` name="` + kind + a.cell + `" aria-describedby="` + heads + `"`
	if c.wrong[kind+a.cell] {
		text += ` aria-invalid="true"`
	}
	return text
}

// pattern are the fields of a cell that has nothing beside it yet, for the script to put
// where they are wanted.
func (c *gridCells) pattern() template.HTML {
	var b strings.Builder
	c.fields(&b, aside{writable: true}, "", "")
	return markup(b.String())
}

// acceptedFiles lists the endings of names that files may have.
func acceptedFiles() string {
	var all []string
	for _, t := range indicators.DocumentTypes() {
		all = append(all, t.Extension)
	}
	return strings.Join(all, ",")
}
