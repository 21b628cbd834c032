package charts

import (
	"math"
	"strings"
	"testing"

	"jalon/indicators"
)

func TestGoldenPlan(t *testing.T) {
	for _, lang := range []string{"fr", "ar"} {
		for _, c := range planCharts(t, languages(t)[lang], themes(), "T2 2026", 4, Narrow) {
			golden(t, c.Name+"-"+lang+".svg", draw(t, c))
		}
	}
}

// One row or none is a chart that says so; forty rows are forty titles.
func TestPlanOfAnySize(t *testing.T) {
	for _, lang := range []string{"fr", "ar", "en"} {
		l := languages(t)[lang]
		for _, f := range []Format{Wide, Narrow} {
			for n, c := range planCharts(t, l, themes(), "T2 2026", 0, f) {
				svg := string(draw(t, c))
				said := []string{l.T("chart.no_indicator"), l.T("chart.slopes.none_fallen"), l.T("chart.no_indicator"), l.T("chart.gantt.none"), l.T("chart.no_indicator")}[n]
				if !strings.Contains(svg, said) {
					t.Errorf("%s in %s: an empty chart does not say %q", c.Name, lang, said)
				}
			}
			for _, c := range planCharts(t, l, themes(), "T2 2026", 1, f) {
				if svg := string(draw(t, c)); !strings.Contains(svg, "des femmes") || c.Height > 420 {
					t.Errorf("%s in %s, one row: no title, or %d pixels high", c.Name, lang, c.Height)
				}
			}
		}
	}
	for _, c := range planCharts(t, languages(t)["fr"], []string{"Titre"}, "T2 2026", 40, Wide) {
		titles := map[string]int{"dumbbells": 40, "slopes": 10, "heat_map": 60, "gantt": 40, "ahead": 40}[c.Name]
		if got := strings.Count(string(draw(t, c)), ">Titre<"); got != titles {
			t.Errorf("%s: %d titles of rows, want %d", c.Name, got, titles)
		}
	}
}

// What ECharts takes is in proportion to what it draws, some half a millisecond each: the
// limits keep sixty indicators over two years under 400 ms, and the others under 120 ms.
func TestPlanIsFewElements(t *testing.T) {
	for _, f := range []Format{Wide, Narrow} {
		for _, c := range planCharts(t, languages(t)["fr"], themes(), "T2 2026", 40, f) {
			svg, limit := string(draw(t, c)), 450
			if c.Name == "heat_map" {
				limit = 600
			}
			if got := strings.Count(svg, "<path") + strings.Count(svg, "<text"); got > limit {
				t.Errorf("%s, %d wide: %d elements, want %d at most", c.Name, c.Width, got, limit)
			}
		}
	}
}

func TestPictureHasNothingForPointers(t *testing.T) {
	for _, c := range planCharts(t, languages(t)["fr"], themes(), "T2 2026", 4, Wide) {
		if !strings.Contains(string(c.Option), `"tooltip":{"formatter":"Part des femmes`) {
			t.Errorf("%s has no tooltips for the browser", c.Name)
		}
	}
	_, months := heatRows(themes(), 1, 2)
	c, err := HeatMap(languages(t)["fr"], []HeatRow{{"Un", []Reporting{InTime, Late}}}, months, Wide)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(draw(t, c)), "transparent"); got > 10 {
		t.Errorf("%d unseen elements in a picture", got)
	}
}

func TestSharesBeyondTheEdge(t *testing.T) {
	far, back := 3.4, -2.0
	l := languages(t)["fr"]
	c, err := Dumbbells(l, []Dumbbell{{Title: "Un", Before: &back, Now: &far}}, 0, Wide)
	if err != nil {
		t.Fatal(err)
	}
	o := string(c.Option)
	if strings.Contains(o, "[3.4,") || !strings.Contains(o, "340\u202f%") || !strings.Contains(o, "(avant\u00a0: \u2212200\u202f%)") {
		t.Errorf("want marks at the edges and the true shares in words: %s", o)
	}
	if !strings.Contains(o, arrowOn) || !strings.Contains(o, arrowBack) {
		t.Error("no arrows at the edges")
	}
}

