package charts

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// attacks are texts that become scripts, formulas or placeholders where somebody
// forgets what they are.
func attacks() []string {
	return []string{
		`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><img src=x onerror=alert(1)>`, `=cmd|' /C calc'!A0`,
		`{b} {c} {@[0]}`, `{code|x}`, "]]><script>alert(1)</script>", "null \x00 bell \x07 \uffff", `url(#zr1-p0) ecmeta_x`,
	}
}

// everyChart makes each kind of chart in each format with a text in every place
// that takes one.
func everyChart(t *testing.T, lang, text string) []Chart {
	t.Helper()
	return append(everyChartIn(t, lang, text, Wide), everyChartIn(t, lang, text, Narrow)...)
}

func everyChartIn(t *testing.T, lang, text string, f Format) []Chart {
	t.Helper()
	l := languages(t)[lang]
	s := remittances(t)
	written := indicators.Text{FR: indicators.Optional(text), AR: indicators.Optional(text), EN: indicators.Optional(text)}
	s.indicator.Title, s.indicator.UnitShown = written, written
	tiles := goals()
	tiles[0].Code, tiles[0].Title, tiles[1].Title = text, text, text
	bars, err1 := StatusBars(l, []Bar{{text, indicators.Counts{1, 2, 3, 0, 0, 0, 4}}, {text, indicators.Counts{}}}, InThemes{Counts: indicators.Counts{1, 2, 3, 0, 0, 0, 4}, Several: 1, Outside: 2}, f)
	way, err2 := Trajectory(l, s.course(t), f)
	matrix, err3 := GoalMatrix(l, text, tiles, f)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	all := append([]Chart{bars, way, matrix}, planCharts(t, l, []string{text}, text, 3, f)...)
	return append(all, comparisons(t, lang, text, f)...)
}

// Options hold no markup, whatever the text. Pictures are drawn of every attack, too, each in
// one of the formats: the text takes the same way through ECharts in both.
func TestAttacksStayText(t *testing.T) {
	for _, attack := range attacks() {
		for _, c := range everyChart(t, "fr", attack) {
			if bytes.ContainsAny(c.Option, "<>&") {
				t.Errorf("%s with %q: the option holds markup: %s", c.Name, attack, c.Option)
			}
		}
	}
	for _, f := range []Format{Wide, Narrow} {
		t.Run(fmt.Sprint(f), func(t *testing.T) {
			t.Parallel()
			plainTags := map[string][]string{}
			for _, text := range []string{"Texte", "Un texte long qui ne tient pas sur une ligne"} {
				for _, c := range everyChartIn(t, "fr", text, f) {
					plainTags[c.Name] = append(plainTags[c.Name], tagsOf(t, draw(t, c))...)
				}
			}
			for n, attack := range attacks() {
				if n%2 != int(f) {
					continue
				}
				for _, c := range everyChartIn(t, "fr", attack, f) {
					for _, tag := range tagsOf(t, draw(t, c)) {
						if !slices.Contains(plainTags[c.Name], tag) {
							t.Errorf("%s with %q: the picture has a new element or attribute %s", c.Name, attack, tag)
						}
					}
				}
			}
		})
	}
}

func TestTextIsShownAsItIs(t *testing.T) {
	c, err := StatusBars(languages(t)["fr"], []Bar{{`<b> & "c"`, indicators.Counts{1}}}, InThemes{Counts: indicators.Counts{1}}, Wide)
	if err != nil {
		t.Fatal(err)
	}
	if svg := string(draw(t, c)); !strings.Contains(svg, "&lt;b&gt; &amp; &#34;c&#34;") {
		t.Errorf("the title is not in the picture, escaped once:\n%s", svg)
	}
}

// tagsOf lists the elements and attributes of a picture, each once; a picture that
// is not XML fails. Nothing in it may run, or come from elsewhere.
func tagsOf(t *testing.T, svg []byte) []string {
	t.Helper()
	var all []string
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			slices.Sort(all)
			return slices.Compact(all)
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, svg)
		}
		e, isStart := token.(xml.StartElement)
		if !isStart {
			continue
		}
		all = append(all, e.Name.Local)
		for _, a := range e.Attr {
			name := strings.ToLower(a.Name.Local)
			if strings.HasPrefix(name, "on") || name == "href" || e.Name.Local == "script" || e.Name.Local == "style" || e.Name.Local == "image" {
				t.Errorf("<%s %s=%q> in a picture", e.Name.Local, name, a.Value)
			}
			all = append(all, e.Name.Local+" "+name)
		}
	}
}

