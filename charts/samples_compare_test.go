package charts

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

// efforts are made-up actions: ahead of their money, behind it, beyond the axis.
func efforts() []Effort {
	return []Effort{
		{"Réhabilitation de 40 collèges ruraux", 0.82, 0.31, 12_500_000, "TND", progress.FarBehind},
		{"Raccordement de 12 000 ménages à l’eau potable", 0.55, 0.6, 30_000_000, "TND", progress.OnTrack},
		{"Formation des enseignants du primaire", 0.2, 0.65, 1_200_000, "EUR", progress.OnTrack},
		{"Vaccination contre le papillomavirus", 1, 1.04, 3_400_000, "EUR", progress.Achieved},
		{"Toitures solaires des bâtiments publics", 0.4, 0.33, 8_000_000, "TND", progress.Behind},
		{"Protection de la nappe de Kairouan", 0.61, -0.18, 4_100_000, "TND", progress.Regressed},
		{"Guichet unique des entreprises", 0.95, 0.7, 900_000, "TND", progress.Missed},
		{"Stations d’épuration du bassin minier", 0.12, 0, 22_000_000, "EUR", progress.NotAssessable},
		{"Bibliothèques mobiles", 0.3, 4.2, 150_000, "TND", progress.Achieved},
		{"Registre social unifié", 0.5, 0.48, 2_000_000, "TND", progress.OnTrack},
	}
}

// many repeats things until there are so many.
func many[T any](all []T, n int) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = all[i%len(all)]
	}
	return out
}

// literacy is made up: men ahead, women catching up, a year without men.
func literacy(t testing.TB) []Pair {
	t.Helper()
	var all []Pair
	for n, v := range [][2]float64{{58.2, 76.1}, {60, 77}, {62.9, 77.8}, {65, -1}, {68.4, 79}, {71.2, 79.6}, {74.9, 80.1}, {79.5, 80.3}} {
		p := Pair{Period: indicators.Year(2016 + n), Women: &v[0], Men: &v[1]}
		if v[1] < 0 {
			p.Men = nil
		}
		all = append(all, p)
	}
	return all
}

// poverty is the governorates with made-up shares, two of them unknown, and the
// whole country.
func poverty(l *locale.Language) ([]Territory, *Territory) {
	var all []Territory
	for _, row := range tileRows() {
		for _, code := range row {
			if code == "" {
				continue
			}
			t := Territory{Code: code, Title: l.T("governorate." + code)}
			if v := 3.1 + float64(len(all)*len(all)%29)*1.07; code != "TN-73" && code != "TN-14" {
				t.Value, t.Shown = &v, l.WithPercent(l.Number(v, 1))
			}
			all = append(all, t)
		}
	}
	whole := 15.2
	return all, &Territory{Code: "TN", Title: "Tunisie", Value: &whole, Shown: l.WithPercent(l.Number(whole, 1))}
}

// outcomes are a few courses beside each other, with their titles: one on its way,
// one met, one of large numbers, one without values.
func outcomes(t testing.TB) ([]Course, []string) {
	t.Helper()
	safe := &sample{indicator: ofKind(indicators.Increase, indicators.Level, indicators.Yearly)}
	safe.target(t, "baseline", "2018", "61").target(t, "target", "2026", "90").
		values(t, "2018", "61", "A", "2019", "66", "A", "2020", "72", "A", "2021", "80", "A", "2022", "86", "A", "2023", "91.5", "A")
	large := &sample{indicator: ofKind(indicators.Increase, indicators.Level, indicators.Yearly)}
	large.indicator.Unit, large.indicator.UnitShown = "TND", indicators.Text{FR: "dinars"}
	large.target(t, "baseline", "2019", "1250000000").target(t, "target", "2030", "4000000000").
		values(t, "2019", "1250000000", "A", "2021", "1100000000", "A", "2022", "1700000000", "E")
	none := &sample{indicator: ofKind(indicators.Increase, indicators.Level, indicators.Yearly)}
	none.target(t, "baseline", "2019", "10").target(t, "target", "2028", "25")
	return []Course{remittances(t).course(t), safe.course(t), large.course(t), none.course(t)}, []string{
		"Coût moyen de l’envoi de fonds vers la Tunisie depuis l’étranger", "Ménages ruraux raccordés à l’eau potable",
		"Investissements dans les énergies renouvelables", "Communes dotées d’un plan climat",
	}
}

