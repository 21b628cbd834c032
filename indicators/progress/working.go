package progress

// A Working is the arithmetic behind a judgement: the formulas of the method, the
// numbers that one indicator puts in them and the thresholds the outcome is held
// against. It names no language: symbols are those of the method's doc comment.
type Working struct {
	Steps   []Step
	Symbols []Symbol
	Cuts    []Cut // best status first; none where levels alone decide
}

// A Step is one line of a working, such as "A = (v − b) ÷ (T − b)". The names to the
// right of the first "=" are Symbols, or results of steps before.
type Step struct {
	Formula string
	Result  Symbol // what stands to the left of "="
}

// A Symbol is a number of a working by its name.
type Symbol struct {
	Name     string
	Value    Number
	Quantity Quantity
	Year     int // of a reading; 0: of none
}

// A Cut is the least number, of the last step's kind, that gives a status.
type Cut struct {
	Status Status
	Least  float64
	// Most is set instead where less is better.
	Most     float64
	Upward   bool // Least counts, else Most
	Strict   bool // Most itself gives a worse status
	Quantity Quantity
}

// A Quantity says what a number counts, and so how it is written.
type Quantity string

// The quantities.
const (
	InUnit  Quantity = "unit"   // the indicator's unit
	PerYear Quantity = "change" // the indicator's unit per year
	Growth  Quantity = "growth" // a fraction per year
	Ratio   Quantity = "ratio"  // a share or quotient
	Percent Quantity = "percent"
	Years   Quantity = "years"
	Sign    Quantity = "sign" // +1 or -1
)

// sheet is a working in the making.
type sheet struct{ Working }

func (s *sheet) symbol(name string, value float64, q Quantity) {
	s.Symbols = append(s.Symbols, Symbol{Name: name, Value: Num(value), Quantity: q})
}

func (s *sheet) reading(name string, r Reading) {
	s.Symbols = append(s.Symbols, Symbol{name, Num(r.Value), InUnit, r.Year})
}

func (s *sheet) step(name string, q Quantity, formula string, result Number) {
	s.Steps = append(s.Steps, Step{name + " = " + formula, Symbol{Name: name, Value: result, Quantity: q}})
}

func (s *sheet) least(status Status, x float64, q Quantity) {
	s.Cuts = append(s.Cuts, Cut{Status: status, Least: x, Upward: true, Quantity: q})
}

func (s *sheet) most(status Status, x float64, q Quantity) {
	s.Cuts = append(s.Cuts, Cut{Status: status, Most: x, Quantity: q})
}

// below is most, that number itself excluded.
func (s *sheet) below(status Status, x float64, q Quantity) {
	s.Cuts = append(s.Cuts, Cut{Status: status, Most: x, Strict: true, Quantity: q})
}
