package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// A source is where Datasets come from: the store's functions, so that a test needs
// no database.
type source struct {
	// dataset is what was known at a changeset; number 0 is the newest.
	dataset func(ctx context.Context, number int) (*indicators.Dataset, error)
	// past is what was known at a changeset, made of a later Dataset.
	past func(ctx context.Context, later *indicators.Dataset, number int) (*indicators.Dataset, error)
	// part is what concerns one indicator, or none, of what was known at the last of some
	// changesets.
	part func(ctx context.Context, indicator string, changesets []indicators.Changeset) (*indicators.Dataset, error)
	// refresh is the newest Dataset, the one given if nothing is newer.
	refresh func(context.Context, *indicators.Dataset) (*indicators.Dataset, error)
	// snapshots lists the monthly snapshots, newest first.
	snapshots func(context.Context) ([]indicators.Snapshot, error)
	// decisions lists what the published snapshots ask to decide.
	decisions func(context.Context) ([]indicators.SnapshotText, error)
	// listen tells of changesets; the channel is closed when it is over.
	listen func(context.Context) (<-chan struct{}, error)
}

// How long the newest state may go unnoticed if a notification is lost, how long
// one look at the database may take (a million values are read in seconds), and
// how long to wait before listening is tried again.
const (
	pollEvery   = time.Second
	lookTimeout = time.Minute
	listenAgain = 10 * time.Second
)

// Live is the newest published state, judged on today's day. Readers take the
// Picture as often as they like; it is replaced at one stroke.
type Live struct {
	source source
	now    func() time.Time
	log    *slog.Logger
	past   *past

	current   atomic.Pointer[indicators.Picture]
	snapshots atomic.Pointer[[]indicators.Snapshot] // newest first; nil: not looked for
	decisions atomic.Pointer[decisions]             // of the snapshots, kept before them
	lost      atomic.Pointer[time.Time]             // since when the database has not answered; nil: it has
	turn      chan struct{}                         // held by whoever refreshes
}

// NewLive makes a Live that knows nothing yet.
func NewLive(store *sql.Store, now func() time.Time, log *slog.Logger) *Live {
	return newLive(source{store.Dataset, store.Past, store.PartOf, store.Refresh, store.Snapshots, store.Decisions, store.Listen}, now, log)
}

func newLive(from source, now func() time.Time, log *slog.Logger) *Live {
	if now == nil {
		now = time.Now
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Live{source: from, now: now, log: log, past: newPast(), turn: make(chan struct{}, 1)}
}

// Picture is the newest state, nil until the first load is done.
func (l *Live) Picture() *indicators.Picture { return l.current.Load() }

// LostSince is since when the database has not answered; zero: it has.
func (l *Live) LostSince() time.Time {
	if since := l.lost.Load(); since != nil {
		return *since
	}
	return time.Time{}
}

// Refresh looks once for something newer: another changeset, or another day.
func (l *Live) Refresh(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	before := l.current.Load()
	newest, err := l.newest(ctx, before)
	if err != nil {
		err = fmt.Errorf("looking for the newest state: %w", err)
	}
	if before != nil && newest == nil {
		newest = before.Dataset // the day changes without the database
	}
	if newest == nil {
		return err
	}
	if err == nil { // before: a page of the new state knows the snapshots that came with it
		l.lookForSnapshots(ctx)
	}
	day := indicators.DateOf(l.now().In(newest.Zone()))
	if before == nil || before.Dataset != newest || before.Day != day {
		l.current.Store(newest.On(day))
	}
	return err
}

func (l *Live) newest(ctx context.Context, before *indicators.Picture) (*indicators.Dataset, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	if before == nil {
		return l.source.dataset(ctx, 0)
	}
	return l.source.refresh(ctx, before.Dataset)
}

// Run keeps the picture new until the context ends: at each notification, and
// each second should one have been lost. A lost database is logged once and
// tried again each second, while the old picture is served on.
func (l *Live) Run(ctx context.Context) error {
	news := make(chan struct{}, 1)
	go l.listen(ctx, news) // beside the poll, which does not wait for it
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		err := l.Refresh(ctx)
		if ctx.Err() != nil {
			return nil
		}
		l.note(ctx, err)
		l.ready(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-news:
		}
	}
}

// listen passes notifications on until the context ends. What cannot be listened
// to is tried again; the poll stands in.
func (l *Live) listen(ctx context.Context, news chan<- struct{}) {
	for ctx.Err() == nil {
		words, err := l.source.listen(ctx)
		if err != nil {
			l.log.WarnContext(ctx, "cannot listen for changesets; they are polled for", "err", err)
		} else {
			for range words {
				select {
				case news <- struct{}{}:
				default: // one is waiting already
				}
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

// note logs when the database is lost and when it is back, not each try between.
func (l *Live) note(ctx context.Context, err error) {
	since := l.lost.Load()
	switch {
	case err != nil && since == nil:
		now := l.now()
		l.lost.Store(&now)
		l.log.ErrorContext(ctx, "the database does not answer; the last state is served on", "err", err)
	case err == nil && since != nil:
		l.lost.Store(nil)
		l.log.InfoContext(ctx, "the database answers again", "lost", l.now().Sub(*since))
	}
}

// AsOf is the state of an earlier moment, judged on its day. Which changeset that
// is, the live Dataset tells without asking the database.
func (l *Live) AsOf(ctx context.Context, when indicators.When) (*indicators.Picture, error) {
	return l.asOf(ctx, when, earlier{})
}

// PartAsOf is the part of an earlier state that concerns one indicator, or none: it has
// everything that a page about that one shows, and perhaps more. It is there sooner.
func (l *Live) PartAsOf(ctx context.Context, when indicators.When, indicator string) (*indicators.Picture, error) {
	return l.asOf(ctx, when, earlier{part: true, indicator: indicator})
}

// Whole is the whole of the state that a picture may be a part of.
func (l *Live) Whole(ctx context.Context, p *indicators.Picture) (*indicators.Picture, error) {
	return l.AsOf(ctx, indicators.When{Changeset: p.Newest().Number, Day: p.Day})
}

func (l *Live) asOf(ctx context.Context, when indicators.When, e earlier) (*indicators.Picture, error) {
	live := l.current.Load()
	switch {
	case live == nil:
		return nil, errStarting
	case when == indicators.When{}:
		return live, nil
	}
	at, err := indicators.Resolve(live.Changesets, when, live.Zone())
	switch {
	case err != nil:
		return nil, err
	case at.Changeset == live.Newest().Number && at.Date == live.Day:
		return live, nil
	}
	if at.Changeset == live.Newest().Number {
		e = earlier{} // it is there as a whole
	}
	e.AsOf, e.withheld = at, live.Protection
	p, err := l.past.get(ctx, e, func(ctx context.Context) (*indicators.Dataset, error) {
		switch {
		case at.Changeset == live.Newest().Number:
			return live.Dataset, nil
		case e.part:
			return l.source.part(ctx, e.indicator, live.Changesets[:at.Changeset:at.Changeset])
		}
		return l.source.past(ctx, live.Dataset, at.Changeset)
	})
	if err != nil && !errors.Is(err, indicators.ErrNotFound) {
		return nil, fmt.Errorf("loading changeset %d: %w", at.Changeset, err)
	}
	return p, err
}
