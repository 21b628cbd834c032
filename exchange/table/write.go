package table

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"jalon/indicators"
)

// Write makes a folder hold the tables of a programme as CSV, one file for each
// that is not empty, and no file of a table that is. Importing them again changes
// nothing. Observations may be nil.
func Write(dir string, d *indicators.Definitions, observations iter.Seq2[indicators.Observation, error]) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("making the folder of the export: %w", err)
	}
	for _, name := range indicators.Tables() {
		err := writeFile(filepath.Join(dir, name+".csv"), func(w io.Writer) (int, error) {
			if name == "observations" {
				return WriteObservations(w, observations)
			}
			return WriteTable(w, name, d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file as a whole or not at all. Without rows there is none
// afterwards.
func writeFile(path string, write func(io.Writer) (rows int, err error)) error {
	unfinished := path + ".part"
	f, err := os.Create(unfinished) //nolint:gosec // whoever exports names the folder
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer os.Remove(unfinished) // gone already where all went well
	rows, err := write(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if rows > 0 {
		err = os.Rename(unfinished, path)
	} else if err = os.Remove(path); errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// WriteTable writes one of the tables of definitions, and gives the number of rows.
func WriteTable(w io.Writer, name string, d *indicators.Definitions) (rows int, err error) {
	p, err := partOf(name)
	if err != nil {
		return 0, err
	}
	return p.write(w, d)
}

// WriteObservations writes the table of observations, and gives the number of rows.
// An error of the sequence ends the table.
func WriteObservations(w io.Writer, rows iter.Seq2[indicators.Observation, error]) (int, error) {
	if rows == nil {
		rows = each[indicators.Observation](nil)
	}
	return write(w, observations(), rows)
}

// each is a slice as a sequence without errors.
func each[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i := range rows {
			if !yield(rows[i], nil) {
				return
			}
		}
	}
}

// write writes a table with all its columns, in the order of the contract.
func write[T any](w io.Writer, t table[T], rows iter.Seq2[T, error]) (written int, err error) {
	cells := make([]string, len(t.columns))
	for n := range t.columns {
		cells[n] = t.columns[n].name
	}
	out, err := newCSVWriter(w, plainCSV(), cells)
	if err != nil {
		return 0, err
	}
	for row, err := range rows {
		if err != nil {
			return written, err
		}
		for n := range t.columns {
			cells[n] = t.columns[n].get(&row)
		}
		if err := out.write(cells); err != nil {
			return written, fmt.Errorf("row %d: %w", written+1, err)
		}
		written++
	}
	return written, out.flush()
}
