package charts

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
)

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs from what is drawn now; if that is meant, run the tests with -update and look at it", file)
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenTrajectory(t *testing.T) {
	for _, lang := range []string{"fr", "ar"} {
		c, err := Trajectory(languages(t)[lang], remittances(t).course(t), Narrow)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "trajectory-"+lang+".svg", draw(t, c))
	}
}

func TestGoldenDescriptions(t *testing.T) {
	var all []string
	for _, lang := range []string{"fr", "ar", "en"} {
		for _, c := range everyChart(t, lang, "Titre")[:7] {
			all = append(all, c.Name+" "+lang+": "+c.Description)
		}
	}
	golden(t, "descriptions.txt", []byte(strings.Join(all, "\n")+"\n"))
}

// months turns a path into pairs of a month after 2015 and a value.
func pairs(spots []spot) [][2]float64 {
	var all [][2]float64
	for _, s := range spots {
		if !s.absent {
			all = append(all, [2]float64{s.month - 2016*12, s.value})
		}
	}
	return all
}

func same(a, b [][2]float64) bool {
	ja, _ := json.Marshal(a)
	jb, _ := json.Marshal(b)
	return string(ja) == string(jb)
}

func TestPath(t *testing.T) {
	level := func(direction string) *sample {
		return &sample{indicator: ofKind(direction, indicators.Level, indicators.Yearly)}
	}
	band := func(s *sample) *sample {
		s.targets = append(s.targets, indicators.Target{
			Indicator: "X", Kind: "target", Period: indicators.Year(2020), Low: indicators.Whole(20), High: indicators.Whole(30), Decided: 20160101,
		})
		return s
	}
	atMost := level("decrease").target(t, "baseline", "2015", "50").target(t, "target", "2020", "70")
	atMost.targets[1].Comparison = "at_most"
	other := level("increase").target(t, "baseline", "2015", "10").target(t, "target", "2020", "60").target(t, "milestone", "2017", "25")
	other.targets[2].Framework = "plan2016"
	flow := &sample{indicator: ofKind("increase", indicators.Flow, indicators.Yearly)}
	mean := &sample{indicator: ofKind("increase", indicators.Level, indicators.Yearly)}
	for _, tt := range []struct {
		name  string
		s     *sample
		path  [][2]float64
		level bool
	}{
		{"straight", level("increase").target(t, "baseline", "2015", "10").target(t, "target", "2020", "60"), [][2]float64{{0, 10}, {60, 60}}, false},
		{"through milestones, by time", level("increase").target(t, "baseline", "2015", "10").target(t, "target", "2020", "60").
			target(t, "milestone", "2018", "30").target(t, "milestone", "2016", "20"), [][2]float64{{0, 10}, {12, 20}, {36, 30}, {60, 60}}, false},
		{"not through another framework's milestone", other, [][2]float64{{0, 10}, {60, 60}}, false},
		{"threshold on the far side", atMost, [][2]float64{{0, 70}, {60, 70}}, true},
		{"no baseline", level("increase").target(t, "target", "2020", "60"), [][2]float64{{48, 60}, {60, 60}}, true},
		{"range from below", band(level("increase").target(t, "baseline", "2015", "10")), [][2]float64{{0, 10}, {60, 20}}, false},
		{"range from above", band(level("decrease").target(t, "baseline", "2015", "90")), [][2]float64{{0, 90}, {60, 30}}, false},
		{"range, already inside", band(level("increase").target(t, "baseline", "2015", "25")), nil, false},
		{"sum of a flow from nothing", flow.target(t, "target", "2016-2020", "100"), [][2]float64{{0, 0}, {60, 100}}, false},
		{"mean of a span", mean.target(t, "baseline", "2015", "2").target(t, "target", "2016-2020", "4"), [][2]float64{{0, 4}, {60, 4}}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := tt.s.course(t)
			got := c.track()
			if !same(pairs(got.path), tt.path) || got.level != tt.level {
				t.Errorf("path = %v, level %v; want %v, %v", pairs(got.path), got.level, tt.path, tt.level)
			}
		})
	}
}

