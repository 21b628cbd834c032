package table

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"jalon/indicators"
)

// opened is a source of files in memory.
func opened(t testing.TB, files map[string]string, paths ...string) (*Source, []indicators.Problem) {
	t.Helper()
	within := fstest.MapFS{}
	for name, text := range files {
		within[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o444}
	}
	s, problems, err := OpenFS(within, paths)
	if err != nil {
		t.Fatal(err)
	}
	return s, problems
}

func TestPathsThatAreRefused(t *testing.T) {
	const good = "code,title_fr\n"
	for _, tt := range []struct {
		name  string
		files map[string]string
		paths []string
		want  string
	}{
		{"nothing", nil, nil, "import: nothing is named"},
		{"no such file", nil, []string{"groups.csv"}, "groups.csv: there is no such file or folder"},
		{"folder without tables", map[string]string{"d/readme.txt": "x", "d/.groups.csv": good, "d/sub/groups.csv": good}, []string{"d"}, "d: there is no table in this folder: it must hold one or more of settings.csv, categories.csv"},
		{"folder with a table misspelt", map[string]string{"d/indicator.csv": good}, []string{"d"}, "d/indicator.csv: the name says of no table what it is (did you mean indicators.csv?)"},
		{"other name", map[string]string{"data.csv": good}, []string{"data.csv"}, "data.csv: the name says of no table what it is: name the file one of settings.csv"},
		{"name with more before it", map[string]string{"old groups.csv": good}, []string{"old groups.csv"}, "the name says of no table"},
		{"name run together", map[string]string{"groupsold.csv": good}, []string{"groupsold.csv"}, "the name says of no table"},
		{"other ending", map[string]string{"groups.txt": good}, []string{"groups.txt"}, "the name says of no table"},
		{"Excel workbook", map[string]string{"plan.xlsx": "PK\x03\x04"}, []string{"plan.xlsx"}, "plan.xlsx: a workbook is not read as a whole: save each sheet as CSV UTF-8"},
		{"named twice", map[string]string{"groups.csv": good}, []string{"groups.csv", "groups.csv"}, "groups.csv: this file is named twice"},
		{"named alone and by its folder", map[string]string{"d/groups.csv": good}, []string{"d", "d/groups.csv"}, "d/groups.csv: this file is named twice"},
		{"empty file", map[string]string{"groups.csv": ""}, []string{"groups.csv"}, "groups.csv:1:1: the file is empty"},
		{"binary file", map[string]string{"groups.csv": "\x7fELF\x00\x00"}, []string{"groups.csv"}, "groups.csv:1:5: there is a NUL byte"},
		{"workbook by another ending", map[string]string{"groups.csv": "PK\x03\x04"}, []string{"groups.csv"}, "groups.csv:1:1: this is an Excel or OpenDocument workbook"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := opened(t, tt.files, tt.paths...)
			if len(problems) != 1 || !strings.Contains(problems[0].String(), tt.want) {
				t.Errorf("problems %q, want one that says %q", problems, tt.want)
			}
		})
	}
}

func TestTablesAreKnownByTheirNames(t *testing.T) {
	for name, want := range map[string]string{
		"observations.csv": "observations", "a/b/Observations-2026-10.CSV": "observations", `C:\plan\observations_xyz.csv`: "observations",
		"observations (1).csv": "observations", "indicators.v2.csv": "indicators", "results 2026.csv": "results", "observation.csv": "", "": "", ".csv": "",
	} {
		if got := tableNamed(name); got != want {
			t.Errorf("%q is the table %q, want %q", name, got, want)
		}
	}
}

func TestTablesComeInTheOrderOfTheirReferences(t *testing.T) {
	s, problems := opened(t, map[string]string{
		"d/observations.csv": "indicator,period,value\n", "d/targets.csv": "indicator,kind,period,value\n", "d/groups.csv": "code,title_fr\n", "d/notes.md": "",
		"observations-2.csv": "indicator,period,value\n",
	}, "observations-2.csv", "d")
	var got []string
	for _, f := range s.files {
		got = append(got, f.path)
	}
	if want := "d/groups.csv d/targets.csv observations-2.csv d/observations.csv"; strings.Join(got, " ") != want || problems != nil {
		t.Errorf("files %q, problems %q; want %s", got, problems, want)
	}
	if s.TableOf("observations-2.csv") != "observations" || s.TableOf("d/groups.csv") != "groups" || s.TableOf("d") != "" {
		t.Error("a file is taken for another table")
	}
}