func draw(t testing.TB, c Chart) []byte {
	t.Helper()
	svg, err := c.SVG()
	if err != nil {
		t.Fatal(err)
	}
	return svg
}

func TestTooltipsWriteNoHTML(t *testing.T) {
	for _, c := range everyChart(t, "fr", "Texte") {
		var o struct {
			Tooltip struct{ RenderMode string }
			Toolbox any
		}
		if err := json.Unmarshal(c.Option, &o); err != nil || o.Tooltip.RenderMode != "richText" || o.Toolbox != nil {
			t.Errorf("%s: %+v, %v; want tooltips as rich text and no toolbox", c.Name, o, err)
		}
	}
}

func TestArabicIsMirrored(t *testing.T) {
	for _, lang := range []string{"fr", "ar"} {
		for _, c := range everyChart(t, lang, "نص") {
			var o struct {
				XAxis  []struct{ Inverse bool }
				Legend []struct{ Left, Right, Align string }
			}
			if err := json.Unmarshal(c.Option, &o); err != nil {
				t.Fatal(err)
			}
			rtl := lang == "ar"
			mirrored := rtl && c.Name != "tile_map" && c.Name != "geo_map" // east stays on the right
			if len(o.XAxis) != 1 || o.XAxis[0].Inverse != mirrored {
				t.Errorf("%s in %s: x axis %+v, want inverse %v", c.Name, lang, o.XAxis, mirrored)
			}
			for _, row := range o.Legend {
				if (row.Right != "") != rtl || (row.Left != "") == rtl || (row.Align == "right") != rtl {
					t.Errorf("%s in %s: legend %+v", c.Name, lang, row)
				}
			}
			if strings.Contains(string(c.Option), rightToLeft) != rtl {
				t.Errorf("%s in %s: isolated from right to left: %v", c.Name, lang, !rtl)
			}
		}
	}
}

func TestLetteringIsReadable(t *testing.T) {
	for _, s := range progress.Statuses() {
		if c := statusColour(s); Contrast(c, inkOn(c)) < 4.5 {
			t.Errorf("%s: contrast %.1f on %s, want 4.5 at least", s, Contrast(c, inkOn(c)), c)
		}
	}
	for _, s := range shades() {
		if Contrast(s.colour, inkOn(s.colour)) < 4.5 {
			t.Errorf("level %d: contrast %.1f", s.level, Contrast(s.colour, inkOn(s.colour)))
		}
	}
	for _, colour := range []string{ink, soft, accent, goal} {
		if Contrast(colour, sheet) < 4.5 {
			t.Errorf("%s on white: contrast %.1f", colour, Contrast(colour, sheet))
		}
	}
}

func TestNothingToShow(t *testing.T) {
	l := languages(t)["fr"]
	bars, err1 := StatusBars(l, nil, InThemes{}, Narrow)
	matrix, err2 := GoalMatrix(l, "Plan", nil, Narrow)
	way, err3 := Trajectory(l, (&sample{indicator: ofKind(indicators.Increase, indicators.Level, indicators.Yearly)}).course(t), Wide)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for _, c := range []Chart{bars, matrix, way} {
		draw(t, c)
	}
	if !strings.Contains(string(draw(t, way)), "aucune valeur observée") || !strings.Contains(string(draw(t, bars)), "aucun indicateur") {
		t.Error("an empty chart does not say that it is empty")
	}
}

func TestTextsInEveryLanguage(t *testing.T) {
	all := languages(t)
	for _, key := range all["fr"].Keys() {
		if !strings.HasPrefix(key, "chart.") || strings.HasSuffix(key, ".one") {
			continue
		}
		for _, code := range []string{"ar", "en"} {
			if !all[code].Has(key) {
				t.Errorf("%s has no text for %s", code, key)
			}
		}
	}
}
