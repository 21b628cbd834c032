package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// An Archivist takes the monthly snapshots as they fall due. Of several servers on one
// database each has one, and each month is taken by one of them. What it takes is prepared:
// people publish it.
type Archivist struct {
	server *Server
	log    *slog.Logger
}

// How often it looks what is due, and how long it waits at most after failures.
const (
	archiveEvery   = time.Minute
	archiveLongest = time.Hour
)

// Archivist is the one of the server.
func (s *Server) Archivist() *Archivist { return &Archivist{s, s.cfg.Log} }

// Run takes what falls due until the context ends. A failure is logged and counted, and what
// is due is tried again, after ever longer. With it end the snapshots that people are taking.
func (a *Archivist) Run(ctx context.Context) {
	defer a.server.takings.end()
	failures := 0
	for {
		err := a.round(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failures++
			a.server.metrics.snapshotFailures.Inc()
			a.log.ErrorContext(ctx, "a snapshot that is due cannot be taken; it is tried again", "failures", failures, "err", err)
		default:
			failures = 0
		}
		wait := time.NewTimer(archiveAgain(failures)) // by the time that passes, whatever the clock says
		select {
		case <-ctx.Done():
			wait.Stop()
			return
		case <-wait.C:
		}
	}
}

// archiveAgain doubles the wait with each failure.
func archiveAgain(failures int) time.Duration {
	const doublings = 6
	return min(archiveEvery<<min(failures, doublings), archiveLongest)
}

// round takes what is due now. What another server is taking, or has taken meanwhile, is no
// failure.
func (a *Archivist) round(ctx context.Context) error {
	p := a.server.live.Picture()
	if p == nil || len(p.Changesets) == 0 {
		return nil
	}
	schedule := p.Schedule()
	if schedule.Day == 0 {
		return nil
	}
	taken, err := a.server.store.SnapshotMonths(ctx)
	if err != nil {
		return err
	}
	for _, due := range schedule.Due(a.server.cfg.Now(), taken, p.Changesets[0].At, p.Complete) {
		if err := a.take(ctx, p, due); errors.Is(err, indicators.ErrConflict) {
			a.log.DebugContext(ctx, "a snapshot that is due is taken by somebody else", "month", due.Month)
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (a *Archivist) take(ctx context.Context, p *indicators.Picture, due indicators.DueSnapshot) error {
	taking := sql.Taking{Month: due.Month, By: "jalon", IfNone: true}
	if !due.Known.IsZero() {
		at, err := indicators.Resolve(p.Changesets, indicators.When{Moment: due.Known}, p.Zone())
		if err != nil {
			return fmt.Errorf("looking what was known when %s was due: %w", due.Month, err)
		}
		taking.Changeset = at.Changeset
	}
	snap, err := a.server.store.TakeSnapshot(ctx, taking)
	if err == nil {
		a.log.InfoContext(ctx, "the snapshot that was due is prepared", "snapshot", snap.Number, "changeset", snap.Changeset, "sha256", snap.SHA256)
	}
	return err
}
