package indicators

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"
)

// frozenLines are the lines of a text, each with its line feed.
func frozenLines(text []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for line := range bytes.Lines(text) {
			if !yield(line, nil) {
				return
			}
		}
	}
}

func refrozen(text []byte) ([]byte, *Picture, error) {
	p, snap, err := Thaw(frozenLines(text))
	if err != nil {
		return nil, nil, err
	}
	var again bytes.Buffer
	for line, err := range Refreeze(p, snap, frozenLines(text)) {
		if err != nil {
			return nil, p, err
		}
		again.Write(line)
	}
	return again.Bytes(), p, nil
}

// What was frozen is thawed, judged again, and frozen to the same bytes.
func TestWhatIsThawedFreezesAgainToTheSame(t *testing.T) {
	text, err := os.ReadFile("testdata/snapshot-format-4.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	again, p, err := refrozen(text)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, text) {
		t.Errorf("it is now\n%s", again)
	}
	was := frozenProgramme(Setting{"rules", "2"})
	if len(p.Assessments) != len(was.Assessments) || p.Newest().Number != was.Newest().Number || !p.KnownAt(2).Equal(was.KnownAt(2)) {
		t.Errorf("%d assessments at %+v", len(p.Assessments), p.Newest())
	}
}

// The formats before can be read, too.
func TestOlderFormatsThaw(t *testing.T) {
	for format := 1; format < completeFormat; format++ {
		text, err := os.ReadFile(fmt.Sprintf("testdata/snapshot-format-%d.jsonl", format))
		if err != nil {
			t.Fatal(err)
		}
		// The test of formats lets one figure stand for all of them, several times over.
		var once []byte
		for line := range bytes.Lines(text) {
			if !bytes.Contains(line, []byte(`"table":"observations"`)) {
				once = append(once, line...)
			}
		}
		p, snap, err := Thaw(frozenLines(once))
		if err != nil || snap.Format != format || len(p.Indicators) == 0 {
			t.Errorf("format %d: %+v, %v", format, snap, err)
		}
	}
}

// What a snapshot was judged by is in its lines: methods that come later, or go, change
// nothing that it says.
func TestASnapshotIsJudgedByTheMethodsThatItNames(t *testing.T) {
	text, err := os.ReadFile("testdata/snapshot-format-4.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	const weather = `{"row":{"code":"dns_weather","version":1},"table":"methods"}` + "\n"
	if !bytes.Contains(text, []byte(weather)) {
		t.Fatalf("the method is not named in\n%s", text)
	}
	_, p, err := refrozen(bytes.Replace(text, []byte(weather), nil, 1))
	if err != nil {
		t.Fatal(err)
	}
	for n := range p.Assessments {
		for _, other := range p.Assessments[n].OtherMethods() {
			if other.Code == "dns_weather" {
				t.Fatalf("%s: a method that came after the snapshot has an opinion", p.Assessments[n].Indicator)
			}
		}
	}
	for _, tt := range [][2]string{
		{`"code":"dns_weather","version":1`, `"code":"dns_weather","version":99`},
		{`"code":"dns_weather","version":1`, `"code":"tarot","version":1`},
		{`"code":"projection","version":1`, `"code":"projection","version":99`},
	} {
		_, _, err := refrozen(bytes.Replace(text, []byte(tt[0]), []byte(tt[1]), 1))
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "which this jalon does not know") {
			t.Errorf("%s: %v", tt[1], err)
		}
	}
}

func TestThawNamesTheLineThatIsWrong(t *testing.T) {
	text, err := os.ReadFile("testdata/snapshot-format-4.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	for name, tt := range map[string]struct{ lines, says string }{
		"nothing":            {"", "there is no line"},
		"no JSON":            {"x\n", "line 1"},
		"no first line":      {string(rest), "line 1: the first line, and no other"},
		"two first lines":    {string(first) + "\n" + string(first) + "\n", "line 2: the first line"},
		"an unknown table":   {string(first) + "\n" + `{"row":{},"table":"spells"}` + "\n", "line 2: there is no table"},
		"an unknown column":  {string(first) + "\n" + `{"row":{"key":"rules","value":"2","x":1},"table":"settings"}` + "\n", "line 2"},
		"a table too early":  {string(first) + "\n" + `{"row":{"key":"rules","value":"2"},"table":"settings"}` + "\n" + `{"row":{"code":"projection","version":1},"table":"methods"}` + "\n", "line 3: methods comes before settings"},
		"a row twice":        {strings.Replace(string(text), `{"row":{"key":"rules"`, `{"row":{"key":"rules","value":"2"},"table":"settings"}`+"\n"+`{"row":{"key":"rules"`, 1), "settings are not in the order"},
		"a huge changeset":   {strings.Replace(string(text), `"changeset":4`, `"changeset":2000000000`, 1), "line 1: the changeset"},
		"two values":         {string(first) + " {}\n", "line 1"},
		"a number in quotes": {strings.Replace(string(text), `"amount":1000000.50`, `"amount":"1"`, 1), "no number"},
	} {
		if _, _, err := Thaw(frozenLines([]byte(tt.lines))); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
}

// Whatever a file holds, it is refused or thawed, and what is thawed can be frozen.
func FuzzThaw(f *testing.F) {
	for format := 1; format <= SnapshotFormat; format++ {
		text, err := os.ReadFile(fmt.Sprintf("testdata/snapshot-format-%d.jsonl", format))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		began := time.Now()
		_, _, err := refrozen(text)
		if err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("error of no kind: %v", err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

// Observations are written by hand; every one as encoding/json would write it.
func FuzzAppendObservation(f *testing.F) {
	f.Add("UNEMP", "F", "15-24", "milieu=U", "Enquête <2017> & \"x\"\\\x7f\x00\u2028", "", 12, "1.50", true)
	f.Fuzz(func(t *testing.T, indicator, sex, age, other, source, comment string, since int, value string, protected bool) {
		for _, text := range []*string{&indicator, &sex, &age, &other, &source, &comment} {
			*text = strings.ToValidUTF8(*text, "\ufffd") // as a database has them
		}
		v, _ := ParseDecimal(value)
		o := Observation{
			Indicator: indicator, Breakdown: Breakdown{Sex: sex, Age: age, Other: other},
			Figure:  Figure{Period: period("2017"), Value: v, Status: "A", Source: Optional(source), Since: since, Protected: protected},
			Comment: Optional(comment), Evidence: Optional(source), Review: Published,
		}
		type row struct {
			*Observation
			Comment   *Optional `json:"comment,omitempty"`
			SHA256    Optional  `json:"comment_sha256"`
			Protected bool      `json:"protected"`
		}
		want := row{Observation: &o, Protected: protected}
		if comment != "" {
			want.SHA256 = Optional(HashOf(comment))
		}
		line, err := canonical(map[string]any{"table": "observations", "row": want})
		if err != nil {
			t.Fatal(err)
		}
		if got := appendObservation(nil, &o, SnapshotFormat); string(got) != string(line)+"\n" {
			t.Errorf("%s\nwant\n%s", got, line)
		}
	})
}
