package charts

import (
	"jalon/indicators/progress"
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

// dumbbells are made-up indicators of every status, on and off the axis.
func dumbbellRows(titles []string, n int) []Dumbbell {
	share := func(x float64) *float64 { return &x }
	all := make([]Dumbbell, n)
	for i := range all {
		now := 0.08 + float64(i*37%100)/100
		all[i] = Dumbbell{
			Title: titles[i%len(titles)], Before: share(now - 0.09 + 0.04*float64(i%4)), Now: share(now), Expected: share(0.62),
			Status: progress.Statuses()[i%7], Period: "T2 2026",
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
		risen = append(risen, Slope{titles[n], now - 0.3 + 0.05*float64(n), now, progress.Statuses()[n%5]})
		fallen = append(fallen, Slope{titles[(n+3)%len(titles)], now - 0.05*float64(n), now - 0.1 - 0.15*float64(n), progress.Statuses()[4+n%3]})
	}
	return risen, fallen
}
