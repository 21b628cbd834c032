package web

import (
	"html/template"
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
