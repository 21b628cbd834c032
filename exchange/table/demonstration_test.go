package table

import (
	"os"
	"path"
	"testing"

	"jalon/indicators"
)

// demonstration holds the programme that is embedded in the command, one folder a
// step, in their order.
const demonstration = "../../cmd/jalon/demo"

// TestTheDemonstrationGoesRound imports all steps of the demonstration, writes the
// outcome and imports that again.
func TestTheDemonstrationGoesRound(t *testing.T) {
	steps, err := os.ReadDir(demonstration)
	if err != nil {
		t.Fatal(err)
	}
	now := programme{Definitions: new(indicators.Definitions)}
	known := map[string]int{} // where each observation stands, by its key
	var observed []indicators.Observation
	for _, step := range steps {
		if !step.IsDir() {
			continue
		}
		s, problems, err := OpenFS(os.DirFS(demonstration), []string{step.Name()})
		if err != nil {
			t.Fatal(err)
		}
		now = imported(t, now.Definitions, s, problems)
		for _, o := range now.observations {
			key := path.Join(o.Indicator, o.Period.String(), o.Breakdown.Key())
			if at, found := known[key]; found {
				observed[at] = o
				continue
			}
			known[key] = len(observed)
			observed = append(observed, o)
		}
	}
	now.observations = observed
	if len(now.Indicators) < 40 || len(observed) < 1000 {
		t.Errorf("the demonstration has %d indicators and %d observations", len(now.Indicators), len(observed))
	}
	again, problems, err := Open([]string{exported(t, now)})
	if err != nil {
		t.Fatal(err)
	}
	checkUnchanged(t, now, imported(t, now.Definitions, again, problems))
}
