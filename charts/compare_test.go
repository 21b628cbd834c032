package charts

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

func TestGoldenComparisons(t *testing.T) {
	var said []string
	for _, lang := range []string{"fr", "ar", "en"} {
		for _, c := range comparisons(t, lang, "Titre", Narrow) {
			said = append(said, c.Name+" "+lang+": "+c.Description)
			if lang == "en" {
				continue
			}
			var lines bytes.Buffer
			if err := json.Indent(&lines, c.Option, "", "\t"); err != nil {
				t.Fatal(err)
			}
			golden(t, c.Name+"-"+lang+".json", lines.Bytes())
		}
	}
	golden(t, "comparisons.txt", []byte(strings.Join(said, "\n")+"\n"))
}

// nothing draws each chart that compares from nothing.
func nothing(t *testing.T, lang string) []Chart {
	t.Helper()
	l := languages(t)[lang]
	show := func(v float64) string { return l.Number(v, 0) }
	balance, err1 := Balance(l, nil, Narrow)
	multiples, err2 := Multiples(l, nil, nil, 0, Narrow)
	river, err3 := Flows(l, nil, nil, Narrow)
	tiles, err4 := TileMap(l, nil, "Carte", Wide)
	ranking, err5 := Ranked(l, nil, nil, Wide)
	duet, err6 := Pairs(l, nil, "%", show, Narrow)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	return []Chart{balance, multiples, river, tiles, ranking, duet}
}

func TestNothingToCompare(t *testing.T) {
	want := map[string]string{
		"balance": "aucune action", "multiples": "aucun indicateur", "flows": "aucun financement",
		"tile_map": "pas de donnée", "ranked": "pas de donnée", "pairs": "aucune valeur observée",
	}
	for _, c := range nothing(t, "fr") {
		if svg := string(draw(t, c)); !strings.Contains(svg, want[c.Name]) || c.Description == "" {
			t.Errorf("%s, empty, does not say %q but %s", c.Name, want[c.Name], c.Description)
		}
	}
	nothing(t, "ar")
}

func TestOneAndForty(t *testing.T) {
	l := languages(t)["fr"]
	show := func(v float64) string { return l.Number(v, 0) }
	courses, titles := outcomes(t)
	places, whole := poverty(l)
	for _, n := range []int{1, 40} {
		columns, flows := rivers()
		if n == 1 {
			flows = flows[:1]
		} else {
			columns, flows = wideRiver(n)
		}
		balance, err1 := Balance(l, many(efforts(), n), Narrow)
		multiples, err2 := Multiples(l, many(courses, n), many(titles, n), n, Narrow)
		river, err3 := Flows(l, columns, flows, Narrow)
		tiles, err4 := TileMap(l, many(places, n), "Carte", Narrow)
		ranking, err5 := Ranked(l, many(places, n), whole, Narrow)
		duet, err6 := Pairs(l, many(literacy(t), n), "%", show, Narrow)
		if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
			t.Fatal(err)
		}
		for _, c := range []Chart{balance, multiples, river, tiles, ranking, duet} {
			draw(t, c)
		}
	}
}

// Multiples share their axis of time: old values stay away, and the description says so, as
// it does of whole indicators that are left out.
func TestMultiplesTellWhatTheyLeaveOut(t *testing.T) {
	old := remittances(t)
	old.figures = append((&sample{}).values(t, "1990", "12", "A", "1991", "11", "A", "1992", "", "O", "2006", "10", "A").figures, old.figures...)
	courses := []Course{old.course(t)}
	for lang, want := range map[string][]string{
		"fr": {"1 indicateur sur 3 –", "Valeurs plus anciennes, sur la page de chaque indicateur\u00a0: 2."},
		"en": {"1 of 3 indicators –", "Earlier values, on each indicator’s page: 2."},
		"ar": {"1 من 3", "قيم أقدم، في صفحة كل مؤشر: 2."},
	} {
		c, err := Multiples(languages(t)[lang], courses, []string{"Coût"}, 3, Wide)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range want {
			if !strings.Contains(c.Description, words) {
				t.Errorf("%s: %q lacks %q", lang, c.Description, words)
			}
		}
	}
	ancient := &sample{indicator: ofKind(indicators.Increase, indicators.Level, indicators.Yearly)}
	ancient.target(t, "target", "2030", "9").values(t, "1990", "1", "A", "1991", "2", "A")
	alone, err := Multiples(languages(t)["fr"], []Course{ancient.course(t)}, []string{"Ancien"}, 1, Wide)
	if shown := read(t, draw(t, alone)); err != nil || !strings.Contains(shown, "1991") || !strings.Contains(alone.Description, "chaque indicateur\u00a0: 1.") {
		t.Errorf("of old values only, the latest stays: %q, %v", alone.Description, err)
	}
	c, err := Multiples(languages(t)["fr"], []Course{remittances(t).course(t)}, []string{"Coût"}, 1, Wide)
	if err != nil || strings.Contains(c.Description, "anciennes") || strings.Contains(c.Description, "sur 1") {
		t.Errorf("nothing is left out, and yet: %q, %v", c.Description, err)
	}
}

