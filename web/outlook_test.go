package web

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"jalon/indicators"
)

// A plan whose targets' periods are over is told in the past, in the three languages: nothing is
// anticipated, and what went on without reaching its target does not go back.
func TestAFinishedPlanIsToldInThePast(t *testing.T) {
	t.Parallel()
	s := demoServer(t)
	for address, tt := range map[string]struct{ says, never []string }{
		"/fr/frameworks/plan2016":                 {[]string{"Cibles arrivées à échéance", "Cibles atteintes : 0 sur 4 évaluées (cibles chiffrées : 12).", "× n’a pas atteint sa cible"}, []string{"d’ici 2020", "nticipé", "↓ recule", "pairs.svg"}},
		"/en/frameworks/plan2016":                 {[]string{"Targets whose time is over", "Targets met: 0 of 4 assessed", "× missed its target"}, []string{"by 2020", "nticipated", "↓ going back"}},
		"/ar/frameworks/plan2016":                 {[]string{"قيم مستهدفة انقضى أجلها", "ما تحقق منها: 0 من 4 مقيَّمة", "× لم يبلغ قيمته المستهدفة"}, []string{"بحلول 2020", "↓ يتراجع"}},
		"/fr/frameworks/plan2016/3":               {[]string{"Cibles atteintes : 0 sur 1 évaluées (cibles chiffrées : 2)."}, []string{"d’ici 2020"}},
		"/fr/indicators/HDI":                      {[]string{"0,734 indice en 2020 ; cible : 0,772 indice en 2020"}, []string{"d’ici 2020"}},
		"/ar/indicators/HDI":                      {[]string{"القيمة المستهدفة: 0,772 مؤشر في 2020"}, []string{"في أفق 2020"}},
		"/fr/frameworks/sdg2030":                  {[]string{"Où mène le rythme actuel d’ici 2030", "Attendu à la dernière valeur", "ils peuvent se contredire"}, []string{"Attendu à ce jour", "Cibles arrivées à échéance"}},
		"/en/frameworks/sdg2030":                  {[]string{"Expected at the latest value", "they may contradict each other"}, []string{"Expected by now"}},
		"/ar/frameworks/sdg2030":                  {[]string{"المنتظر عند آخر قيمة", "وقد يتعارضان معه"}, []string{"المنتظر إلى اليوم"}},
		"/fr/frameworks/plan2026":                 {[]string{"Où mène le rythme actuel d’ici 2030"}, []string{"Cibles arrivées à échéance"}},
		"/fr/frameworks/sdg2030/6":                {[]string{"100 % 13 % 100 % 1 sur 1"}, nil},
		"/charts/fr/frameworks/sdg2030/pairs.svg": {[]string{"attendu à la dernière valeur"}, []string{"attendu à ce jour"}},
	} {
		body := bodyOf(t, ask(t, s.Handler(), http.MethodGet, address))
		text := strings.Join(strings.Fields(said(body)), " ")
		for _, want := range tt.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", address, want)
			}
		}
		for _, not := range tt.never {
			if strings.Contains(text, not) {
				t.Errorf("%s says %q", address, not)
			}
		}
	}
}

// What is counted stands beside its target in one phrase while the target is to come, and
// later only where both are of one time.
func TestACountBesideATargetWhoseTimeIsOver(t *testing.T) {
	t.Parallel()
	d, languages := apiDefinitions(), apiServer(t, apiDataset(), io.Discard).languages
	served := indicators.Indicator{Code: "SERVED", Title: french("Servies"), Unit: "PERSONS", Kind: "number", Direction: indicators.Increase, Accumulation: indicators.Cumulative, Frequency: indicators.Monthly}
	d.Indicators = append(d.Indicators, served)
	indicators.SortEntries(d.Indicators)
	series := map[indicators.SeriesKey][]indicators.Figure{{Indicator: "SERVED"}: {{Period: period("2026-08"), Value: number("12"), Status: "A", Since: 2}}}
	targets := d.Targets
	for at, want := range map[string]string{
		"2027":    "12,0 sur 40 PERSONS d’ici 2027",
		"2026-08": "12,0 sur 40 PERSONS en août 2026",
		"2026-09": "12,0 PERSONS en août 2026 ; cible : 40 PERSONS en septembre 2026",
	} {
		d.Targets = append(targets[:len(targets):len(targets)], indicators.Target{Indicator: "SERVED", Kind: "target", Period: period(at), Value: number("40"), Since: 1})
		indicators.SortEntries(d.Targets)
		v := &view{p: indicators.NewDataset(d, apiChangesets(), series).On(20261031), l: languages["fr"]}
		if got := said(string(v.plainAnswer(v.p.Indicator("SERVED"), v.p.Principal("SERVED")))); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
