package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// figures is a table of observations of one indicator of the programme.
func figures(rows ...string) files {
	return files{"observations.csv": "indicator,period,value,source\n" + strings.Join(rows, "\n") + "\n"}
}

func TestTheSameImportTwiceMakesNoChangeset(t *testing.T) {
	dsn := sqltest.DSN(t)
	dir := programme().in(t)
	jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "changeset 1")
	jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "unchanged: everything was there already")
	// Equality is that of numbers.
	again := figures("PEOPLE,2020,200.00,Registre").in(t)
	jalon(t.Context(), "import", "--database", dsn, again).check(t, exitDone, "unchanged")
	if n := newest(t, dsn); n != 1 {
		t.Errorf("%d changesets, want 1", n)
	}
}

func TestTheReportCountsWhatHappened(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	change := files{
		"observations.csv": "indicator,period,value,source,remove\n" +
			"PEOPLE,2020,201,Registre,\nPEOPLE,2021,250,Registre,\nPEOPLE,2023,300,Registre,\nSHARE,2020,,,yes\n",
		"targets.csv":    "indicator,kind,period,framework,remove\nKEPT,target,2030,plan,yes\n",
		"milestones.csv": "action,code,title_fr,due\nA1,M1,Ouverture,2025-07-31\nA1,M2,Bilan,2027-12-31\n",
	}.in(t)
	before := content(t, dsn)
	for _, dry := range []bool{true, false} {
		args := []string{"import", "--json", "--database", dsn, change}
		if dry {
			args = append(args, "--dry-run")
		}
		var r indicators.Report
		if err := json.Unmarshal([]byte(must(t, args...)), &r); err != nil {
			t.Fatal(err)
		}
		want := "[{milestones 1 1 0 0 0} {targets 0 0 0 1 0} {observations 1 1 1 1 0}]"
		if got := fmt.Sprint(r.Counts); got != want {
			t.Errorf("dry run %t: counts = %s, want %s", dry, got, want)
		}
		if dry && (r.Changeset != 0 || newest(t, dsn) != 1 || content(t, dsn) != before) {
			t.Errorf("the dry run wrote changeset %d", newest(t, dsn))
		} else if !dry && r.Changeset != 2 {
			t.Errorf("changeset = %d, want 2", r.Changeset)
		}
	}
	after := content(t, dsn)
	for text, there := range map[string]bool{
		"PEOPLE,2020,201,": true, "PEOPLE,2021,250,": true, "PEOPLE,2020,200,": false, "SHARE,2020": false, "KEPT,baseline": true, "KEPT,target": false,
		"A1,M1,Ouverture,,,2025-07-31,2025-06-01": true, // the file has no column for when it was done
	} {
		if strings.Contains(after, text) != there {
			t.Errorf("%q there: %t, want %t, in\n%s", text, !there, there, after)
		}
	}
}

