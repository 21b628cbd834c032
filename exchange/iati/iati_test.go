package iati

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

var update = flag.Bool("update", false, "write golden files anew")

func written(t *testing.T, f *File) string {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// valid holds a file against the schema of the standard.
func valid(t *testing.T, content string) error {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Fatalf("there is no xmllint here: make test gives it to root on Debian; else install libxml2 (%v)", err)
	}
	file := filepath.Join(t.TempDir(), "activities.xml")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("xmllint", "--noout", "--nonet", "--schema", "testdata/xsd/iati-activities-schema.xsd", file).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func TestGolden(t *testing.T) {
	got, file := written(t, sample(t, published())), "testdata/activities.golden.xml"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the file differs from %s; if that is meant, run the test with -update and read the difference\n%s", file, got)
	}
}

func TestFilesKeepToTheSchema(t *testing.T) {
	small := sample(t, published())
	small.Donor, small.Site = "SDC", ""
	for name, f := range map[string]*File{
		"published": sample(t, published()), "draft": sample(t, programme()), "one donor, no site": small,
	} {
		if err := valid(t, written(t, f)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What proves that the schema is looked at.
	for _, change := range []*strings.Replacer{
		strings.NewReplacer("activity-status", "activity-state"), strings.NewReplacer(`<recipient-country code="TN"></recipient-country>`, ""+`<result/>`), strings.NewReplacer(` measure="1"`, ""),
	} {
		if valid(t, change.Replace(written(t, sample(t, published())))) == nil {
			t.Error("a file that breaks the schema is valid")
		}
	}
}

// A tree is any element.
type tree struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []tree     `xml:",any"`
	Words    string     `xml:",chardata"`
}

func (e *tree) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *tree) all(name string) (found []*tree) {
	for n := range e.Children {
		c := &e.Children[n]
		if c.XMLName.Local == name {
			found = append(found, c)
		}
		found = append(found, c.all(name)...)
	}
	return found
}

func read(t *testing.T, content string) *tree {
	t.Helper()
	var root tree
	if err := xml.Unmarshal([]byte(content), &root); err != nil {
		t.Fatal(err)
	}
	return &root
}

// What the standard asks for beyond its schema, and what donors' systems stumble over.
func TestFilesKeepToTheRules(t *testing.T) {
	f := sample(t, published())
	root := read(t, written(t, f))
	now, plainNumber := f.Picture.Day.String(), regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	for _, a := range root.all("iati-activity") {
		id := a.all("iati-identifier")[0].Words
		if !strings.HasPrefix(id, a.all("reporting-org")[0].attr("ref")+"-") || id != strings.TrimSpace(id) || strings.ContainsAny(id, "/&|?") {
			t.Errorf("%q is no identifier under that of who reports", id)
		}
		for _, d := range a.all("activity-date") {
			if kind := d.attr("type"); (kind == "2" || kind == "4") && d.attr("iso-date") > now {
				t.Errorf("%s: what has been lies ahead: %s", id, d.attr("iso-date"))
			}
		}
		for _, d := range a.all("transaction-date") {
			if d.attr("iso-date") > now {
				t.Errorf("%s: money of %s is told on %s", id, d.attr("iso-date"), now)
			}
		}
		for _, b := range a.all("budget") {
			if b.Children[0].attr("iso-date")[:4] != b.Children[1].attr("iso-date")[:4] {
				t.Errorf("%s: a budget for more than a year", id)
			}
		}
		seen := map[string]bool{}
		for _, s := range a.all("sector") {
			if v := s.attr("vocabulary"); seen[v] {
				t.Errorf("%s: two sectors of vocabulary %s without percentages", id, v)
			} else {
				seen[v] = true
			}
		}
	}
	for _, named := range slices.Concat(root.all("title"), root.all("description"), root.all("comment")) {
		languages := map[string]bool{}
		for _, n := range named.all("narrative") {
			if strings.TrimSpace(n.Words) == "" || languages[n.attr("lang")] {
				t.Errorf("a narrative is empty, or there twice: %+v", named)
			}
			languages[n.attr("lang")] = true
		}
		if len(languages) == 0 {
			t.Errorf("nothing is said in %+v", named)
		}
	}
	for _, i := range root.all("indicator") {
		for _, p := range i.all("period") {
			if p.Children[0].attr("iso-date") > p.Children[1].attr("iso-date") {
				t.Errorf("a period ends before it begins: %+v", p)
			}
			for _, kind := range []string{"target", "actual"} {
				totals := 0
				for _, v := range p.all(kind) {
					if len(v.all("dimension")) == 0 {
						totals++
					}
					if !plainNumber.MatchString(v.attr("value")) {
						t.Errorf("%q is no plain number", v.attr("value"))
					}
				}
				if totals > 1 {
					t.Errorf("%d totals in one period: %+v", totals, p)
				}
			}
		}
	}
}

