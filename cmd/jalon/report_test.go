package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// Whoever mends a file wants to hear of everything at once, but not of a million things.
func TestEveryProblemIsListedUpToAThousand(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	rows := make([]string, 1500)
	for n := range rows {
		rows[n] = fmt.Sprintf("PEOPLE,%d,wrong,", 1900+n%100)
	}
	dir := figures(rows...).in(t)
	o := jalon(t.Context(), "import", "--database", dsn, dir)
	o.check(t, exitRefused, "observations.csv:2:13: ", "observations.csv:1001:13: ", "and 500 more problems", "nothing was imported")
	if got := strings.Count(o.out, "is text where a number belongs"); got != 1000 {
		t.Errorf("%d problems are listed, want 1000", got)
	}

	o = jalon(t.Context(), "import", "--json", "--database", dsn, dir)
	var r indicators.Report
	if err := json.Unmarshal([]byte(o.out), &r); err != nil {
		t.Fatal(err)
	}
	if o.code != exitRefused || len(r.Problems) != 1000 || r.More != 500 || r.Changeset != 0 || r.Counts[0].Refused != 1500 {
		t.Errorf("exit %d, %d problems, %d more, changeset %d, counts %v", o.code, len(r.Problems), r.More, r.Changeset, r.Counts)
	}
	first := indicators.Place{File: filepath.Join(dir, "observations.csv"), Line: 2, Column: 13}
	if r.Problems[0].Place != first {
		t.Errorf("the first problem stands at %v, want %v", r.Problems[0].Place, first)
	}
}

// Problems of several tables are told together, and one bad file keeps out all.
func TestProblemsOfSeveralTablesAreToldTogether(t *testing.T) {
	dsn := sqltest.DSN(t)
	bad := programme()
	bad["groups.csv"] += "3,,MIN\n"
	bad["actions.csv"] += "A2,9,Sans groupe,MIN,ongoing,,,,yes\n"
	bad["observations.csv"] += "PEOPLE,2031-Q9,1,,\n"
	o := jalon(t.Context(), "import", "--database", dsn, bad.in(t))
	o.check(t, exitRefused, "groups.csv:4:3: title_fr is required", `actions.csv:3:4: "9" is not in groups`, `observations.csv:6:8: "2031-Q9" is not a period`)
	if n := newest(t, dsn); n != 0 {
		t.Errorf("%d changesets, want none", n)
	}
}

func TestPathsThatCannotBeRead(t *testing.T) {
	dsn := sqltest.DSN(t)
	dir := programme().in(t)
	for _, tt := range []struct {
		name  string
		paths []string
		says  string
	}{
		{"nothing there", []string{filepath.Join(dir, "nowhere")}, "there is no such file or folder"},
		{"a file twice", []string{dir, filepath.Join(dir, "groups.csv")}, "named twice"},
		{"a workbook", []string{filepath.Join(files{"plan.xlsx": "PK\x03\x04"}.in(t), "plan.xlsx")}, "save each sheet as CSV UTF-8"},
		{"no table", []string{filepath.Join(files{"notes.txt": ""}.in(t), "notes.txt")}, "the name says of no table what it is"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			jalon(t.Context(), append([]string{"import", "--database", dsn}, tt.paths...)...).check(t, exitRefused, tt.says)
		})
	}
	if n := newest(t, dsn); n != 0 {
		t.Errorf("%d changesets, want none", n)
	}
}

// What programs read must not be mixed with what people watch.
func TestTheProgressBarKeepsOutOfTheReport(t *testing.T) {
	var out, messages bytes.Buffer
	c := &console{out: &out, err: &messages, env: environment, bars: true}
	if code := c.run(t.Context(), []string{"import", "--json", "--database", sqltest.DSN(t), programme().in(t)}); code != exitDone {
		t.Fatalf("exit %d: %s", code, messages.String())
	}
	if !strings.Contains(messages.String(), "import") || !json.Valid(out.Bytes()) {
		t.Errorf("messages: %q, report:\n%s", messages.String(), out.String())
	}
}

func TestTheDatabaseIsNamedByTheEnvironment(t *testing.T) {
	first, second := sqltest.DSN(t), sqltest.DSN(t)
	run := func(env map[string]string, args ...string) {
		t.Helper()
		var out, messages bytes.Buffer
		c := &console{out: &out, err: &messages, env: func(name string) string { return env[name] }}
		if code := c.run(t.Context(), args); code != exitDone {
			t.Fatalf("exit %d: %s%s", code, out.String(), messages.String())
		}
	}
	dir := programme().in(t)
	run(map[string]string{"DATABASE_URL": first, "JALON_DATA": "/dev/null/nowhere"}, "import", dir)
	run(map[string]string{"DATABASE_URL": first, "JALON_DATABASE_URL": second}, "import", dir)
	run(map[string]string{"DATABASE_URL": second}, "import", figures("PEOPLE,2001,1,").in(t), "--database", first)
	if a, b := newest(t, first), newest(t, second); a != 2 || b != 1 {
		t.Errorf("%d and %d changesets, want 2 and 1", a, b)
	}
}
