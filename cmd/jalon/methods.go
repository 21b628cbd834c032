package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"jalon/indicators"
	"jalon/indicators/progress"
)

func runMethods(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	when := a.String("as-of", "", "`when`, for backtest: a day, a month, an RFC 3339 time or #changeset")
	asJSON := a.Bool("json", false, "print what there is as JSON")
	if err := a.parse(1, 2); err != nil {
		return err
	}
	switch {
	case a.words[0] == "list" && len(a.words) == 1:
		return c.listMethods(*asJSON)
	case a.words[0] == "check" && len(a.words) == 2:
		return c.checkMethods(a.words[1], *asJSON)
	case a.words[0] == "backtest" && len(a.words) == 1:
		return c.backtest(ctx, a, *when, *asJSON)
	}
	return usage("methods %s: write list, backtest, or check and the file of vectors", a.words[0])
}

func (c *console) listMethods(asJSON bool) error {
	if asJSON {
		return c.json(progress.All())
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "METHOD\tVERSION\tKIND")
	for _, m := range progress.All() {
		fmt.Fprintf(w, "%s\t%d\t%s\n", m.Code, m.Version, m.Kind)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the methods: %w", err)
	}
	return nil
}

// checkMethods runs a file of reference vectors. It is refused if any fails: then the
// figures of this program are not those that the file vouches for.
func (c *console) checkMethods(path string, asJSON bool) error {
	file, err := os.Open(path) //nolint:gosec // whoever checks names the file
	if err != nil {
		return fmt.Errorf("opening the vectors: %w", err)
	}
	defer file.Close()
	report, err := progress.CheckVectors(file)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", indicators.ErrInvalid, path, err)
	}
	if asJSON {
		err = c.json(report)
	} else {
		c.vectors(report)
	}
	if report.Failed > 0 {
		err = errors.Join(err, fmt.Errorf("%w: %s: %d of %d vectors failed", indicators.ErrInvalid, path, report.Failed, len(report.Vectors)))
	}
	return err
}

// vectors prints those that failed or were skipped, and how many there were.
func (c *console) vectors(r progress.VectorReport) {
	for _, v := range r.Vectors {
		if v.Outcome == progress.Passed {
			continue
		}
		fmt.Fprintf(c.out, "%s %s %s", v.Outcome, v.ID, v.Method)
		if v.Problem != "" {
			fmt.Fprintf(c.out, ": %s", v.Problem)
		}
		fmt.Fprintln(c.out)
		for _, d := range v.Differences {
			fmt.Fprintf(c.out, "  %s: got %s, expected %s\n", d.Output, d.Got, d.Expected)
		}
	}
	fmt.Fprintf(c.out, "%d passed, %d failed, %d skipped\n", r.Passed, r.Failed, r.Skipped)
}
