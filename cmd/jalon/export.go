package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"time"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
	"jalon/web"
)

func runExport(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	formats := append([]string{"csv"}, web.PortfolioFormats()...)
	format := a.String("format", "csv", "`form` of the files: csv, the tables of the workbook; xlsx and iati, what is funded and what came of it")
	out := a.String("out", "", "`path` to write to: a folder of csv, else a file; without it a file goes to standard output")
	when := a.String("as-of", "", "`when`: a day, a month, an RFC 3339 time or #changeset")
	donor := a.String("donor", "", "`code` of the donor whose portfolio xlsx and iati hold; none: what all donors fund")
	lang := a.String("lang", "fr", "`language` of xlsx")
	site := a.String("public-url", "", "`address` of the site that files lead to; none: JALON_PUBLIC_URL, else they lead nowhere")
	if err := a.parse(0, 0); err != nil {
		return err
	}
	e := exportedPortfolio{out: *out, question: web.PortfolioQuestion{Donor: *donor, Lang: *lang, Format: *format, AsOf: *when}}
	switch {
	case !slices.Contains(formats, *format):
		return usage("--format %s: write one of %s", *format, strings.Join(formats, ", "))
	case *format == "csv" && *donor != "":
		return usage("--donor goes with --format xlsx or iati: the tables of csv are those of the whole programme")
	case *format == "csv" && *out == "":
		return usage("--out is missing: name the folder to write the tables to")
	case !slices.Contains(locale.Codes(), *lang):
		return usage("--lang %s: write one of %v", *lang, locale.Codes())
	}
	var err error
	if e.site, err = publicURL(firstOf(*site, c.env("JALON_PUBLIC_URL"))); err != nil {
		return err
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	if *format != "csv" {
		return e.write(ctx, c, store)
	}
	return exportTables(ctx, c, store, *when, *out)
}

// exportTables writes the workbook as a folder of tables.
func exportTables(ctx context.Context, c *console, store *sql.Store, when, out string) error {
	p, err := picture(ctx, store, when)
	if err != nil {
		return err
	}
	if p.Newest().Number == 0 {
		return fmt.Errorf("%w: nothing has been recorded yet, so there is nothing to export: import a programme first", indicators.ErrNotFound)
	}
	if err := table.Write(out, p.Definitions.WithRules(), byValue(store.EachObservation(ctx, p.Newest().Number))); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "the content as of changeset %d is in %s\n", p.Newest().Number, out)
	return nil
}

// An exportedPortfolio is which portfolio is to be written, and where.
type exportedPortfolio struct {
	question web.PortfolioQuestion
	out      string // a file; empty: standard output
	site     string // that its links lead to; empty: there are none
}

// write writes the portfolio as the pages give it: the whole of it, or nothing.
func (e *exportedPortfolio) write(ctx context.Context, c *console, store *sql.Store) error {
	site, err := siteOver(ctx, c, store, e.site)
	if err != nil {
		return err
	}
	if e.out == "" {
		return site.Portfolio(ctx, c.out, e.question)
	}
	if err := writeWhole(e.out, func(w io.Writer) error { return site.Portfolio(ctx, w, e.question) }); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "the portfolio is in %s\n", e.out)
	return nil
}

// siteOver is the site over a database, for what a command writes just as its pages do.
func siteOver(ctx context.Context, c *console, store *sql.Store, public string) (*web.Server, error) {
	live := web.NewLive(store, time.Now, slog.New(slog.DiscardHandler))
	if err := live.Refresh(ctx); err != nil {
		return nil, err
	}
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return web.New(web.Config{Version: version, PublicURL: public, Now: time.Now, Log: log}, store, live)
}

func byValue(all iter.Seq2[*indicators.Observation, error]) iter.Seq2[indicators.Observation, error] {
	return func(yield func(indicators.Observation, error) bool) {
		for o, err := range all {
			if err != nil {
				yield(indicators.Observation{}, err)
				return
			}
			if !yield(*o, nil) {
				return
			}
		}
	}
}
