package pgserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrMissing says that no PostgreSQL programs were found, and what to do.
var ErrMissing = errors.New(`PostgreSQL is missing: no folder with the programs postgres and initdb was found
install it: apt-get install postgresql (or: dnf install postgresql-server, brew install postgresql)
or name a server of yours: DATABASE_URL=postgres://USER:PASSWORD@HOST/DATABASE`)

// ErrVersion says that a data folder was made by another major version of PostgreSQL
// than the ones that are installed.
var ErrVersion = errors.New("data folder of another version of PostgreSQL")

// binaries are the programs of one PostgreSQL installation.
type binaries struct {
	dir   string // without symbolic links: initdb finds its other files from there
	major int
}

func (b binaries) program(name string) string { return filepath.Join(b.dir, name) }

// installed goes through the folders in which PostgreSQL may be installed: the one of
// the search path first, then those of the distributions, newest version first.
func installed(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		if path, err := exec.LookPath("postgres"); err == nil {
			if path, err = filepath.EvalSymlinks(path); err == nil && !yield(filepath.Dir(path)) {
				return
			}
		}
		for _, pattern := range []string{
			"/usr/lib/postgresql/*/bin",          // Debian, Ubuntu
			"/usr/pgsql-*/bin",                   // the PostgreSQL project's packages for Red Hat and SUSE
			"/opt/homebrew/opt/postgresql@*/bin", // Homebrew on Apple processors
			"/usr/local/opt/postgresql@*/bin",    // Homebrew on Intel processors
			"/usr/local/pgsql/bin",               // built from source
		} {
			for _, dir := range newestFirst(pattern) {
				if !yield(dir) {
					return
				}
			}
		}
		if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
			yield(strings.TrimSpace(string(out)))
		}
	}
}

// newestFirst lists the folders of a pattern by the version number in their names,
// compared as numbers: 9 comes after 15.
func newestFirst(pattern string) []string {
	dirs, err := filepath.Glob(pattern)
	if err != nil {
		return nil
	}
	digits := regexp.MustCompile(`\d+`)
	version := func(dir string) int {
		n, _ := strconv.Atoi(digits.FindString(dir)) // without a number: last
		return n
	}
	slices.SortStableFunc(dirs, func(a, b string) int { return cmp.Compare(version(b), version(a)) })
	return dirs
}

// choose takes the first programs that can use a cluster, or, without one, the first.
// The folder given by the user comes before the places, and must hold programs.
func choose(ctx context.Context, given string, places iter.Seq[string], c cluster) (binaries, error) {
	var others []string
	var broken []error
	try := func(dir string) (binaries, bool) {
		b, err := examine(ctx, dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			broken = append(broken, err)
		case c.data == "" || b.major == c.major:
			return b, true
		default:
			others = append(others, fmt.Sprintf("%d (%s)", b.major, b.dir))
		}
		return b, false
	}
	if given != "" {
		if b, ok := try(given); ok {
			return b, nil
		} else if len(others) == 0 {
			return b, errors.Join(fmt.Errorf("%s does not hold the programs postgres and initdb that should be there", given),
				errors.Join(broken...))
		}
	}
	for dir := range places {
		if b, ok := try(dir); ok {
			return b, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return binaries{}, err
	}
	if len(others) == 0 {
		return binaries{}, errors.Join(ErrMissing, errors.Join(broken...))
	}
	return binaries{}, fmt.Errorf("%w: %s was made by PostgreSQL %d, but only PostgreSQL %s was found; nothing was changed; "+
		"install PostgreSQL %[3]d, or choose another data folder",
		ErrVersion, c.data, c.major, strings.Join(slices.Compact(others), ", "))
}

// examine asks the programs of a folder for their version.
func examine(ctx context.Context, dir string) (binaries, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return binaries{}, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return binaries{}, err
	}
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version") // #nosec G204 -- a folder we searched
	cmd.Dir = "/"
	out, err := cmd.CombinedOutput()
	if err != nil {
		return binaries{}, fmt.Errorf("%s --version: %w: %s", cmd.Path, err, tail(out))
	}
	// "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 19beta1"
	found := regexp.MustCompile(`\(PostgreSQL\) (\d+)`).FindSubmatch(out)
	if found == nil {
		return binaries{}, fmt.Errorf("%s/postgres does not tell its version but %.80q", dir, out)
	}
	major, err := strconv.Atoi(string(found[1]))
	return binaries{dir, major}, err
}

// within makes the programs reachable for the server's account: those that lie in a
// home folder that it may not enter, as npm's do when root tries jalon out, are copied
// beside the data. The copy is complete or not there, and is made once.
func (b binaries) within(f folder, server account) (binaries, error) {
	if server.barrier(b.dir) == "" {
		return b, nil
	}
	whole := filepath.Join(f.path, "programs", strconv.Itoa(b.major))
	copied := binaries{filepath.Join(whole, "bin"), b.major}
	if _, err := os.Stat(copied.program("postgres")); err == nil {
		return copied, nil
	}
	part := whole + ".part"
	if err := errors.Join(os.RemoveAll(part), makeFolders(part)); err != nil {
		return b, fmt.Errorf("making room for the PostgreSQL programs: %w", err)
	}
	for _, sub := range []string{"bin", "lib", "share"} {
		from := filepath.Join(filepath.Dir(b.dir), sub)
		if err := os.CopyFS(filepath.Join(part, sub), os.DirFS(from)); err != nil {
			return b, fmt.Errorf("copying the PostgreSQL programs of %s, which user %s cannot reach: %w; "+
				"install PostgreSQL, or move them", b.dir, server.name(), err)
		}
	}
	return copied, os.Rename(part, whole)
}
