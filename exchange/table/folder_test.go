package table

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"jalon/indicators"
)

// A pipe that nobody writes to would be waited for without end.
func TestOnlyRegularFilesAreOpened(t *testing.T) {
	dir := t.TempDir()
	pipe, real, linked := filepath.Join(dir, "observations.csv"), filepath.Join(dir, "groups.csv"), filepath.Join(dir, "groups-linked.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(real, []byte("code,title_fr\nA,Un\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, linked); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(10*time.Second, func() { panic("waiting for a pipe") })
	defer hung.Stop()
	for path, refused := range map[string]bool{pipe: true, dir: true, linked: false, real: false} {
		_, problems, err := Open([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(problems, func(p indicators.Problem) bool {
			return p.File == pipe && strings.HasPrefix(p.Message.String(), "this is not a regular file: ")
		})
		if told != refused {
			t.Errorf("%s: problems %q, refused as a pipe: %t, want %t", path, problems, told, refused)
		}
	}
}

func TestAFileWithoutALastLineEndIsDoubted(t *testing.T) {
	for text, want := range map[string]int{
		"code,title_fr\nA,12": 1, "code,title_fr": 1, "code,title_fr\nA,12\n": 0, "code,title_fr\r\nA,12\r\n": 0, "code,title_fr\rA,12\r": 0,
	} {
		s, problems := opened(t, map[string]string{"groups.csv": text}, "groups.csv")
		got := s.Warnings()
		if len(problems) > 0 || len(got) != want {
			t.Errorf("%q: problems %q, warnings %q; want %d warnings", text, problems, got, want)
		}
		if want == 1 && len(got) == 1 && got[0].String() != "groups.csv: the file ends without a line end: was it cut?" {
			t.Errorf("the warning is %q", got[0])
		}
	}
}
