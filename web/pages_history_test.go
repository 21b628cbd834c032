package web

import (
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// A projection is tested on the series as it was known at the time, once there is such
// a past; without the database the page is there all the same.
func TestThePageTellsHowProjectionsHaveDone(t *testing.T) {
	store := sqltest.Open(t)
	values := []string{"9.5", "9.3", "9.4", "9.0", "8.9", "8.7", "8.8", "8.4", "8.3", "8.1", "7.9", "8.0", "7.8", "7.5", "7.6", "7.3"}
	var first []indicators.Observation
	for n, value := range values[:12] {
		first = append(first, reported("REM-COST", indicators.Year(2008+n).String(), value))
	}
	record(t, store, apiWorkbook(), first...)
	h := serving(t, store)
	text := said(bodyOf(t, ask(t, h, "GET", "/en/indicators/REM-COST")))
	if !strings.Contains(text, "Tested on this series’ own past, step by step") {
		t.Errorf("one vintage: %s", text)
	}
	for n, value := range values[12:] {
		record(t, store, nil, reported("REM-COST", indicators.Year(2020+n).String(), value))
	}
	h = serving(t, store)
	text = said(bodyOf(t, ask(t, h, "GET", "/en/indicators/REM-COST")))
	if !strings.Contains(text, "Tested on this series as it was known at the time") {
		t.Errorf("five vintages: %s", text)
	}
	h = serving(t, store)
	store.Close()
	text = said(bodyOf(t, ask(t, h, "GET", "/en/indicators/REM-COST")))
	if !strings.Contains(text, "step by step") || !strings.Contains(text, "Probability of reaching the target") {
		t.Errorf("without the database: %s", text)
	}
}
