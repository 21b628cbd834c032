package table

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"jalon/indicators"
)

// take adds what a path names: a table, or the tables of a folder.
func (s *Source) take(name string) ([]indicators.Problem, error) {
	f, err := s.open(name)
	problems, refused := problemsIn(err)
	switch {
	case refused:
		return problems, nil
	case errors.Is(err, fs.ErrNotExist):
		return []indicators.Problem{about(name, "there is no such file or folder: correct the path")}, nil
	case errors.Is(err, fs.ErrPermission):
		return []indicators.Problem{about(name, "this may not be read: change its permissions, or copy it elsewhere")}, nil
	case err != nil:
		return nil, fmt.Errorf("opening %s: %w", name, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("looking at %s: %w", name, err)
	}
	if folder, ok := f.(fs.ReadDirFile); ok && info.IsDir() {
		return s.takeFolder(name, folder)
	}
	return s.takeFile(name, info), nil
}

// openRegular opens a folder or a regular file. Others, such as a pipe nobody writes
// to, might never answer, and nothing could interrupt that.
func openRegular(name string) (fs.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what was being done
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, refusal{irregular(name)}
	}
	return os.Open(name) //nolint:gosec,wrapcheck // whoever imports names the files
}

func irregular(name string) indicators.Problem {
	return about(name, "this is not a regular file: copy the table into one first")
}

// takeFolder adds the tables of a folder. Files that are no CSV are none of its
// business; a CSV file by another name may be a table misspelt.
func (s *Source) takeFolder(name string, folder fs.ReadDirFile) ([]indicators.Problem, error) {
	entries, err := folder.ReadDir(-1)
	if err != nil {
		return nil, fmt.Errorf("listing %s: %w", name, err)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	var problems []indicators.Problem
	tables := 0
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") || ending(e.Name()) != ".csv" {
			continue
		}
		tables++
		found, err := s.take(path.Join(name, e.Name()))
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
	}
	if tables == 0 {
		problems = append(problems, about(name, "there is no table in this folder: it must hold one or more of "+fileNames()))
	}
	return problems, nil
}

// takeFile adds a single table.
func (s *Source) takeFile(name string, info fs.FileInfo) []indicators.Problem {
	table := tableNamed(name)
	switch {
	case ending(name) == ".xlsx" || ending(name) == ".xls" || ending(name) == ".ods":
		return []indicators.Problem{about(name, "a workbook is not read as a whole: save each sheet as CSV UTF-8 under the name of its table ("+fileNames()+") and import their folder")}
	case table == "" || ending(name) != ".csv":
		return []indicators.Problem{about(name, unnamed(name))}
	case !info.Mode().IsRegular():
		return []indicators.Problem{irregular(name)}
	}
	for i := range s.files {
		if s.files[i].path == name || os.SameFile(s.files[i].info, info) {
			return []indicators.Problem{about(name, "this file is named twice, also as "+s.files[i].path+": name it once")}
		}
	}
	s.files = append(s.files, file{path: name, table: table, info: info})
	return nil
}

// unnamed is the sentence about a file whose name is that of no table.
func unnamed(name string) string {
	hint := ""
	if meant := nearest(stem(name), indicators.Tables()); meant != "" {
		hint = " (did you mean " + meant + ".csv?)"
	}
	return "the name says of no table what it is" + hint + ": name the file one of " + fileNames() + ", or with more behind it, as observations-2026-10.csv"
}

// tableNamed is the table that a file's name begins with, or "".
func tableNamed(name string) string {
	for _, table := range indicators.Tables() {
		if rest, found := strings.CutPrefix(stem(name), table); found && (rest == "" || strings.ContainsAny(rest[:1], "-_. (")) {
			return table
		}
	}
	return ""
}

// stem is the last part of a path without its ending, in small letters.
func stem(name string) string {
	base := name[strings.LastIndexAny(name, `/\`)+1:]
	return strings.ToLower(strings.TrimSuffix(base, path.Ext(base)))
}

func ending(name string) string { return strings.ToLower(path.Ext(name)) }

func fileNames() string { return strings.Join(indicators.Tables(), ".csv, ") + ".csv" }

// about is a Problem of a file or folder as a whole, which the command line alone tells of.
func about(name, message string) indicators.Problem {
	return indicators.Problem{Place: indicators.Place{File: name}, Message: indicators.Plain(message)}
}
