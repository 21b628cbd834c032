package web

import (
	"net/http"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// counting is a ministry in which DELAY counts persons, by sex; of June few women, which
// withholds both sexes. A count of men that corrects what is published is verified.
func counting(t *testing.T) *ministry {
	t.Helper()
	m := unserved(t, sqltest.Open(t))
	w := apiWorkbook()
	for n := range w.Indicators {
		define := w.Indicators[n].Change
		w.Indicators[n].Change = func(i *indicators.Indicator) {
			if define(i); i.Code == "DELAY" {
				i.Unit = "PERSONS"
			}
		}
	}
	part := func(sex, value string) indicators.Observation {
		o := reported("DELAY", "2026-06", value)
		o.Breakdown.Sex = sex
		return o
	}
	record(t, m.store, &indicators.Workbook{Indicators: w.Indicators}, part("F", "4"), part("M", "8765"), part("", "8769"))
	next := part("M", "8766")
	next.Review = indicators.Verified
	record(t, m.store, nil, next)
	m.server, m.h = running(t, m.store)
	return m
}

// published names the version of a figure that is published, as a form does.
func (m *ministry) published(key indicators.FigureKey) string {
	m.t.Helper()
	_, newest, err := m.store.Work(m.t.Context(), nil)
	if err != nil {
		m.t.Fatal(err)
	}
	all, err := m.store.Standing(m.t.Context(), newest, []string{key.Indicator}, []indicators.Period{key.Period})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, o := range all {
		if o.Key() == key && o.Review == indicators.Published {
			return figureKey(&indicators.Work{Observation: o})
		}
	}
	m.t.Fatalf("%s is not published", key)
	return ""
}

// What is withheld from the public is told at the desk to those who enter, check or audit
// it, and not to those who pay for it.
func TestTheDeskTellsADonorNoSmallCount(t *testing.T) {
	m := counting(t)
	for name, knows := range map[string]bool{"theme1": true, "verifier": true, "auditor": true, "donor": false} {
		p := m.signedIn(name)
		for address, values := range map[string][]string{
			"/fr/desk":             {"8766", "8765"},
			"/fr/indicators/DELAY": {"8766", "8765"},
			"/fr/desk/figures/DELAY?period=2026-06&breakdown=sex%3DM": {"8766", "8765"},
		} {
			body := p.page(address)
			if !strings.Contains(body, "2026-06") {
				t.Errorf("%s at %s is not shown that there is a figure", name, address)
			}
			text := strings.ReplaceAll(said(body)+body, " ", "")
			for _, value := range values {
				if told := strings.Contains(text, value); told != knows {
					t.Errorf("%s at %s is told %s: %v", name, address, value, told)
				}
			}
		}
	}
}

// The page that asks for confirmation is for who takes the step: it shows figures as they
// are, and what they would move.
func TestAPreviewIsForWhoTakesTheStep(t *testing.T) {
	m := counting(t)
	key := indicators.FigureKey{Indicator: "DELAY", Breakdown: indicators.Breakdown{Sex: "M"}, Period: period("2026-06")}
	pending, standing := m.onItsWay("DELAY"), m.published(key)
	for name, refused := range map[string]string{
		"donor": "submit verify publish return discard withdraw", "other": "submit verify publish return discard withdraw",
		"theme2": "submit verify publish return discard withdraw", "auditor": "submit verify publish return discard withdraw",
		"theme1": "verify publish withdraw", "verifier": "submit discard",
	} {
		p := m.signedIn(name)
		for kind := range strings.FieldsSeq("submit verify publish return discard withdraw") {
			figure, want := pending, http.StatusOK
			if kind == "withdraw" {
				figure = standing
			}
			if strings.Contains(refused, kind) {
				want = http.StatusForbidden
			}
			body := expect(t, p.post("/fr/desk/review", "do", kind, "figure", figure), want)
			if text := said(body); want != http.StatusOK && (strings.Contains(text, "8765") || strings.Contains(text, "8766")) {
				t.Errorf("%s asks to %s and is told %s", name, kind, text)
			}
		}
	}
}
