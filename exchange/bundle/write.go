package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"jalon/indicators"
)

// layout is the version of the layout that Write writes.
const layout = 1

// The files of a bundle.
const (
	manifestFile = "manifest.json"
	linesFile    = "lines.jsonl"
	textsFile    = "texts.jsonl"
	chainFile    = "chain.jsonl"
	readmeFile   = "README.txt"
)

// A Bundle is what Write writes.
type Bundle struct {
	Snapshot indicators.Snapshot
	Lines    iter.Seq2[[]byte, error]
	Texts    []indicators.SnapshotText
	Chain    []indicators.Chained // from the first to the snapshot's own; none of a prepared one
}

type manifest struct {
	Bundle   int                 `json:"bundle"`
	Snapshot indicators.Snapshot `json:"snapshot"`
	Files    map[string]content  `json:"files"`
}

// A content is what a file holds.
type content struct {
	Bytes  int64  `json:"bytes"`
	Lines  int    `json:"lines"`
	SHA256 string `json:"sha256"`
}

// Write writes a bundle, the same bytes for the same snapshot. It refuses lines that do not
// have the sum that the snapshot says.
func Write(to io.Writer, b Bundle) error {
	w := writer{zip: zip.NewWriter(to), moment: b.Snapshot.TakenAt.UTC()}
	m := manifest{Bundle: layout, Snapshot: b.Snapshot, Files: map[string]content{}}
	for _, file := range []struct {
		name  string
		lines iter.Seq2[[]byte, error]
	}{
		{linesFile, b.Lines}, {textsFile, indicators.FrozenTexts(b.Texts)}, {chainFile, chainLines(b.Chain)},
	} {
		held, err := w.lines(file.name, file.lines)
		if err != nil {
			return err
		}
		m.Files[file.name] = held
	}
	if held := m.Files[linesFile]; held.SHA256 != b.Snapshot.SHA256 || held.Lines != b.Snapshot.Lines {
		return fmt.Errorf("%w: the stored lines of the snapshot %s are not those that were frozen: jalon snapshot verify %s tells more",
			indicators.ErrConflict, b.Snapshot.Number, b.Snapshot.Number)
	}
	head, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	if err := w.file(manifestFile, append(head, '\n')); err != nil {
		return err
	}
	if err := w.file(readmeFile, []byte(readme)); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil {
		return fmt.Errorf("writing the bundle: %w", err)
	}
	return nil
}

type writer struct {
	zip    *zip.Writer
	moment time.Time // of all files, so that a bundle has always the same bytes
}

func (w *writer) create(name string) (io.Writer, error) {
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.moment})
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return to, nil
}

func (w *writer) file(name string, text []byte) error {
	to, err := w.create(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, bytes.NewReader(text)); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func (w *writer) lines(name string, lines iter.Seq2[[]byte, error]) (held content, err error) {
	to, err := w.create(name)
	if err != nil {
		return held, err
	}
	sum := sha256.New()
	for line, err := range lines {
		if err != nil {
			return held, err
		}
		if _, err := to.Write(line); err != nil {
			return held, fmt.Errorf("writing %s: %w", name, err)
		}
		sum.Write(line)
		held.Lines++
		held.Bytes += int64(len(line))
	}
	held.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return held, nil
}

func chainLines(all []indicators.Chained) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for n := range all {
			line, err := all[n].Line()
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

const readme = `This archive proves a monthly snapshot of a jalon programme. Check it, without any database, with

    jalon snapshot verify FILE

or with a program of your own:

lines.jsonl   the snapshot, one JSON object {"row":...,"table":...} a line: what it is, the methods and their
              versions, all tables as they were known, the moments of changesets, the assessments.
              Its SHA-256 is "sha256" of the snapshot in manifest.json and in the last line of chain.jsonl.
texts.jsonl   what was written beside it. Its SHA-256 is "texts_sha256" in the last line of chain.jsonl.
chain.jsonl   of each published snapshot, from the first that is chained to this one, {"chain":...,"publication":...,
              "signature":...}. "chain" is the SHA-256, in hexadecimal, of the line
              {"row":PUBLICATION,"table":"publication"}, PUBLICATION being the object as it stands here, and of the line
              feed that ends it; "previous_chain" of a publication is "chain" of the line before. Where there is a
              "public_key" (Ed25519, base64), "signature" (base64) is that of the 32 bytes of the chain.
manifest.json the header of the snapshot, and bytes, lines and SHA-256 of the files above.

All lines are JSON with sorted keys, without spaces, in UTF-8, with <, > and & written as \u003c, \u003e and \u0026, and end
with a line feed. Numbers stand as they were given; computed ones in the shortest form that gives the same float64.
The assessments can be computed again from the other lines: the methods are documented, with reference vectors, by
jalon methods list.
`
