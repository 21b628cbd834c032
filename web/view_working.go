package web

import (
	"html/template"
	"math"
	"regexp"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A working is "how was this computed": the arithmetic of one assessment with its own
// numbers, and everything it rests on.
type working struct {
	Method  methodName
	Version int
	Options []string
	Steps   []workingStep
	Symbols []term // in words, with their numbers
	Cuts    []statusRule
	Used    []usedRow
	Count   template.HTML // how many values, over how long, how old the last one is
}

// A workingStep is a formula, the same with numbers, and its result.
type workingStep struct {
	Formula string
	Numbers string
	Result  figure
}

// A usedRow is an observation that the status rests on.
type usedRow struct {
	Period    figure
	Value     value
	Remark    string
	Source    phrase
	Changeset int
	Known     figure // the day on which it became known
}

// A methodName is a method's code with its name in words.
type methodName struct{ Code, Name string }

func (v *view) methodName(code string) methodName {
	return methodName{code, v.l.T("method." + code + ".name")}
}

// working shows the arithmetic of an assessment; nil where nothing could be computed.
func (v *view) working(i *indicators.Indicator, a *indicators.Assessment) *working {
	if a.Method.Code == "" {
		return nil
	}
	first := a.Workings()[0]
	w := &working{Method: v.methodName(a.Method.Code), Version: a.Method.Version, Options: v.options(a.Method.Options)}
	w.Steps, w.Symbols = v.steps(i, &first)
	for _, c := range first.Cuts {
		w.Cuts = append(w.Cuts, statusRule{v.status(c.Status), v.cut(c, lastStep(first.Steps))})
	}
	for _, f := range a.Used() {
		row := usedRow{Period: v.period(f.Period), Value: v.bare(i, f.Value), Remark: v.remark(&f), Source: v.original(f.Source), Changeset: f.Since}
		if at := v.p.KnownAt(f.Since); !at.IsZero() {
			row.Known = v.date(indicators.DateOf(at.In(v.p.Zone())))
		}
		w.Used = append(w.Used, row)
	}
	w.Count = v.evidence(a)
	if len(w.Steps)+len(w.Used) == 0 {
		return nil
	}
	return w
}

func (v *view) options(given progress.Options) []string {
	var all []string
	for _, name := range given.Names() {
		all = append(all, name+" = "+v.l.Digits(strconv.FormatFloat(given[name], 'f', -1, 64)))
	}
	return all
}

func lastStep(steps []progress.Step) string {
	if len(steps) == 0 {
		return ""
	}
	return steps[len(steps)-1].Result.Name
}

// evidence says how many values there are, over how long, and how old the last one is:
// two points can be noise.
func (v *view) evidence(a *indicators.Assessment) template.HTML {
	first, last, count := v.p.Evidence(a)
	if count == 0 {
		return ""
	}
	months := v.p.Day.Month() - last.EndMonth()
	return sentence(v.l, "working.evidence", plural(v.l, "working.values", count), v.period(first), v.period(last), plural(v.l, "working.months", max(months, 0)))
}

// steps writes the formulas and the symbols in them.
func (v *view) steps(i *indicators.Indicator, w *indicators.Working) ([]workingStep, []term) {
	known := map[string]progress.Symbol{}
	var symbols []term
	name := func(s progress.Symbol) {
		known[s.Name] = s
		words := sentence(v.l, "symbol."+s.Name)
		if s.Year > 0 {
			words += " " + sentence(v.l, "working.of_year", figure(v.l.Period(s.Year, 1, 12)))
		}
		symbols = append(symbols, term{s.Name, words + sentence(v.l, "working.is", figure(v.quantity(i, s)))})
	}
	for _, s := range w.Symbols {
		name(s)
	}
	var steps []workingStep
	for n, s := range w.Steps {
		_, right, _ := strings.Cut(s.Formula, "=")
		right = strings.TrimSpace(right)
		step := workingStep{Formula: s.Formula, Result: figure(v.bareQuantity(i, s.Result, n < len(w.Steps)-1))}
		if numbers := v.filled(right, known); numbers != right {
			step.Numbers = numbers
		}
		steps = append(steps, step)
		if _, seen := known[s.Result.Name]; !seen {
			name(s.Result)
		}
	}
	return steps, symbols
}

// symbolName finds the names in a formula; "max" is none of ours.
func symbolName() *regexp.Regexp { return regexp.MustCompile(`[A-Za-zσ][A-Za-z0-9]*`) }

// filled puts numbers in the place of names, with more digits than results are shown
// with, so that whoever reckons comes to the same.
func (v *view) filled(formula string, known map[string]progress.Symbol) string {
	return symbolName().ReplaceAllStringFunc(formula, func(name string) string {
		s, found := known[name]
		if !found {
			return name
		}
		number := v.full(s)
		if s.Value.Value < 0 && s.Quantity != progress.Sign {
			return "(" + number + ")"
		}
		return number
	})
}

// full writes a number with eight digits, those that matter: as it was given, mostly.
func (v *view) full(s progress.Symbol) string {
	x := s.Value.Value
	switch s.Quantity {
	case progress.Growth:
		return v.l.WithPercent(v.l.Digits(significant(100*x, 7)))
	case progress.Sign:
		return v.l.Signed(x, 0)
	}
	return v.l.Digits(significant(x, 8))
}

// significant is a number in plain digits, of which so many count, without zeros at
// the end.
func significant(x float64, count int) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', count, 64), 64)
	if err != nil {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// quantity writes a number of a working with what it counts.
func (v *view) quantity(i *indicators.Indicator, s progress.Symbol) string {
	number := v.plainQuantity(i, s)
	switch s.Quantity {
	case progress.InUnit:
		return string(v.inUnit(i, number))
	case progress.PerYear:
		return string(v.worded("working.per_year", string(v.change(i, s.Value))))
	case progress.Growth:
		return string(v.worded("working.per_year", number))
	case progress.Years:
		return v.years(s.Value.Value)
	case progress.Percent:
		return v.l.WithPercent(number)
	}
	return number
}

// years writes a duration.
func (v *view) years(x float64) string {
	if x == math.Trunc(x) && x >= 0 && x < 10_000 {
		return v.l.N("working.whole_years", int(x))
	}
	return string(v.worded("working.years", v.l.Number(x, 2)))
}

// bareQuantity is a result with its unit, without the words that say per what; one that
// is reckoned with further on, with all its digits.
func (v *view) bareQuantity(i *indicators.Indicator, s progress.Symbol, further bool) string {
	switch {
	case further && s.Quantity != progress.InUnit && s.Quantity != progress.PerYear:
		return v.full(s)
	case s.Quantity == progress.InUnit:
		return string(v.inUnit(i, v.plainQuantity(i, s)))
	case s.Quantity == progress.PerYear:
		return string(v.change(i, s.Value))
	case s.Quantity == progress.Percent:
		return v.l.WithPercent(v.plainQuantity(i, s))
	}
	return v.plainQuantity(i, s)
}

// plainQuantity writes the number alone: growth as a percentage, as it is spoken of.
func (v *view) plainQuantity(i *indicators.Indicator, s progress.Symbol) string {
	x := s.Value.Value
	switch s.Quantity {
	case progress.InUnit, progress.PerYear:
		return v.l.Number(x, max(decimals(i, x), digits(x)))
	case progress.Growth:
		return v.l.Percent(x, growthDecimals(x, 2))
	case progress.Percent:
		return v.l.Number(x, 1)
	case progress.Sign:
		return v.l.Signed(x, 0)
	}
	return v.l.Number(x, 3)
}

// growthDecimals is how many decimals a rate of growth has as a percentage: at least so
// many, and one more for each zero after the point, for 0,0 % is no rate.
func growthDecimals(x float64, least int) int {
	if size := math.Abs(100 * x); size > 0 && size < 1 {
		return min(least-1-int(math.Floor(math.Log10(size))), 6)
	}
	return least
}

// digits is how many decimals show three digits of a number, so that the arithmetic
// can be followed.
func digits(x float64) int {
	switch size := math.Abs(x); {
	case size == 0 || size >= 100:
		return 0
	case size >= 1:
		return 2
	default:
		return min(2-int(math.Floor(math.Log10(size))), 6)
	}
}

// cut writes from where on a status is given: "S ≥ 0,95".
func (v *view) cut(c progress.Cut, name string) template.HTML {
	sign, x := "≥", c.Least
	if !c.Upward {
		sign, x = "≤", c.Most
	}
	if !c.Upward && c.Strict {
		sign = "<"
	}
	s := progress.Symbol{Value: progress.Num(x), Quantity: c.Quantity}
	number := v.l.Number(x, 2)
	if c.Quantity == progress.Growth || c.Quantity == progress.Percent {
		number = strings.TrimSpace(v.quantityOfCut(s))
	}
	return figure(name + " " + sign + " " + number).HTML()
}

func (v *view) quantityOfCut(s progress.Symbol) string {
	if s.Quantity == progress.Growth {
		return string(v.worded("working.per_year", v.l.Percent(s.Value.Value, 2)))
	}
	return v.l.WithPercent(v.l.Number(s.Value.Value, 0))
}
