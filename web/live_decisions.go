package web

import (
	"context"

	"jalon/indicators"
)

// decisions are what published snapshots ask to decide, by their numbers.
type decisions map[string]indicators.Text

// lookForDecisions reads what the published snapshots ask to decide. None of that changes any
// more: it is read anew when there is another snapshot, not by whoever asks for a page.
func (l *Live) lookForDecisions(ctx context.Context) error {
	if l.source.decisions == nil {
		return nil
	}
	all, err := l.source.decisions(ctx)
	if err != nil {
		return err
	}
	found := decisions{}
	for _, t := range all {
		found[t.Snapshot] = t.Text
	}
	l.decisions.Store(&found)
	return nil
}

// asked is what a published snapshot asks to decide; empty: nothing.
func (l *Live) asked(number string) indicators.Text {
	if all := l.decisions.Load(); all != nil {
		return (*all)[number]
	}
	return indicators.Text{}
}

// issued is the newest snapshot that was published by the moment of a view, or the one that the
// view is of by its name, and what it asks to decide; nil: there was none.
func (l *Live) issued(v *view) (*indicators.Snapshot, indicators.Text) {
	number, named := snapshotNamed(v.asOf)
	for _, s := range l.taken() {
		if v.asOf == "" || named && s.Number == number || !named && v.knows(&s) {
			return &s, l.asked(s.Number)
		}
	}
	return nil, indicators.Text{}
}
