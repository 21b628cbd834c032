package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"jalon/sql/sqltest"
)

// A line of 2 GB ends the reading after its first megabyte. The rest of the file is a
// hole, which takes no room on the disk and would take its time to be read.
func TestAHugeLineIsGivenUpInLittleMemory(t *testing.T) {
	const (
		length    = 2 << 30
		maxMemory = 120 << 20 // bytes resident: the program itself and its share of a row
	)
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	const heading = "indicator,period,value,comment\n"
	for _, tt := range []struct{ name, begins, at, says string }{
		{"a cell", heading + "PEOPLE,2024,1,", "2:1", "the line is longer than 1 MiB"},
		{"a number", heading + "PEOPLE,2024,", "2:1", "the line is longer than 1 MiB"},
		{"a quoted cell", heading + `PEOPLE,2024,1,"`, "2:15", "the quote that begins here is not closed within 1 MiB"},
		{"a heading", "indicator,period,value,", "1:1", "the line is longer than 1 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(files{"observations.csv": tt.begins + strings.Repeat("1", 3<<20)}.in(t), "observations.csv")
			if err := os.Truncate(path, length); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			cmd := built(t.Context(), "import", "--database", dsn, path)
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
				t.Fatal(err)
			}
			outcome{cmd.ProcessState.ExitCode(), out.String(), ""}.check(t, exitRefused, path+":"+tt.at+": "+tt.says, "nothing was imported")
			if got := resident(cmd.ProcessState); got > maxMemory {
				t.Errorf("%d MB resident, want at most %d", got>>20, maxMemory>>20)
			}
		})
	}
	if n := newest(t, dsn); n != 1 {
		t.Errorf("%d changesets, want 1", n)
	}
}

// resident is the most memory that an ended process has used, in bytes.
func resident(p *os.ProcessState) int64 {
	used := p.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "darwin" {
		return used
	}
	return used << 10
}