// What is removed already is not removed in vain, in any table.
func TestTheSameRemovalTwiceMakesNoChangeset(t *testing.T) {
	dsn := sqltest.DSN(t)
	tables := programme()
	tables["settings.csv"] += "contact,c@example.org\n"
	tables["categories.csv"] = "dimension,code,title_fr\nmilieu,R,rural\n"
	tables["organisations.csv"] += "GONE,Partie,donor\n"
	tables["groups.csv"] += "3,Partie,MIN\n"
	tables["frameworks.csv"] += "old,strategy,Ancien,2010,2015,\n"
	tables["results.csv"] += "plan,9,,Partie\n"
	tables["actions.csv"] += "A9,1,Partie,MIN,ongoing,,,,yes\n"
	tables["indicators.csv"] += "OLD,Ancien,A1,,N,number,increase,level,year,,,,\n"
	must(t, "import", "--database", dsn, tables.in(t))
	dir := files{
		"settings.csv":      "key,remove\ncontact,yes\n",
		"categories.csv":    "dimension,code,remove\nmilieu,R,yes\n",
		"organisations.csv": "code,remove\nGONE,yes\n",
		"groups.csv":        "code,remove\n3,yes\n",
		"frameworks.csv":    "code,remove\nold,yes\n",
		"results.csv":       "framework,code,remove\nplan,9,yes\n",
		"actions.csv":       "code,remove\nA9,yes\n",
		"milestones.csv":    "action,code,remove\nA1,M1,yes\n",
		"funding.csv":       "action,donor,kind,currency,date,remove\nA1,DON,commitment,TND,2024-01-01,yes\n",
		"indicators.csv":    "code,remove\nOLD,yes\n",
		"targets.csv":       "indicator,kind,period,framework,remove\nKEPT,target,2030,plan,yes\n",
		"observations.csv":  "indicator,period,value,sex,remove\nPEOPLE,2020,,F,yes\nPEOPLE,2023,300,,\n",
	}.in(t)
	jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "changeset 2")
	o := jalon(t.Context(), "import", "--json", "--database", dsn, dir)
	var r indicators.Report
	if err := json.Unmarshal([]byte(o.out), &r); err != nil {
		t.Fatal(err)
	}
	if o.check(t, exitDone); !r.Unchanged || len(r.Counts) != len(indicators.Tables()) || newest(t, dsn) != 2 {
		t.Errorf("the same again is %+v, %d changesets", r, newest(t, dsn))
	}
	if got := fmt.Sprint(r.Counts[len(r.Counts)-1]); got != "{observations 0 0 2 0 0}" {
		t.Errorf("the figures are counted %s", got)
	}
}

// What was exported can be imported again, also where an indicator is now
// reported by other periods than some of its figures.
func TestFiguresOfAnEarlierFrequencyStay(t *testing.T) {
	dsn := sqltest.DSN(t)
	tables := programme()
	tables["indicators.csv"] += "VISITS,Visites,A1,,N,number,increase,flow,month,,,,\n"
	tables["observations.csv"] += "VISITS,2024-01,5,,\nVISITS,2024-02,6,,\n"
	must(t, "import", "--database", dsn, tables.in(t))
	must(t, "import", "--database", dsn, files{"indicators.csv": strings.Replace(tables["indicators.csv"], "flow,month", "flow,year", 1)}.in(t))

	dir := filepath.Join(t.TempDir(), "all")
	must(t, "export", "--database", dsn, "--out", dir)
	jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "unchanged")
	for _, row := range []string{"VISITS,2024-02,7,", "VISITS,2024-03,7,"} {
		jalon(t.Context(), "import", "--database", dsn, figures(row).in(t)).check(t, exitRefused, "observations.csv:2:8: ", "is not a year, by which VISITS is reported")
	}
	gone := files{"observations.csv": "indicator,period,remove\nVISITS,2024-01,yes\n"}.in(t)
	jalon(t.Context(), "import", "--database", dsn, gone).check(t, exitDone, "changeset 3")
	if after := content(t, dsn); strings.Contains(after, "VISITS,2024-01") || !strings.Contains(after, "VISITS,2024-02,6,") {
		t.Errorf("the figures are\n%s", after)
	}
}

// A number may have been cut in two where a file ends without a line end.
func TestAFileThatMayHaveBeenCutIsDoubted(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	dir := files{"observations.csv": "indicator;period;value\nPEOPLE;2014;1"}.in(t)
	const doubt = "the file ends without a line end: was it cut?"
	jalon(t.Context(), "import", "--database", dsn, dir, "--dry-run").check(t, exitDone, "observations.csv: warning: "+doubt)
	for path, want := range map[string]int{dir: 1, programme().in(t): 0} {
		out := must(t, "import", "--json", "--database", dsn, path)
		var r struct{ Warnings []indicators.Problem }
		if err := json.Unmarshal([]byte(out), &r); err != nil || r.Warnings == nil || len(r.Warnings) != want {
			t.Errorf("%v: the warnings are %v, want %d, in\n%s", err, r.Warnings, want, out)
		}
	}
}

