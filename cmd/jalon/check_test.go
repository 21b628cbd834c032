package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// fallen imports the small programme with a figure that goes down, of what becomes a count
// only in the second changeset: it is published already.
func fallen(t *testing.T, dsn string) {
	p := programme()
	p["observations.csv"] += "PEOPLE,2024,250,,Registre\n"
	must(t, "import", "--database", dsn, p.in(t))
	counted := files{"indicators.csv": strings.Replace(p["indicators.csv"], "PEOPLE,Personnes aidées,A1,,PERSONS,number,increase,level", "PEOPLE,Personnes aidées,A1,,PERSONS,number,increase,cumulative", 1)}
	must(t, "import", "--database", dsn, counted.in(t))
}

func TestCheckTellsWhatIsSevere(t *testing.T) {
	dsn := sqltest.DSN(t)
	fallen(t, dsn)
	jalon(t.Context(), "check", "--database", dsn).check(t, exitRefused,
		"severe    cumulative_fell", "indicator PEOPLE", "value=250 before=300 before_period=2023", "1 severe", "0 overdue reports", "accept the findings")

	o := jalon(t.Context(), "check", "--json", "--database", dsn)
	o.check(t, exitRefused)
	var all []struct {
		Rule, Severity, Indicator, Mark string
		Details                         map[string]any
		Accepted                        *struct{ Changeset indicators.Changeset }
	}
	if err := json.Unmarshal([]byte(o.out), &all); err != nil || len(all) == 0 || all[0].Rule != "cumulative_fell" || all[0].Details["before"] != 300.0 || all[0].Accepted != nil {
		t.Fatalf("%v: %s", err, o.out)
	}

	store := opened(t, dsn)
	act := indicators.Act{Author: "account-1", Role: indicators.Verifier, Reason: "le registre a été recompté"}
	if _, err := store.AcceptFindings(t.Context(), act, 0, indicators.Finding{Rule: all[0].Rule, Indicator: "PEOPLE", Mark: all[0].Mark}); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "check", "--database", dsn).check(t, exitDone, "#3", "0 severe", "1 accepted")
	jalon(t.Context(), "check", "--json", "--database", dsn).check(t, exitDone, "le registre a été recompté")
	jalon(t.Context(), "check", "--as-of", "#2", "--database", dsn).check(t, exitRefused, "1 severe", "0 accepted", "as of changeset 2")

	other := files{"observations.csv": "indicator,period,value\nPEOPLE,2024,260\n"}.in(t)
	jalon(t.Context(), "import", "--database", dsn, other).check(t, exitRefused, "260 of 2024 is below 300 of 2023")
	jalon(t.Context(), "check", "--database", dsn, "PEOPLE").check(t, exitUsage)
	jalon(t.Context(), "check", "--as-of", "2099-01-01", "--database", dsn).check(t, exitRefused, "future")
}

// The demonstration has doubts, as real figures do, and nothing severe.
func checksTheDemonstration(t *testing.T, dsn string) {
	o := jalon(t.Context(), "check", "--database", dsn)
	o.check(t, exitDone, "illustrative_mixed", "jump", "outlier", "indicator REM-COST", "stale", "0 severe")
	lines := strings.Split(strings.TrimSpace(o.out), "\n")
	if last := lines[len(lines)-1]; !regexp.MustCompile(`^judged on .* as of changeset \d+: 0 severe, \d+ warnings, \d+ to know, 0 accepted; \d+ overdue reports$`).MatchString(last) {
		t.Errorf("the last line is %q", last)
	}
	if len(lines) > 150 {
		t.Errorf("%d findings: nobody reads so many", len(lines))
	}
	jalon(t.Context(), "check", "--database", dsn, "--as-of", "2024-01-31").check(t, exitDone, "judged on 2024-01-31")
}
