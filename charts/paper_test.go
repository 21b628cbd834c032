package charts

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// written gathers the texts that an option tells ECharts to write.
func written(node any, key string, all []string) []string {
	switch node := node.(type) {
	case map[string]any:
		for name, child := range node {
			if name != "tooltip" { // for the pointer
				all = written(child, name, all)
			}
		}
	case []any:
		for _, child := range node {
			all = written(child, key, all)
		}
	case string:
		if key == "formatter" || key == "text" {
			all = append(all, strings.Split(bare.ReplaceAllString(node, "\n$1\n"), "\n")...)
		}
	}
	return all
}

// bare finds pieces of a label in a style of their own.
var bare = regexp.MustCompile(`\{\w+\|([^}]*)\}`)

// read gathers the letters of a picture.
func read(t *testing.T, svg []byte) string {
	t.Helper()
	var all strings.Builder
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if letters, ok := token.(xml.CharData); ok {
			all.Write(letters)
			all.WriteByte('\n')
		}
	}
}

// Whatever an option tells ECharts to write stands on paper, too, and every name of a legend.
func TestPaperLeavesNothingOut(t *testing.T) {
	for _, lang := range []string{"fr", "ar"} {
		for _, c := range append(everyChart(t, lang, "Titre {brace} & <b>"), large(t, Wide)...) {
			var o map[string]any
			if err := json.Unmarshal(c.Option, &o); err != nil {
				t.Fatal(err)
			}
			shown := read(t, draw(t, c))
			texts := written(map[string]any{"series": o["series"], "graphic": o["graphic"]}, "", nil)
			for _, row := range listed(o["legend"]) {
				for _, entry := range listed(row.(map[string]any)["data"]) {
					texts = append(texts, entry.(map[string]any)["name"].(string))
				}
			}
			for _, text := range texts {
				if text = strings.TrimSpace(text); text != "" && !strings.Contains(shown, text) {
					t.Errorf("%s %s: %q is not on the picture", c.Name, lang, text)
				}
			}
		}
	}
}

func listed(node any) []any {
	all, _ := node.([]any)
	return all
}
