package indicators

import "unicode/utf8"

// listed is how many problems of an import are listed; those beyond are counted.
const listed = 1000

// doubted is how many warnings of an import are listed; those beyond are counted.
const doubted = 100

// longest is how many bytes of a message are listed: cells may be long, and are
// quoted in messages.
const longest = 1000

// A Count tells what an import does to one table.
type Count struct {
	Table     string `json:"table"`
	Added     int    `json:"added"`
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	Removed   int    `json:"removed"`
	Refused   int    `json:"refused"` // rows with a problem
}

// A Report tells what an import did, or why it was refused.
type Report struct {
	Changeset    int       `json:"changeset"`             // 0: nothing was written
	Accepted     int       `json:"accepted_in,omitempty"` // changeset, in which severe findings were accepted with it; 0: none
	Unchanged    bool      `json:"unchanged"`             // everything was there already
	DryRun       bool      `json:"dry_run"`
	Counts       []Count   `json:"tables"`
	Problems     []Problem `json:"problems"`
	More         int       `json:"more_problems"` // beyond those listed
	Warnings     []Problem `json:"warnings"`      // doubts that refuse nothing
	MoreWarnings int       `json:"more_warnings"` // beyond those listed

	judged map[Place]bool // listed places of the steps before this one
	rows   map[Place]bool // listed rows, column 0
	last   Place          // the row of the newest problem, column 0
	files  map[string]int
}

// Refused tells whether anything stands against the import.
func (r *Report) Refused() bool { return len(r.Problems) > 0 }

// Refuse takes the problems that one step has found: reading, then checking. A cell of
// which an earlier step has told is not told of again.
func (r *Report) Refuse(problems ...Problem) {
	if r.rows == nil {
		r.judged, r.rows, r.files = map[Place]bool{}, map[Place]bool{}, map[string]int{}
	}
	begin := len(r.Problems)
	for _, p := range problems {
		if p.Line > 0 && r.judged[p.Place] {
			continue
		}
		r.countRow(p.Place)
		if len(r.Problems) == listed {
			r.More++
			continue
		}
		p.Message = listable(p.Message)
		r.Problems = append(r.Problems, p)
	}
	for _, p := range r.Problems[begin:] {
		r.judged[p.Place] = true
	}
}

// Warn takes doubts that refuse nothing, in the order of their places.
func (r *Report) Warn(warnings ...Problem) {
	for _, w := range warnings {
		if len(r.Warnings) == doubted {
			r.MoreWarnings++
			continue
		}
		w.Message = listable(w.Message)
		r.Warnings = append(r.Warnings, w)
	}
}

// countRow counts a row once. Beyond the listed ones it is only known from the
// problem before.
func (r *Report) countRow(at Place) {
	at.Column = 0
	if at.Line == 0 || at == r.last || r.rows[at] {
		return
	}
	r.last = at
	r.files[at.File]++
	if len(r.rows) < listed {
		r.rows[at] = true
	}
}

// Rows is how many rows of a file have a problem.
func (r *Report) Rows(file string) int { return r.files[file] }

// listable is a sentence as it is listed. One that is too long as a whole is told in
// English alone.
func listable(s Sentence) Sentence {
	text := s.String()
	if len(text) <= longest {
		return s
	}
	return Plain(cut(text))
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
