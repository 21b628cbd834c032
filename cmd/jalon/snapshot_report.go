package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"jalon/indicators"
	"jalon/locale"
	"jalon/web"
)

// exporting is which report is to be written, as what, where.
type exporting struct {
	number, format, lang, out string
	site                      string // that its links lead to; empty: they lead nowhere
}

// report is the act of writing the report of a snapshot.
func (f *snapshotFlags) report(number string) (func(context.Context, snapshots) error, error) {
	e := exporting{number: number, format: f.format, lang: f.lang, out: f.file}
	if err := e.check(f.site); err != nil {
		return nil, err
	}
	return func(ctx context.Context, s snapshots) error { return s.exportReport(ctx, e) }, nil
}

// check refuses what cannot be done before any work.
func (e *exporting) check(public string) (err error) {
	switch {
	case !slices.Contains(web.ReportFormats(), e.format):
		return usage("--format %s: write json or one of %v", e.format, web.ReportFormats())
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
	e.site, err = publicURL(public)
	return err
}

// exportReport writes the report of a snapshot to a file: the whole of it, or nothing.
func (s snapshots) exportReport(ctx context.Context, e exporting) error {
	site, err := siteOver(ctx, s.console, s.store, e.site)
	if err != nil {
		return err
	}
	body, err := site.Report(ctx, e.number, e.lang, e.format)
	if err != nil {
		return err
	}
	if err := writeWhole(e.out, func(w io.Writer) error { _, err := w.Write(body); return err }); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: %d bytes\n", e.out, len(body))
	return nil
}
