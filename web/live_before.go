package web

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jalon/indicators"
)

// A before is the state that a picture is compared with: the last monthly snapshot, or
// where none has been taken the end of the last month that was over.
type before struct {
	Snapshot string // its number; empty: none
	*indicators.Picture
}

// Before is the state that a picture, of now or of an earlier moment, is compared with;
// errors of the kind ErrNotFound say that nothing was known so early.
func (l *Live) Before(ctx context.Context, p *indicators.Picture) (before, error) {
	for _, s := range l.taken() {
		if s.Judged < p.Day && s.Changeset <= p.Newest().Number && !s.TakenAt.After(p.Day.EndIn(p.Zone())) {
			then, err := l.AsOf(ctx, indicators.When{Changeset: s.Changeset, Day: s.Judged})
			return before{s.Number, then}, err
		}
	}
	over := p.Day.AddDays(-p.Day.Time().Day())
	then, err := l.AsOf(ctx, indicators.When{Day: over, Moment: over.EndIn(p.Zone())})
	return before{Picture: then}, err
}

// taken lists the published snapshots, newest first, as of the last look at the database.
func (l *Live) taken() []indicators.Snapshot {
	if all := l.snapshots.Load(); all != nil {
		return *all
	}
	return nil
}

// lookForSnapshots reads the list of snapshots. That it cannot be read is told by the look
// for changesets, and the list of before stands.
func (l *Live) lookForSnapshots(ctx context.Context) {
	if l.source.snapshots == nil {
		return
	}
	all, err := l.source.snapshots(ctx)
	if err != nil {
		return
	}
	all = slices.DeleteFunc(all, func(s indicators.Snapshot) bool { return !s.IsPublished() })
	if markOfSnapshots(all) != l.mark() && l.lookForDecisions(ctx) != nil {
		return // the next look is for both
	}
	l.snapshots.Store(&all)
}

// mark changes whenever another snapshot is compared with.
func (l *Live) mark() string { return markOfSnapshots(l.taken()) }

func markOfSnapshots(all []indicators.Snapshot) string {
	if len(all) == 0 {
		return ""
	}
	return fmt.Sprint(all[0].Number, "-", len(all))
}

// ready loads what the pages of now compare with, before anybody asks for them.
func (l *Live) ready(ctx context.Context) {
	p := l.current.Load()
	if p == nil || len(p.Changesets) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	if _, err := l.Before(ctx, p); err != nil && ctx.Err() == nil && !errors.Is(err, indicators.ErrNotFound) {
		l.log.WarnContext(ctx, "what pages compare with cannot be loaded yet", "err", err)
	}
}
