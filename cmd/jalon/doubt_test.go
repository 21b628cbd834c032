package main

import (
	"path/filepath"
	"testing"

	"jalon/sql/sqltest"
)

// What a programme holds from before a rule was made stays importable.
func TestAnOldProgrammeKeepsWhatIsRefusedNow(t *testing.T) {
	dsn := sqltest.DSN(t)
	tables := programme()
	tables["indicators.csv"] += "LEVEL,Niveau,A1,,LEVEL,scale,increase,level,year,1,5,,\n"
	tables["observations.csv"] += "LEVEL,2022,2,,\n"
	must(t, "import", "--database", dsn, tables.in(t))
	db := opened(t, dsn).DB()
	for _, older := range []string{
		`UPDATE indicator SET accumulation = 'flow' WHERE code = 'SHARE'`,
		`UPDATE indicator SET max = NULL WHERE code = 'LEVEL'`,
		`UPDATE observation SET value = 2.5 WHERE series IN (SELECT id FROM series WHERE indicator = 'LEVEL')`,
	} {
		if _, err := db.ExecContext(t.Context(), older); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "all")
	must(t, "export", "--database", dsn, "--out", dir)
	jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "unchanged")
	jalon(t.Context(), "import", "--database", dsn, figures("SHARE,2024,31,Enquête").in(t)).check(t, exitDone, "changeset 2")
	retitled := func(row string) files {
		return files{"indicators.csv": "code,title_fr,unit,kind,direction,accumulation,frequency\n" + row + "\n"}
	}
	for _, tt := range []refusal{
		{"a row that changes", retitled("SHARE,Autre titre,PERCENT,percent,decrease,flow,year"), "", []string{"indicators.csv:2:44: values of the kind percent never add up over time: write level"}},
		{"a scale that changes", retitled("LEVEL,Autre titre,LEVEL,scale,increase,level,year"), "", []string{"indicators.csv:2:1: a scale has a first and a last stage"}},
		{"a half stage that changes", figures("LEVEL,2022,3.5,"), "", []string{"observations.csv:2:12: 3.5 lies between two stages of LEVEL"}},
		{"a half stage that comes new", figures("LEVEL,2024,2.5,"), "", []string{"observations.csv:2:12: 2.5 lies between two stages of LEVEL"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			jalon(t.Context(), "import", "--database", dsn, tt.in(t)).check(t, exitRefused, tt.says...)
		})
	}
}
