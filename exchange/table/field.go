package table

// A Kind is what the cells of a column hold.
type Kind string

// The kinds.
const (
	Line   Kind = "line"   // words
	Prose  Kind = "prose"  // words in several lines
	Number Kind = "number" // exact
	Whole  Kind = "whole"  // a whole number
	Year   Kind = "year"
	Day    Kind = "day"
	Period Kind = "period"
	Tick   Kind = "tick"  // yes, or nothing
	OneOf  Kind = "oneof" // one of a few words
	Code   Kind = "code"  // of an entry of another table
	Codes  Kind = "codes" // several, separated by |
	Links  Kind = "links" // results, with weights where they are given
)

// isNumber tells whether a spreadsheet may compute with the digits of such a cell.
func (k Kind) isNumber() bool { return k == Number || k == Whole || k == Year }

// A Field is a column as a form asks for it.
type Field struct {
	Name     string // of the contract
	French   string // of the template
	Kind     Kind
	Required bool
	Key      bool     // part of what tells an entry from all others: it stays as it was entered
	Words    []string // that OneOf chooses from
	// Names is what Code, Codes and Links are taken from: a table, or "governorates",
	// "dimensions", "methods", which are none; empty: codes of elsewhere.
	Names string
}

// Fields are the columns of a table of definitions, in the order of the contract.
func Fields(name string) ([]Field, error) {
	p, err := partOf(name)
	if err != nil {
		return nil, err
	}
	headings := p.form().headings
	all := make([]Field, len(headings)-1) // without remove, which is no property of an entry
	for n, h := range headings[:len(headings)-1] {
		all[n] = Field{h.name, h.french, h.kind, h.required, h.key, h.words, h.names}
	}
	return all, nil
}
