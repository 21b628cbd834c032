package main

import (
	"encoding/json"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

func TestTheDifferenceOfTwoStates(t *testing.T) {
	dsn := sqltest.DSN(t)
	first := programme()
	must(t, "import", "--database", dsn, first.in(t))
	must(t, "snapshot", "take", "--month", "2024-01", "--database", dsn)
	second := programme()
	second["observations.csv"] = "indicator,period,value,sex,source\nSHARE,2020,25,,Enquête\nPEOPLE,2024,370,,Registre\n"
	second["targets.csv"] = "indicator,kind,period,value,framework,decided\nPEOPLE,target,2030,380,plan,2025-01-15\n"
	second["milestones.csv"] = "action,code,title_fr,due\nA1,M2,Clôture,2027-06-30\n"
	must(t, "import", "--database", dsn, second.in(t))
	must(t, "snapshot", "take", "--month", "2025-01", "--database", dsn)

	diff := func(words ...string) outcome {
		return jalon(t.Context(), append(append([]string{"snapshot", "diff"}, words...), "--database", dsn)...)
	}
	diff("2024-01", "2025-01").check(t, exitDone,
		"from 2024-01, judged on 2024-01-31", "to   2025-01, judged on 2025-01-31", "moved: ",
		"PEOPLE plan: ", "through the target, which went from 400\u00a0PERSONS to 380\u00a0PERSONS", "through the value of 2024",
		"SHARE plan: ", "through the revision of 2020", "values: 1\n  SHARE 2020: 30 → 25 (revised)", "new values: 1", "targets PEOPLE:plan:target:2030::2025-01-15 entered", "A1:M2 entered")
	diff("2025-01", "2025-01").check(t, exitDone, "nothing is different")
	diff("2024-01", "now").check(t, exitDone, "SHARE plan: ")
	diff("#1", "now").check(t, exitDone, "SHARE plan: ")
	diff("2019-05", "now").check(t, exitRefused)
	diff("2024-01-rev1", "now").check(t, exitRefused, "2024-01-rev1")
	diff("2024-01").check(t, exitUsage)

	o := diff("2024-01", "2025-01", "--json")
	var told struct {
		Before struct{ Snapshot string }
		Moved  []struct {
			Indicator string
			Sentence  map[string]string
		}
	}
	if err := json.Unmarshal([]byte(o.out), &told); err != nil || told.Before.Snapshot != "2024-01" || len(told.Moved) < 2 || !strings.HasSuffix(told.Moved[0].Sentence["fr"], ".") {
		t.Errorf("%v: %s", err, o.out)
	}
}
