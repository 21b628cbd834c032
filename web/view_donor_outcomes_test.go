package web

import (
	"encoding/csv"
	"strings"
	"testing"
)

// All that a donor pays for is drawn, or it is said how much of it is.
func TestEveryOutcomeOfADonorIsDrawnOrCounted(t *testing.T) {
	h := demoServer(t).Handler()
	most := 0
	for _, donor := range donorsOf(t, h) {
		at := "/charts/fr/donors/" + donor + "/outcomes"
		rows, err := csv.NewReader(strings.NewReader(bodyOf(t, ask(t, h, "GET", at+".csv")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		codes := map[string]bool{}
		for _, row := range rows[1:] {
			codes[row[0]] = true
		}
		most = max(most, len(codes))
	}
	if most <= 12 || most > outcomesShown {
		t.Errorf("the most that is drawn of a donor is %d", most)
	}
}
