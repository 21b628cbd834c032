package indicators

import (
	"slices"
	"strings"
)

// A Fault is a definition that breaks a rule, by table, key and column.
type Fault struct {
	Table, Key, Column string
	Message            Sentence
	// Missing names the table and key of what the definition refers to in vain:
	// if an import has just removed it, the removal is to blame.
	Missing string
	// New tells that it is a fault only of a row that the import adds or changes: what a
	// programme holds from before there was the rule, it may keep.
	New bool
	// Ring lists the keys of all definitions that share the fault, if there are
	// several: it is told once, at one of those that the import brings.
	Ring []string
}

// Check holds all definitions against the rules: codes, required cells, allowed
// words, references, trees without cycles, bounds, targets on the right side.
func (d *Definitions) Check() []Fault {
	c := checker{d: d, index: newIndex(d)}
	c.settings()
	c.organisations()
	c.frameworks()
	c.actions()
	c.indicators()
	c.targets()
	return c.faults
}

type checker struct {
	d      *Definitions
	index  index
	faults []Fault

	table, key string // of the row being checked
}

func (c *checker) row(table, key string) { c.table, c.key = table, key }

func (c *checker) fault(column, format string, args ...any) {
	c.tell(column, Say(format, args...))
}

func (c *checker) tell(column string, message Sentence) {
	c.faults = append(c.faults, Fault{Table: c.table, Key: c.key, Column: column, Message: message})
}

// newFault is a fault of what is added or changed.
func (c *checker) newFault(column, format string, args ...any) {
	c.fault(column, format, args...)
	c.faults[len(c.faults)-1].New = true
}

// lacks is a fault for want of a row that another table should have.
func (c *checker) lacks(column, missing string, message Sentence) {
	c.faults = append(c.faults, Fault{Table: c.table, Key: c.key, Column: column, Message: message, Missing: missing})
}

func (c *checker) code(column, code string) {
	if !ValidCode(code) {
		c.fault(column, "%s is not a code: begin with a letter or digit, go on with letters, digits, . _ or -, 64 characters at most", Quote(code))
	}
}

func (c *checker) required(column, text string) {
	if strings.TrimSpace(text) == "" {
		c.fault(column, "%s is required: fill the cell", column)
	}
}

func (c *checker) oneOf(column, word string, words []string) {
	if !slices.Contains(words, word) {
		c.fault(column, "%s is not allowed here: write one of %s", Quote(word), strings.Join(words, ", "))
	}
}

// optional allows an empty cell, else one of the words.
func (c *checker) optional(column string, word Optional, words []string) {
	if word != "" {
		c.oneOf(column, string(word), words)
	}
}

// refers checks that a code names a row of another table.
func refers[T any](c *checker, column, table, code string, known map[string]*T) {
	if code == "" {
		return
	}
	if _, found := known[code]; !found {
		c.lacks(column, table+" "+code, notThere(code, table))
	}
}

// notThere is the sentence about a code that names no row of a table.
func notThere(code, table string) Sentence {
	return Say("%s is not in %s: correct the code, or add it there", Quote(code), table)
}

func (c *checker) links(column string, links Links) {
	for _, link := range links {
		refers(c, column, "results", link.Ref(), c.index.results)
	}
}

// judge turns faults into problems of the rows that brought them about.
func (a *applying) judge(faults []Fault) {
	blamed := map[*place]bool{}
	for _, f := range faults {
		at, message := Place{File: f.Table}, f.Message
		p, found := a.brought(&f)
		if f.New && (!found || !p.differs()) {
			continue
		}
		if cause := a.removal(f.Missing); cause != nil {
			p, at = cause, cause.of("remove")
			message = Say("cannot be removed: %s of %s still needs it; change or remove that first", f.Key, f.Table)
		} else if found {
			at = p.of(f.Column)
		} else {
			message = Say("%s: %s", f.Key, message)
		}
		a.problems = append(a.problems, Problem{at, message})
		if p != nil {
			blamed[p] = true
		}
	}
	for p := range blamed {
		p.refuse()
	}
}

// brought finds the row of the file that a fault is told at.
func (a *applying) brought(f *Fault) (*place, bool) {
	p, found := a.places[f.Table+" "+f.Key]
	for n := 0; !found && n < len(f.Ring); n++ {
		p, found = a.places[f.Table+" "+f.Ring[n]]
	}
	return p, found
}

// removal finds the row that ends what a definition misses. What ends with "=" is
// any category of a dimension: the first removal of one is to blame.
func (a *applying) removal(missing string) *place {
	if p := a.places[missing]; p != nil && p.removed() {
		return p
	}
	if !strings.HasSuffix(missing, "=") {
		return nil
	}
	var first *place
	for key, p := range a.places {
		if strings.HasPrefix(key, missing) && p.removed() && (first == nil || p.of("").Line < first.of("").Line) {
			first = p
		}
	}
	return first
}
