package charts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

func TestShapes(t *testing.T) {
	codes, err := CheckShapes(country(t))
	if err != nil || len(codes) != 24 || !slices.Contains(codes, "TN-83") {
		t.Errorf("codes = %v, %v; want all 24", codes, err)
	}
}

func TestShapesRefused(t *testing.T) {
	file := func(properties, geometry string) string {
		return fmt.Sprintf(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{%s},"geometry":{%s}}]}`, properties, geometry)
	}
	square := `"type":"Polygon","coordinates":[[[8,36],[9,36],[9,37],[8,36]]]`
	good := file(`"Code":"TN-11"`, square)
	if _, err := CheckShapes([]byte(good)); err != nil {
		t.Error(err)
	}
	for _, tt := range []struct{ name, file, want string }{
		{"not JSON", "<svg>", "not GeoJSON"},
		{"empty", "", "not GeoJSON"},
		{"one shape alone", `{"type":"Feature"}`, "FeatureCollection"},
		{"nothing in it", `{"type":"FeatureCollection","features":[]}`, "no shapes"},
		{"another grid", strings.Replace(good, `"features"`, `"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::32632"}},"features"`, 1), "WGS 84"},
		{"metres", file(`"code":"TN-11"`, `"type":"Polygon","coordinates":[[[600000,4000000],[9,36],[9,37],[600000,4000000]]]`), "degrees"},
		{"no code", file(`"name":"Tunis"`, square), "has no code"},
		{"code that is a number", file(`"code":11`, square), "has no code"},
		{"code of control characters", file(`"code":"TN\u0000"`, square), "printable"},
		{"a point", file(`"code":"TN-11"`, `"type":"Point","coordinates":[8,36]`), "Polygon"},
		{"no geometry", file(`"code":"TN-11"`, ``), "Polygon"},
		{"wrong depth", file(`"code":"TN-11"`, `"type":"MultiPolygon","coordinates":[[[8,36],[9,36]]]`), "not those of"},
		{"no borders", file(`"code":"TN-11"`, `"type":"Polygon","coordinates":[]`), "no borders"},
		{"too few points", file(`"code":"TN-11"`, `"type":"Polygon","coordinates":[[[8,36],[9,36],[8,36]]]`), "four at least"},
		{"not closed", file(`"code":"TN-11"`, `"type":"Polygon","coordinates":[[[8,36],[9,36],[9,37],[8,37]]]`), "does not end"},
		{"one coordinate", file(`"code":"TN-11"`, `"type":"Polygon","coordinates":[[[8],[9,36],[9,37],[8]]]`), "degrees"},
		{"twice", strings.TrimSuffix(good, "]}") + "," + good[strings.Index(good, `{"type":"Feature",`):], "twice"},
		{"too large", strings.Repeat(" ", shapesLimit) + good, "simplify"},
	} {
		if _, err := CheckShapes([]byte(tt.file)); !errors.Is(err, indicators.ErrInvalid) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want a refusal with %q", tt.name, err, tt.want)
		}
	}
}

// What is accepted can be drawn.
func FuzzShapes(f *testing.F) {
	f.Add(country(f))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"properties":{"code":"TN-11"},"geometry":{"type":"Polygon","coordinates":[[[8,36],[9,36],[9,37],[8,36]]]}}]}`))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"properties":{"iso":"{b}"},"geometry":{"type":"Polygon","coordinates":[[[8,90],[8,90],[8,90],[8,90]]]}}]}`))
	l := languages(f)["fr"]
	f.Fuzz(func(t *testing.T, file []byte) {
		codes, err := CheckShapes(file)
		if err != nil {
			if !errors.Is(err, indicators.ErrInvalid) {
				t.Errorf("%v is not worded for the user", err)
			}
			return
		}
		value := 1.5
		if _, err := GeoMap(l, file, []Territory{{Code: codes[0], Title: "a", Value: &value, Shown: "1,5"}}, "Carte", Narrow); err != nil {
			t.Error(err)
		}
	})
}

// Neighbours have the points of their common border in common, however small.
func TestOutlinesShareBorders(t *testing.T) {
	all, err := readShapes(country(t))
	if err != nil {
		t.Fatal(err)
	}
	drawn := outlines(all, box{0, 0, 300, 400})
	corners := map[string][][2]float64{}
	for _, o := range drawn {
		if o.code != "TN-11" && !o.visible() {
			t.Errorf("%s is not to be seen: %+v", o.code, o.box)
		}
		for _, ring := range o.rings {
			corners[o.code] = append(corners[o.code], ring...)
		}
	}
	shared := 0
	for _, p := range corners["TN-41"] {
		if slices.Contains(corners["TN-51"], p) {
			shared++
		}
	}
	if shared != 2 {
		t.Errorf("Kairouan and Sousse share %d corners, want 2: %v, %v", shared, corners["TN-41"], corners["TN-51"])
	}
}
