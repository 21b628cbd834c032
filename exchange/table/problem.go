package table

import (
	"errors"
	"fmt"
)

// A Problem is something in a file that its author has to mend: the message says
// what is wrong and what to do.
type Problem struct {
	File    string
	Line    int // physical line, from 1, as editors count
	Column  int // character of the line, from 1
	Message string
}

// String is the problem as it is reported, "observations.csv:12:5: …".
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Error makes a Problem an error, so that it travels through an io.Reader.
func (p Problem) Error() string { return p.String() }

// problemsIn takes an error apart into the Problems that it is or joins; false if
// it is anything else, or holds anything else too.
func problemsIn(err error) (problems []Problem, ok bool) {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		var one Problem
		if !errors.As(err, &one) {
			return nil, false
		}
		return []Problem{one}, true
	}
	for _, part := range joined.Unwrap() {
		var one Problem
		if !errors.As(part, &one) {
			return nil, false
		}
		problems = append(problems, one)
	}
	return problems, true
}
