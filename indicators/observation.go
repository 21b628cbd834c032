package indicators

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// A Figure is the value of one period, with how good it is and who made it known.
type Figure struct {
	Period      Period   `db:"period" json:"period"`
	Value       Decimal  `db:"value" json:"value"` // absent where Status says missing or withheld
	Numerator   Decimal  `db:"numerator" json:"numerator"`
	Denominator Decimal  `db:"denominator" json:"denominator"`
	Status      string   `db:"obs_status" json:"obs_status"` // SDMX code, one of ObservationStatuses
	Partial     bool     `db:"partial" json:"partial"`       // not the whole period
	Source      Optional `db:"source" json:"source"`
	Since       int      `db:"since" json:"changeset"` // changeset that made it known
	Protected   bool     `db:"-" json:"-"`             // withheld for the sake of the persons it tells of
}

// An Observation is one measured value of an indicator. It is never overwritten:
// a correction is a new version, begun by a later changeset.
type Observation struct {
	Indicator string `db:"indicator" json:"indicator"`
	Figure
	Breakdown Breakdown `db:"breakdown" json:"breakdown"`
	Comment   Optional  `db:"comment" json:"comment"`
	Evidence  Optional  `db:"evidence" json:"evidence"`
	Review    Review    `db:"review" json:"status"`
	Erased    Optional  `db:"comment_sha256" json:"-"` // SHA-256 of the comment that was here
}

// ObservationStatuses lists the SDMX codes in use: normal, provisional,
// estimated, break in series, missing, withheld.
func ObservationStatuses() []string { return []string{"A", "P", "E", "B", "O", "Q"} }

// WithoutValue tells whether a status stands in for a value.
func WithoutValue(status string) bool { return status == "O" || status == "Q" }

// A Review is how far an observation has come on its way to the public.
type Review int16

// The states of review, in their order.
const (
	Draft Review = iota
	Submitted
	Verified
	Published
)

// Reviews lists the names of the states, in their order.
func Reviews() []string { return []string{"draft", "submitted", "verified", "published"} }

// String is the name of the state.
func (r Review) String() string { return Reviews()[r] }

// MarshalJSON writes the name.
func (r Review) MarshalJSON() ([]byte, error) { return json.Marshal(r.String()) }

// UnmarshalJSON reads what MarshalJSON writes.
func (r *Review) UnmarshalJSON(data []byte) error {
	var name string
	if err := json.Unmarshal(data, &name); err != nil {
		return err
	}
	n := slices.Index(Reviews(), name)
	if n < 0 {
		return fmt.Errorf("%w: %s is no state of review", ErrInvalid, Quote(name))
	}
	*r = Review(n) // #nosec G115 -- there are four
	return nil
}

// A Checker holds observations, one or a million, against the definitions.
type Checker struct {
	index index
	today Date
}

// NewChecker checks by these definitions; no period may begin after today.
func NewChecker(d *Definitions, today Date) *Checker {
	return &Checker{index: newIndex(d), today: today}
}

// Check gives the column and the sentence for the first thing wrong with an
// observation, or nothing; CheckNew is apart. It fills in a value that only
// numerator and denominator give.
func (c *Checker) Check(o *Observation) (column string, message Sentence) {
	i, found := c.index.indicators[o.Indicator]
	switch {
	case !found:
		return "indicator", notThere(o.Indicator, "indicators")
	case o.Period.Start() > c.today:
		return "period", Say("%s has not begun: only what can have been observed is entered", o.Period)
	case !slices.Contains(ObservationStatuses(), o.Status):
		return "obs_status", Say("%s is not allowed here: write A, P, E, B, O or Q", Quote(o.Status))
	}
	if column, message := checkValue(&o.Figure, i); !message.IsZero() {
		return column, message
	}
	return c.index.checkBreakdown(o.Breakdown, i)
}

func checkValue(f *Figure, i *Indicator) (column string, message Sentence) {
	quotient := f.Numerator.IsSet() || f.Denominator.IsSet()
	switch {
	case WithoutValue(f.Status) && (f.Value.IsSet() || quotient):
		return "value", Say("a value stands beside obs_status %s, which says there is none: empty one of the two cells", f.Status)
	case WithoutValue(f.Status):
		return "", Sentence{}
	case !f.Value.IsSet() && !quotient:
		return "value", Say("a value is required: fill the cell, or write O (missing) or Q (withheld) in obs_status")
	case f.Numerator.IsSet() != f.Denominator.IsSet():
		return "denominator", Say("numerator and denominator go together: fill both cells, or neither")
	case quotient && f.Denominator.Float() == 0:
		return "denominator", Say("0 cannot be divided by: correct it, or leave numerator and denominator empty")
	case quotient:
		value, err := i.Quotient(f.Numerator, f.Denominator)
		if err != nil {
			return "numerator", Say("numerator and denominator give no usable value: %s", SentenceOf(err))
		}
		if f.Value.IsSet() && !roundsTo(value, f.Value) {
			return "value", Say("%s is not what numerator and denominator give, %s: correct one of the three", f.Value, value)
		}
		if !f.Value.IsSet() {
			f.Value = value
		}
	}
	low, high := i.Bounds()
	if low.IsSet() && f.Value.Less(low) || high.IsSet() && high.Less(f.Value) {
		return "value", Say("%s lies outside what %s can be, %s: correct the value, or min and max of the indicator", f.Value, i.Code, boundsWords(low, high))
	}
	if i.Kind == "binary" && !f.Value.isWhole() {
		return "value", Say("%s is neither 0 (no) nor 1 (yes)", f.Value)
	}
	return "", Sentence{}
}

// roundsTo tells whether a computed value, of 15 digits, is the given one but for
// what rounding to the given one's last digit may take off.
func roundsTo(computed, given Decimal) bool {
	difference := math.Abs(computed.Float() - given.Float())
	return difference <= 0.51*math.Pow10(-given.Scale())+1e-14*math.Abs(computed.Float())
}

// CheckNew gives the column and the sentence for what may not come new: a period of
// another length than those by which the indicator is reported, a value between two
// stages. It is no fault of a figure that stays as it was when the indicator, or the
// rule, became another.
func (c *Checker) CheckNew(o *Observation) (column string, message Sentence) {
	i, found := c.index.indicators[o.Indicator]
	switch {
	case !found:
		return "", Sentence{}
	case o.Period.Months() != i.Frequency.Months():
		return "period", Say("%s is not a %s, by which %s is reported: write such a period, or change the indicator's frequency", o.Period, i.Frequency, i.Code)
	case i.Kind == "scale" && !o.Value.isWhole():
		return "value", Say("%s lies between two stages of %s: write the whole number of the last stage that is reached", o.Value, i.Code)
	}
	return "", Sentence{}
}

// CheckKey checks only what a removal needs. The period may be of any length: that
// of figures from before the indicator's frequency changed, too.
func (c *Checker) CheckKey(o *Observation) (column string, message Sentence) {
	if _, found := c.index.indicators[o.Indicator]; !found {
		return "indicator", Say("%s is not in %s: correct the code", Quote(o.Indicator), "indicators")
	}
	return "", Sentence{}
}
