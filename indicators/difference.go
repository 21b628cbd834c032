package indicators

import "slices"

// A Difference is what became other between two pictures: of two snapshots, or of one and
// now. Each list is of what a reader of both would be told, in the order of codes.
type Difference struct {
	Before, After *Picture

	Entered []string      // indicators that are followed now and were not
	Left    []string      // indicators that were, and are no more
	Moved   []Explanation // assessments with another status or achievement, each explained
	Shifts  []Shift       // scores of groups, frameworks and results
	Values  []ValueChange // of the series that the pictures hold: totals, and parts that have a target

	Settings    []EntryChange // those by which something is judged or shown
	Targets     []EntryChange // baselines and milestones too
	Definitions []EntryChange // all other tables but those of actions
	Actions     []ActionChange
	Milestones  []MilestoneChange
}

// Compare tells what became other between two pictures, and of each assessment that moved
// what made it move. Either may be the later one.
func Compare(before, after *Picture) Difference {
	d := Difference{
		Before: before, After: after,
		Shifts: Shifts(before, after), Values: valueChanges(before, after),
		Settings:   slices.DeleteFunc(changesOf("settings", before.Settings, after.Settings), doesNotMatter),
		Targets:    changesOf("targets", before.Targets, after.Targets),
		Actions:    actionChanges(before, after),
		Milestones: milestoneChanges(before, after),
	}
	d.Entered, d.Left = apart(before.Indicators, after.Indicators)
	d.Definitions = slices.Concat(
		changesOf("categories", before.Categories, after.Categories),
		changesOf("organisations", before.Organisations, after.Organisations),
		changesOf("groups", before.Groups, after.Groups),
		changesOf("frameworks", before.Frameworks, after.Frameworks),
		changesOf("results", before.Results, after.Results),
		changesOf("indicators", before.Indicators, after.Indicators),
	)
	var moved []Move
	for _, m := range Moves(before, after) {
		if m.Turns() || m.Before.Achievement != m.After.Achievement {
			moved = append(moved, m)
		}
	}
	d.Moved = Explain(before, after, moved)
	return d
}

// IsEmpty tells whether both pictures say the same.
func (d *Difference) IsEmpty() bool {
	return len(d.Entered)+len(d.Left)+len(d.Moved)+len(d.Shifts)+len(d.Values)+
		len(d.Settings)+len(d.Targets)+len(d.Definitions)+len(d.Actions)+len(d.Milestones) == 0
}

// doesNotMatter leaves out the settings that neither judge nor hide a figure.
func doesNotMatter(c EntryChange) bool {
	return !slices.Contains([]string{"rules", "time_zone", "min_coverage", "stale_years", "stale_periods", "small_cells"}, c.Key)
}

// changesOf lists the rows of a table that came, went or say something else, by key.
func changesOf[T Entry](table string, before, after []T) []EntryChange {
	then := make(map[string]*T, len(before))
	for n := range before {
		then[before[n].EntryKey()] = &before[n]
	}
	var ended, begun []T
	for n := range after {
		key := after[n].EntryKey()
		was := then[key]
		delete(then, key)
		if was != nil && Same(*was, after[n]) {
			continue
		}
		if begun = append(begun, after[n]); was != nil {
			ended = append(ended, *was)
		}
	}
	for _, gone := range then {
		ended = append(ended, *gone)
	}
	return Pair(table, ended, begun)
}

// apart lists the keys that only the later rows have, and those that only the earlier had.
func apart[T Entry](before, after []T) (entered, left []string) {
	then, now := byKey(before), byKey(after)
	for key := range now {
		if then[key] == nil {
			entered = append(entered, key)
		}
	}
	for key := range then {
		if now[key] == nil {
			left = append(left, key)
		}
	}
	slices.SortFunc(entered, CompareCodes)
	slices.SortFunc(left, CompareCodes)
	return entered, left
}