func TestFilesOfADisk(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "groups.csv")
	if err := os.WriteFile(name, []byte("code,title_fr\nG1,Un\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(name, filepath.Join(dir, "groups-again.csv")); err != nil {
		t.Fatal(err)
	}
	s, problems, err := Open([]string{name})
	if err != nil || problems != nil {
		t.Fatal(problems, err)
	}
	w, problems, err := s.Workbook(t.Context())
	if err != nil || problems != nil || len(w.Groups) != 1 || w.Groups[0].Row.File != name {
		t.Errorf("groups %v, problems %q, error %v", w.Groups, problems, err)
	}
	if _, problems, err = Open([]string{dir}); err != nil || len(problems) != 1 || !strings.Contains(problems[0].Message.String(), "named twice") {
		t.Errorf("one file by two names: problems %q, error %v", problems, err)
	}
	if _, problems, err = Open([]string{filepath.Join(dir, "none")}); err != nil || len(problems) != 1 {
		t.Errorf("no such folder: problems %q, error %v", problems, err)
	}
}

// broken is a file system whose files end in an error.
type broken struct{ fstest.MapFS }

type brokenFile struct{ fs.File }

var errBroken = errors.New("the disk is gone")

func (b broken) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	return brokenFile{f}, err
}

func (b brokenFile) Read(p []byte) (int, error) {
	n, err := b.File.Read(p[:min(len(p), 20)])
	if err != nil {
		err = errBroken
	}
	return n, err
}

func TestABrokenDiskIsAnErrorAndNoProblem(t *testing.T) {
	disk := broken{fstest.MapFS{"groups.csv": {Data: []byte("code,title_fr\nG1,Un\n")}}}
	s, problems, err := OpenFS(disk, []string{"groups.csv"}) // reads the heading line alone
	if err != nil || problems != nil {
		t.Fatal(problems, err)
	}
	if _, problems, err := s.Workbook(t.Context()); !errors.Is(err, errBroken) || problems != nil {
		t.Errorf("problems %q, error %v; want %v", problems, err, errBroken)
	}
}

func TestProgressEndsWithTheWhole(t *testing.T) {
	files := map[string]string{
		"d/groups.csv":       "code,title_fr\n" + strings.Repeat("G,Un groupe\n", 20_000),
		"d/observations.csv": "indicator,period,value\n" + strings.Repeat("I,2026,1\n", 20_000),
	}
	s, _ := opened(t, files, "d")
	var last, steps int64
	s.Progress = func(read, total int64) {
		if read < last || total != int64(len(files["d/groups.csv"])+len(files["d/observations.csv"])) {
			t.Errorf("%d of %d bytes after %d", read, total, last)
		}
		last = read
		steps++
	}
	if _, _, err := s.Workbook(t.Context()); err != nil {
		t.Fatal(err)
	}
	if last != int64(len(files["d/groups.csv"])) {
		t.Errorf("after the definitions %d bytes, want %d", last, len(files["d/groups.csv"]))
	}
	for _, o := range s.Observations() {
		for range o.Rows(t.Context()) {
		}
	}
	if last != s.total || steps < 6 {
		t.Errorf("%d bytes in %d steps, want %d", last, steps, s.total)
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	s, _ := opened(t, map[string]string{"groups.csv": "code,title_fr\n", "observations.csv": "indicator,period,value\n" + strings.Repeat("I,2026,1\n", 50_000)}, "groups.csv", "observations.csv")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rows := 0
	var failed error
	for _, err := range s.Observations()[0].Rows(ctx) {
		if failed = err; err == nil {
			rows++
		}
		if rows == 10 {
			cancel()
		}
	}
	if !errors.Is(failed, context.Canceled) || rows > 40_000 {
		t.Errorf("%d rows, error %v; want it to be cancelled soon after 10", rows, failed)
	}
	if _, _, err := s.Workbook(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the workbook is read in spite of its context: %v", err)
	}
}
