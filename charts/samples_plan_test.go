package charts

import (
	"errors"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

// themes are titles as long and as short as they come.
func themes() []string {
	return []string{
		"Part des femmes parmi les bénéficiaires de microcrédits dans les régions de l’intérieur",
		"Ménages raccordés à l’eau potable", "Taux de chômage des diplômés",
		"Coût moyen de l’envoi de fonds vers la Tunisie", "Émissions de gaz à effet de serre par unité de PIB",
		"Prévalence de l’obésité chez les enfants de moins de cinq ans, selon l’enquête nationale sur la nutrition", "Énergies renouvelables",
		"Score de la Tunisie à l’indice de perception de la corruption",
	}
}

// dumbbellRows are made-up indicators of every status, on and off the axis.
func dumbbellRows(titles []string, period string, n int) []Dumbbell {
	share := func(x float64) *float64 { return &x }
	all := make([]Dumbbell, n)
	for i := range all {
		now := 0.08 + float64(i*37%100)/100
		all[i] = Dumbbell{
			Title: titles[i%len(titles)], Before: share(now - 0.09 + 0.04*float64(i%4)), Now: share(now), Expected: share(0.62),
			Status: progress.Statuses()[i%7], Period: period,
		}
		switch i % 8 {
		case 2:
			all[i].Before, all[i].Now = share(0.1), share(-0.12)
		case 4:
			all[i].Now, all[i].Expected = share(3.4), share(1)
		case 5:
			all[i].Before = nil
		case 6:
			all[i].Now, all[i].Period = nil, ""
		}
	}
	return all
}

// slopeRows are made-up changes, some of which end close together.
func slopeRows(titles []string) (risen, fallen []Slope) {
	for n, now := range []float64{0.92, 0.58, 0.55, 0.54, 0.21} {
		risen = append(risen, Slope{titles[n%len(titles)], now - 0.3 + 0.05*float64(n), now, progress.Statuses()[n%5]})
		fallen = append(fallen, Slope{titles[(n+3)%len(titles)], now - 0.05*float64(n), now - 0.1 - 0.15*float64(n), progress.Statuses()[4+n%3]})
	}
	return risen, fallen
}

// heatRows are made-up reports of so many indicators over so many months, each third
// indicator by the quarter.
func heatRows(titles []string, n, months int) ([]HeatRow, []indicators.Period) {
	first := indicators.Monthly.Containing(20241031)
	all, periods := make([]HeatRow, n), make([]indicators.Period, months)
	for m := range periods {
		periods[m] = first.Back(-m)
	}
	for i := range all {
		all[i] = HeatRow{Title: titles[i%len(titles)], Cells: make([]Reporting, months)}
		for m := range periods {
			switch hash := (i*31 + m*17 + i*m) % 13; {
			case i%3 == 2 && m%3 != 2:
			case hash == 1 || hash == 5:
				all[i].Cells[m] = Late
			case hash == 7 && i%2 == 0:
				all[i].Cells[m] = Missing
			case hash == 9:
				all[i].Cells[m] = Revised
			default:
				all[i].Cells[m] = InTime
			}
		}
	}
	return all, periods
}

// planCharts draws each chart of a plan with so many rows; the heat map with half as many
// more, over two years. The moment is written where a period or a day is.
func planCharts(t testing.TB, l *locale.Language, titles []string, moment string, n int, f Format) []Chart {
	t.Helper()
	risen, fallen := slopeRows(titles)
	if n < 5 {
		risen, fallen = risen[:n], fallen[:0]
	}
	heats, months := heatRows(titles, n*3/2, min(24, 6*n))
	dumbbells, err1 := Dumbbells(l, dumbbellRows(titles, moment, n), 2, f)
	ahead, err5 := Ahead(l, dumbbellRows(titles, moment, n), f)
	slopes, err2 := Slopes(l, risen, fallen, moment, moment, f)
	heat, err3 := HeatMap(l, heats, months, f)
	gantt, err4 := Gantt(l, spanRows(titles, n), day, f)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	return []Chart{dumbbells, slopes, heat, gantt, ahead}
}

// spanRows are made-up actions of every status, some without one date or another.
func spanRows(titles []string, n int) []Span {
	all := make([]Span, n)
	for i := range all {
		start := indicators.Date(20250101).AddDays(i * 67 % 600)
		end := start.AddDays(200 + i*83%400)
		s := Span{Title: titles[i%len(titles)], Start: start, End: end, Status: indicators.ActionStatuses()[i%5]}
		if s.Status != "planned" {
			s.ActualStart = start.AddDays(20)
		}
		if s.Status == "completed" || s.Status == "cancelled" {
			s.ActualEnd = min(end.AddDays(40), day)
		}
		s.Late = s.End < day && s.ActualEnd == 0
		s.Milestones = []Mark{{Title: titles[0], Due: start.AddDays(100)}, {Title: titles[len(titles)-1], Due: end}}
		if i%2 == 0 {
			s.Milestones[0].Done = start.AddDays(110)
		}
		for n := range s.Milestones {
			m, of := &s.Milestones[n], &indicators.Action{Status: s.Status}
			one := indicators.Milestone{Due: m.Due, Done: m.Done}
			m.Late, m.Dropped = one.Late(of, day), !one.Reached(day) && of.Over()
		}
		switch i % 9 {
		case 6:
			s.Start, s.Milestones = 0, nil
		case 7:
			s.End, s.Status, s.Late = 0, "", false
		case 8:
			s = Span{Title: s.Title, Status: s.Status}
		}
		all[i] = s
	}
	return all
}
