package indicators

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"iter"
	"slices"
	"time"
)

// mostThawed is how many changesets a snapshot may count that is read back: each takes a
// place in memory, whether it is named or not.
const mostThawed = 1_000_000

// Thaw reads back what Freeze wrote: the Dataset, judged anew by the methods that the lines
// name, and what snapshot it is, with the sum and the number of the lines. The frozen
// assessments are passed over: Refreeze tells whether they are the same. Of the formats
// before the fourth the Picture is near to what was frozen and may not be the same. What
// cannot be lines of a snapshot is an error of the kind ErrInvalid that names the line.
func Thaw(lines iter.Seq2[[]byte, error]) (*Picture, Snapshot, error) {
	t := thawer{sum: sha256.New(), moments: map[int]time.Time{}, series: map[SeriesKey][]Figure{}, stage: -1}
	for line, err := range lines {
		if err != nil {
			return nil, t.snap, err
		}
		t.sum.Write(line)
		t.snap.Lines++
		if err := t.read(line); err != nil {
			return nil, t.snap, fmt.Errorf("%w: line %d: %w", ErrInvalid, t.snap.Lines, err)
		}
	}
	t.snap.SHA256 = hex.EncodeToString(t.sum.Sum(nil))
	p, err := t.picture()
	if err != nil {
		return nil, t.snap, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return p, t.snap, nil
}

// Refreeze writes what Thaw has read: the same lines, if nothing was altered. It reads the
// lines again, for the observations.
func Refreeze(p *Picture, snap Snapshot, lines iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return Freeze(p, snap, func(yield func(*Observation, error) bool) {
		for line, err := range lines {
			if err != nil {
				yield(nil, err)
				return
			}
			var frozen FrozenLine
			if json.Unmarshal(line, &frozen) != nil || frozen.Table != "observations" {
				continue
			}
			o, err := thawObservation(frozen.Row)
			if !yield(o, err) || err != nil {
				return
			}
		}
	})
}

// A thawer gathers what the lines hold.
type thawer struct {
	sum     hash.Hash
	snap    Snapshot
	newest  Changeset
	stage   int // of the last line
	methods []MethodVersion
	d       Definitions
	targets map[SeriesKey]bool // that break series down
	series  map[SeriesKey][]Figure
	moments map[int]time.Time
}

// frozenTables are the tables of the canonical form, in their order.
func frozenTables() []string {
	return slices.Concat([]string{"snapshot", "methods"}, Tables(), []string{"changesets", "assessments"})
}

func (t *thawer) read(line []byte) error {
	var frozen FrozenLine
	if err := strictly(line, &frozen); err != nil {
		return err
	}
	stage := slices.Index(frozenTables(), frozen.Table)
	switch {
	case stage < 0:
		return fmt.Errorf("there is no table %s", Quote(frozen.Table))
	case (stage == 0) != (t.snap.Lines == 1):
		return fmt.Errorf("the first line, and no other, says what snapshot it is")
	case stage < t.stage:
		return fmt.Errorf("%s comes before %s", frozen.Table, frozenTables()[t.stage])
	}
	if frozen.Table == "observations" && t.targets == nil {
		t.breakDown()
	}
	t.stage = stage
	return t.row(frozen.Table, frozen.Row)
}

func (t *thawer) row(table string, row json.RawMessage) error {
	switch table {
	case "snapshot":
		return t.header(row)
	case "methods":
		return add(&t.methods, row)
	case "settings":
		return add(&t.d.Settings, row)
	case "categories":
		return add(&t.d.Categories, row)
	case "organisations":
		return add(&t.d.Organisations, row)
	case "groups":
		return add(&t.d.Groups, row)
	case "frameworks":
		return add(&t.d.Frameworks, row)
	case "results":
		return add(&t.d.Results, row)
	case "actions":
		return t.action(row)
	case "milestones":
		return add(&t.d.Milestones, row)
	case "funding":
		return add(&t.d.Funding, row)
	case "indicators":
		return t.indicator(row)
	case "targets":
		return add(&t.d.Targets, row)
	case "observations":
		return t.observation(row)
	case "changesets":
		return t.moment(row)
	}
	return nil // assessments
}

// add reads a row of a plain table.
func add[T any](to *[]T, row json.RawMessage) error {
	var read T
	if err := strictly(row, &read); err != nil {
		return err
	}
	*to = append(*to, read)
	return nil
}

// strictly reads one JSON value in which nothing is unknown.
func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fmt.Errorf("something stands behind the end of the line")
	}
	return nil
}

func (t *thawer) header(row json.RawMessage) error {
	var h struct {
		Number    string    `json:"number"`
		Format    int       `json:"format"`
		Judged    Date      `json:"judged"`
		Changeset int       `json:"changeset"`
		At        time.Time `json:"at"`
		TakenBy   string    `json:"taken_by"`
		TakenAt   time.Time `json:"taken_at"`
		Reason    Optional  `json:"reason"`
	}
	if err := strictly(row, &h); err != nil {
		return err
	}
	month, _, err := ParseSnapshotNumber(h.Number)
	switch {
	case err != nil:
		return err
	case !KnowsSnapshotFormat(h.Format):
		return fmt.Errorf("format %d, which this jalon does not know", h.Format)
	case h.Judged != month.End():
		return fmt.Errorf("it is judged on %s, not on the last day of its month", h.Judged)
	case h.Changeset < 1 || h.Changeset > mostThawed:
		return fmt.Errorf("the changeset %d is not between 1 and %d", h.Changeset, mostThawed)
	}
	t.snap = Snapshot{
		Number: h.Number, Reason: h.Reason, Changeset: h.Changeset, Judged: h.Judged, Format: h.Format,
		TakenAt: h.TakenAt, TakenBy: h.TakenBy, Lines: t.snap.Lines, State: PreparedSnapshot,
	}
	t.newest = Changeset{Number: h.Changeset, At: h.At}
	return nil
}
