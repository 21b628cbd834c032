package table

import (
	"errors"

	"jalon/indicators"
)

// A refusal is a Problem as an error, so that it travels through an io.Reader.
type refusal struct{ indicators.Problem }

// Error is the problem as it is reported, "observations.csv:12:5: …".
func (r refusal) Error() string { return r.String() }

func refused(file string, line, column int, message indicators.Sentence) refusal {
	return refusal{indicators.Problem{Place: indicators.Place{File: file, Line: line, Column: column}, Message: message}}
}

// problemsIn takes an error apart into the Problems that it is or joins; false if
// it is anything else, or holds anything else too.
func problemsIn(err error) (problems []indicators.Problem, ok bool) {
	if err == nil { // as of nearly every row
		return nil, false
	}
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		var one refusal
		if !errors.As(err, &one) {
			return nil, false
		}
		return []indicators.Problem{one.Problem}, true
	}
	for _, part := range joined.Unwrap() {
		var one refusal
		if !errors.As(part, &one) {
			return nil, false
		}
		problems = append(problems, one.Problem)
	}
	return problems, true
}
