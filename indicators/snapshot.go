package indicators

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"time"
)

// SnapshotFormat is the version of the canonical form in which snapshots are taken
// now. Format 1 had, of each assessment, the achievement rate alone; formats 1 and 2 had
// comments as they were written, where there is a hash now, so that one can be erased.
const SnapshotFormat = 3

// KnowsSnapshotFormat tells whether Freeze can write a format, so that snapshots taken
// in it can be verified.
func KnowsSnapshotFormat(format int) bool { return format >= 1 && format <= SnapshotFormat }

// A Snapshot is a Dataset frozen with its assessments: what was known at a
// changeset, judged on the last day of a month.
type Snapshot struct {
	Number    string    `db:"number" json:"number"` // the month: "2026-10"
	Changeset int       `db:"changeset" json:"changeset"`
	Judged    Date      `db:"judged" json:"judged"`
	Format    int       `db:"format" json:"format"`
	TakenAt   time.Time `db:"taken_at" json:"taken_at"`
	TakenBy   string    `db:"taken_by" json:"taken_by"`
	SHA256    string    `db:"sha256" json:"sha256"` // of the lines, each with its line feed
	Lines     int       `db:"lines" json:"lines"`
	// Protection is the changeset by whose knowledge figures are withheld: the newest
	// when it was taken.
	Protection int `db:"protection" json:"-"`
}

// A FrozenLine is one line of the canonical form: a row of a table.
type FrozenLine struct {
	Table string          `json:"table"`
	Row   json.RawMessage `json:"row"`
}

// Freeze writes a Picture in canonical form, line by line: first what the snapshot
// is (its number, format and day of judgement, its changeset with that one's moment,
// who took it and when, in UTC), then the rows of each table of the workbook in the
// order of Tables and of their keys, then the assessments. Of snap the number,
// the format and who took it when are read. A line is the JSON object {"row":…,"table":…}
// with sorted keys, without spaces, in UTF-8 with <, > and & escaped; numbers stand
// as they were given, computed ones in the shortest form that gives the same
// float64. Observations of periods that end after the day of judgement are left out.
func Freeze(p *Picture, snap Snapshot, observations iter.Seq2[*Observation, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		f := freezer{yield: yield}
		f.write("snapshot", map[string]any{
			"number": snap.Number, "format": snap.Format, "judged": p.Day, "changeset": p.Newest().Number, "at": p.Newest().At.UTC(),
			"taken_by": snap.TakenBy, "taken_at": snap.TakenAt.UTC(),
		})
		freezeAll(&f, "settings", p.Settings)
		freezeAll(&f, "categories", p.Categories)
		freezeAll(&f, "organisations", p.Organisations)
		freezeAll(&f, "groups", p.Groups)
		freezeAll(&f, "frameworks", p.Frameworks)
		freezeAll(&f, "results", p.Results)
		freezeAll(&f, "actions", p.Actions)
		freezeAll(&f, "milestones", p.Milestones)
		freezeAll(&f, "funding", p.Funding)
		freezeAll(&f, "indicators", p.Indicators)
		freezeAll(&f, "targets", p.Targets)
		for o, err := range observations {
			if err != nil {
				f.stop(err)
			} else if o.Period.End() <= p.Day {
				f.write("observations", frozen(o, snap.Format))
			}
			if f.stopped {
				return
			}
		}
		if snap.Format > 1 {
			freezeAll(&f, "assessments", p.Assessments)
			return
		}
		for n := range p.Assessments {
			f.write("assessments", p.Assessments[n].asInTheFirstFormat())
		}
	}
}

type freezer struct {
	yield   func([]byte, error) bool
	stopped bool
}

func freezeAll[T any](f *freezer, table string, rows []T) {
	for n := range rows {
		f.write(table, &rows[n])
	}
}

func (f *freezer) write(table string, row any) {
	if f.stopped {
		return
	}
	line, err := canonical(map[string]any{"table": table, "row": row})
	if err != nil {
		f.stop(fmt.Errorf("freezing a row of %s: %w", table, err))
		return
	}
	f.stopped = !f.yield(append(line, '\n'), nil)
}

func (f *freezer) stop(err error) {
	if !f.stopped {
		f.yield(nil, err)
	}
	f.stopped = true
}

// canonical is JSON with the keys of every object sorted.
func canonical(value any) ([]byte, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var plain any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber() // the digits stay
	if err := decoder.Decode(&plain); err != nil {
		return nil, err
	}
	return json.Marshal(plain) // maps are written by sorted keys
}
