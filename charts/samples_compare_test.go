package charts

import (
	"testing"

	"jalon/indicators/progress"
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

var _ = testing.Short
