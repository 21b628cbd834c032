package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// counted is the programme with COUNT, a cumulative indicator, and its figures so far.
func counted() files {
	tables := programme()
	tables["indicators.csv"] += "COUNT,Personnes formées,A1,,PERSONS,number,increase,cumulative,year,0,,sex,\n"
	tables["observations.csv"] += "COUNT,2022,100,,Registre\nCOUNT,2023,150,,Registre\nCOUNT,2023,70,F,Registre\n"
	return tables
}

func TestACountThatFallsIsNotPublished(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, counted().in(t))
	before := content(t, dsn)
	for _, tt := range []struct {
		name, rows string
		want       string // line:column: how the problem begins; "": there is none
		mend       string
	}{
		{"it grows", "COUNT;2024;;151;\nCOUNT;2024;F;71;", "", ""},
		{"below the year before", "PEOPLE;2021;;1;\nCOUNT;2024;;149,5;", "3:13: 149.5 of 2024 is below 150 of 2023", "correct the value, or write B in obs_status if a new count begins here, or accept it with --accept REASON"},
		{"women's", "COUNT;2024;F;69;", "2:14: 69 of 2024 is below 70 of 2023", "write B in obs_status"},
		{"above the year after", "COUNT;2022;;160;", "2:13: 160 of 2022 is above 150 of 2023", "write B in obs_status of 2023 if a new count begins there"},
		{"in another unit", "PEOPLE;2021;;210;\nPEOPLE;2022;;290;\nPEOPLE;2024;;31000;", "4:14: 31000 of 2024 is about 100 times the median of its neighbours, 250: the unit is most likely mixed up", "correct the figure, or accept it with --accept REASON"},
		{"a new count", "COUNT;2024;;5;B", "", ""},
		{"withheld", "COUNT;2024;;;Q", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := files{"observations.csv": "indicator;period;sex;value;obs_status\n" + tt.rows + "\n"}.in(t)
			dry := []string{"import", "--dry-run", "--database", dsn, dir}
			if tt.want == "" {
				jalon(t.Context(), dry...).check(t, exitDone, "dry run: nothing was written")
				return
			}
			for _, args := range [][]string{dry, {"import", "--database", dsn, dir}} {
				o := jalon(t.Context(), args...)
				o.check(t, exitRefused, tt.mend, "nothing was imported: severe findings stand that nobody has accepted")
				if !strings.HasPrefix(o.out, filepath.Join(dir, "observations.csv")+":"+tt.want) {
					t.Errorf("it does not begin with the place %q:\n%s", tt.want, o.out)
				}
			}
		})
	}
	if n := newest(t, dsn); n != 1 || content(t, dsn) != before {
		t.Errorf("%d changesets, want 1: something was written", n)
	}
}

func TestWhatIsAcceptedWithAnImportIsPublished(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, counted().in(t))
	falling := figures("COUNT,2024,149,Registre").in(t)
	jalon(t.Context(), "import", "--accept", " ", "--database", dsn, falling).check(t, exitUsage, "--accept: say why the figures are right")
	accept := []string{"import", "--by", "amel@exemple.tn", "--reason", "2024", "--accept", "recompte du registre", "--database", dsn, falling}
	jalon(t.Context(), append(accept, "--dry-run")...).check(t, exitDone, "warning: accepted: 149 of 2024 is below 150 of 2023", "dry run")
	if n := newest(t, dsn); n != 1 {
		t.Fatalf("%d changesets, want 1: a dry run writes nothing", n)
	}
	jalon(t.Context(), accept...).check(t, exitDone, "warning: accepted: 149 of 2024 is below", "changeset 3, with findings accepted in changeset 2")
	jalon(t.Context(), accept...).check(t, exitDone, "unchanged")
	jalon(t.Context(), "check", "--database", dsn).check(t, exitDone, "cumulative_fell", "#2", "0 severe", "1 accepted")
	if after := content(t, dsn); !strings.Contains(after, "COUNT,2024,149,") {
		t.Errorf("it was not taken:\n%s", after)
	}
	all, err := opened(t, dsn).Acceptances(t.Context(), newest(t, dsn))
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, a := range all {
		if a.Author != "amel@exemple.tn" || a.Reason != "recompte du registre" || a.Kind != indicators.Accepted || a.Number != 2 {
			t.Errorf("accepted by %+v", a)
		}
	}
	// what stays as it is stops nothing; what becomes another falls anew
	jalon(t.Context(), "import", "--database", dsn, figures("COUNT,2024,149,Registre", "COUNT,2025,152,Registre").in(t)).check(t, exitDone, "changeset 4")
	jalon(t.Context(), "import", "--database", dsn, figures("COUNT,2024,148,Registre").in(t)).check(t, exitRefused, "148 of 2024 is below 150 of 2023")
}

