package indicators

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"
)

// A FrozenLine is one line of the canonical form: a row of a table.
type FrozenLine struct {
	Table string          `json:"table"`
	Row   json.RawMessage `json:"row"`
}

// Freeze writes a Picture in canonical form, line by line:
//
//   - what the snapshot is: its number, format and day of judgement, its changeset with
//     that one's moment, who took it and when, in UTC, and of a correction the reason;
//   - methods: every method that judged or has an opinion, in its version;
//   - the rows of each table of the workbook, in the order of Tables and of their keys;
//   - changesets: the moments of those that targets and observations name;
//   - the assessments.
//
// A line is the JSON object {"row":…,"table":…} with sorted keys, without spaces, in UTF-8
// with <, > and & escaped; numbers stand as they were given, computed ones in the shortest
// form that gives the same float64. Observations of periods that end after the day of
// judgement are left out. Of snap the number, the format, the reason and who took it when
// are read. From format 4 on the lines hold all that the assessments were computed of, so
// that Thaw can compute them again; the formats before lack the methods, the moments, the
// weights of links and what is withheld for the sake of small numbers.
func Freeze(p *Picture, snap Snapshot, observations iter.Seq2[*Observation, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		f := freezer{yield: yield, format: snap.Format, named: map[int]bool{p.Newest().Number: true}}
		f.header(p, &snap)
		f.definitions(p.Definitions)
		if f.stopped {
			return
		}
		for o, err := range observations {
			if err != nil {
				f.stop(err)
			} else if o.Period.End() <= p.Day {
				f.observation(o)
			}
			if f.stopped {
				return
			}
		}
		f.moments(p.Dataset)
		if f.format > 1 {
			freezeAll(&f, "assessments", p.Assessments)
			return
		}
		for n := range p.Assessments {
			f.write("assessments", p.Assessments[n].asInTheFirstFormat())
		}
	}
}

// completeFormat is the first that can be thawed.
const completeFormat = 4

func (f *freezer) header(p *Picture, snap *Snapshot) {
	row := map[string]any{
		"number": snap.Number, "format": snap.Format, "judged": p.Day, "changeset": p.Newest().Number, "at": p.Newest().At.UTC(),
		"taken_by": snap.TakenBy, "taken_at": snap.TakenAt.UTC(),
	}
	if f.format >= completeFormat {
		row["reason"] = snap.Reason
	}
	f.write("snapshot", row)
	if f.format >= completeFormat {
		freezeAll(f, "methods", p.Methods())
	}
}

func (f *freezer) definitions(d *Definitions) {
	freezeAll(f, "settings", d.Settings)
	freezeAll(f, "categories", d.Categories)
	freezeAll(f, "organisations", d.Organisations)
	freezeAll(f, "groups", d.Groups)
	freezeAll(f, "frameworks", d.Frameworks)
	freezeAll(f, "results", d.Results)
	if f.format < completeFormat {
		freezeAll(f, "actions", d.Actions)
	}
	for n := range d.Actions {
		if f.format >= completeFormat {
			f.write("actions", weighedAction{&d.Actions[n], d.Actions[n].Results.texts()})
		}
	}
	freezeAll(f, "milestones", d.Milestones)
	freezeAll(f, "funding", d.Funding)
	if f.format < completeFormat {
		freezeAll(f, "indicators", d.Indicators)
	}
	for n := range d.Indicators {
		if f.format >= completeFormat {
			f.write("indicators", weighedIndicator{&d.Indicators[n], d.Indicators[n].Results.texts()})
		}
	}
	freezeAll(f, "targets", d.Targets)
	for n := range d.Targets {
		f.named[d.Targets[n].Since] = true
	}
}

// The rows of actions and indicators with the weights of their links.
type (
	weighedAction struct {
		*Action
		Results []string `json:"results"`
	}
	weighedIndicator struct {
		*Indicator
		Results []string `json:"results"`
	}
)

func (f *freezer) observation(o *Observation) {
	f.named[o.Since] = true
	if f.format < hashedFormat {
		f.write("observations", frozen(o))
		return
	}
	f.line = appendObservation(f.line[:0], o, f.format)
	f.stopped = !f.yield(f.line, nil)
}

// A frozenMoment is when a changeset made known what it brought; by whom and why is no
// business of the public's.
type frozenMoment struct {
	Number int       `json:"number"`
	At     time.Time `json:"at"`
}

func (f *freezer) moments(ds *Dataset) {
	if f.format < completeFormat {
		return
	}
	for _, number := range slices.Sorted(maps.Keys(f.named)) {
		if c := ds.Changeset(number); c != nil {
			f.write("changesets", frozenMoment{number, c.At.UTC()})
		}
	}
}

type freezer struct {
	yield   func([]byte, error) bool
	format  int
	named   map[int]bool // changesets
	line    []byte       // that of an observation, used again
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
