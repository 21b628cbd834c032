package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jalon/sql"
	"jalon/sql/pgserver"
)

// errDatabase is a database that cannot be reached or used.
var errDatabase = errors.New("the database cannot be used")

// open connects to the database that the flags name, starting the private server
// where they name none. The function it gives ends both.
func (a *arguments) open(ctx context.Context, c *console) (*sql.Store, func(), error) {
	if url := firstOf(a.database, c.env("JALON_DATABASE_URL"), c.env("DATABASE_URL")); url != "" {
		store, err := connect(ctx, url)
		if err != nil {
			return nil, nil, err
		}
		return store, func() { leave(store) }, nil
	}
	server, err := pgserver.Start(ctx, pgserver.Options{
		Dir: firstOf(a.data, c.env("JALON_DATA")), Binaries: c.env("JALON_PG_BIN"), Log: slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", errDatabase, err)
	}
	release := func() {}
	if a.kept {
		release = keep(ctx, server)
	}
	stop := func() {
		release()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		c.warn(server.Stop(ctx))
	}
	store, err := connect(ctx, server.DSN(pgserver.Database))
	if err == nil {
		err = store.Migrate(ctx) // it is ours alone
	}
	if err != nil {
		stop()
		return nil, nil, err
	}
	return store, func() { leave(store); stop() }, nil
}

// keep has the private server started again should it die, until the function it
// gives is called: visitors who are still answered when ctx ends need it too.
func keep(ctx context.Context, server *pgserver.Server) (release func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	over := make(chan struct{})
	go func() {
		defer close(over)
		server.Keep(ctx)
	}()
	return func() { cancel(); <-over }
}

// openMigrated is open for a command that reads or writes content: a schema that
// this program does not know is refused.
func (a *arguments) openMigrated(ctx context.Context, c *console) (*sql.Store, func(), error) {
	store, end, err := a.open(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	current, newest, err := store.Schema(ctx)
	switch {
	case err == nil && current < newest:
		err = fmt.Errorf("%w: its schema is version %d, this jalon needs %d: run jalon migrate up", errDatabase, current, newest)
	case err == nil && current > newest:
		err = fmt.Errorf("%w: its schema is version %d, this jalon knows %d: install the newer jalon", errDatabase, current, newest)
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return store, end, nil
}

func connect(ctx context.Context, url string) (*sql.Store, error) {
	store, err := sql.Open(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDatabase, err)
	}
	return store, nil
}

// leave closes the connections. What was committed stays, however they end.
func leave(store *sql.Store) { _ = store.Close() }

// warn tells of an error that comes too late to change anything.
func (c *console) warn(err error) {
	if err != nil {
		fmt.Fprintln(c.err, "jalon: warning:", err)
	}
}
