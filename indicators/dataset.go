package indicators

import (
	"slices"
	"strconv"
	"time"
)

// A SeriesKey names the figures of an indicator, in total or for one breakdown.
type SeriesKey struct {
	Indicator string
	Breakdown Breakdown
}

// A Dataset is everything published that was known at one changeset: definitions,
// and the figures of totals and of breakdowns that have a target. Pages, charts,
// metrics, exports and snapshots take a Dataset and cannot tell whether it is
// live, historical or frozen. It is never changed once made.
type Dataset struct {
	*Definitions
	Changesets []Changeset // all until then, by number from 1
	Series     map[SeriesKey][]Figure
	Protection int // the changeset after which what is withheld last became other; 0: none did

	index  index
	zone   *time.Location
	goals  []goal
	rules  rulesIndex
	record string
	finder *lazyFinder // shared by all that have the same definitions
}

// NewDataset makes a Dataset of its parts. The figures of each series must be
// sorted by period.
func NewDataset(d *Definitions, changesets []Changeset, series map[SeriesKey][]Figure) *Dataset {
	ds := &Dataset{Definitions: d, Changesets: changesets, Series: series, index: newIndex(d), zone: d.Zone(), finder: &lazyFinder{}}
	ds.record = ds.Newest().fingerprint()
	ds.goals = ds.plan()
	return ds
}

// With is the Dataset after later changesets that touched no definition: the
// series given replace those of before, the rest is shared.
func (ds *Dataset) With(changesets []Changeset, series map[SeriesKey][]Figure) *Dataset {
	next := *ds
	next.Changesets, next.Series = changesets, series
	next.record = next.Newest().fingerprint()
	return &next
}

// Newest is the last changeset that the Dataset knows, zero where there is none.
func (ds *Dataset) Newest() Changeset {
	if len(ds.Changesets) == 0 {
		return Changeset{}
	}
	return ds.Changesets[len(ds.Changesets)-1]
}

// Record tells what is known here from what is known at a changeset of the same
// number in another database, and from what was shown of it before more was withheld: a
// few letters and digits.
func (ds *Dataset) Record() string {
	if ds.Protection == 0 {
		return ds.record
	}
	return ds.record + "p" + strconv.Itoa(ds.Protection)
}

// KnownAt is when a changeset made its content known; zero if it is not known here.
func (ds *Dataset) KnownAt(number int) time.Time {
	if number < 1 || number > len(ds.Changesets) {
		return time.Time{}
	}
	return ds.Changesets[number-1].At
}

// Changeset finds a changeset by its number, or nil.
func (ds *Dataset) Changeset(number int) *Changeset {
	if number < 1 || number > len(ds.Changesets) {
		return nil
	}
	return &ds.Changesets[number-1]
}

// Zone is the programme's time zone, in which days begin and end.
func (d *Definitions) Zone() *time.Location {
	zone, err := time.LoadLocation(d.Setting("time_zone", "Africa/Tunis"))
	if err != nil {
		return time.UTC
	}
	return zone
}

// Figures are the published values of an indicator's total, by period.
func (ds *Dataset) Figures(indicator string) []Figure {
	return ds.Series[SeriesKey{Indicator: indicator}]
}

// Group finds a group, or nil.
func (ds *Dataset) Group(code string) *Group { return ds.index.groups[code] }

// Action finds an action, or nil.
func (ds *Dataset) Action(code string) *Action { return ds.index.actions[code] }

// Indicator finds an indicator, or nil.
func (ds *Dataset) Indicator(code string) *Indicator { return ds.index.indicators[code] }

// Framework finds a framework, or nil.
func (ds *Dataset) Framework(code string) *Framework { return ds.index.frameworks[code] }

// Result finds a result by its reference, "sdg2030:10.c", or nil.
func (ds *Dataset) Result(ref string) *Result { return ds.index.results[ref] }

// Organisation finds an organisation, or nil.
func (ds *Dataset) Organisation(code string) *Organisation { return ds.index.organisations[code] }

// Category finds a category of breakdown, or nil.
func (ds *Dataset) Category(dimension, code string) *Category {
	return ds.index.categories[dimension+"="+code]
}

// GroupsOf lists the groups of an indicator: those that it names and those of its
// actions.
func (ds *Dataset) GroupsOf(i *Indicator) Codes {
	if len(i.Actions) == 0 {
		return i.Groups
	}
	groups := slices.Clone([]string(i.Groups))
	for _, code := range i.Actions {
		if a := ds.index.actions[code]; a != nil {
			groups = append(groups, a.Group)
		}
	}
	return NewCodes(groups)
}

// IsIllustrative tells whether an indicator is a demonstration, by its own word or
// by that of one of its actions.
func (ds *Dataset) IsIllustrative(i *Indicator) bool {
	for _, code := range i.Actions {
		if a := ds.index.actions[code]; a != nil && a.Illustrative {
			return true
		}
	}
	return i.Illustrative
}
