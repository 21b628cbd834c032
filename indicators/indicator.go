package indicators

// An Indicator is one measurable quantity, for example "cost of sending
// remittances". Baseline, targets and observations all share Unit.
type Indicator struct {
	Code         string    `db:"code" json:"code"` // stable and public: "REM-COST"
	Title        Text      `db:"title" json:"title"`
	Actions      Codes     `db:"actions" json:"actions"` // none: a national indicator
	Groups       Codes     `db:"groups" json:"groups"`   // that follow a national indicator
	ResultType   Optional  `db:"result_type" json:"result_type"`
	Unit         string    `db:"unit" json:"unit"`             // as stored: "PERCENT", "TND"
	UnitShown    Text      `db:"unit_shown" json:"unit_shown"` // as shown: "%", "dinars"
	Kind         string    `db:"kind" json:"kind"`
	Direction    string    `db:"direction" json:"direction"`
	Accumulation string    `db:"accumulation" json:"accumulation"`
	Frequency    Frequency `db:"frequency" json:"frequency"`
	Decimals     *int      `db:"decimals" json:"decimals"` // digits shown after the point
	Min          Decimal   `db:"min" json:"min"`           // natural bounds of a value
	Max          Decimal   `db:"max" json:"max"`
	Factor       Decimal   `db:"factor" json:"factor"` // value = Factor × numerator ÷ denominator
	Method       Optional  `db:"method" json:"method"` // in place of the framework's
	Responsible  Optional  `db:"responsible" json:"responsible"`
	DueDays      *int      `db:"due_days" json:"due_days"` // days after the period by which it is reported
	Key          bool      `db:"key" json:"key"`
	Breakdowns   Codes     `db:"breakdowns" json:"breakdowns"` // dimensions it may be broken down by
	Additive     Codes     `db:"additive" json:"additive"`     // those whose parts add up to the total
	Results      Links     `db:"results" json:"results"`
	External     Codes     `db:"external" json:"external"` // codes elsewhere: "sdg:10.c.1"
	Source       Optional  `db:"source" json:"source"`
	Definition   Text      `db:"definition" json:"definition"`
	Illustrative bool      `db:"illustrative" json:"illustrative"`
}

// The directions in which an indicator is wanted to move.
const (
	Increase = "increase"
	Decrease = "decrease"
	Maintain = "maintain"
)

// How the values of several periods make one.
const (
	Level      = "level"      // the latest, or their mean
	Flow       = "flow"       // their sum
	Cumulative = "cumulative" // the latest, which holds all before it
)

// IndicatorKinds lists what an indicator can measure.
func IndicatorKinds() []string {
	return []string{"number", "percent", "ratio", "rate", "amount", "index", "binary", "scale"}
}

// Directions, Accumulations, Frequencies and ResultTypes list the allowed words.
func Directions() []string { return []string{Increase, Decrease, Maintain} }

// Accumulations lists how the values of several periods make one.
func Accumulations() []string { return []string{Level, Flow, Cumulative} }

// Frequencies lists how often an indicator can be reported.
func Frequencies() []string {
	return []string{string(Monthly), string(Quarterly), string(HalfYearly), string(Yearly)}
}

// ResultTypes lists where in a chain of results an indicator stands.
func ResultTypes() []string { return []string{"output", "outcome", "impact"} }

// Bounds gives the natural bounds of a value; a percentage without any lies
// between 0 and 100, a binary is 0 or 1. An absent bound is not set.
func (i *Indicator) Bounds() (low, high Decimal) {
	switch {
	case i.Kind == "percent" && !i.Min.IsSet() && !i.Max.IsSet():
		return Whole(0), Whole(100)
	case i.Kind == "binary":
		return Whole(0), Whole(1)
	}
	return i.Min, i.Max
}

// Quotient is Factor × numerator ÷ denominator; the factor of a percentage is
// 100 unless another is given.
func (i *Indicator) Quotient(numerator, denominator Decimal) (Decimal, error) {
	return DecimalOf(i.factor() * numerator.Float() / denominator.Float())
}

func (i *Indicator) factor() float64 {
	switch {
	case i.Factor.IsSet():
		return i.Factor.Float()
	case i.Kind == "percent":
		return 100
	}
	return 1
}

// isQuotient tells whether a value is one number over another.
func (i *Indicator) isQuotient() bool {
	return i.Kind == "percent" || i.Kind == "ratio" || i.Kind == "rate"
}

func (c *checker) indicators() {
	for n := range c.d.Indicators {
		i := &c.d.Indicators[n]
		c.row("indicators", i.EntryKey())
		c.code("code", i.Code)
		c.required("title_fr", string(i.Title.FR))
		c.required("unit", i.Unit)
		c.oneOf("kind", i.Kind, IndicatorKinds())
		c.oneOf("direction", i.Direction, Directions())
		c.oneOf("accumulation", i.Accumulation, Accumulations())
		c.oneOf("frequency", string(i.Frequency), Frequencies())
		c.optional("result_type", i.ResultType, ResultTypes())
		c.method(i.Method)
		if i.Decimals != nil && (*i.Decimals < 0 || *i.Decimals > 9) {
			c.fault("decimals", "%d is not a number of decimals: write 0 to 9", *i.Decimals)
		}
		if low, high := i.Bounds(); low.IsSet() && high.IsSet() && !low.Less(high) {
			c.fault("max", "the largest possible value, %s, is not above the smallest, %s: correct one of them", high, low)
		}
		c.sense(i)
		c.references(i)
	}
}

// sense refuses what no value could mean: a sum of what does not add up, a stage of
// nobody knows how many.
func (c *checker) sense(i *Indicator) {
	switch i.Kind {
	case "percent", "ratio", "rate", "index", "binary", "scale":
		if i.Accumulation == Flow {
			c.newFault("accumulation", "values of the kind %s never add up over time: write %s, or another kind such as number or amount", i.Kind, Level)
		}
	}
	isStage := func(d Decimal) bool { return d.IsSet() && d.isWhole() }
	if i.Kind == "scale" && !(isStage(i.Min) && isStage(i.Max)) {
		column := "min"
		if isStage(i.Min) {
			column = "max"
		}
		c.newFault(column, "a scale has a first and a last stage: write whole numbers in min and max, such as 1 and 5")
	}
}

func (c *checker) references(i *Indicator) {
	for _, action := range i.Actions {
		refers(c, "actions", "actions", action, c.index.actions)
	}
	for _, group := range i.Groups {
		refers(c, "groups", "groups", group, c.index.groups)
	}
	refers(c, "responsible", "organisations", string(i.Responsible), c.index.organisations)
	c.links("results", i.Results)
	for _, dimension := range i.Breakdowns {
		if !c.index.hasDimension(dimension) {
			c.lacks("breakdowns", "categories "+dimension+"=", Say("%s is not a dimension: write sex, age, governorate, or one of the table categories", Quote(dimension)))
		}
	}
	for _, dimension := range i.Additive {
		if !i.Breakdowns.Has(dimension) {
			c.fault("additive", "%s is not among the breakdowns: add it there, or leave it out here", Quote(dimension))
		}
	}
}
