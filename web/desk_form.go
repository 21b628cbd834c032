package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"jalon/indicators"
)

// How many files the grid takes at once, and of how many bytes together, unless a single
// one may have more.
const (
	gridFiles     = 20
	gridFileBytes = 100 << 20
)

// The fields of a cell, by what their names begin with.
const (
	fieldValue    = "v:"
	fieldComment  = "c:"
	fieldFile     = "f:"
	fieldAudience = "a:"
)

// A typedCell is a cell of the grid as it came back.
type typedCell struct {
	name      string // of its field for the value
	indicator *indicators.Indicator
	period    indicators.Period
	text      string
	valued    bool    // there was a field for the value
	comment   *string // nil: there was no field for it
	files     []*received
	public    bool // the files are for everybody, once the figure is published
}

func (c *typedCell) key() indicators.FigureKey {
	return indicators.FigureKey{Indicator: c.indicator.Code, Period: c.period}
}

// field names another field of the cell.
func (c *typedCell) field(kind string) string { return kind + strings.TrimPrefix(c.name, fieldValue) }

// readGrid reads the form of the grid. With an error, what could be read of it is given, too.
func (v *view) readGrid(w http.ResponseWriter, r *http.Request) (*upload, error) {
	if r.PostForm != nil { // no files, and read already
		return &upload{fields: r.PostForm}, nil
	}
	limit := v.p.DocumentLimit()
	sent, err := readUpload(w, r, uploadRule{
		fields: 3*gridIndicators*gridPeriods + 20, words: maxForm, files: gridFiles, file: limit,
		total: max(limit, gridFileBytes) + 2*maxForm, // what is around the fields has bytes, too
	})
	if err == nil && !isText(sent.fields) {
		err = errNoText
	}
	r.PostForm = sent.fields
	return sent, err
}

// typedCells reads the cells, and refuses those of indicators that are not the reader's.
func (v *view) typedCells(sent *upload) ([]typedCell, error) {
	byName := map[string]*typedCell{}
	of := func(field string) (*typedCell, error) {
		name := fieldValue + field[2:]
		if byName[name] == nil {
			i, p, err := v.cellNamed(name)
			if err != nil {
				return nil, err
			}
			byName[name] = &typedCell{name: name, indicator: i, period: p}
		}
		return byName[name], nil
	}
	for field, texts := range sent.fields {
		kind, _, _ := strings.Cut(field, ":")
		if kind += ":"; kind != fieldValue && kind != fieldComment || len(texts) != 1 {
			continue
		}
		c, err := of(field)
		switch {
		case err != nil:
			return nil, err
		case kind == fieldComment:
			text := tidy(texts[0])
			c.comment, c.public = &text, sent.fields.Get(c.field(fieldAudience)) == "public"
		default:
			c.text, c.valued = strings.TrimSpace(texts[0]), true
		}
	}
	for _, f := range sent.files {
		if !strings.HasPrefix(f.field, fieldFile) {
			continue
		}
		c, err := of(f.field)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, f)
	}
	cells := make([]typedCell, 0, len(byName))
	for _, c := range byName {
		cells = append(cells, *c)
	}
	slices.SortFunc(cells, func(a, b typedCell) int {
		return cmp.Or(indicators.CompareCodes(a.indicator.Code, b.indicator.Code), cmp.Compare(a.period, b.period))
	})
	return cells, nil
}

// cellNamed is the figure that a field of the grid is for, if the reader may enter it.
func (v *view) cellNamed(name string) (*indicators.Indicator, indicators.Period, error) {
	code, period, _ := strings.Cut(name[2:], ":")
	i := v.p.Indicator(code)
	p, err := indicators.ParsePeriod(period)
	if i == nil || err != nil {
		return nil, 0, notFound("figure", name[2:])
	}
	if !v.reader.May(indicators.Propose, v.p.SubjectOf(i)) {
		return nil, 0, fmt.Errorf("%w: figures of %s", indicators.ErrRight, code)
	}
	return i, p, nil
}

// fault tells what is wrong with a field of the grid.
func (v *view) fault(field string, words string) gridFault {
	fault := gridFault{Cell: field, Words: words}
	if i, p, err := v.cellNamed(field); err == nil {
		fault.Indicator, fault.Period = v.phrase(i.Title), v.period(p)
	}
	return fault
}

// fileFaults tells of files that were left out; an error that is none of them ends all.
func (v *view) fileFaults(faults []fileFault) (all []gridFault, err error) {
	for _, f := range faults {
		if !strings.HasPrefix(f.field, fieldFile) {
			continue
		}
		words, _ := v.fileFault(f.error)
		if errors.Is(f.error, errManyFiles) {
			words = v.l.N("grid.files.most", gridFiles)
		}
		if words == "" {
			return nil, f.error
		}
		all = append(all, v.fault(f.field, words))
	}
	return all, nil
}