func TestSpread(t *testing.T) {
	for _, tt := range []struct {
		name     string
		slots    []slot
		want     []float64
		from, to float64
	}{
		{"with room", []slot{{10, 10}, {50, 10}}, []float64{10, 50}, 0, 100},
		{"on each other", []slot{{50, 10}, {50, 10}}, []float64{45, 55}, 0, 100},
		{"order is by place", []slot{{60, 10}, {50, 10}, {55, 10}}, []float64{65, 45, 55}, 0, 100},
		{"at the ends", []slot{{0, 10}, {100, 20}}, []float64{5, 90}, 0, 100},
		{"a heap at the end", []slot{{98, 10}, {99, 10}, {85, 10}}, []float64{85, 95, 75}, 0, 100},
		{"nothing", nil, []float64{}, 0, 100},
	} {
		got := spread(tt.slots, tt.from, tt.to)
		for n := range tt.want {
			if math.Abs(got[n]-tt.want[n]) > 1e-9 {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
				break
			}
		}
	}
}

func TestTimeOfActions(t *testing.T) {
	g := gantt{today: 20261031, rows: []Span{{Start: 20260215, End: 20270110}}}
	g.lay()
	if g.from != 2026*12 || g.to != 2027*12+3 {
		t.Errorf("from %d to %d, want whole quarters around the action", g.from-2026*12, g.to-2026*12)
	}
	if got := g.at(20260101); got != 0 {
		t.Errorf("the first day begins at %v, want 0", got)
	}
	for _, tt := range []struct {
		span           Span
		planned, taken stretch
	}{
		{Span{Start: 20260101, End: 20260131}, stretch{0, 1}, gone},
		{Span{Start: 20260201, End: 20260228, ActualStart: 20260301}, stretch{1, 2}, stretch{2, 10}},
		{Span{ActualStart: 20260101, ActualEnd: 20260331}, gone, stretch{0, 3}},
		{Span{ActualStart: 20270101}, gone, gone},                            // not begun by today
		{Span{Start: 20260301, End: 20260101}, stretch{2, 2.15}, gone},       // the end is no end
		{Span{End: 20260131}, stretch{0.85, 1}, gone},                        // the start is not known
		{Span{ActualEnd: 20260131, Start: 20260101}, stretch{0, 0.15}, gone}, // neither is when it began
	} {
		p, d := g.planned(tt.span), g.done(tt.span)
		near := func(a, b stretch) bool { return math.Abs(a.from-b.from) < 1e-9 && math.Abs(a.to-b.to) < 1e-9 }
		if !near(p, tt.planned) || !near(d, tt.taken) {
			t.Errorf("%+v: planned %v, taken %v", tt.span, p, d)
		}
	}
}

func TestMilestoneStates(t *testing.T) {
	for m, want := range map[Mark]string{
		{Due: 20261031}: "ahead", {Due: 20261030, Late: true}: "missed", {Due: 20260101, Done: 20260401}: "met",
		{Due: 20260101, Done: 20261101, Late: true}: "missed", // done after the day that is looked at
		{Due: 20261030, Dropped: true}:              "dropped", {Due: 20270101, Dropped: true}: "dropped",
	} {
		if got := m.state(day); got != want {
			t.Errorf("%+v is %s, want %s", m, got, want)
		}
	}
}

func TestCountsOfReports(t *testing.T) {
	months := []indicators.Period{202601001, 202602001, 202603001}
	c, err := HeatMap(languages(t)["en"], []HeatRow{{"A", []Reporting{InTime, Late, Missing}}, {"B", []Reporting{NotDue, Revised}}}, months, Narrow)
	if err != nil {
		t.Fatal(err)
	}
	want := "2 indicators, 4 values due – in time: 1, late: 1, missing: 1, revised: 1. Most values missing: A (1)."
	if c.Description != want {
		t.Errorf("description = %s, want %s", c.Description, want)
	}
}
