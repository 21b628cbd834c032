package pgserver

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// lookEvery is how often a keeper looks whether the server lives.
const lookEvery = time.Second

// Keep looks once a second whether the server lives, and starts it again if not:
// killed, or ended by itself for want of memory. It returns when ctx ends or Stop has
// been called. Any number of processes may keep the same server; one of them starts it.
func (s *Server) Keep(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	failing := false // logged once, not each second
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if s.lives() {
			failing = false
			continue
		}
		err := s.revive(ctx)
		switch {
		case errors.Is(err, errStopped), ctx.Err() != nil:
			return
		case err != nil && !failing:
			s.log.Error("the private PostgreSQL server is gone and cannot be started again; it is tried each second", "data", s.data, "err", err)
		case err == nil:
			s.log.Warn("the private PostgreSQL server was gone and has been started again", "data", s.data)
		}
		failing = err != nil
	}
}

// lives tells whether the server process exists; it may be starting or stopping. A
// file that cannot be read is no sign of a death.
func (s *Server) lives() bool {
	server, err := readPostmaster(s.data)
	if err != nil {
		return !errors.Is(err, errNoServer)
	}
	return server.alive(s.data)
}

// errStopped says that this use of the server has ended.
var errStopped = errors.New("the private PostgreSQL server is not in use any more")

// revive does what Start does, under the same gate, for a use that goes on: of several
// keepers the first one starts the server, the others find it there.
func (s *Server) revive(ctx context.Context) error {
	s.leaving.Lock() // no Stop in the middle, which would find nothing to stop
	defer s.leaving.Unlock()
	if s.users == nil {
		return errStopped
	}
	gate, err := s.folder.lock(ctx, gateFile, exclusive)
	if err != nil {
		return err
	}
	defer gate.Close()
	m := &making{folder: s.folder, opt: s.opt, gate: gate, log: s.log, places: installed(ctx)}
	data, server, err := m.run(ctx)
	if err == nil && (data != s.data || server.sockets != s.sockets) {
		// Another TMPDIR, or an upgrade by hand: what we gave out leads nowhere.
		err = fmt.Errorf("it runs on %s with its socket in %s now, no longer on %s with %s: start jalon again",
			data, server.sockets, s.data, s.sockets)
	}
	return err
}
