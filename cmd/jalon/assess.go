package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"jalon/indicators"
	"jalon/indicators/progress"
)

func runAssess(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	when := a.String("as-of", "", "`when`: a day, a month, an RFC 3339 time or #changeset")
	asJSON := a.Bool("json", false, "print the objects of the API")
	if err := a.parse(0, -1); err != nil {
		return err
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	p, err := picture(ctx, store, *when)
	if err != nil {
		return err
	}
	var unknown []string
	for _, code := range a.words {
		if p.Indicator(code) == nil {
			unknown = append(unknown, code)
		}
	}
	if len(unknown) > 0 {
		return fmt.Errorf("%w: there is no indicator %s", indicators.ErrNotFound, strings.Join(unknown, ", "))
	}
	chosen := []indicators.Assessment{}
	for n := range p.Assessments {
		if len(a.words) == 0 || slices.Contains(a.words, p.Assessments[n].Indicator) {
			chosen = append(chosen, p.Assessments[n])
		}
	}
	if *asJSON {
		return c.json(chosen)
	}
	return c.assessments(p, chosen)
}

func (c *console) assessments(p *indicators.Picture, chosen []indicators.Assessment) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "INDICATOR\tFRAMEWORK\tPERIOD\tVALUE\tBASELINE\tTARGET\tACHIEVED\tEXPECTED\tSTATUS\tREASON\tMETHOD\tAGREE\n")
	for n := range chosen {
		a := &chosen[n]
		code := a.Indicator
		if !a.Breakdown.IsTotal() {
			code += " " + a.Breakdown.Key()
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", code, a.Framework, a.Latest.Period, value(a.Latest.Value),
			value(a.Baseline.Value), target(a.Target), share(a.Achievement), share(a.Expected), a.Status, a.Reason,
			method(&a.Method), agreement(a.Agree()))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the assessments: %w", err)
	}
	fmt.Fprintf(c.out, "judged on %s, as of changeset %d\n", p.Day, p.Newest().Number)
	return nil
}

// agreement tells whether the methods agree; nothing can be said of one alone.
func agreement(agree *bool) string {
	switch {
	case agree == nil:
		return "-"
	case *agree:
		return "yes"
	}
	return "no"
}

// method is written as a workbook chooses it, so that it can be pasted there; one that
// is not known here stands as it was chosen.
func method(m *indicators.Method) string {
	if m.Version == 0 {
		return m.Code
	}
	text := fmt.Sprintf("%s@%d", m.Code, m.Version)
	for _, name := range m.Options.Names() {
		text += " " + name + "=" + strconv.FormatFloat(m.Options[name], 'f', -1, 64)
	}
	return text
}

// value is to six digits, and to the unit where there are more before the point.
func value(n progress.Number) string {
	if !n.Valid {
		return "-"
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n.Value, 'g', 6, 64), 64)
	if err != nil || math.Abs(n.Value) >= 1e6 {
		rounded = math.Round(n.Value)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func share(n progress.Number) string {
	if !n.Valid {
		return "-"
	}
	return strconv.FormatFloat(100*n.Value, 'f', 1, 64) + " %"
}

func target(a indicators.Aim) string {
	switch {
	case !a.IsSet():
		return "-"
	case a.Low.IsSet():
		return fmt.Sprintf("%s to %s (%s)", a.Low, a.High, a.Period)
	}
	return fmt.Sprintf("%s (%s)", a.Value, a.Period)
}
