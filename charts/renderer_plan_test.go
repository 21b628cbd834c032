package charts

import (
	"errors"
	"fmt"
	"testing"
)

// large draws each kind of chart as large as a whole plan has it: forty rows, actions,
// flows or indicators, sixty indicators over two years.
func large(t testing.TB, f Format) []Chart {
	t.Helper()
	const n = 40
	l := languages(t)["fr"]
	show := func(v float64) string { return l.Number(v, 0) }
	courses, titles := outcomes(t)
	places, whole := poverty(l)
	columns, flows := wideRiver(n)
	way, err1 := Trajectory(l, remittances(t).course(t), f)
	matrix, err2 := GoalMatrix(l, "ODD", goals(), f)
	balance, err3 := Balance(l, many(efforts(), n), f)
	multiples, err4 := Multiples(l, many(courses, n), many(titles, n), n, f)
	river, err5 := Flows(l, columns, flows, f)
	tiles, err6 := TileMap(l, places, "Carte", f)
	ranking, err7 := Ranked(l, places, whole, f)
	duet, err8 := Pairs(l, literacy(t), "%", show, f)
	shapes, err9 := GeoMap(l, country(t), places, "Carte", f)
	bars := make([]Bar, 12)
	for i := range bars {
		bars[i] = Bar{themes()[i%len(themes())], [7]int{3, 2, 3, 1, i, 2, 4}}
	}
	status, err10 := StatusBars(l, bars, InThemes{Counts: bars[0].Counts}, f)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9, err10); err != nil {
		t.Fatal(err)
	}
	return append(planCharts(t, l, themes(), "T2 2026", n, f), status, way, matrix, balance, multiples, river, tiles, ranking, duet, shapes)
}

// BenchmarkDraw draws each kind of chart anew: 120 ms are wanted, 400 of a heat map.
func BenchmarkDraw(b *testing.B) {
	for _, f := range []Format{Wide, Narrow} {
		for _, c := range large(b, f) {
			draw(b, c)
			b.Run(fmt.Sprintf("%s-%dpx", c.Name, c.Width), func(b *testing.B) {
				for b.Loop() {
					draw(b, c)
				}
				most := 120.0
				if c.Name == "heat_map" {
					most = 400
				}
				b.ReportMetric(float64(len(c.Option))/1000, "option-kB")
				b.ReportMetric(float64(len(pack(c.Option)))/1000, "packed-kB")
				b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "jalon-ms")
				b.ReportMetric(most, "at-most")
			})
		}
	}
}
