package progress

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
)

// A vectorInput is the input of a vector, for whichever method.
type vectorInput struct {
	Series       []vectorReading   `json:"series"`
	Normalised   []vectorReading   `json:"normalised_scores"`
	Direction    string            `json:"direction"`
	Baseline     vectorPoint       `json:"baseline"`
	Target       *vectorPoint      `json:"target"`
	Value        json.RawMessage   `json:"value"` // a number, or a value with its year
	Predicted    vectorNumber      `json:"predicted"`
	Years        []int             `json:"years"`
	Components   []vectorComponent `json:"components"`
	Observations []vectorRecord    `json:"observations"`
	AsOf         string            `json:"as_of"`
	Options      json.RawMessage   `json:"options"`
}

// A vectorPoint is a value, a band, a year, or a value of a year.
type vectorPoint struct {
	Year  int          `json:"year"`
	Value vectorNumber `json:"value"`
	Range []float64    `json:"range"`
}

// A vectorComponent is a part of a roll-up.
type vectorComponent struct {
	ID          string       `json:"id"`
	Group       string       `json:"group"`
	Weight      vectorNumber `json:"weight"`
	Score       vectorNumber `json:"score"`
	Achievement vectorNumber `json:"achievement"`
	Actual      vectorNumber `json:"actual"`
	Target      vectorNumber `json:"target"`
	Category    Weather      `json:"category"`
	Achieved    bool         `json:"target_achieved"`
}

// A vectorRecord is a value with the day, or the moment, of its recording.
type vectorRecord struct {
	Year     int          `json:"year"`
	Value    vectorNumber `json:"value"`
	Recorded string       `json:"recorded"`
}

// A vectorNumber is a number or null; one that is not given is null too.
type vectorNumber Number

func (n *vectorNumber) UnmarshalJSON(text []byte) error {
	var x *float64
	if err := json.Unmarshal(text, &x); err != nil || x == nil {
		return err
	}
	*n = vectorNumber(Num(*x))
	return nil
}

// A vectorReading is [year, value]; the year of "2015-16" is the first, and a null
// value, NaN here, is missing.
type vectorReading Reading

func (r *vectorReading) UnmarshalJSON(text []byte) error {
	var pair []json.RawMessage
	if err := json.Unmarshal(text, &pair); err != nil || len(pair) != 2 {
		return fmt.Errorf("%s in a series is not [year, value]", text)
	}
	var label string
	if err := json.Unmarshal(pair[0], &label); err != nil {
		label = string(pair[0])
	}
	year, err := strconv.Atoi(label[:min(4, len(label))])
	if err != nil {
		return fmt.Errorf("%s in a series does not begin with a year of four digits", text)
	}
	var value vectorNumber
	if err := value.UnmarshalJSON(pair[1]); err != nil {
		return fmt.Errorf("%s in a series does not end with a number or null", text)
	}
	*r = vectorReading{year, value.Value}
	if !value.Valid {
		r.Value = math.NaN()
	}
	return nil
}

// series reads a list of readings; none is an error only for a method that needs some.
func series(list []vectorReading) (Series, error) {
	readings := make([]Reading, len(list))
	for n, r := range list {
		readings[n] = Reading(r)
	}
	return NewSeries(readings)
}

// direction reads "increase", "decrease" or, to be kept at a level, "parity".
func (in *vectorInput) direction() (Direction, error) {
	switch in.Direction {
	case "increase":
		return Increase, nil
	case "decrease":
		return Decrease, nil
	case "parity", "maintain":
		return Maintain, nil
	}
	return Maintain, fmt.Errorf("its direction is %q: give increase or decrease", in.Direction)
}

// options reads the options into those that are the default; what a method has no
// such option for is a description and is passed over.
func (in *vectorInput) options(into any) error {
	if len(in.Options) == 0 {
		return nil
	}
	if err := json.Unmarshal(in.Options, into); err != nil {
		return fmt.Errorf("its options cannot be read: %w", err)
	}
	return nil
}

// course reads what the yearly methods read.
func (in *vectorInput) course() (Course, error) {
	s, err := series(in.Series)
	if err != nil {
		return Course{}, err
	}
	d, err := in.direction()
	if err != nil {
		return Course{}, err
	}
	c := Course{Series: s, Direction: d, BaseYear: in.Baseline.Year}
	c.Target, c.HasTarget, err = in.target()
	return c, err
}

// target reads the target; no value, no target.
func (in *vectorInput) target() (t Target, has bool, err error) {
	p := in.Target
	switch {
	case p == nil:
		return t, false, nil
	case len(p.Range) == 2:
		return Target{Month: EndOfYear(p.Year), Range: true, Low: p.Range[0], High: p.Range[1]}, true, nil
	case p.Range != nil:
		return t, false, errors.New("its target's range is not [low, high]")
	}
	return Target{Month: EndOfYear(p.Year), Value: p.Value.Value}, p.Value.Valid, nil
}

// value reads a value without a year.
func (in *vectorInput) value() (Number, error) {
	var n vectorNumber
	if len(in.Value) == 0 {
		return Number{}, nil
	}
	if err := n.UnmarshalJSON(in.Value); err != nil {
		return Number{}, fmt.Errorf("its value is %s: give a number or null", in.Value)
	}
	return Number(n), nil
}

// moment reads a day, which counts to its end where it limits others, or a time.
func moment(text string, toItsEnd bool) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err == nil && toItsEnd {
		return day.AddDate(0, 0, 1).Add(-time.Nanosecond), nil
	}
	if err != nil {
		day, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return day, fmt.Errorf("%q is no day such as 2018-12-31, nor an RFC 3339 time", text)
	}
	return day, nil
}
