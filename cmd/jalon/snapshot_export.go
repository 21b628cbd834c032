package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"jalon/indicators"
	"jalon/locale"
	"jalon/web"
)

// exporting is which report is to be written, as what, where.
type exporting struct {
	number, format, lang, out string
	site                      string // that its links lead to; empty: they lead nowhere
}

// check refuses what cannot be done before any work.
func (e *exporting) check(c *console, public string) (err error) {
	switch {
	case !slices.Contains(web.ReportFormats(), e.format):
		return usage("--format %s: write one of %v", e.format, web.ReportFormats())
	case !slices.Contains(locale.Codes(), e.lang):
		return usage("--lang %s: write one of %v", e.lang, locale.Codes())
	case e.out == "":
		return usage("snapshot export: say where to with --out FILE")
	}
	if e.format == "pdf" {
		if _, err := web.Browser(); err != nil {
			return fmt.Errorf("%w: %w: jalon snapshot export %s --format html --lang %s --out report.html", indicators.ErrInvalid, err, e.number, e.lang)
		}
	}
	e.site, err = publicURL(firstOf(public, c.env("JALON_PUBLIC_URL")))
	return err
}

// export writes the report of a snapshot to a file: the whole of it, or nothing.
func (s snapshots) export(ctx context.Context, e exporting) error {
	live := web.NewLive(s.store, time.Now, slog.New(slog.DiscardHandler))
	if err := live.Refresh(ctx); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	site, err := web.New(web.Config{Version: version, PublicURL: e.site, Now: time.Now, Log: log}, s.store, live)
	if err != nil {
		return err
	}
	body, err := site.Report(ctx, e.number, e.lang, e.format)
	if err != nil {
		return err
	}
	if err := writeWhole(e.out, body); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: %d bytes\n", e.out, len(body))
	return nil
}

// writeWhole writes a file beside its place first, so that there is never half of it.
func writeWhole(name string, body []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(name), ".jalon-*")
	if err != nil {
		return fmt.Errorf("%w: cannot write to %s: %w", indicators.ErrInvalid, filepath.Dir(name), err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // what was begun is of no use
		}
	}()
	_, err = file.Write(body)
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	if err = os.Rename(file.Name(), name); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
