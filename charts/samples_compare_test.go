package charts

import (
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