// What is no number is left out, or counts as unknown; nothing breaks on it.
func TestNoNumbers(t *testing.T) {
	l := languages(t)["fr"]
	nan, infinite, huge, tiny := math.NaN(), math.Inf(1), math.MaxFloat64, -math.MaxFloat64
	balance, err1 := Balance(l, []Effort{{Disbursed: nan}, {Reached: infinite}, {Amount: nan, Reached: 9e300}, {Amount: infinite, Disbursed: -3}}, Wide)
	river, err2 := Flows(l, [][]Node{{{"A", "A", ""}}, {{"B", "B", ""}, {"B", "again", ""}}}, []Flow{{"A", "B", 0, nan, ""}, {"A", "B", 0, infinite, ""}, {"A", "B", 1, 1, ""}, {"A", "B", -1, 1, ""}, {"A", "B", 0, 1e-300, ""}}, Wide)
	tiles, err3 := TileMap(l, []Territory{{"TN-11", "a", &nan, ""}, {"TN-12", "b", &huge, "b"}, {"TN-13", "c", &tiny, "c"}, {"TN-14", "d", &infinite, "d"}, {"XX", "e", nil, ""}}, "Carte", Wide)
	ranking, err4 := Ranked(l, []Territory{{"TN-11", "a", &nan, ""}, {"TN-11", "twice", nil, ""}}, &Territory{Value: &infinite}, Wide)
	duet, err5 := Pairs(l, []Pair{{indicators.Year(2020), &nan, nil}, {indicators.Year(2020), nil, nil}}, "", func(float64) string { return "" }, Wide)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	for _, c := range []Chart{balance, river, tiles, ranking, duet} {
		draw(t, c)
	}
}

func TestMapsAreReadable(t *testing.T) {
	all := classes()
	for _, colour := range append(all[:], gaps) {
		if Contrast(colour, inkOn(colour)) < 4.5 {
			t.Errorf("%s: contrast %.1f with its lettering", colour, Contrast(colour, inkOn(colour)))
		}
	}
	for _, colour := range []string{women, men} {
		if Contrast(colour, sheet) < 4.5 {
			t.Errorf("%s on white: contrast %.1f", colour, Contrast(colour, sheet))
		}
	}
}

func TestEveryGovernorateHasOneTile(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range tileRows() {
		if len(row) > tileColumns {
			t.Errorf("%d tiles in a row of %d", len(row), tileColumns)
		}
		for _, code := range row {
			if code != "" && seen[code] {
				t.Errorf("%s has two tiles", code)
			}
			seen[code] = true
		}
	}
	delete(seen, "")
	for lang, l := range languages(t) {
		for _, code := range strings.Fields("11 12 13 14 21 22 23 31 32 33 34 41 42 43 51 52 53 61 71 72 73 81 82 83") {
			if code = "TN-" + code; !seen[code] || !l.Has("governorate."+code) {
				t.Errorf("%s has a tile: %v, a name in %s: %v", code, seen[code], lang, l.Has("governorate."+code))
			}
		}
	}
	if len(seen) != 24 {
		t.Errorf("%d tiles, want 24", len(seen))
	}
}

func TestNaturalBreaks(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		most   int
		want   []int
	}{
		{nil, 5, nil}, {[]float64{7}, 5, []int{0}}, {[]float64{2, 2, 2}, 5, []int{0}},
		{[]float64{1, 2, 10, 11, 50}, 3, []int{0, 2, 4}}, {[]float64{1, 1, 1, 9}, 5, []int{0, 3}},
		{[]float64{-5, -4, 0, 0, 8, 9}, 3, []int{0, 2, 4}},
	} {
		if got := naturalBreaks(tt.values, tt.most); !slices.Equal(got, tt.want) {
			t.Errorf("breaks of %v = %v, want %v", tt.values, got, tt.want)
		}
	}
}
