package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jalon/sql"
	"jalon/sql/sqltest"
)

// binaryAt names the built program for the tests of this package.
const binaryAt = "JALON_TEST_BINARY"

// TestMain builds the program once, for the tests of what only a process can show.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "jalon-built-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary := filepath.Join(dir, "jalon")
		if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
			return 1
		}
		if err := os.Setenv(binaryAt, binary); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return sqltest.Main(m)
	}())
}

// An outcome is what a command left behind.
type outcome struct {
	code     int
	out, err string
}

// jalon runs a command within the test, as main does.
func jalon(ctx context.Context, args ...string) outcome { return jalonReads(ctx, "", args...) }

// jalonReads runs a command that finds something on its standard input.
func jalonReads(ctx context.Context, input string, args ...string) outcome {
	var out, messages bytes.Buffer
	c := &console{in: strings.NewReader(input), out: &out, err: &messages, env: environment}
	code := c.run(ctx, args)
	return outcome{code, out.String(), messages.String()}
}

// environment keeps the tests away from the database of whoever runs them.
func environment(name string) string {
	if name == "JALON_PG_BIN" {
		return os.Getenv(name)
	}
	return ""
}

// built is the built program with these arguments, away from the database of
// whoever runs the tests.
func built(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Getenv(binaryAt), args...)
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if name != "DATABASE_URL" && name != "JALON_DATABASE_URL" && name != "JALON_DATA" {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	return cmd
}

// process runs the built program to its end.
func process(t testing.TB, args ...string) outcome {
	t.Helper()
	var out, messages bytes.Buffer
	cmd := built(t.Context(), args...)
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), messages.String()}
}

// must runs a command that has to succeed, and gives its report.
func must(t testing.TB, args ...string) string {
	t.Helper()
	o := jalon(t.Context(), args...)
	if o.code != exitDone {
		t.Fatalf("jalon %s: exit %d\n%s%s", strings.Join(args, " "), o.code, o.out, o.err)
	}
	return o.out
}

// check holds an outcome against an exit code and words that it must say somewhere.
func (o outcome) check(t testing.TB, code int, words ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit %d, want %d", o.code, code)
	}
	for _, want := range words {
		if !strings.Contains(o.out+o.err, want) {
			t.Errorf("nothing says %q", want)
		}
	}
	if t.Failed() {
		t.Logf("output:\n%s\nmessages:\n%s", o.out, o.err)
	}
}

// files are tables by file name.
type files map[string]string

// in writes the files into a folder of their own.
func (f files) in(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range f {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// programme is a small programme with one of everything that rules speak of.
func programme() files {
	return files{
		"settings.csv":      "key,value\ntime_zone,Africa/Tunis\ntitle_fr,Programme d'essai\n",
		"organisations.csv": "code,name_fr,kind\nMIN,Ministère,ministry\nDON,Bailleur fictif,donor\n",
		"groups.csv":        "code,title_fr,coordinator\n1,Protection,MIN\n2,Investissement,MIN\n",
		"frameworks.csv":    "code,kind,title_fr,start,end,baseline\nplan,plan,Plan,2016,2030,2015\n",
		"results.csv":       "framework,code,parent,title_fr\nplan,1,,Axe\nplan,1.1,1,Objectif\nplan,1.1.1,1.1,Cible\n",
		"actions.csv":       "code,group,title_fr,lead,status,start,end,results,illustrative\nA1,1,Guichet,MIN,ongoing,2024-01-01,2027-12-31,plan:1.1,yes\n",
		"milestones.csv":    "action,code,title_fr,due,done\nA1,M1,Ouverture,2025-06-30,2025-06-01\n",
		"funding.csv":       "action,donor,kind,amount,currency,date\nA1,DON,commitment,100000,TND,2024-01-01\n",
		"indicators.csv": "code,title_fr,actions,groups,unit,kind,direction,accumulation,frequency,min,max,breakdowns,results\n" +
			"PEOPLE,Personnes aidées,A1,,PERSONS,number,increase,level,year,0,,sex,plan:1.1\n" +
			"SHARE,Part des ménages,,1|2,PERCENT,percent,decrease,level,year,,,,plan:1.1\n" +
			"KEPT,Part maintenue,,2,PERCENT,percent,maintain,level,year,,,,\n",
		"targets.csv": "indicator,kind,period,value,framework\n" +
			"PEOPLE,baseline,2015,100,plan\nPEOPLE,target,2030,400,plan\n" +
			"SHARE,baseline,2015,40,plan\nSHARE,target,2030,10,plan\n" +
			"KEPT,baseline,2015,90,plan\nKEPT,target,2030,90,plan\n",
		"observations.csv": "indicator,period,value,sex,source\n" +
			"PEOPLE,2020,200,,Registre\nPEOPLE,2020,120,F,Registre\nPEOPLE,2023,300,,Registre\nSHARE,2020,30,,Enquête\n",
	}
}

// newest is the number of the newest changeset of a database.
func newest(t testing.TB, dsn string) int {
	t.Helper()
	all, err := opened(t, dsn).Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// opened is a store of a database, closed when the test ends.
func opened(t testing.TB, dsn string) *sql.Store {
	t.Helper()
	store, err := sql.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// content is all that a database holds, as the tables of an export, one string.
func content(t testing.TB, dsn string) string {
	t.Helper()
	dir := t.TempDir()
	must(t, "export", "--database", dsn, "--out", dir)
	names, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s\n%s\n", filepath.Base(name), text)
	}
	return all.String()
}
