// Package pgserver runs a private PostgreSQL server, so that jalon can be tried out
// and tested where no database was set up: it finds installed programs, makes a data
// folder, starts the server, shares it among commands and stops it with the last one.
// It must not know what is kept in the databases, nor use an SQL driver.
package pgserver

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"net/url"
	"os"
	"sync"
)

// Owner is the database role that owns everything on a private server.
const Owner = "jalon"

// Database is made together with the data folder, for the program itself. The
// database "postgres" is there as well, to create others from.
const Database = "jalon"

// Options say where a private server keeps its data and how it runs.
type Options struct {
	// Dir is the folder that holds the data folder; empty means DefaultDir.
	Dir string
	// Binaries is a folder with the programs postgres and initdb, to be preferred
	// over the installed ones; empty means to search for installed ones only.
	Binaries string
	// Fast gives up durability for speed: after a power cut the data is lost. For tests.
	Fast bool
	// MaxConnections is the greatest number of sessions; 0 means 100. Like Fast, it
	// has no effect on a server that is already running.
	MaxConnections int
	// Log receives what is done to the server; nil means nothing is logged.
	Log *slog.Logger
}

// A Server is this process's use of a running private server. Other processes may use
// the same one; it runs until the last of them has called Stop.
type Server struct {
	folder  folder
	opt     Options
	data    string // the data folder, as the server itself names it
	sockets string // folder of the server's Unix socket
	log     *slog.Logger

	leaving sync.Mutex // guards users in Stop and Keep
	users   *os.File   // shared lock, held as long as the server is in use; nil after Stop
}

// Start makes the private server of a folder ready for use: it joins the one that runs
// there, even if the process that started it was killed, or starts one, making the
// data folder first if there is none. An existing data folder is used by programs of
// the version that made it or refused with ErrVersion, never changed otherwise. Without
// PostgreSQL programs the error is ErrMissing. A server is left running by an error
// only if others use it.
func Start(ctx context.Context, opt Options) (*Server, error) {
	return start(ctx, opt, installed(ctx))
}

// start is Start with the folders in which programs are searched for.
func start(ctx context.Context, opt Options, places iter.Seq[string]) (*Server, error) {
	log := opt.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	f, err := openFolder(opt.Dir)
	if err != nil {
		return nil, err
	}
	gate, err := f.lock(ctx, gateFile, exclusive)
	if err != nil {
		return nil, err
	}
	defer gate.Close()
	users, err := f.lock(ctx, usersFile, shared)
	if err != nil {
		return nil, err
	}
	m := &making{folder: f, opt: opt, gate: gate, log: log, places: places}
	data, server, err := m.run(ctx)
	if err != nil {
		return nil, errors.Join(err, users.Close())
	}
	return &Server{folder: f, opt: opt, data: data, sockets: server.sockets, log: log, users: users}, nil
}

// DSN is the connection URL of a database on the server, as lib/pq and psql read it.
func (s *Server) DSN(database string) string {
	query := url.Values{"host": {s.sockets}, "user": {Owner}, "sslmode": {"disable"}}
	return (&url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: query.Encode()}).String()
}

// Stop ends this use of the server, and the server itself if nobody else uses it. It
// returns when the server process is gone. ctx bounds the waiting: a server that has
// not stopped by then is made to leave at once, which is safe but makes its next start
// slower. A second Stop does nothing.
func (s *Server) Stop(ctx context.Context) error {
	s.leaving.Lock()
	defer s.leaving.Unlock()
	if s.users == nil {
		return nil
	}
	// While the gate is held nobody can join, so being alone stays true to the end.
	gate, err := s.folder.lock(ctx, gateFile, exclusive)
	if err != nil {
		return err
	}
	defer gate.Close()
	err = release(s.users)
	s.users = nil
	if err != nil {
		return err
	}
	alone, err := s.folder.tryLock(usersFile, exclusive)
	if errors.Is(err, errLocked) {
		s.log.Debug("the private PostgreSQL server stays, others use it", "data", s.data)
		return nil
	}
	if err != nil {
		return err
	}
	defer alone.Close()
	if err := shutDown(ctx, s.data); err != nil {
		return err
	}
	s.folder.removeSockets(s.sockets)
	s.log.Debug("private PostgreSQL server stopped", "data", s.data)
	return nil
}
