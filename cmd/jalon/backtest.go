package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"jalon/indicators"
)

// backtest tells how far projections can be trusted: what each model would have said
// of each indicator, once, and what came of it.
func (c *console) backtest(ctx context.Context, a *arguments, when string, asJSON bool) error {
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	p, err := picture(ctx, store, when)
	if err != nil {
		return err
	}
	versions, err := store.Versions(ctx, "", p.Newest().Number)
	if err != nil {
		return err
	}
	sum := indicators.NewBacktest()
	for n := range p.Indicators {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("testing the projections: %w", err)
		}
		code := p.Indicators[n].Code
		if principal := p.Principal(code); principal != nil {
			sum.Add(principal.Backtest(versions[code]))
		}
	}
	if asJSON {
		return c.json(sum.Models)
	}
	return c.tracks(p, sum)
}

// tracks prints the sum with what keeps it from saying more than it does.
func (c *console) tracks(p *indicators.Picture, sum *indicators.Backtest) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "MODEL\tSERIES\tTRIALS\tINSIDE 80 %\tSCORED\tBRIER")
	for _, m := range sum.Models {
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%d\t%s\n", m.Model, m.ByVintages+m.Rolling, m.Trials, share(m.Coverage()), m.Scored, value(m.Brier()))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the back-test: %w", err)
	}
	fmt.Fprintf(c.out, "%d of %d indicators tested: %d by vintages (what was known after each changeset), %d by rolling origin (the values known now)\n",
		sum.ByVintages+sum.Rolling, len(p.Indicators), sum.ByVintages, sum.Rolling)
	fmt.Fprintln(c.out, "the outcomes of one series overlap: they are no independent trials")
	fmt.Fprintf(c.out, "judged on %s, as of changeset %d\n", p.Day, p.Newest().Number)
	return nil
}
