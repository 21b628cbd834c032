package indicators

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
)

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
