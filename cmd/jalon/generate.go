package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"jalon/exchange/table"
	"jalon/indicators"
)

func runGenerate(ctx context.Context, c *console, a *arguments) error {
	count := a.Int("indicators", 100, "`number` of indicators")
	years := a.Int("years", 10, "`number` of years of observations, up to last year")
	monthly := a.Bool("monthly", false, "observations by month instead of by year")
	breakdowns := a.Int("breakdowns", 0, "`number` of series beside the total, for each indicator")
	seed := a.Uint64("seed", 1, "`number` that the figures follow from")
	out := a.String("out", "", "`folder` to write to")
	if err := a.parse(0, 0); err != nil {
		return err
	}
	switch {
	case *out == "":
		return usage("--out is missing: name the folder to write the tables to")
	case *count < 1 || *years < 1 || *years > 100 || *breakdowns < 0 || *breakdowns > maxBreakdowns:
		return usage("--indicators and --years are at least 1, --years at most 100, --breakdowns 0 to %d", maxBreakdowns)
	}
	g := generator{count: *count, years: *years, monthly: *monthly, breakdowns: *breakdowns, seed: *seed}
	if err := table.Write(*out, g.definitions(), func(yield func(indicators.Observation, error) bool) {
		for o := range g.observations {
			if ctx.Err() != nil {
				yield(o, ctx.Err())
				return
			}
			if !yield(o, nil) {
				return
			}
		}
	}); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%d indicators and %d observations are in %s\n", g.count, g.total(), *out)
	return nil
}

// maxBreakdowns is the two sexes times the age classes.
const maxBreakdowns = 200

// A generator makes a synthetic programme, the same for the same seed.
type generator struct {
	count, years, breakdowns int
	monthly                  bool
	seed                     uint64
}

// lastYear is fixed, so that the same seed gives the same programme in any year.
const lastYear = 2025

func (g *generator) total() int {
	periods := g.years
	if g.monthly {
		periods *= 12
	}
	return g.count * periods * (1 + g.breakdowns)
}

func (g *generator) definitions() *indicators.Definitions {
	baseline := 2015
	d := &indicators.Definitions{
		Settings:   []indicators.Setting{{Key: "time_zone", Value: "Africa/Tunis"}, {Key: "title_fr", Value: "Programme de synthèse"}},
		Frameworks: []indicators.Framework{{Code: "plan", Kind: "plan", Title: french("Plan"), Start: 2016, End: 2030, Baseline: &baseline}},
	}
	for n := range 5 {
		d.Groups = append(d.Groups, indicators.Group{Code: fmt.Sprint(n + 1), Title: french(fmt.Sprintf("Groupe %d", n+1))})
		d.Results = append(d.Results, indicators.Result{Framework: "plan", Code: fmt.Sprintf("R%d", n+1), Title: french(fmt.Sprintf("Résultat %d", n+1))})
	}
	frequency := indicators.Yearly
	if g.monthly {
		frequency = indicators.Monthly
	}
	for n := range g.count {
		direction, goal := indicators.Increase, int64(900)
		if n%3 == 0 {
			direction, goal = indicators.Decrease, 100
		}
		code := g.code(n)
		d.Indicators = append(d.Indicators, indicators.Indicator{
			Code: code, Title: french("Indicateur " + code), Groups: indicators.Codes{fmt.Sprint(n%5 + 1)}, Unit: "NUMBER", Kind: "number",
			Direction: direction, Accumulation: indicators.Level, Frequency: frequency, Breakdowns: indicators.Codes{"age", "sex"},
			Results: indicators.Links{{Framework: "plan", Result: fmt.Sprintf("R%d", n%5+1)}}, Source: "synthèse",
		})
		d.Targets = append(d.Targets,
			indicators.Target{Indicator: code, Kind: indicators.BaselineKind, Period: indicators.Year(2015), Value: indicators.Whole(500), Framework: "plan"},
			indicators.Target{Indicator: code, Kind: indicators.TargetKind, Period: indicators.Year(2030), Value: indicators.Whole(goal), Framework: "plan"})
	}
	return d
}

func (g *generator) code(n int) string { return fmt.Sprintf("G%05d", n+1) }

func french(text string) indicators.Text { return indicators.Text{FR: indicators.Optional(text)} }

// observations yields each indicator's total, then its breakdowns, by period.
func (g *generator) observations(yield func(indicators.Observation) bool) {
	for n := range g.count {
		for part := range 1 + g.breakdowns {
			random := rand.New(rand.NewPCG(g.seed, uint64(n)<<16|uint64(part))) //nolint:gosec // figures for load tests
			value := 400 + random.IntN(200)
			for _, period := range g.periods() {
				value = max(value+random.IntN(21)-10, 0)
				o := indicators.Observation{
					Indicator: g.code(n), Breakdown: breakdownOf(part), Review: indicators.Published,
					Figure: indicators.Figure{Period: period, Value: decimal(value*100 + random.IntN(100)), Status: "A", Source: "synthèse"},
				}
				if n%2 == 1 {
					o.Numerator, o.Denominator = o.Value, indicators.Whole(1)
				}
				if !yield(o) {
					return
				}
			}
		}
	}
}

func (g *generator) periods() []indicators.Period {
	var all []indicators.Period
	for year := lastYear - g.years + 1; year <= lastYear; year++ {
		if !g.monthly {
			all = append(all, indicators.Year(year))
			continue
		}
		january := indicators.Year(year) - 11 // one month long instead of twelve
		for later := range indicators.Period(12) {
			all = append(all, january+1000*later)
		}
	}
	return all
}

// breakdownOf is the total for 0, then women and men of one age class after another.
func breakdownOf(part int) indicators.Breakdown {
	if part == 0 {
		return indicators.Breakdown{}
	}
	sex := "F"
	if part%2 == 0 {
		sex = "M"
	}
	return indicators.Breakdown{Sex: sex, Age: fmt.Sprintf("%d-%d", (part-1)/2, (part-1)/2+1)}
}

// decimal is hundredths as a number with two digits after the point.
func decimal(hundredths int) indicators.Decimal {
	d, _ := indicators.ParseDecimal(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100))
	return d
}
