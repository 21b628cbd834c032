package charts

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sayings are a mount of long texts, one of which has a direction of its own.
func sayings(lang string) Mount {
	return map[string]Mount{
		"fr": {"Taux de pauvreté – 2021", []string{"Unité : %. Sources : " + strings.Repeat("Banque mondiale, indicateurs du développement ; ", 6) + "Données arrêtées au 23 novembre 2026.", "Migration et développement"}},
		"en": {"Poverty – 2021", []string{"Unit: %. Sources: " + strings.Repeat("World Bank, development indicators; ", 6) + "Data as at 23 November 2026.", "Migration and development"}},
		"ar": {"نسبة الفقر – 2021", []string{"الوحدة: %. المصادر: \u2068" + strings.Repeat("Banque mondiale, indicateurs du développement ; ", 6) + "\u2069. المعطيات إلى حدود 23 نوفمبر 2026.", "الهجرة والتنمية"}},
	}[lang]
}

// letterAt finds a line of text with its place and size.
var letterAt = regexp.MustCompile(`<text x="([0-9.]+)" y="([0-9.]+)"[^>]* font-size="([0-9.]+)"[^>]*>([^<]*)</text>`)

func numberOf(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAPictureThatLeavesItsPageSaysWhatItIs(t *testing.T) {
	for _, lang := range []string{"fr", "ar", "en"} {
		for _, f := range []Format{Wide, Narrow} {
			l := languages(t)[lang]
			c, err := Trajectory(l, remittances(t).course(t), f)
			if err != nil {
				t.Fatal(err)
			}
			c.Title = strings.TrimSpace(strings.Repeat(c.Title+" ", 4))
			m := sayings(lang)
			svg := string(draw(t, c.Mounted(l, Light, m)))
			head, rest, _ := strings.Cut(svg, "<g transform=\"translate(16 ")
			end := strings.LastIndex(rest, "</g>")
			top := numberOf(t, rest[:strings.Index(rest, ")")])
			at, said := 0.0, []string{}
			lines := func(part string, from, to float64) {
				at = from
				for _, line := range letterAt.FindAllStringSubmatch(part, -1) {
					x, y, half := numberOf(t, line[1]), numberOf(t, line[2]), numberOf(t, line[3])/2
					if y-half < at || y+half > to || textWidth(line[4], 2*half) > float64(c.Width) {
						t.Errorf("%s: %q at %v, between %v and %v, is in the way or too long", lang, line[4], y, at, to)
					}
					if want := map[bool]float64{true: 16 + float64(c.Width), false: 16}[l.Dir == "rtl"]; x != want {
						t.Errorf("%s: %q begins at %v, want %v", lang, line[4], x, want)
					}
					at = y + half
					said = append(said, line[4])
				}
			}
			lines(head, 0, top)
			whole := regexp.MustCompile(`height="(\d+)" viewBox`).FindStringSubmatch(svg)
			lines(rest[end:], top+float64(c.Height), numberOf(t, whole[1]))
			bare := func(text string) string {
				return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
					if r >= '\u2066' && r <= '\u2069' {
						return -1
					}
					return r
				}, text)), " ")
			}
			want := bare(strings.Join(append([]string{c.Title, m.Subject}, m.Foot...), " "))
			if got := bare(strings.Join(said, " ")); got != want {
				t.Errorf("%s: the picture says\n%s\nwant\n%s", lang, got, want)
			}
			for _, line := range said {
				if strings.Count(line, "\u2067")+strings.Count(line, "\u2068") != strings.Count(line, "\u2069") {
					t.Errorf("%s: %q does not end the directions that it begins", lang, line)
				}
			}
			if len(said) < 5 {
				t.Errorf("%s: %d lines: nothing is wrapped", lang, len(said))
			}
		}
	}
}

func TestAMountIsOfItsThemeAndOnlyText(t *testing.T) {
	l := languages(t)["fr"]
	c, err := Trajectory(l, remittances(t).course(t), Wide)
	if err != nil {
		t.Fatal(err)
	}
	still := draw(t, c)
	attack := `</text><script>alert(1)</script>"'&{x|y}`
	c.Title = attack
	night := draw(t, c.In(Dark).Mounted(l, Dark, Mount{Subject: attack, Foot: []string{attack, attack + "\x00\n" + strings.Repeat("a", 500)}}))
	if !bytes.Contains(night, []byte(`fill="`+Dark.Colour(ink)+`"`)) || bytes.Contains(night, []byte(`fill="`+ink+`"`)) {
		t.Error("by night the title is not in its colour")
	}
	for d := xml.NewDecoder(bytes.NewReader(night)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, is := token.(xml.StartElement); is && e.Name.Local == "script" {
			t.Error("a text has become a script")
		}
	}
	c.Title = "Indicateur"
	if again := draw(t, c); bytes.Contains(again, []byte("alert")) || len(again) > len(still)+200 {
		t.Error("a mount stays on the chart that it was made of")
	}
}

func TestAMountedPictureIsKeptForItself(t *testing.T) {
	l := languages(t)["fr"]
	c := everyChart(t, "fr", "Texte")[0]
	keys := map[key]bool{}
	for _, one := range []Chart{c, c.Mounted(l, Light, Mount{}), c.Mounted(l, Light, Mount{Foot: []string{"a"}}), c.Mounted(l, Dark, Mount{Foot: []string{"a"}})} {
		keys[one.key()] = true
	}
	if len(keys) != 4 {
		t.Errorf("%d drawings are told apart, want 4", len(keys))
	}
}
