package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"

	"jalon/indicators"
)

// errSevere is the state refused: something is most likely wrong, and nobody has said that
// it is right.
var errSevere = errors.New("severe findings stand that nobody has accepted: correct the figures, or accept the findings with a reason on the quality page")

func runCheck(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	when := a.String("as-of", "", "`when`: a day, a month, an RFC 3339 time or #changeset")
	asJSON := a.Bool("json", false, "print the findings as JSON")
	if err := a.parse(0, 0); err != nil {
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
	in, err := store.QualityInput(ctx, p.Newest().Number)
	if err != nil {
		return err
	}
	accepted, err := store.Acceptances(ctx, p.Newest().Number)
	if err != nil {
		return err
	}
	findings := p.Findings(in)
	if *asJSON {
		err = c.json(judged(findings, accepted))
	} else {
		err = c.findings(p, findings, accepted)
	}
	if err == nil && len(indicators.Blocking(findings, accepted)) > 0 {
		return errSevere
	}
	return err
}

// A judgedFinding is a finding with who has accepted it, if anybody has.
type judgedFinding struct {
	indicators.Finding
	Accepted *indicators.Acceptance `json:"accepted"`
}

func judged(findings []indicators.Finding, accepted map[string]indicators.Acceptance) []judgedFinding {
	all := make([]judgedFinding, len(findings))
	for n, f := range findings {
		all[n].Finding = f
		if by, stands := accepted[f.Mark]; stands {
			all[n].Accepted = &by
		}
	}
	return all
}

func (c *console) findings(p *indicators.Picture, findings []indicators.Finding, accepted map[string]indicators.Acceptance) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "SEVERITY\tRULE\tABOUT\tPERIOD\tACCEPTED\tDETAILS\n")
	counts, overdue, stand := map[indicators.Severity]int{}, 0, 0
	for n := range findings {
		f := &findings[n]
		about, by := f.Subject(), "-"
		if !f.Breakdown.IsTotal() {
			about += " " + f.Breakdown.Key()
		}
		if a, stands := accepted[f.Mark]; stands {
			by = fmt.Sprintf("#%d", a.Number)
			stand++
		} else {
			counts[f.Severity]++
		}
		if f.Rule == "overdue" {
			overdue++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", f.Severity, f.Rule, about, orDash(f.Period.String()), by, details(f.Details))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the findings: %w", err)
	}
	fmt.Fprintf(c.out, "judged on %s, as of changeset %d: %d severe, %d warnings, %d to know, %d accepted; %d overdue reports\n", p.Day, p.Newest().Number,
		counts[indicators.Severe], counts[indicators.Doubtful], counts[indicators.Slight], stand, overdue)
	return nil
}

// details writes what a finding speaks of as "value=40 before=38".
func details(all indicators.Details) string {
	text := ""
	for n, d := range all {
		if n > 0 {
			text += " "
		}
		text += d.Name + "=" + detail(d.Value)
	}
	return text
}

func detail(v any) string {
	switch v := v.(type) {
	case indicators.Amount:
		return strconv.FormatFloat(float64(v), 'g', 6, 64)
	case float64:
		return strconv.FormatFloat(v, 'g', 3, 64)
	case indicators.Aim:
		return target(v)
	case fmt.Stringer:
		return orDash(v.String())
	}
	return fmt.Sprint(v)
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
