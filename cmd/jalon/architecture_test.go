package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A room is a package of the tree, on its floor, with what may enter it.
type room struct {
	floor int
	ours  string // packages of jalon that it may import
	doors string // third-party modules that enter here, and nowhere else but in a side room
}

// rooms are all packages. Files of tests are held to one rule only, that of the rooms
// of floor 2.
func rooms() map[string]room {
	const database = "github.com/jmoiron/sqlx github.com/lib/pq github.com/pressly/goose/v3"
	return map[string]room{
		"cmd/jalon": {
			floor: 4, ours: "web charts exchange/table exchange/bundle sql sql/pgserver indicators indicators/progress locale",
			doors: "github.com/schollz/progressbar/v3",
		},
		"web": {
			floor: 3, ours: "charts exchange/bundle exchange/iati exchange/table exchange/xlsx sql indicators indicators/progress locale",
			doors: "github.com/gabriel-vasile/mimetype github.com/prometheus/client_golang github.com/alexedwards/argon2id github.com/coreos/go-oidc/v3 github.com/wneessen/go-mail",
		},
		"charts": {
			floor: 2, ours: "charts/paper charts/letters indicators indicators/progress locale",
			doors: "github.com/go-echarts/go-echarts/v2",
		},
		"charts/paper":        {floor: 1, ours: "charts/letters"},
		"charts/letters":      {floor: 0},
		"web/browser":         {floor: 3}, // only its tests do something, and they by the built program
		"exchange/table":      {floor: 2, ours: "indicators locale"},
		"exchange/bundle":     {floor: 2, ours: "indicators"},
		"exchange/iati":       {floor: 2, ours: "indicators locale"},
		"exchange/xlsx":       {floor: 2, doors: "github.com/xuri/excelize/v2"},
		"sql":                 {floor: 2, ours: "indicators", doors: database},
		"sql/sqltest":         {floor: 2, ours: "indicators sql sql/pgserver", doors: database},
		"indicators":          {floor: 1, ours: "indicators/progress"},
		"indicators/progress": {floor: 0},
		"locale":              {floor: 0},
		"sql/pgserver":        {floor: 0},
	}
}

// A listed package is what go list says of it.
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	Module                             struct{ Path string }
	Standard                           bool
}

// name is the package within the tree.
func (p listed) name() string { return strings.TrimPrefix(p.ImportPath, "jalon/") }

func (p listed) ours() bool { return strings.HasPrefix(p.ImportPath, "jalon/") }

// thirdParty tells a foreign module from the standard library, which golang.org/x
// counts as.
func (p listed) thirdParty() bool {
	return !p.ours() && !p.Standard && !strings.HasPrefix(p.ImportPath, "golang.org/x/")
}

// packages lists the tree and all that it and its tests import, by import path.
func packages(t *testing.T) map[string]listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-test", "-json=ImportPath,Imports,TestImports,XTestImports,Module,Standard", "jalon/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]listed{}
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if !strings.ContainsAny(p.ImportPath, " ") && !strings.HasSuffix(p.ImportPath, ".test") { // else a variant made for a test
			all[p.ImportPath] = p
		}
	}
	return all
}

func TestEveryPackageHasItsFloor(t *testing.T) {
	known := rooms()
	for _, p := range packages(t) {
		if !p.ours() {
			continue
		}
		if _, found := known[p.name()]; !found {
			t.Errorf("%s stands on no floor: give it one here and in the README", p.name())
		}
		delete(known, p.name())
	}
	for name := range known {
		t.Errorf("%s is on the plan, but there is no such package", name)
	}
}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	for _, p := range packages(t) {
		if !p.ours() {
			continue
		}
		for _, path := range p.Imports {
			if name, ours := strings.CutPrefix(path, "jalon/"); ours && !has(rooms()[p.name()].ours, name) {
				t.Errorf("%s may not import %s", p.name(), name)
			}
		}
	}
}

// The rooms of floor 2 say the same things in different media: none knows another,
// not even in its tests.
func TestRoomsOfOneFloorNeverImportEachOther(t *testing.T) {
	const floor = 2
	for _, p := range packages(t) {
		if !p.ours() || rooms()[p.name()].floor != floor {
			continue
		}
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			name, ours := strings.CutPrefix(path, "jalon/")
			if ours && rooms()[name].floor >= floor && top(name) != top(p.name()) {
				t.Errorf("%s and its tests may not import %s", p.name(), name)
			}
		}
	}
}

// The plan itself must lead downwards only.
func TestThePlanLeadsDownwards(t *testing.T) {
	for name, r := range rooms() {
		for below := range strings.FieldsSeq(r.ours) {
			down := rooms()[below].floor < r.floor
			if !down && top(below) != top(name) {
				t.Errorf("%s, on floor %d, lists %s, on floor %d", name, r.floor, below, rooms()[below].floor)
			}
		}
	}
}

func TestAThirdPartyLibraryHasOneDoor(t *testing.T) {
	all := packages(t)
	entered := map[string]string{} // top folder by module
	for _, p := range all {
		if !p.ours() {
			continue
		}
		r := rooms()[p.name()]
		for _, path := range p.Imports {
			if q := all[path]; q.thirdParty() && !has(r.doors, q.Module.Path) {
				t.Errorf("%s may not import %s", p.name(), path)
			} else if q.thirdParty() {
				if by := entered[q.Module.Path]; by != "" && by != top(p.name()) {
					t.Errorf("%s enters by %s and by %s", q.Module.Path, by, top(p.name()))
				}
				entered[q.Module.Path] = top(p.name())
			}
		}
	}
	for name, r := range rooms() {
		for module := range strings.FieldsSeq(r.doors) {
			if entered[module] == "" {
				t.Errorf("%s keeps a door open for %s, which nothing imports", name, module)
			}
		}
	}
}

func has(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

// top is the room with its side rooms: sql for sql/sqltest.
func top(name string) string {
	first, _, _ := strings.Cut(name, "/")
	return first
}
