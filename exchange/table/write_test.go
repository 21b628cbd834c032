package table

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/indicators"
)

func TestWriteLeavesNoTableThatIsEmpty(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	group := indicators.Group{Code: "G", Title: indicators.Text{FR: "Un"}}
	if err := Write(dir, &indicators.Definitions{Groups: []indicators.Group{group}, Settings: []indicators.Setting{{Key: "a", Value: "b"}}}, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := listing(t, dir), "groups.csv settings.csv"; got != want {
		t.Errorf("written are %s, want %s", got, want)
	}
	if err := Write(dir, &indicators.Definitions{Groups: []indicators.Group{group}}, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := listing(t, dir), "groups.csv"; got != want {
		t.Errorf("written again are %s, want %s", got, want)
	}
}

func TestAFailedExportLeavesNoHalfTable(t *testing.T) {
	dir := t.TempDir()
	gone := errors.New("the database is gone")
	var rows iter.Seq2[indicators.Observation, error] = func(yield func(indicators.Observation, error) bool) {
		_ = yield(indicators.Observation{Indicator: "I"}, nil) && yield(indicators.Observation{}, gone)
	}
	if err := Write(dir, new(indicators.Definitions), rows); !errors.Is(err, gone) {
		t.Errorf("error %v, want %v", err, gone)
	}
	if got := listing(t, dir); got != "" {
		t.Errorf("left are %s", got)
	}
}

func TestWriteTableKnowsItsTables(t *testing.T) {
	var text strings.Builder
	if _, err := WriteTable(&text, "nonsense", new(indicators.Definitions)); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("error %v, want %v", err, indicators.ErrNotFound)
	}
	rows, err := WriteTable(&text, "settings", &indicators.Definitions{Settings: []indicators.Setting{{Key: "contact", Value: "=1+1"}}})
	if want := "key,value\ncontact,'=1+1\n"; rows != 1 || err != nil || text.String() != want {
		t.Errorf("%d rows, error %v, written %q; want %q", rows, err, text.String(), want)
	}
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
