package indicators

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"
)

func (t *thawer) action(row json.RawMessage) (err error) {
	read := weighedAction{Action: &Action{}}
	if err := strictly(row, &read); err != nil {
		return err
	}
	if read.Action.Results, err = thawLinks(read.Results); err == nil {
		t.d.Actions = append(t.d.Actions, *read.Action)
	}
	return err
}

func (t *thawer) indicator(row json.RawMessage) (err error) {
	read := weighedIndicator{Indicator: &Indicator{}}
	if err := strictly(row, &read); err != nil {
		return err
	}
	if read.Indicator.Results, err = thawLinks(read.Results); err == nil {
		t.d.Indicators = append(t.d.Indicators, *read.Indicator)
	}
	return err
}

func thawLinks(texts []string) (Links, error) {
	links, err := ParseLinks(strings.Join(texts, "|"))
	if err == nil && len(links) != len(texts) {
		err = fmt.Errorf("%d links are written, %d are read", len(texts), len(links))
	}
	return links, err
}

// breakDown notes which series beside the totals a Dataset has: those with a target.
func (t *thawer) breakDown() {
	t.targets = make(map[SeriesKey]bool, len(t.d.Targets))
	for n := range t.d.Targets {
		t.targets[SeriesKey{t.d.Targets[n].Indicator, t.d.Targets[n].Breakdown}] = true
	}
}

func (t *thawer) observation(row json.RawMessage) error {
	o, err := thawObservation(row)
	if err != nil {
		return err
	}
	key := SeriesKey{o.Indicator, o.Breakdown}
	if !o.Breakdown.IsTotal() && !t.targets[key] {
		return nil
	}
	series := t.series[key]
	if len(series) > 0 && series[len(series)-1].Period >= o.Period {
		return fmt.Errorf("the figures of %s are not in the order of their periods", Quote(o.Indicator))
	}
	t.series[key] = append(series, o.Figure)
	return nil
}

func thawObservation(row json.RawMessage) (*Observation, error) {
	var read struct {
		Observation
		SHA256    Optional `json:"comment_sha256"`
		Protected bool     `json:"protected"`
	}
	if err := strictly(row, &read); err != nil {
		return nil, err
	}
	read.Observation.Protected, read.Observation.Erased = read.Protected, read.SHA256
	if read.Period == 0 {
		return nil, fmt.Errorf("an observation of no period")
	}
	return &read.Observation, nil
}

func (t *thawer) moment(row json.RawMessage) error {
	var m frozenMoment
	if err := strictly(row, &m); err != nil {
		return err
	}
	if m.Number < 1 || m.Number > t.snap.Changeset {
		return fmt.Errorf("the changeset %d came after that of the snapshot", m.Number)
	}
	t.moments[m.Number] = m.At
	return nil
}

// picture judges what was read.
func (t *thawer) picture() (*Picture, error) {
	if t.snap.Number == "" {
		return nil, fmt.Errorf("there is no line")
	}
	if err := t.sorted(); err != nil {
		return nil, err
	}
	ds := NewDataset(&t.d, t.changesets(), t.series)
	methods := t.methods
	if t.snap.Format < completeFormat {
		methods = firstMethods()
	}
	ds, err := ds.Pinned(methods)
	if err != nil {
		return nil, err
	}
	return ds.On(t.snap.Judged), nil
}

// changesets are all until that of the snapshot; one that nothing names has the moment of
// the one before.
func (t *thawer) changesets() []Changeset {
	all := make([]Changeset, t.newest.Number)
	before := time.Time{}
	for n := range all {
		if at, named := t.moments[n+1]; named {
			before = at
		}
		all[n] = Changeset{Number: n + 1, At: before}
	}
	all[t.newest.Number-1] = t.newest
	return all
}

// sorted refuses tables whose rows are not in the order of their keys, or have one twice.
func (t *thawer) sorted() error {
	d := &t.d
	for _, table := range []struct {
		name string
		is   bool
	}{
		{"settings", inOrder(d.Settings)}, {"categories", inOrder(d.Categories)}, {"organisations", inOrder(d.Organisations)},
		{"groups", inOrder(d.Groups)}, {"frameworks", inOrder(d.Frameworks)}, {"results", inOrder(d.Results)},
		{"actions", inOrder(d.Actions)}, {"milestones", inOrder(d.Milestones)}, {"funding", inOrder(d.Funding)},
		{"indicators", inOrder(d.Indicators)}, {"targets", inOrder(d.Targets)},
	} {
		if !table.is {
			return fmt.Errorf("the rows of %s are not in the order of their keys, each once", table.name)
		}
	}
	return nil
}

func inOrder[T Entry](rows []T) bool {
	keys := make([]string, len(rows))
	for n := range rows {
		keys[n] = rows[n].EntryKey()
	}
	return sort.SliceIsSorted(keys, func(a, b int) bool { return keys[a] <= keys[b] }) // strictly: none twice
}
