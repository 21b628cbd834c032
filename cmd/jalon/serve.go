package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/web"
)

func runServe(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	listen := a.String("listen", "127.0.0.1:8080", "`address` to listen on")
	demo := a.Bool("demo", false, "load the demonstration programme into an empty database")
	public := a.String("public-url", "", "`URL` by which readers reach the server; none: JALON_PUBLIC_URL")
	var level slog.Level
	a.TextVar(&level, "log-level", slog.LevelWarn, "the least `level` that is logged: debug, info (shows each request), warn or error")
	if err := a.parse(0, 0); err != nil {
		return err
	}
	site, err := siteOf(*public, c.env)
	if err != nil {
		return err
	}
	outside := outsideOf(c.env)
	if err := outside.Check(site.PublicURL); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *listen) // before any work: a taken port is told at once
	if err != nil {
		return fmt.Errorf("%w: cannot listen on %s: %w: name another with --listen", indicators.ErrInvalid, *listen, err)
	}
	defer listener.Close()
	a.kept = true
	store, end, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	if err := store.Protect(ctx); err != nil {
		return err
	}
	if *demo {
		if err := loadDemonstration(ctx, c, store); err != nil {
			return err
		}
	}
	site.Log = slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: level}))
	return serve(ctx, c, store, listener, site, outside)
}

// siteOf reads at which address readers reach the server, and how people may sign in.
func siteOf(public string, env func(string) string) (site web.Config, err error) {
	if site.PublicURL, err = publicURL(firstOf(public, env("JALON_PUBLIC_URL"))); err != nil {
		return site, err
	}
	if site.SnapshotKey, err = signingKey(env("JALON_SNAPSHOT_KEY_FILE")); err != nil {
		return site, err
	}
	site.Issuer, err = issuer(env)
	return site, err
}

// outsideOf reads how people and programs are reached. There are no flags for it: what a
// command line says can be read by everybody on the machine, and this holds passwords.
func outsideOf(env func(string) string) web.Outside {
	return web.Outside{
		SMTP: env("JALON_SMTP_URL"), From: env("JALON_MAIL_FROM"),
		Webhook: env("JALON_WEBHOOK_URL"), Secret: env("JALON_WEBHOOK_SECRET"),
	}
}

// garbage is how much a server lets memory grow between two collections, in per cent
// of what it uses. Its work is small beside what the caches hold:
// Go's own 100 would take 40 MB more and answer hardly faster.
const garbage = 40

// serve answers on a listener until the context ends.
func serve(ctx context.Context, c *console, store *sql.Store, listener net.Listener, cfg web.Config, outside web.Outside) error {
	if c.env("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	log := cfg.Log
	live := web.NewLive(store, time.Now, log)
	if err := live.Refresh(ctx); err != nil {
		return err
	}
	build, err := executable()
	if err != nil {
		log.WarnContext(ctx, "browsers will ask for every page anew after a restart", "err", err)
	}
	cfg.Version, cfg.Revision, cfg.Build, cfg.Now = version, revision(), build, time.Now
	site, err := web.New(cfg, store, live)
	if err != nil {
		return err
	}
	postman, err := web.NewPostman(cfg, outside, store, live)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var beside sync.WaitGroup
	beside.Go(func() { c.warn(live.Run(ctx)) })
	beside.Go(func() { postman.Run(ctx) })
	beside.Go(func() { site.Archivist().Run(ctx) })
	defer func() { cancel(); beside.Wait() }()

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

// executable tells the running program from any other, of the same version too, by
// what its file holds.
func executable() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding the program's own file: %w", err)
	}
	file, err := os.Open(path) //nolint:gosec // the running program itself
	if err != nil {
		return "", fmt.Errorf("opening the program's own file: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", fmt.Errorf("reading the program's own file: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6]), nil
}
