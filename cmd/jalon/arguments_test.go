package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestWrongUsageIsToldBeforeAnythingIsDone(t *testing.T) {
	for _, tt := range []struct{ name, line, says string }{
		{"an unknown command", "improt x", `there is no command "improt"`},
		{"an unknown flag", "import --nix x", "flag provided but not defined: -nix"},
		{"a flag without its value", "import x --moment", "flag needs an argument: -moment"},
		{"a number that is none", "generate --indicators many", "invalid value"},
		{"nothing to import", "import", "something is missing"},
		{"a word too much", "serve now", `"now" is too much`},
		{"an unknown verb of snapshot", "snapshot frobnicate", "write take, list, show NUMBER, publish NUMBER, drop NUMBER, diff A B, export NUMBER or verify"},
		{"two snapshots to show", "snapshot show 2026-08 2026-09", "write take, list, show NUMBER, publish NUMBER, drop NUMBER, diff A B, export NUMBER or verify"},
		{"an unknown verb of migrate", "migrate down", "write status, up or grant ROLE"},
		{"an unknown format", "export --format xls --out x", "write one of csv, xlsx, iati"},
		{"nowhere to export to", "export", "--out is missing"},
		{"nowhere to generate to", "generate", "--out is missing"},
		{"too many breakdowns", "generate --out x --breakdowns 1000", "0 to 200"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// Whoever would open this database fails with another exit code.
			args := append(strings.Fields(tt.line), "--data", "/dev/null/nowhere")
			if tt.line == "import x --moment" || strings.HasPrefix(tt.line, "generate") {
				args = strings.Fields(tt.line)
			}
			o := jalon(t.Context(), args...)
			o.check(t, exitUsage, tt.says)
			if o.out != "" || strings.Count(o.err, "\n") != 1 {
				t.Errorf("a mistake is told in one line of messages, not in\n%s%s", o.out, o.err)
			}
		})
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	list := jalon(t.Context(), "help")
	list.check(t, exitDone)
	for _, cmd := range commands() {
		if !strings.Contains(list.out, cmd.does) {
			t.Errorf("jalon help does not tell of %s", cmd.name)
		}
		jalon(t.Context(), cmd.name, "--help").check(t, exitDone, "jalon "+cmd.name, cmd.does)
	}
	if o := jalon(t.Context()); o.code != exitUsage || o.out != list.out {
		t.Errorf("jalon alone: exit %d\n%s", o.code, o.out)
	}
	jalon(t.Context(), "version").check(t, exitDone, "jalon "+version, "commit ", "go1.", "schema ")
}

// A database's address holds a password, and help is what people paste.
func TestHelpKeepsTheEnvironmentToItself(t *testing.T) {
	var out bytes.Buffer
	c := &console{out: &out, err: &out, env: func(string) string { return "postgres://me:hushhush@host/db" }}
	if code := c.run(context.Background(), []string{"import", "--help"}); code != exitDone {
		t.Errorf("exit %d", code)
	}
	if strings.Contains(out.String(), "hushhush") {
		t.Errorf("the help shows the password:\n%s", out.String())
	}
}