// The path drawn is the one that is judged by.
func TestPathAgreesWithTheAssessment(t *testing.T) {
	s := &sample{indicator: ofKind("increase", indicators.Level, indicators.Yearly)}
	s.target(t, "baseline", "2015", "10").target(t, "target", "2030", "100").target(t, "milestone", "2018", "20").target(t, "milestone", "2024", "70")
	for _, year := range []string{"2017", "2018", "2021", "2024", "2025"} {
		s.figures = nil
		c := s.values(t, year, "33", "A").course(t)
		track, at := c.track(), float64(periodOf(t, year).EndMonth())
		for n := 1; n < len(track.path); n++ {
			a, b := track.path[n-1], track.path[n]
			if a.month < at && at <= b.month {
				drawn := a.value + (b.value-a.value)*(at-a.month)/(b.month-a.month)
				if want := c.Assessment.ExpectedValue; !want.Valid || math.Abs(drawn-want.Value) > 1e-9 {
					t.Errorf("%s: drawn %v, judged by %v", year, drawn, want)
				}
			}
		}
	}
}

func TestObserved(t *testing.T) {
	s := &sample{indicator: ofKind("increase", indicators.Level, indicators.Yearly)}
	s.target(t, "baseline", "2016", "2").target(t, "target", "2030", "9")
	s.values(t, "2001", "1", "A", "2016", "2", "A", "2017", "", "O", "2018", "3", "A", "2019", "5", "B", "2020", "6", "P", "2026", "7", "A")
	s.figures = append(s.figures, indicators.Figure{Period: indicators.Year(2021), Value: indicators.Whole(1), Status: "A", Partial: true})
	c := s.course(t)
	got := c.track()
	// 2001, long before the baseline, too; not 2026, which is not over; not the partial one.
	if want := [][2]float64{{-168, 1}, {12, 2}, {36, 3}, {48, 5}, {60, 6}}; !same(pairs(got.observed), want) {
		t.Errorf("observed = %v, want %v", pairs(got.observed), want)
	}
	if want := [][2]float64{{42, 4}}; !same(pairs(got.breaks), want) {
		t.Errorf("breaks = %v, want %v", pairs(got.breaks), want)
	}
	if last := got.latest(); last == nil || !last.provisional() {
		t.Errorf("the latest value, %v, is provisional", last)
	}
}

func TestMilestoneMet(t *testing.T) {
	s := &sample{indicator: ofKind("decrease", indicators.Level, indicators.Yearly)}
	s.target(t, "baseline", "2015", "10").target(t, "target", "2030", "1")
	s.target(t, "milestone", "2018", "8").target(t, "milestone", "2019", "7").target(t, "milestone", "2025", "4")
	c := s.values(t, "2018", "7.5", "A", "2019", "7.2", "A").course(t)
	for n, want := range []bool{true, false, false} {
		if got := c.track().steps[n].met; got != want {
			t.Errorf("milestone %d met = %v, want %v", n, got, want)
		}
	}
}

func TestVeryLongSeries(t *testing.T) {
	s := &sample{indicator: ofKind("increase", indicators.Level, indicators.Monthly)}
	c := s.values(t, "2020-01", "1", "A").course(t)
	for n := range 10_000 {
		value := int64(n % 97)
		if n == 5000 {
			value = 500
		}
		c.Figures = append(c.Figures, indicators.Figure{Period: periodOf(t, "2020-01") + indicators.Period(n/2500*100_000), Value: indicators.Whole(value), Status: "A"})
	}
	chart, err := Trajectory(languages(t)["fr"], c, Wide)
	if err != nil {
		t.Fatal(err)
	}
	if len(chart.Option) > 200_000 || !strings.Contains(string(chart.Option), ",500]") {
		t.Errorf("%d bytes; want few, with the one peak of 500 among them", len(chart.Option))
	}
	draw(t, chart)
}

