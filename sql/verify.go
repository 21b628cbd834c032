package sql

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"jalon/indicators"
)

// maxDifferences is how many differences a verification names.
const maxDifferences = 20

// A Verification tells whether a snapshot still is what it was.
type Verification struct {
	Number      string   `json:"number"`
	Equal       bool     `json:"equal"`
	SHA256      string   `json:"sha256"` // of the stored lines; "" if their format is not known
	Erased      int      `json:"erased"` // comments that it holds and that were erased since: held against their hashes
	Differences []string `json:"differences"`
}

// VerifySnapshot recomputes a snapshot from the stored versions and compares it,
// line by line, with what is stored, and the hash with both. What the header says is
// in the first line, and so under the hash. A snapshot that was deleted as a whole
// cannot be noticed: nothing ties one snapshot to the one before.
func (s *Store) VerifySnapshot(ctx context.Context, number string) (Verification, error) {
	v := Verification{Number: number, Differences: []string{}}
	snap, err := s.Snapshot(ctx, number)
	if err != nil {
		return v, err
	}
	if !indicators.KnowsSnapshotFormat(snap.Format) {
		v.differ("format %d, which this jalon does not know", snap.Format)
		return v, nil
	}
	ds, err := s.dataset(ctx, snap.Changeset, snap.Protection)
	if err != nil {
		return v, err
	}
	read := 0
	pieces := func(yield func([]byte, error) bool) {
		for text, err := range s.snapshotPieces(ctx, number) {
			if err == nil {
				read++
			}
			if !yield(text, err) {
				return
			}
		}
	}
	if err := v.compare(linesOf(pieces), s.frozen(ctx, snap, ds), snap); err != nil {
		return v, err
	}
	if err := v.countPieces(ctx, s, read); err != nil {
		return v, err
	}
	v.Equal = len(v.Differences) == 0
	return v, nil
}

// countPieces finds the pieces that were not read because they lie beyond a gap.
func (v *Verification) countPieces(ctx context.Context, s *Store, read int) error {
	const query = `
		SELECT count(*)
		FROM snapshot_piece
		WHERE snapshot = $1`

	var stored int
	if err := s.db.GetContext(ctx, &stored, query, v.Number); err != nil {
		return fmt.Errorf("counting the pieces of the snapshot %s: %w", v.Number, kind(ctx, err))
	}
	if stored != read {
		v.differ("%d pieces are stored, but only %d can be read one after the other", stored, read)
	}
	return nil
}

// compare walks the stored and the recomputed lines side by side.
func (v *Verification) compare(stored, recomputed iter.Seq2[[]byte, error], snap indicators.Snapshot) error {
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
			v.differ("%v", err)
			return nil
		}
		switch {
		case bytes.Equal(got, want):
		case indicators.SameButErased(got, want):
			v.Erased++
		default:
			v.differ("line %d: %s", count, parting(got, want))
		}
	}
	for {
		line, err := take()
		if err != nil {
			v.differ("%v", err)
			return nil
		}
		if line == nil {
			break
		}
		v.differ("line %d: stored %s, recomputed nothing", count, brief(line))
	}
	v.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if v.SHA256 != snap.SHA256 {
		v.differ("the stored lines have the SHA-256 %s, the snapshot says %s", v.SHA256, snap.SHA256)
	}
	if count != snap.Lines {
		v.differ("%d lines are stored, the snapshot says %d", count, snap.Lines)
	}
	return nil
}

func (v *Verification) differ(format string, args ...any) {
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
	var frozen indicators.FrozenLine
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
	var frozen indicators.FrozenLine
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