func TestATableOfAFrenchSpreadsheetIsRead(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	excel := files{"observations.csv": "Indicateur;P\xe9riode;Valeur;Source\r\nSHARE;2021;12,5;Enqu\xeate m\xe9nages\r\n"}.in(t) // Windows-1252
	must(t, "import", "--database", dsn, filepath.Join(excel, "observations.csv"))
	if after := content(t, dsn); !strings.Contains(after, "SHARE,2021,12.5,,,,,,,A,,Enquête ménages") {
		t.Errorf("the figure is not in\n%s", after)
	}
}

func TestHistoryIsCarriedOverInItsOrder(t *testing.T) {
	dsn := sqltest.DSN(t)
	at := func(moment string, rows ...string) outcome {
		return jalon(t.Context(), "import", "--database", dsn, "--moment", moment, figures(rows...).in(t))
	}
	must(t, "import", "--database", dsn, "--moment", "2024-03-01", programme().in(t))
	at("2024-02-01", "PEOPLE,2021,1,").check(t, exitRefused, "does not lie between the newest changeset and now")
	at("2099-01-01", "PEOPLE,2021,2,").check(t, exitRefused, "future")
	at("#1", "PEOPLE,2021,3,").check(t, exitUsage, "a changeset is no moment")
	at("yesterday", "PEOPLE,2021,4,").check(t, exitRefused, "yesterday")
	if n := newest(t, dsn); n != 1 {
		t.Fatalf("%d changesets, want 1", n)
	}
	at("2025-03-01T12:00:00+01:00", "PEOPLE,2023,301,").check(t, exitDone, "changeset 2")
	for _, tt := range []struct{ when, value, judged string }{
		{"2024-12-31", "300", "2024-12-31"}, {"2025-03-01", "301", "2025-03-01"}, {"#1", "300", "2024-03-01"}, {"", "301", ""},
	} {
		args := []string{"assess", "--database", dsn, "PEOPLE"}
		if tt.when != "" {
			args = append(args, "--as-of", tt.when)
		}
		if got := must(t, args...); !strings.Contains(got, " "+tt.value+" ") || !strings.Contains(got, "judged on "+tt.judged) {
			t.Errorf("as of %q, want %s judged on %s:\n%s", tt.when, tt.value, tt.judged, got)
		}
	}
	jalon(t.Context(), "assess", "--database", dsn, "--as-of", "2024-02-29").check(t, exitRefused, "the record begins on 2024-03-01")
	jalon(t.Context(), "assess", "--database", dsn, "--as-of", "2099-01-01").check(t, exitRefused, "future")
	jalon(t.Context(), "assess", "--database", dsn, "NOBODY").check(t, exitRefused, "there is no indicator NOBODY")
}

// Twenty people enter different figures at the same time: nobody is turned away. Each
// brings an indicator of its own, so that definitions change under all the others.
func TestTwentyImportersAtOnceAllSucceed(t *testing.T) {
	const importers = 20
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	var all sync.WaitGroup
	began := time.Now()
	for n := range importers {
		code := fmt.Sprintf("OWN-%d", n)
		dir := files{
			"indicators.csv":   "code,title_fr,groups,unit,kind,direction,accumulation,frequency\n" + code + ",Propre,1,N,number,increase,level,year\n",
			"observations.csv": fmt.Sprintf("indicator,period,value,source\n%s,2024,%d,Importer %d\nPEOPLE,%d,%d,Importer %d\n", code, n, n, 2000+n, n, n),
		}.in(t)
		all.Go(func() {
			if o := process(t, "import", "--database", dsn, dir); o.code != exitDone {
				t.Errorf("importer %d: exit %d\n%s%s", n, o.code, o.out, o.err)
			}
		})
	}
	all.Wait()
	t.Logf("%d importers took %s", importers, time.Since(began).Round(time.Millisecond))
	if n := newest(t, dsn); n != 1+importers {
		t.Errorf("%d changesets, want %d", n, 1+importers)
	}
	after := content(t, dsn)
	for n := range importers {
		if !strings.Contains(after, fmt.Sprintf("OWN-%d,2024,%d,", n, n)) || !strings.Contains(after, fmt.Sprintf("PEOPLE,%d,%d,", 2000+n, n)) {
			t.Errorf("what importer %d brought is not there", n)
		}
	}
}
