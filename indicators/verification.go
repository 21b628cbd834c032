package indicators

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
)

// maxDifferences is how many differences a verification names.
const maxDifferences = 20

// A Verification tells whether a snapshot still is what it was.
type Verification struct {
	Number      string   `json:"number"`
	Equal       bool     `json:"equal"`
	SHA256      string   `json:"sha256"`     // of the stored lines; "" if their format is not known
	Erased      int      `json:"erased"`     // comments that it holds and that were erased since: held against their hashes
	PublicKey   Optional `json:"public_key"` // by which it is signed
	Differences []string `json:"differences"`
	Notes       []string `json:"notes"` // what could not be checked
}

// NewVerification begins one in which nothing differs yet.
func NewVerification(number string) *Verification {
	return &Verification{Number: number, Differences: []string{}, Notes: []string{}}
}

// Judge ends it.
func (v *Verification) Judge() *Verification {
	v.Equal = len(v.Differences) == 0
	return v
}

// CheckChain holds the chain and the signature of a published snapshot against it, its texts
// and the one published before (nil: there is none, or none of its number is here).
func (v *Verification) CheckChain(snap, previous *Snapshot, texts []SnapshotText) error {
	switch {
	case !snap.IsPublished():
		v.Note("it is prepared, not published: no chain ties it yet")
		return nil
	case snap.Chain == "":
		v.Note("it is from before snapshots were chained")
		return nil
	case snap.Previous != "" && previous == nil:
		v.Differ("the snapshot published before it, %s, is gone", snap.Previous)
		return nil
	}
	p, err := PublicationOf(snap, previous, texts)
	if err != nil {
		return err
	}
	chain, err := p.Chain()
	if err != nil {
		return err
	}
	if sum := hex.EncodeToString(chain[:]); sum != string(snap.Chain) {
		v.Differ("publication, texts and the snapshot before give the chain %s, the snapshot says %s", sum, snap.Chain)
	}
	v.CheckSignature(snap)
	return nil
}

// CheckSignature holds the signature against the chain, where there is a key.
func (v *Verification) CheckSignature(snap *Snapshot) {
	switch {
	case snap.PublicKey == "" && snap.Signature == "":
		v.Note("it is not signed")
	case !SignedBy(snap.PublicKey, snap.Chain, snap.Signature):
		v.Differ("the signature is not that of the chain by the key %s", snap.PublicKey)
	default:
		v.PublicKey = snap.PublicKey
	}
}

// Note says what could not be checked, and why.
func (v *Verification) Note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// Compare walks the stored and the recomputed lines side by side.
func (v *Verification) Compare(stored, recomputed iter.Seq2[[]byte, error], snap *Snapshot) error {
	next, stop := iter.Pull2(stored)
	defer stop()
	sum, count := sha256.New(), 0
	take := func() ([]byte, error) {
		line, err, more := next()
		if !more || err != nil {
			return nil, err
		}
		sum.Write(line)
		count++
		return line, nil
	}
	for want, err := range recomputed {
		if err != nil {
			return err
		}
		got, err := take()
		if err != nil {
			v.Differ("%v", err)
			return nil
		}
		switch {
		case bytes.Equal(got, want):
		case SameButErased(got, want):
			v.Erased++
		default:
			v.Differ("line %d: %s", count, parting(got, want))
		}
	}
	for {
		line, err := take()
		if err != nil {
			v.Differ("%v", err)
			return nil
		}
		if line == nil {
			break
		}
		v.Differ("line %d: stored %s, recomputed nothing", count, brief(line))
	}
	v.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if v.SHA256 != snap.SHA256 {
		v.Differ("the stored lines have the SHA-256 %s, the snapshot says %s", v.SHA256, snap.SHA256)
	}
	if count != snap.Lines {
		v.Differ("%d lines are stored, the snapshot says %d", count, snap.Lines)
	}
	return nil
}

// Differ notes a difference, the first twenty of them.
func (v *Verification) Differ(format string, args ...any) {
	if len(v.Differences) < maxDifferences {
		v.Differences = append(v.Differences, fmt.Sprintf(format, args...))
	}
}

// parting tells two lines apart: of one and the same row, what stands where they
// part, and a little before.
func parting(stored, recomputed []byte) string {
	a, b := nameOf(stored), nameOf(recomputed)
	if a == "" || a != b {
		return fmt.Sprintf("stored %s, recomputed %s", brief(stored), brief(recomputed))
	}
	const before, most = 40, 160
	at := 0
	for at < min(len(stored), len(recomputed)) && stored[at] == recomputed[at] {
		at++
	}
	from := func(line []byte) string {
		return strings.ToValidUTF8(string(line[max(at-before, 0):min(at+most, len(line))]), "")
	}
	return fmt.Sprintf("%s: stored …%s…, recomputed …%s…", a, from(stored), from(recomputed))
}

// nameOf is the table of a line and what tells its row from others, "" for a line
// that cannot be read.
func nameOf(line []byte) string {
	var frozen FrozenLine
	var row map[string]any
	if json.Unmarshal(line, &frozen) != nil || json.Unmarshal(frozen.Row, &row) != nil {
		return ""
	}
	name := frozen.Table
	for _, column := range []string{"dimension", "framework", "action", "indicator", "key", "code", "kind", "period"} {
		if word, is := row[column].(string); is && word != "" {
			name += " " + word
		}
	}
	return name
}

// brief names a line by its table and as much of the row as helps to find it.
func brief(line []byte) string {
	var frozen FrozenLine
	if err := json.Unmarshal(line, &frozen); err != nil {
		return "an unreadable line"
	}
	const most = 300
	row := string(frozen.Row)
	if len(row) > most {
		row = row[:most] + "…"
	}
	return frozen.Table + " " + row
}
