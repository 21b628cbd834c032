package charts

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// finish makes the SVG of ECharts the same each time and gives it the words that
// stand for the picture. Quotes are escaped in every text and attribute that
// ECharts writes, so that these patterns meet nothing but its own markup.
func finish(svg string, c Chart) []byte {
	svg = numbered.ReplaceAllString(svg, "$1")
	svg = hydration.ReplaceAllString(svg, "")
	svg = styled.ReplaceAllStringFunc(svg, unstyled)
	open, rest, _ := strings.Cut(svg, ">")
	var b strings.Builder
	b.WriteString(open + ` role="img">`)
	b.WriteString("<title>" + escaped(c.Title) + "</title><desc>" + escaped(c.Description) + "</desc>")
	b.WriteString(rest)
	return []byte(b.String())
}

var (
	// numbered finds the count of charts that an engine has drawn, in the names of
	// its patterns and clips.
	numbered = regexp.MustCompile(`(id="|="url\(#)zr\d+-`)
	// hydration finds what lets a script in a page take over the picture.
	hydration = regexp.MustCompile(` ecmeta_\w+="[^"]*"`)
	// styled finds the styles of an element.
	styled = regexp.MustCompile(` style="([^"]*)"`)
)

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes whatever it is given
	return b.String()
}

// unstyled writes an element's styles as attributes of their own: where a picture
// is opened by itself, a strict policy forbids the other form.
func unstyled(style string) string {
	var b strings.Builder
	for declaration := range strings.SplitSeq(styled.FindStringSubmatch(style)[1], ";") {
		if name, value, ok := strings.Cut(declaration, ":"); ok {
			b.WriteString(" " + strings.TrimSpace(name) + `="` + strings.TrimSpace(value) + `"`)
		}
	}
	return b.String()
}
