package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
)

func frozenLines(text []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for line := range bytes.Lines(text) {
			if !yield(line, nil) {
				return
			}
		}
	}
}

// sample is the bundle of a published snapshot, the second of a chain, signed.
func sample(t testing.TB, text []byte) Bundle {
	t.Helper()
	p, snap, err := indicators.Thaw(frozenLines(text))
	if err != nil || p == nil {
		t.Fatal(err)
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2020, 4, 5, 8, 0, 0, 123000, time.UTC)
	first := indicators.Snapshot{Number: "2020-02", SHA256: strings.Repeat("ab", 32), State: indicators.PublishedSnapshot, PublishedAt: &at, PublishedBy: "account-7"}
	texts := []indicators.SnapshotText{{Snapshot: snap.Number, Kind: indicators.KeyMessage, Text: indicators.Text{FR: "Un <mot>", AR: "كلمة"}}}
	snap.State, snap.PublishedAt, snap.PublishedBy = indicators.PublishedSnapshot, &at, "account-7"
	if err := errors.Join(first.Sign(nil, nil, nil), snap.Sign(&first, texts, key)); err != nil {
		t.Fatal(err)
	}
	b := Bundle{Snapshot: snap, Lines: frozenLines(text), Texts: texts}
	one, err := indicators.PublicationOf(&first, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	two, err := indicators.PublicationOf(&snap, &first, texts)
	if err != nil {
		t.Fatal(err)
	}
	b.Chain = []indicators.Chained{{Chain: first.Chain, Publication: one}, {Chain: snap.Chain, Publication: two, Signature: snap.Signature}}
	return b
}

func golden(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../../indicators/testdata/snapshot-format-4.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func written(t testing.TB, b Bundle) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := Write(&file, b); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func check(file []byte) (*indicators.Verification, error) {
	return Check(bytes.NewReader(file), int64(len(file)))
}

func TestABundleIsProvedByItself(t *testing.T) {
	b := sample(t, golden(t))
	file := written(t, b)
	v, err := check(file)
	if err != nil || !v.Equal || !v.Recomputed || v.PublicKey != b.Snapshot.PublicKey || len(v.Notes) > 0 || v.Number != "2020-03" {
		t.Errorf("verification %+v, %v", v, err)
	}
	if again := written(t, b); !bytes.Equal(again, file) {
		t.Error("the same snapshot makes another file")
	}
	b.Snapshot.SHA256 = strings.Repeat("00", 32)
	if err := Write(io.Discard, b); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("lines of another sum: %v", err)
	}
}

// rewritten is the archive with one file put through a change; nil takes it out.
func rewritten(t testing.TB, file []byte, name string, change func([]byte) []byte) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var into bytes.Buffer
	to := zip.NewWriter(&into)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			if text = change(text); text == nil {
				continue
			}
		}
		w, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return into.Bytes()
}

func replaced(old, new string) func([]byte) []byte {
	return func(text []byte) []byte { return bytes.Replace(text, []byte(old), []byte(new), 1) }
}

// Whatever is altered is found, and where.
func TestWhatIsAlteredInABundleIsFound(t *testing.T) {
	b := sample(t, golden(t))
	file := written(t, b)
	for name, tt := range map[string]struct {
		of     string
		change func([]byte) []byte
		says   string
	}{
		"a figure":            {linesFile, replaced(`"value":14.9}`, `"value":14.8}`), "assessments plan2016 UNEMP: stored"},
		"a status":            {linesFile, replaced(`"status":"far_behind"`, `"status":"on_track"`), "stored …"},
		"a title":             {linesFile, replaced(`Emploi`, `Emplois`), "SHA-256"},
		"a line gone":         {linesFile, func(text []byte) []byte { return text[:bytes.LastIndexByte(text[:len(text)-1], '\n')+1] }, "recomputed assessments"},
		"a line more":         {linesFile, func(text []byte) []byte { return append(text, `{"row":{},"table":"assessments"}`+"\n"...) }, "recomputed nothing"},
		"a method":            {linesFile, replaced(`"code":"dns_weather","version":1`, `"code":"dns_weather","version":2`), "does not know"},
		"a moment":            {linesFile, replaced(`{"row":{"at":"2016`, `{"row":{"at":"2015`), "SHA-256"},
		"spaces":              {linesFile, replaced(`{"row":{"key":"rules"`, `{"row": {"key":"rules"`), "stored …"},
		"a text":              {textsFile, replaced(`mot`, `mots`), "is not that of the snapshot and its texts"},
		"spaces in a text":    {textsFile, replaced(`{"row":`, `{"row": `), "canonical"},
		"the chain before":    {chainFile, replaced(`"published_by":"account-7"`, `"published_by":"account-8"`), `the publication of "2020-02" gives the chain`},
		"the first gone":      {chainFile, func(text []byte) []byte { return text[bytes.IndexByte(text, '\n')+1:] }, "which names a chain before it"},
		"no chain":            {chainFile, func([]byte) []byte { return []byte{} }, "is empty"},
		"the manifest's sum":  {manifestFile, replaced(b.Snapshot.SHA256, strings.Repeat("0", 64)), "SHA-256"},
		"its number":          {manifestFile, replaced(`"number": "2020-03"`, `"number": "2020-04"`), "the number is"},
		"its day":             {manifestFile, replaced(`"published_at": "2020-04-05`, `"published_at": "2020-04-06`), "is not that of the snapshot"},
		"its signature":       {manifestFile, replaced(string(b.Snapshot.Signature), strings.Repeat("A", 86)+"=="), "signature"},
		"a signature in both": {chainFile, replaced(string(b.Snapshot.Signature), strings.Repeat("A", 86)+"=="), "signature"},
	} {
		altered := rewritten(t, file, tt.of, tt.change)
		v, err := check(altered)
		if err != nil || v.Equal || !strings.Contains(strings.Join(v.Differences, "\n"), tt.says) {
			t.Errorf("%s: %+v, %v; want %q", name, v, err, tt.says)
		}
	}
}

