package indicators

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Compare walks the stored and the recomputed lines side by side, and holds the sum and the
// number of the stored ones against the header. A line that is missing, or one too many, is
// one difference: what comes after it is compared as if nothing were.
func (v *Verification) Compare(stored, recomputed iter.Seq2[[]byte, error], snap *Snapshot) error {
	was, is := newWalk(stored), newWalk(recomputed)
	defer was.stop()
	defer is.stop()
	sum, count := sha256.New(), 0
	pass := func(line []byte) {
		sum.Write(line)
		count++
		was.pass()
	}
	for {
		got, err := was.at(0)
		if err != nil {
			v.Differ("%v", err)
			return nil
		}
		want, err := is.at(0)
		switch {
		case err != nil:
			return err
		case got == nil && want == nil:
			v.compareSum(hex.EncodeToString(sum.Sum(nil)), count, snap)
			return nil
		case got == nil:
			v.Differ("line %d: stored nothing, recomputed %s", count+1, brief(want))
			is.pass()
		case want == nil:
			v.Differ("line %d: stored %s, recomputed nothing", count+1, brief(got))
			pass(got)
		case bytes.Equal(got, want):
			pass(got)
			is.pass()
		case SameButErased(got, want):
			v.Erased++
			pass(got)
			is.pass()
		default:
			ours, theirs := nameOf(got), nameOf(want)
			more, missing := was.follows(theirs), is.follows(ours)
			got, _ = was.at(0) // looking ahead has moved both
			want, _ = is.at(0)
			switch {
			case more:
				v.Differ("line %d: stored %s, recomputed nothing", count+1, brief(got))
				pass(got)
			case missing:
				v.Differ("line %d: stored nothing, recomputed %s", count+1, brief(want))
				is.pass()
			default:
				v.Differ("line %d: %s", count+1, parting(got, want))
				pass(got)
				is.pass()
			}
		}
	}
}

func (v *Verification) compareSum(sum string, count int, snap *Snapshot) {
	v.SHA256 = sum
	if sum != snap.SHA256 {
		v.Differ("the stored lines have the SHA-256 %s, the snapshot says %s", sum, snap.SHA256)
	}
	if count != snap.Lines {
		v.Differ("%d lines are stored, the snapshot says %d", count, snap.Lines)
	}
}

// A walk goes through lines and can look at the next but one.
type walk struct {
	next  func() ([]byte, error, bool)
	stop  func()
	ahead [][]byte
}

func newWalk(lines iter.Seq2[[]byte, error]) *walk {
	next, stop := iter.Pull2(lines)
	return &walk{next: next, stop: stop}
}

// at is the line n after those that were passed, nil beyond the end. It is good until at or
// pass is called again.
func (w *walk) at(n int) ([]byte, error) {
	for len(w.ahead) <= n {
		if last := len(w.ahead) - 1; last >= 0 {
			w.ahead[last] = bytes.Clone(w.ahead[last])
		}
		line, err, more := w.next()
		if !more || err != nil {
			return nil, err
		}
		w.ahead = append(w.ahead, line)
	}
	return w.ahead[n], nil
}

func (w *walk) pass() { w.ahead = append(w.ahead[:0], w.ahead[1:]...) }

// follows tells whether the line after this one is that of a row, by its name, of which this
// one is not.
func (w *walk) follows(name string) bool {
	this, err := w.at(0)
	if err != nil || name == "" || name == nameOf(this) {
		return false
	}
	next, err := w.at(1)
	return err == nil && next != nil && nameOf(next) == name
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
	if parts, is := row["breakdown"].(map[string]any); is {
		for _, dimension := range slices.Sorted(maps.Keys(parts)) {
			name += fmt.Sprintf(" %s=%v", dimension, parts[dimension])
		}
	}
	if number, is := row["number"].(float64); is {
		name += fmt.Sprintf(" %.0f", number)
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
