package charts

import (
	"strconv"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

const day indicators.Date = 20261031

// A sample is an indicator written down briefly: periods and values as text.
type sample struct {
	indicator indicators.Indicator
	targets   []indicators.Target
	figures   []indicators.Figure
}

func decimal(t testing.TB, text string) indicators.Decimal {
	t.Helper()
	d, err := indicators.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func periodOf(t testing.TB, text string) indicators.Period {
	t.Helper()
	p, err := indicators.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *sample) target(t testing.TB, kind, period, value string) *sample {
	t.Helper()
	s.targets = append(s.targets, indicators.Target{
		Indicator: s.indicator.Code, Kind: kind, Period: periodOf(t, period), Value: decimal(t, value), Decided: 20160101,
	})
	return s
}

// values adds figures: period, value, SDMX status, and so on; a value may be empty.
func (s *sample) values(t testing.TB, triples ...string) *sample {
	t.Helper()
	for n := 0; n < len(triples); n += 3 {
		f := indicators.Figure{Period: periodOf(t, triples[n]), Status: triples[n+2]}
		if triples[n+1] != "" {
			f.Value = decimal(t, triples[n+1])
		}
		s.figures = append(s.figures, f)
	}
	return s
}

// course judges the sample on the day of the tests.
func (s *sample) course(t testing.TB) Course {
	t.Helper()
	d := &indicators.Definitions{Indicators: []indicators.Indicator{s.indicator}, Targets: s.targets}
	series := map[indicators.SeriesKey][]indicators.Figure{{Indicator: s.indicator.Code}: s.figures}
	all := indicators.NewDataset(d, nil, series).On(day).Of(s.indicator.Code)
	if len(all) != 1 {
		t.Fatalf("%d assessments, want 1", len(all))
	}
	return Course{Indicator: &s.indicator, Assessment: all[0], Figures: s.figures}
}

func languages(t testing.TB) map[string]*locale.Language {
	t.Helper()
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func ofKind(direction, accumulation string, frequency indicators.Frequency) indicators.Indicator {
	return indicators.Indicator{
		Code: "X", Title: indicators.Text{FR: "Indicateur d’essai", AR: "مؤشر تجريبي"}, Unit: "PERCENT", UnitShown: indicators.Text{FR: "%"},
		Direction: direction, Accumulation: accumulation, Frequency: frequency,
	}
}

// remittances is the cost of sending money to Tunisia (World Bank, percent of the
// amount sent).
func remittances(t testing.TB) *sample {
	t.Helper()
	s := &sample{indicator: ofKind(indicators.Decrease, indicators.Level, indicators.Yearly)}
	s.indicator.Code = "REM-COST"
	s.indicator.Title = indicators.Text{FR: "Coût moyen de l’envoi de fonds vers la Tunisie", AR: "متوسط كلفة تحويل الأموال إلى تونس"}
	s.indicator.UnitShown = indicators.Text{FR: "% du montant envoyé", AR: "% من المبلغ المحوّل"}
	return s.target(t, "baseline", "2016", "9.49").target(t, "target", "2030", "3").
		values(t, "2016", "9.49", "A", "2017", "10.65", "A", "2018", "8.83", "A", "2019", "9.51", "A",
			"2020", "8.99", "A", "2021", "10.28", "A", "2022", "8.92", "E", "2023", "5.54", "P")
}

// goals is the 17 goals with made-up counts: some without indicators, some with
// too few assessed ones.
func goals() []Tile {
	titles := []string{
		"Pas de pauvreté", "Faim « zéro »", "Bonne santé et bien-être", "Éducation de qualité", "Égalité entre les sexes",
		"Eau propre et assainissement", "Énergie propre et d’un coût abordable", "Travail décent et croissance économique",
		"Industrie, innovation et infrastructure", "Inégalités réduites", "Villes et communautés durables",
		"Consommation et production responsables", "Mesures relatives à la lutte contre les changements climatiques",
		"Vie aquatique", "Vie terrestre", "Paix, justice et institutions efficaces", "Partenariats pour la réalisation des objectifs",
	}
	tiles := make([]Tile, len(titles))
	for n, title := range titles {
		code := strconv.Itoa(n + 1)
		tiles[n] = Tile{Code: code, Title: title, Colour: GoalColour(code)}
		switch n % 6 {
		case 1:
		case 4:
			tiles[n].Rollup = indicators.Rollup{Assessed: 1, Total: 3, Counts: indicators.Counts{0, 1, 0, 0, 0, 0, 2}}
		default:
			tiles[n].Trend = trends()[n%4]
			tiles[n].Rollup = indicators.Rollup{Assessed: 3, Total: 4, Counts: indicators.Counts{1, 1, 0, 1, 0, 0, 1}, Score: progress.Num(float64(n) / 16)}
		}
	}
	return tiles
}

func benchCourse(b *testing.B) Course {
	b.Helper()
	return remittances(b).course(b)
}