func TestWhatIsNoBundleIsRefused(t *testing.T) {
	file := written(t, sample(t, golden(t)))
	bomb := func(text []byte) []byte { return append(text, bytes.Repeat([]byte{'0'}, 64<<20)...) }
	many := func(text []byte) []byte { return bytes.Repeat([]byte("{}\n"), maxSmall/3+2) }
	for name, tt := range map[string]struct {
		file []byte
		says string
	}{
		"nothing":             {nil, "no ZIP"},
		"half of it":          {file[:len(file)/2], "no ZIP"},
		"no lines":            {rewritten(t, file, linesFile, func([]byte) []byte { return nil }), "has no file lines.jsonl"},
		"a line without end":  {rewritten(t, file, linesFile, func(text []byte) []byte { return text[:len(text)-1] }), "does not end"},
		"a long line":         {rewritten(t, file, linesFile, bomb), "more than 1048576 bytes"},
		"a long manifest":     {rewritten(t, file, manifestFile, bomb), "manifest.json"},
		"many texts":          {rewritten(t, file, textsFile, many), "unfolds to more"},
		"another layout":      {rewritten(t, file, manifestFile, replaced(`"bundle": 1`, `"bundle": 2`)), "layout 2"},
		"texts of no kind":    {rewritten(t, file, textsFile, func([]byte) []byte { return []byte("x\n") }), "texts.jsonl, line 1"},
		"a chain of no kind":  {rewritten(t, file, chainFile, func([]byte) []byte { return []byte("{\"x\":1}\n") }), "chain.jsonl, line 1"},
		"another file beside": {foreign(t), "is not of a bundle"},
	} {
		if v, err := check(tt.file); !errors.Is(err, indicators.ErrInvalid) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %+v, %v; want %q", name, v, err, tt.says)
		}
	}
}

func foreign(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	if _, err := w.Create("../../etc/passwd"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// Whatever the parts of an archive hold, it is refused or checked.
func FuzzCheck(f *testing.F) {
	text := golden(f)
	file := written(f, sample(f, text))
	part := func(name string) []byte {
		var held []byte
		rewritten(f, file, name, func(text []byte) []byte { held = text; return text })
		return held
	}
	f.Add(part(manifestFile), part(linesFile), part(textsFile), part(chainFile))
	f.Add([]byte(`{"bundle":1}`), []byte{}, []byte{}, []byte{})
	f.Fuzz(func(t *testing.T, manifest, lines, texts, chain []byte) {
		var into bytes.Buffer
		w := zip.NewWriter(&into)
		for name, text := range map[string][]byte{manifestFile: manifest, linesFile: lines, textsFile: texts, chainFile: chain} {
			to, err := w.CreateHeader(&zip.FileHeader{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := to.Write(text); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if v, err := check(into.Bytes()); err != nil && !errors.Is(err, indicators.ErrInvalid) || err == nil && v == nil {
			t.Errorf("%+v, %v", v, err)
		}
	})
}

// Whatever a file is, it is refused or checked.
func FuzzArchive(f *testing.F) {
	f.Add(written(f, sample(f, golden(f))))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := check(file); err != nil && !errors.Is(err, indicators.ErrInvalid) {
			t.Errorf("error of no kind: %v", err)
		}
	})
}

// Of the formats that do not hold all that the assessments were computed of it is said that they
// were not computed again; what was altered is found all the same.
func TestABundleOfAnOldFormatSaysWhatWasNotProved(t *testing.T) {
	for format := 1; format <= 3; format++ {
		text, err := os.ReadFile(fmt.Sprintf("../../indicators/testdata/snapshot-format-%d.jsonl", format))
		if err != nil {
			t.Fatal(err)
		}
		text = regexp.MustCompile(`(?m)^.*"comment_sha256":"[^\n]*\n`).ReplaceAll(text, nil) // of one figure again
		_, snap, err := indicators.Thaw(frozenLines(text))
		if err != nil {
			t.Fatal(err)
		}
		snap.State = indicators.PreparedSnapshot
		sum := sha256.Sum256(text)
		snap.SHA256, snap.Lines = hex.EncodeToString(sum[:]), bytes.Count(text, []byte("\n"))
		file := written(t, Bundle{Snapshot: snap, Lines: frozenLines(text)})
		v, err := check(file)
		if err != nil || !v.Equal || v.Recomputed || v.SHA256 != snap.SHA256 || len(v.Notes) != 2 ||
			!strings.Contains(v.Notes[0], "were not computed again") || !strings.Contains(v.Notes[0], "jalon snapshot verify "+snap.Number) || !strings.Contains(v.Notes[1], "prepared") {
			t.Errorf("format %d: %+v, %v", format, v, err)
		}
		altered := rewritten(t, file, linesFile, replaced(`"obs_status":"A"`, `"obs_status":"E"`))
		if v, err := check(altered); err != nil || v.Equal {
			t.Errorf("format %d, altered: %+v, %v", format, v, err)
		}
	}
}
