package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

// The number that a refused reader is given finds the request in the log.
func TestLogLevel(t *testing.T) {
	t.Parallel()
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	for level, logged := range map[string]bool{"warn": false, "info": true} {
		w := visit(t, "--database", dsn, "--log-level", level)
		answer, _ := w.ask(t, "/api/v1/indicators/NONE")
		o := w.stop(t)
		id := answer.Header.Get("X-Request-Id")
		if id == "" || strings.Contains(o.err, "id="+id) != logged {
			t.Errorf("at %s, of request %q the log says\n%s", level, id, o.err)
		}
	}
	jalon(t.Context(), "serve", "--log-level", "loud").check(t, exitUsage, "log-level", "jalon serve --help")
}

// A program built anew is another one for browsers, also of the same version: the tag
// of what it serves names its file.
func TestETagNamesTheExecutable(t *testing.T) {
	t.Parallel()
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	program, err := os.ReadFile(os.Getenv(binaryAt))
	if err != nil {
		t.Fatal(err)
	}
	rebuilt := filepath.Join(t.TempDir(), "jalon")
	if err := os.WriteFile(rebuilt, append(program, 0), 0o700); err != nil {
		t.Fatal(err)
	}
	var tags []string
	for _, file := range []string{os.Getenv(binaryAt), os.Getenv(binaryAt), rebuilt} {
		w := visitProgram(t, file, "--database", dsn)
		answer, _ := w.ask(t, "/fr/")
		w.stop(t)
		tags = append(tags, answer.Header.Get("ETag"))
	}
	if tags[0] == "" || tags[0] != tags[1] || tags[0] == tags[2] {
		t.Errorf("the tags of one program started twice, and of another: %q", tags)
	}
}