func TestADonorsFileHasItsMoneyAlone(t *testing.T) {
	f := sample(t, published())
	f.Donor = "SDC"
	root := read(t, written(t, f))
	for _, p := range root.all("provider-org") {
		if p.attr("ref") != "CH-4" {
			t.Errorf("the money of %s is in the file of SDC", p.attr("ref"))
		}
	}
	if n := len(root.all("transaction")); n != 3 || len(root.all("budget")) != 0 {
		t.Errorf("%d transactions and %d budgets, want 3 of SDC by the day", n, len(root.all("budget")))
	}
	if id := root.all("provider-org")[0].attr("provider-activity-id"); id != "CH-4-P1" {
		t.Errorf("the donor's project is %q", id)
	}
}

func TestADraftSaysSo(t *testing.T) {
	withoutID := published()
	withoutID.Organisations[0].IATIID = ""
	for name, d := range map[string]*indicators.Definitions{"no publisher": programme(), "no identifier": withoutID} {
		f := sample(t, d)
		got := written(t, f)
		if !f.IsDraft() || !strings.Contains(got, "Brouillon") || !strings.Contains(got, "<iati-identifier>JALON-DRAFT-FULL<") {
			t.Errorf("%s: the file does not say that it is a draft", name)
		}
	}
	if f := sample(t, published()); f.IsDraft() || strings.Contains(written(t, f), "Brouillon") {
		t.Error("a file of a known publisher says that it is a draft")
	}
}

func TestAnActionThatNeverBeginsIsNamed(t *testing.T) {
	f := sample(t, published())
	got := written(t, f)
	if left := f.LeftOut(); len(left) != 1 || left[0].Code != "NEVER--" {
		t.Errorf("left out: %v", left)
	}
	if !strings.Contains(got, "NEVER- -") || strings.Contains(got, "Sans début") || strings.Count(got, "<iati-activity ") != 3 {
		t.Error("the action without a beginning is in the file, or is not named")
	}
}

// The standard knows no empty file.
func TestAFileOfNothingIsRefused(t *testing.T) {
	nothing, never := sample(t, &indicators.Definitions{}), sample(t, published())
	never.Actions = never.LeftOut()
	for _, f := range []*File{nothing, never} {
		var out bytes.Buffer
		if err := f.Write(&out); !errors.Is(err, indicators.ErrNotFound) || out.Len() > 0 {
			t.Errorf("%v, and %d bytes", err, out.Len())
		}
	}
}

func TestWhatPeopleWroteStaysInItsPlace(t *testing.T) {
	root := read(t, written(t, sample(t, published())))
	found := 0
	for _, n := range root.all("narrative") {
		if strings.Contains(n.Words, "]]>") {
			found++
			if !strings.Contains(n.Words, `</narrative></title>]]><x a="1">&amp; -- "'`) {
				t.Errorf("%q", n.Words)
			}
		}
	}
	if found < 5 || len(root.all("x")) > 0 {
		t.Errorf("%d texts attack, want some, and no element more", found)
	}
}