func TestAxes(t *testing.T) {
	for _, tt := range []struct {
		low, high float64
		want      axis
	}{
		{3, 10.65, axis{0, 12.5, 2.5}}, {0, 0, axis{0, 1, 0.2}}, {12, 12, axis{0, 15, 5}}, {-5, 8, axis{-5, 10, 5}},
		{96, 99, axis{96, 99, 1}}, {0, 5.2e10, axis{0, 6e10, 2e10}}, {0, 1e-7, axis{0, 1e-7, 2e-8}},
	} {
		got := valueAxis(tt.low, tt.high, 5)
		near := func(a, b float64) bool { return math.Abs(a-b) < tt.want.Step/1e6 }
		if !near(got.Min, tt.want.Min) || !near(got.Max, tt.want.Max) || !near(got.Step, tt.want.Step) {
			t.Errorf("axis of %v to %v = %+v, want %+v", tt.low, tt.high, got, tt.want)
		}
	}
}

func TestDayOnTheAxis(t *testing.T) {
	for day, want := range map[indicators.Date]float64{20261031: 2026*12 + 10, 20261231: 2027 * 12, 20260215: 2026*12 + 1 + 15.0/28} {
		if got := monthOf(day); math.Abs(got-want) > 1e-9 {
			t.Errorf("month of %s = %v, want %v", day, got, want)
		}
	}
}

func TestTileLevels(t *testing.T) {
	score := func(x float64) indicators.Rollup {
		return indicators.Rollup{Assessed: 1, Total: 1, Score: progress.Num(x)}
	}
	for _, tt := range []struct {
		rollup indicators.Rollup
		want   int
	}{
		{indicators.Rollup{}, levelEmpty}, {indicators.Rollup{Total: 4, Assessed: 1}, levelThin},
		{score(0), 0}, {score(0.2499), 0}, {score(0.25), 1}, {score(0.75), 3}, {score(1), 3},
	} {
		if got := (Tile{Rollup: tt.rollup}).level(); got != tt.want {
			t.Errorf("level of %+v = %d, want %d", tt.rollup, got, tt.want)
		}
	}
}

func TestLabelsCoverNothing(t *testing.T) {
	p := placer{room: box{0, 0, 400, 200}}
	p.along(0, 100, 400, 100)
	for range 4 {
		if _, _, placed := p.place(200, 100, 80, 16, false); !placed {
			t.Fatal("there is room for four labels")
		}
	}
	for n, a := range p.taken {
		if a.top < 100 && a.top+a.height > 100 {
			t.Errorf("label %d lies on the line: %+v", n, a)
		}
		for _, b := range p.taken[n+1:] {
			if a.overlap(b) > 0 {
				t.Errorf("%+v lies on %+v", a, b)
			}
		}
	}
	if _, _, placed := (&placer{room: box{0, 0, 50, 10}}).place(20, 5, 80, 16, false); placed {
		t.Error("placed outside the room")
	}
}

// Who has scripts can look at a part of a long series, and nothing else moves for it.
func TestALongSeriesCanBeLookedAtInPart(t *testing.T) {
	l := languages(t)["fr"]
	long := func(points int) Course {
		s := remittances(t)
		s.indicator.Frequency, s.figures = "month", nil
		for n := range points {
			s.values(t, fmt.Sprintf("%d-%02d", 2016+n/12, n%12+1), "7", "A")
		}
		return s.course(t)
	}
	for points, zooms := range map[int]bool{24: false, 120: true} {
		c, err := Trajectory(l, long(points), Wide)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(c.Option), `"dataZoom"`); got != zooms {
			t.Errorf("%d points: zoom %v, want %v", points, got, zooms)
		}
	}
}
