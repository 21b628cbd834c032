package table

import (
	"fmt"
	"unicode/utf8"

	"jalon/indicators"
)

// Listed is how many problems of an import are listed; those beyond are counted.
const Listed = 1000

// longest is how many bytes of a message are listed: cells may be long, and are
// quoted in messages.
const longest = 1000

// A Report collects the problems of an import. The zero value is empty.
type Report struct {
	Problems []indicators.Problem // at most Listed
	Total    int

	judged map[indicators.Place]bool // listed places of the steps before this one
	rows   map[indicators.Place]bool // listed rows, column 0
	last   indicators.Place          // the row of the newest problem, column 0
	files  map[string]int
}

// Add takes the problems that one step has found: reading, then checking. A cell of
// which an earlier step has told is not told of again.
func (r *Report) Add(problems ...indicators.Problem) {
	if r.rows == nil {
		r.judged, r.rows, r.files = map[indicators.Place]bool{}, map[indicators.Place]bool{}, map[string]int{}
	}
	begin := len(r.Problems)
	for _, p := range problems {
		if p.Line > 0 && r.judged[p.Place] {
			continue
		}
		r.Total++
		r.countRow(p.Place)
		if len(r.Problems) < Listed {
			p.Message = cut(p.Message)
			r.Problems = append(r.Problems, p)
		}
	}
	for _, p := range r.Problems[begin:] {
		r.judged[p.Place] = true
	}
}

// countRow counts a row once. Beyond the listed ones it is only known from the
// problem before.
func (r *Report) countRow(at indicators.Place) {
	at.Column = 0
	if at.Line == 0 || at == r.last || r.rows[at] {
		return
	}
	r.last = at
	r.files[at.File]++
	if len(r.rows) < Listed {
		r.rows[at] = true
	}
}

// Rows is how many rows of a file have a problem.
func (r *Report) Rows(file string) int { return r.files[file] }

// Beyond is the sentence about the problems that are not listed, or "".
func (r *Report) Beyond() string {
	if more := r.Total - len(r.Problems); more > 0 {
		return fmt.Sprintf("and %d more problems", more)
	}
	return ""
}

// cut takes the middle out of a long message, so that its end, which says what to
// do, stays.
func cut(message string) string {
	if len(message) <= longest {
		return message
	}
	head, tail := longest/2, len(message)-longest/2
	for !utf8.RuneStart(message[head]) {
		head--
	}
	for !utf8.RuneStart(message[tail]) {
		tail++
	}
	return message[:head] + " … " + message[tail:]
}