// A target that is decided anew is another one; in the row of the old one it would
// look as if it had always been so.
func TestATargetThatChangesInItsRowIsDoubted(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	const head = "indicator,kind,period,value,low,high,comparison,framework,decided\n"
	for _, tt := range []struct{ name, row, want string }{
		{"the same", "PEOPLE,target,2030,400.0,,,,plan,", ""},
		{"another value", "PEOPLE,target,2030,300,,,,plan,", "2:20: warning: the target of PEOPLE for 2030 was 400 and becomes 300, as if it had been mistyped: if it was decided anew, leave this row as it was and add one with the day of the decision in decided"},
		{"a threshold", "PEOPLE,target,2030,400,,,at_least,plan,", "2:20: warning: the target of PEOPLE for 2030 was 400 and becomes at_least 400"},
		{"a range", "KEPT,target,2030,,88,92,,plan,", "2:19: warning: the target of KEPT for 2030 was 90 and becomes 88 to 92"},
		{"a baseline", "PEOPLE,baseline,2015,110,,,,plan,", "2:22: warning: the baseline of PEOPLE for 2015 was 100 and becomes 110"},
		{"decided anew", "PEOPLE,target,2030,300,,,,plan,2024-05-01", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := jalon(t.Context(), "import", "--dry-run", "--database", dsn, files{"targets.csv": head + tt.row + "\n"}.in(t))
			o.check(t, exitDone, tt.want)
			if tt.want == "" && strings.Contains(o.out, "warning") {
				t.Errorf("a needless doubt:\n%s", o.out)
			}
		})
	}
	both := files{"targets.csv": head + "PEOPLE,target,2030,300,,,,plan,\n", "observations.csv": "indicator,period,value\nPEOPLE,2024,310\n"}.in(t)
	jalon(t.Context(), "import", "--database", dsn, both).check(t, exitDone, "becomes 300", "changeset 2")
	jalon(t.Context(), "import", "--database", dsn, both).check(t, exitDone, "unchanged")
}

func TestTheFirstHundredWarningsAreListed(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, counted().in(t))
	var rows []string
	for n := range 120 {
		rows = append(rows, fmt.Sprintf("COUNT,%d,%d,Registre", 1901+n, 1000-n))
	}
	dir := figures(rows...).in(t)
	var r struct {
		Warnings     []indicators.Problem
		MoreWarnings int `json:"more_warnings"`
	}
	o := jalon(t.Context(), "import", "--json", "--dry-run", "--accept", "un essai", "--database", dsn, dir)
	o.check(t, exitDone)
	if err := json.Unmarshal([]byte(o.out), &r); err != nil {
		t.Fatal(err)
	}
	// each is below the year before, and the last above what is stored
	if len(r.Warnings) != 100 || r.MoreWarnings != 20 {
		t.Fatalf("%d warnings and %d more, want 100 and 20, in\n%s", len(r.Warnings), r.MoreWarnings, o.out)
	}
	first := r.Warnings[0]
	if first.File != filepath.Join(dir, "observations.csv") || first.Line != 3 || first.Column != 12 || !strings.HasPrefix(first.Message.String(), "accepted: 999 of 1902 is below 1000 of 1901") {
		t.Errorf("the first is %+v", first)
	}
	o = jalon(t.Context(), "import", "--accept", "un essai", "--database", dsn, dir)
	o.check(t, exitDone, "and 20 more warnings", "changeset 3")
	if n := strings.Count(o.out, ": warning: "); n != 100 {
		t.Errorf("%d are listed", n)
	}
}

// What a programme holds from before a rule was made stays importable.
func TestAnOldProgrammeKeepsWhatIsRefusedNow(t *testing.T) {
	dsn := sqltest.DSN(t)
	tables := programme()
	tables["indicators.csv"] += "LEVEL,Niveau,A1,,LEVEL,scale,increase,level,year,1,5,,\n"
	tables["observations.csv"] += "LEVEL,2022,2,,\n"
	must(t, "import", "--database", dsn, tables.in(t))
	db := opened(t, dsn).DB()
	for _, older := range []string{
		`ALTER TABLE indicator DISABLE TRIGGER USER`, `ALTER TABLE observation DISABLE TRIGGER USER`,
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
