package web

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// takings are the snapshots that people take on this server's pages, one at a time. They
// go on when the browser leaves, and end, without a trace, with the server.
type takings struct {
	mu    sync.Mutex
	one   *taking // the last one; nil: there was none
	ended bool
	going sync.WaitGroup
}

// A taking is a snapshot that somebody is taking, or has taken.
type taking struct {
	Month  indicators.Period
	Reason indicators.Optional
	By     string // the author
	Begun  time.Time

	lines  atomic.Int64 // written so far
	about  atomic.Int64 // how many there will be, about; 0: that is not known yet
	cancel context.CancelFunc
	over   chan struct{} // closed when it is
	snap   indicators.Snapshot
	err    error
}

// errTaking is a second snapshot on the same server at the same time.
var errTaking = errors.Join(indicators.ErrConflict, errors.New("a snapshot is being taken: wait for it, or stop it"))

// isOver tells whether it has ended, one way or another.
func (t *taking) isOver() bool {
	select {
	case <-t.over:
		return true
	default:
		return false
	}
}

// begin takes a snapshot in the background.
func (all *takings) begin(store *sql.Store, what sql.Taking, t *taking) error {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.ended || all.one != nil && !all.one.isOver() {
		return errTaking
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.cancel, t.over = cancel, make(chan struct{})
	what.Tell = func(done, total int64) {
		t.lines.Store(done)
		t.about.Store(total)
	}
	all.one = t
	all.going.Go(func() {
		defer close(t.over)
		defer cancel()
		t.snap, t.err = store.TakeSnapshot(ctx, what)
	})
	return nil
}

// last is the one that goes on, or was the last to; nil: none.
func (all *takings) last() *taking {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.one
}

// end stops what goes on, takes no more, and waits.
func (all *takings) end() {
	all.mu.Lock()
	all.ended = true
	if all.one != nil {
		all.one.cancel()
	}
	all.mu.Unlock()
	all.going.Wait()
}
