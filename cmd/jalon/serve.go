package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/web"
)

func runServe(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	listen := a.String("listen", "127.0.0.1:8080", "`address` to listen on")
	demo := a.Bool("demo", false, "load the demonstration programme into an empty database")
	if err := a.parse(0, 0); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *listen) // before any work: a taken port is told at once
	if err != nil {
		return fmt.Errorf("%w: cannot listen on %s: %w: name another with --listen", indicators.ErrInvalid, *listen, err)
	}
	defer listener.Close()
	store, end, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	if *demo {
		if err := loadDemonstration(ctx, c, store); err != nil {
			return err
		}
	}
	return serve(ctx, c, store, listener)
}

// garbage is how much a server lets memory grow between two collections, in per cent
// of what it uses. Its work is small beside what the chart engine and the caches hold:
// Go's own 100 would take 40 MB more and answer hardly faster.
const garbage = 40

// serve answers on a listener until the context ends.
func serve(ctx context.Context, c *console, store *sql.Store, listener net.Listener) error {
	if c.env("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	live := web.NewLive(store, time.Now, log)
	if err := live.Refresh(ctx); err != nil {
		return err
	}
	site, err := web.New(web.Config{Version: version, Revision: revision(), Now: time.Now, Log: log}, store, live)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		c.warn(live.Run(ctx))
	}()
	defer func() { cancel(); <-watching }()

	server := &http.Server{
		Handler: site.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	fmt.Fprintf(c.out, "jalon is ready on http://%s\n", listener.Addr())
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	ending, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	if err := server.Shutdown(ending); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("ending: %w", err)
	}
	return nil
}
