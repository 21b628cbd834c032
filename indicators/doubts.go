package indicators

// Doubts are what is odd about the edits of a workbook and refuses nothing: targets
// that become other ones in the row that they stand in. What was decided anew belongs
// beside what it replaces, so that readers are told that the target was changed.
func (d *Definitions) Doubts(w *Workbook) []Problem {
	if len(w.Targets) == 0 {
		return nil
	}
	known := make(map[string]*Target, len(d.Targets))
	for n := range d.Targets {
		known[d.Targets[n].EntryKey()] = &d.Targets[n]
	}
	var all []Problem
	for n := range w.Targets {
		e := &w.Targets[n]
		before, found := known[e.Key]
		if e.Remove || !found {
			continue
		}
		after := *before
		e.Change(&after)
		if after.sameLevel(before) {
			continue
		}
		column := "value"
		if !after.Value.IsSet() {
			column = "low"
		}
		all = append(all, Problem{e.Place(column), Say(
			"the %s of %s for %s was %s and becomes %s, as if it had been mistyped: if it was decided anew, leave this row as it was and add one with the day of the decision in decided",
			before.Kind, before.Indicator, before.Period, before.level(), after.level())})
	}
	return all
}

// sameLevel tells whether two targets ask for the same.
func (t *Target) sameLevel(of *Target) bool {
	return t.Value.Equal(of.Value) && t.Low.Equal(of.Low) && t.High.Equal(of.High) && t.Comparison == of.Comparison
}

// level is what a target asks for, in the words of a workbook.
func (t *Target) level() Sentence {
	switch {
	case t.IsRange():
		return boundsWords(t.Low, t.High)
	case t.Comparison != "":
		return Say("%s %s", t.Comparison, t.Value)
	}
	return Say("%s", t.Value)
}
