package web

import (
	"fmt"
	"math"
	"time"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A value is an indicator's figure as shown, with every digit for whoever asks.
type value struct {
	Shown figure
	Exact string // machine-readable; empty where the figure is computed
}

// noise is how far from zero a computed value may be that would be zero if binary
// fractions were exact.
const noise = 1e-9

// amount writes a computed value in the indicator's unit.
func (v *view) amount(i *indicators.Indicator, x float64) figure {
	places := decimals(i, x)
	if i.Decimals == nil && math.Abs(x) < noise {
		places = 0 // "0" stands beside "1000" and "0.25" alike, "0.000" beside neither
	}
	return v.inUnit(i, v.l.Number(x, places))
}

// optional writes a computed value that may not exist.
func (v *view) optional(i *indicators.Indicator, n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	return v.amount(i, n.Value)
}

// stored writes a value as it was given, rounded only where the indicator says how
// many decimals are shown.
func (v *view) stored(i *indicators.Indicator, d indicators.Decimal) value {
	if !d.IsSet() {
		return value{}
	}
	return value{v.inUnit(i, v.digits(i, d)), d.String()}
}

// bare is stored without the unit, for columns whose heading names it.
func (v *view) bare(i *indicators.Indicator, d indicators.Decimal) value {
	if !d.IsSet() {
		return value{}
	}
	if i.Kind == "binary" {
		return v.stored(i, d)
	}
	return value{figure(v.digits(i, d)), d.String()}
}

func (v *view) digits(i *indicators.Indicator, d indicators.Decimal) string {
	shown := decimals(i, d.Float())
	if d.Scale() > shown {
		return v.l.Number(d.Float(), shown)
	}
	return v.l.Digits(d.String())
}

// decimals is how many digits after the point are shown: what the indicator asks
// for, else fewer the larger the value.
func decimals(i *indicators.Indicator, x float64) int {
	switch size := math.Abs(x); {
	case i.Decimals != nil:
		return *i.Decimals
	case size >= 1000:
		return 0
	case size >= 10:
		return 1
	case size >= 1:
		return 2
	}
	return 3
}

// inUnit adds the unit to a number already written; a stage is told of how many.
func (v *view) inUnit(i *indicators.Indicator, number string) figure {
	if _, most := i.Bounds(); i.Kind == "scale" && most.IsSet() {
		return v.worded("value.stage", number, v.l.Digits(most.String()))
	}
	if i.Kind == "binary" {
		if number == "1" {
			return figure(v.l.T("value.yes"))
		}
		return figure(v.l.T("value.no"))
	}
	unit := v.unit(i).Text
	switch unit {
	case "":
		return figure(number)
	case "%":
		return figure(v.l.WithPercent(number))
	}
	return v.counted(number, unit)
}

// counted is a number with what it counts.
func (v *view) counted(number, unit string) figure {
	return figure(v.l.Isolate(number) + "\u00a0" + unit)
}

// worded is a text of the catalogue about numbers that keep their own direction,
// where the whole is to be a part of a sentence.
func (v *view) worded(key string, numbers ...string) figure {
	parts := make([]any, len(numbers))
	for n, number := range numbers {
		parts[n] = v.l.Isolate(number)
	}
	return figure(v.l.T(key, parts...))
}

// unit is the indicator's unit as shown.
func (v *view) unit(i *indicators.Indicator) phrase {
	if i.UnitShown.Empty() {
		return phrase{Text: i.Unit}
	}
	return v.phrase(i.UnitShown)
}

// share writes a share of the way as a percentage, without decimals unless it is
// near a limit that rounding would hide.
func (v *view) share(n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	places := 0
	if rounded := math.Round(n.Value * 100); (rounded == 0 || rounded == 100) && rounded != n.Value*100 {
		places = 1
	}
	return figure(v.l.Percent(n.Value, places))
}

// score writes a score from -5 to +5 with its sign.
func (v *view) score(n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	return figure(v.l.Signed(n.Value, 1))
}

// period writes a period in full: "mars 2026".
func (v *view) period(p indicators.Period) figure {
	return figure(v.l.Period(p.Year(), p.StartMonth()%12+1, p.Months()))
}

// during writes a period after its preposition: "en mars 2026", "sur 2016–2020".
func (v *view) during(p indicators.Period) string {
	return string(v.worded("during."+periodKind(p), string(v.period(p))))
}

// periodKind is the word for a period's length, by which prepositions differ.
func periodKind(p indicators.Period) string {
	switch p.Months() {
	case 1:
		return "month"
	case 3:
		return "quarter"
	case 6:
		return "semester"
	case 12:
		return "year"
	}
	return "span"
}

// date writes a day in full; nothing for no day.
// moment writes a day and an hour of the programme's clock.
func (v *view) moment(t time.Time) figure { return figure(v.l.Moment(t.In(v.p.Zone()))) }

func (v *view) date(d indicators.Date) figure {
	if d == 0 {
		return ""
	}
	return figure(v.l.Date(d.Time()))
}

// aim writes what a target asks for: "3 %", "moins de 3 %", "entre 2 et 4 %".
func (v *view) aim(i *indicators.Indicator, value, low, high indicators.Decimal, comparison indicators.Optional) figure {
	if low.IsSet() && high.IsSet() {
		return v.worded("aim.range", v.digits(i, low), string(v.stored(i, high).Shown))
	}
	if comparison == "" {
		return v.stored(i, value).Shown
	}
	return v.worded("aim."+string(comparison), string(v.stored(i, value).Shown))
}

func (v *view) target(i *indicators.Indicator, a *indicators.Aim) figure {
	if !a.IsSet() {
		return ""
	}
	return v.aim(i, a.Value, a.Low, a.High, a.Comparison)
}

// money writes an amount with its currency: "620 000 EUR".
func (v *view) money(amount indicators.Decimal, currency string) figure {
	return figure(fmt.Sprintf("%s\u00a0%s", v.l.Digits(amount.Canonical().String()), currency))
}
