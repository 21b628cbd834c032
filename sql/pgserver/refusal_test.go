package pgserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestADataFolderOfAnotherVersionIsRefused(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	s := mustStart(t, dir)
	mustStop(t, s)
	mark := filepath.Join(s.data, "PG_VERSION")
	if err := os.WriteFile(mark, []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := listing(t, s.data)

	_, err := Start(t.Context(), options(dir))
	if !errors.Is(err, ErrVersion) {
		t.Fatalf("error = %v, want ErrVersion", err)
	}
	for _, words := range []string{s.data, "PostgreSQL 9,", "nothing was changed", "install PostgreSQL 9", "another data folder"} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("error %q does not say %q", err, words)
		}
	}
	if after := listing(t, s.data); after != before {
		t.Errorf("the data folder was changed:\n%s\nbefore:\n%s", after, before)
	}
	if others, _ := filepath.Glob(filepath.Join(dir, "pg", "*", "data*")); len(others) != 1 {
		t.Errorf("data folders = %v, want only the old one", others)
	}
}

// listing is the name, size and time of every file below a folder.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			fmt.Fprintln(&list, path, info.Size(), info.Mode(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

func TestMissingProgramsSayWhatToDo(t *testing.T) {
	t.Parallel()
	_, err := start(t.Context(), Options{Dir: tempDir(t)}, nowhere())
	if !errors.Is(err, ErrMissing) {
		t.Fatalf("error = %v, want ErrMissing", err)
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "PostgreSQL is missing") ||
		!strings.Contains(lines[1], "apt-get install postgresql") || !strings.Contains(lines[2], "DATABASE_URL=") {
		t.Errorf("error = %q, want what is missing, how to install it, how to do without", err)
	}
}

func TestAGivenFolderWithoutProgramsIsNamed(t *testing.T) {
	t.Parallel()
	empty := tempDir(t)
	_, err := Start(t.Context(), Options{Dir: tempDir(t), Binaries: empty})
	if err == nil || !strings.Contains(err.Error(), empty) {
		t.Errorf("error = %v, want one that names %s", err, empty)
	}
}

func TestAFolderThatTheServerCannotEnterIsNamed(t *testing.T) {
	t.Parallel()
	closed := tempDir(t)
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Start(t.Context(), options(closed))
	if !me().isRoot() { // the server runs under our own account, which may
		if err != nil {
			t.Fatal(err)
		}
		mustStop(t, s)
		return
	}
	if err == nil || !strings.Contains(err.Error(), "cannot enter "+closed) || !strings.Contains(err.Error(), "chmod o+x "+closed) {
		t.Errorf("error = %v, want one that names %s and says what to do", err, closed)
	}
	if left := glob(t, closed, "data*"); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
}

func TestASocketFolderOfSomebodyElseIsRefused(t *testing.T) {
	t.Parallel()
	s := mustStart(t, tempDir(t))
	mustStop(t, s)
	if err := os.Chmod(s.sockets, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), options(filepath.Dir(s.folder.path)))
	if err == nil || !strings.Contains(err.Error(), s.sockets) || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("error = %v, want one that names %s and says what to do", err, s.sockets)
	}
}

func TestAServerThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	s := mustStart(t, dir)
	mustStop(t, s)
	conf := filepath.Join(s.data, "postgresql.conf")
	if err := os.WriteFile(conf, []byte("no_such_setting = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), options(dir))
	if err == nil || !strings.Contains(err.Error(), "no_such_setting") || !strings.Contains(err.Error(), s.data) {
		t.Errorf("error = %v, want the server's own words and the data folder", err)
	}
}

func TestVersionsAreComparedAsNumbers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, major := range []int{9, 15, 100} {
		if err := os.Mkdir(filepath.Join(dir, "pgsql-"+strconv.Itoa(major)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	got := newestFirst(globEscape(dir) + "/pgsql-*")
	for n, want := range []string{"pgsql-100", "pgsql-15", "pgsql-9"} {
		if filepath.Base(got[n]) != want {
			t.Fatalf("order = %v", got)
		}
	}
}