// rivers are made-up grants, in millions of dinars.
func rivers() ([][]Node, []Flow) {
	columns := [][]Node{
		{{"EU", "Union européenne", "46 M TND"}, {"KFW", "KfW, Banque de développement allemande", "31 M TND"}, {"BAD", "Banque africaine de développement", "18 M TND"}, {"NIL", "Sans flux", ""}},
		{{"EAU", "Eau et assainissement", "52 M TND"}, {"EDU", "Éducation", "28 M TND"}, {"ENE", "Énergie", "15 M TND"}},
		{{"R1", "Ménages ruraux raccordés à l’eau potable", "40 M TND"}, {"R2", "Eaux usées réutilisées", "12 M TND"}, {"R3", "Abandon scolaire réduit de moitié", "28 M TND"}, {"R4", "Part du renouvelable dans l’électricité", "15 M TND"}},
	}
	return columns, []Flow{
		{"EU", "EAU", 0, 24, "24 M TND"}, {"EU", "EDU", 0, 22, "22 M TND"}, {"KFW", "EAU", 0, 28, "28 M TND"}, {"KFW", "ENE", 0, 3, "3 M TND"},
		{"BAD", "ENE", 0, 12, "12 M TND"}, {"BAD", "EDU", 0, 6, "6 M TND"}, {"EAU", "R1", 1, 40, "40 M TND"}, {"EAU", "R2", 1, 12, "12 M TND"},
		{"EDU", "R3", 1, 28, "28 M TND"}, {"ENE", "R4", 1, 15, "15 M TND"}, {"EDU", "NIL", 1, 3, ""}, {"EU", "EDU", 0, -1, ""},
	}
}

// wideRiver is a river with so many results.
func wideRiver(n int) ([][]Node, []Flow) {
	columns, all := rivers()
	for i := range n {
		code := "S" + strconv.Itoa(i)
		columns[2] = append(columns[2], Node{code, "Résultat " + code, "1 M TND"})
		all = append(all, Flow{columns[1][i%3].Code, code, 1, 1 + float64(i%5)/10, "1 M TND"})
	}
	return columns, all
}

// comparisons draws each kind of chart that compares, with a text in every place that
// takes one.
func comparisons(t *testing.T, lang, text string, f Format) []Chart {
	t.Helper()
	l := languages(t)[lang]
	money := efforts()
	money[0].Title, money[1].Title, money[0].Currency = text, text, text
	columns, flows := rivers()
	columns[0][0].Title, columns[1][0].Title, columns[2][0].Title, columns[0][0].Shown = text, text, text, text
	flows[0].Shown = text
	courses, titles := outcomes(t)
	titles[0] = text
	places, whole := poverty(l)
	places[0].Title, places[0].Shown, whole.Title = text, text, text
	show := func(v float64) string { return l.Number(v, 1) + text }
	balance, err1 := Balance(l, money, f)
	multiples, err2 := Multiples(l, courses, titles, len(courses), f)
	river, err3 := Flows(l, columns, flows, f)
	tiles, err4 := TileMap(l, places, text, f)
	ranking, err5 := Ranked(l, places, whole, f)
	duet, err6 := Pairs(l, literacy(t), text, show, f)
	shapes, err7 := GeoMap(l, country(t), places, text, f)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil {
		t.Fatal(err)
	}
	return []Chart{balance, multiples, river, tiles, ranking, duet, shapes}
}

// country is made-up shapes: the tiles as quadrangles in degrees, whose corners are
// shaken; one has an island, one a lake, and one is smaller than a pixel.
func country(t testing.TB) []byte {
	t.Helper()
	corner := func(x, y int) [2]float64 {
		return [2]float64{8 + 0.7*float64(x) + 0.15*math.Sin(float64(7*x+3*y)), 37 - 0.9*float64(y) + 0.15*math.Cos(float64(5*x+2*y))}
	}
	square := func(at [2]float64, size float64) [][2]float64 {
		x, y := at[0], at[1]
		return [][2]float64{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	}
	var all []map[string]any
	for y, row := range tileRows() {
		for x, code := range row {
			if code == "" {
				continue
			}
			parts := [][][][2]float64{{{corner(x, y), corner(x+1, y), corner(x+1, y+1), corner(x, y+1), corner(x, y)}}}
			switch code {
			case "TN-82":
				parts = append(parts, [][][2]float64{square([2]float64{11.2, 33.4}, 0.2)})
			case "TN-33":
				parts[0] = append(parts[0], square([2]float64{8.25, 34.6}, 0.15))
			case "TN-11":
				parts = [][][][2]float64{{square(corner(x, y), 1e-5)}}
			}
			all = append(all, map[string]any{
				"type": "Feature", "properties": map[string]any{"shapeISO": code, "area": 1},
				"geometry": map[string]any{"type": "MultiPolygon", "coordinates": parts},
			})
		}
	}
	file, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": all})
	if err != nil {
		t.Fatal(err)
	}
	return file
}
