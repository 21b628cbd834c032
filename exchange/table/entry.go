package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jalon/indicators"
)

// An Entry is a row as a form gives it: by the names of its columns, of which those that
// are not given are empty. It is read as the row of a file is.
type Entry struct {
	Cells        map[string]string
	Remove       bool
	DecimalComma bool
	Line         int // tells the entries of one workbook apart: the line of their problems
}

// Find lists the keys of a table's entries whose words contain all of those asked for,
// whatever their capital letters and accents, in the order in which people count codes.
func Find(name string, d *indicators.Definitions, words string) ([]string, error) {
	p, err := partOf(name)
	if err != nil {
		return nil, err
	}
	return p.find(d, words), nil
}

func (k kept[T]) find(d *indicators.Definitions, words string) []string {
	asked := strings.Fields(folded(words))
	var keys []string
	for _, row := range k.rows(d) {
		if len(asked) == 0 || k.mentions(row, asked) {
			keys = append(keys, row.EntryKey())
		}
	}
	slices.SortFunc(keys, indicators.CompareCodes)
	return keys
}

// mentions tells whether the key or the words of an entry contain all words asked for.
func (k kept[T]) mentions(row T, asked []string) bool {
	var text strings.Builder
	for n := range k.columns {
		if c := &k.columns[n]; c.key || c.kind == Line || c.kind == Prose || c.kind == Code || c.kind == Codes {
			text.WriteString(c.get(&row) + " ")
		}
	}
	all := folded(text.String())
	return !slices.ContainsFunc(asked, func(word string) bool { return !strings.Contains(all, word) })
}

// Cells are what a file would have in the row of an entry; false: there is no such entry.
func Cells(name string, d *indicators.Definitions, key string) (map[string]string, bool, error) {
	p, err := partOf(name)
	if err != nil {
		return nil, false, err
	}
	cells, found := p.cells(d, key)
	return cells, found, nil
}

func (k kept[T]) cells(d *indicators.Definitions, key string) (map[string]string, bool) {
	rows := k.rows(d)
	at := slices.IndexFunc(rows, func(row T) bool { return row.EntryKey() == key })
	if at < 0 {
		return nil, false
	}
	cells := make(map[string]string, len(k.columns))
	for n := range k.columns {
		cells[k.columns[n].name] = k.columns[n].get(&rows[at])
	}
	return cells, true
}

// Put adds an entry to a workbook, and gives its key: empty where a part of the key is
// bad, and then nothing is added. Each problem stands in the file of the table's name, on
// the entry's line, in the column that FieldAt names.
func Put(w *indicators.Workbook, name string, e Entry) (key string, problems []indicators.Problem, err error) {
	p, err := partOf(name)
	if err != nil {
		return "", nil, err
	}
	key, problems = p.put(w, e)
	return key, problems, nil
}

func (k kept[T]) put(w *indicators.Workbook, e Entry) (key string, problems []indicators.Problem) {
	var scratch T
	keyless, places := false, make(map[string]int, len(k.columns)+1)
	for n := range k.columns {
		c := &k.columns[n]
		places[c.name] = n + 1
		if e.Remove && !c.key {
			continue
		}
		if message := k.setCell(&scratch, n, e); !message.IsZero() {
			problems = append(problems, indicators.Problem{Place: indicators.Place{File: k.name, Line: e.Line, Column: n + 1}, Message: message})
			keyless = keyless || c.key
		}
	}
	places["remove"] = len(k.columns) + 1
	if keyless {
		return "", problems
	}
	to, key := k.edits(w), scratch.EntryKey()
	*to = append(*to, indicators.Edit[T]{
		Key: key, Row: indicators.Place{File: k.name, Line: e.Line, Column: 1}, Cells: places, Remove: e.Remove,
		Change: func(row *T) {
			for n := range k.columns {
				_ = k.columns[n].set(row, typed(e.Cells[k.columns[n].name]), e.DecimalComma) // its error has been told
			}
		},
	})
	return key, problems
}

// setCell sets one column, and gives what is wrong with its cell.
func (k kept[T]) setCell(row *T, column int, e Entry) indicators.Sentence {
	c := &k.columns[column]
	cell := typed(e.Cells[c.name])
	hidden, found := unseenIn(cell)
	switch {
	case !utf8.ValidString(cell):
		return indicators.Say("this is no text in UTF-8: write it again")
	case found:
		return unseen(hidden)
	case len(cell) > maxCell:
		return indicators.Say("this is longer than the %d bytes that fit here: shorten it", maxCell)
	case c.required && cell == "":
		return indicators.Say("%s is required: fill the cell", c.name)
	}
	if err := c.set(row, cell, e.DecimalComma); err != nil {
		return indicators.SentenceOf(err)
	}
	return indicators.Sentence{}
}

// maxCell bounds what is typed into one cell, in bytes, so that the row can be exported
// and imported again.
const maxCell = 64 << 10

// typed is a cell as a browser sends it: its lines end with CR LF.
func typed(cell string) string { return strings.TrimSpace(strings.ReplaceAll(cell, "\r\n", "\n")) }

// FieldAt is the name of a column by its number in a Problem, "remove" after the last.
// It is empty for a number that no column has.
func FieldAt(name string, column int) string {
	p, err := partOf(name)
	if err != nil || column < 1 || column > len(p.form().headings) {
		return ""
	}
	return p.form().headings[column-1].name
}
