package table

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"jalon/indicators"
)

// A Source is the files of an import. It holds none of them open.
type Source struct {
	// Progress is called after each piece read, if it is set: bytes of all files
	// read so far, of how many.
	Progress func(read, total int64)

	open  func(name string) (fs.File, error)
	files []file // in the order in which tables may refer to each other
	total int64  // bytes

	warnings []indicators.Problem
}

// A file is one of the tables, or a part of one.
type file struct {
	path, table string
	info        fs.FileInfo
	before      int64 // bytes of the files that come before it
	layout      layout
	unreadable  bool // its heading line has a problem
}

// Open finds the tables among the paths, which are folders of tables or single
// ones, and judges their heading lines. What is wrong with the files themselves or
// with their headings is a Problem. Such files are left out of what is read later:
// their rows will then be missed by those that refer to them.
func Open(paths []string) (*Source, []indicators.Problem, error) {
	s := &Source{open: openRegular}
	problems, err := s.find(paths)
	return s, problems, err
}

// OpenFS does what Open does within a file system, such as one that is embedded.
func OpenFS(fsys fs.FS, paths []string) (*Source, []indicators.Problem, error) {
	s := &Source{open: fsys.Open}
	problems, err := s.find(paths)
	return s, problems, err
}

// Files lists the files of the source, in the order in which they are read.
func (s *Source) Files() []string {
	paths := make([]string, len(s.files))
	for i := range s.files {
		paths[i] = s.files[i].path
	}
	return paths
}

// TableOf is the table that a file of the source holds, "" if there is no such file.
func (s *Source) TableOf(path string) string {
	for i := range s.files {
		if s.files[i].path == path {
			return s.files[i].table
		}
	}
	return ""
}

func (s *Source) find(paths []string) ([]indicators.Problem, error) {
	var problems []indicators.Problem
	if len(paths) == 0 {
		problems = append(problems, about("import", "nothing is named: name a folder of tables, or single tables such as observations.csv"))
	}
	for _, path := range paths {
		found, err := s.take(path)
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
	}
	slices.SortStableFunc(s.files, func(a, b file) int { return cmp.Compare(order(a.table), order(b.table)) })
	for i := range s.files {
		f := &s.files[i]
		f.before = s.total
		s.total += f.info.Size()
		found, err := s.checkHeading(f)
		if err != nil {
			return nil, err
		}
		if f.unreadable = len(found) > 0; !f.unreadable {
			if err := s.checkEnd(f); err != nil {
				return nil, err
			}
		}
		problems = append(problems, found...)
	}
	return problems, nil
}

// Warnings are doubts about the files that are no reason to refuse them.
func (s *Source) Warnings() []indicators.Problem { return s.warnings }

// checkEnd warns of a file whose last line does not end. Many programs write such
// files; but one that was cut off within a last number looks the same.
func (s *Source) checkEnd(f *file) error {
	raw, err := s.open(f.path)
	if err != nil {
		return fmt.Errorf("opening %s: %w", f.path, err)
	}
	defer raw.Close()
	at, ok := raw.(io.ReaderAt)
	if !ok || f.info.Size() == 0 {
		return nil
	}
	var last [1]byte
	if n, err := at.ReadAt(last[:], f.info.Size()-1); n == 0 {
		return fmt.Errorf("reading the end of %s: %w", f.path, err)
	}
	if last[0] != '\n' && last[0] != '\r' {
		s.warnings = append(s.warnings, about(f.path, "the file ends without a line end: was it cut?"))
	}
	return nil
}

func order(table string) int { return slices.Index(indicators.Tables(), table) }

func (s *Source) checkHeading(f *file) ([]indicators.Problem, error) {
	r, problems, err := s.read(context.Background(), f)
	if r != nil {
		f.layout = r.layout
		r.Close()
	}
	return problems, err
}

// A reader reads the rows of one file.
type reader struct {
	*cellReader
	layout layout
	io.Closer
}

// read opens a file and reads its heading line. The reader is nil if that has a
// problem, or after an error.
func (s *Source) read(ctx context.Context, f *file) (*reader, []indicators.Problem, error) {
	raw, err := s.open(f.path)
	if problems, ok := problemsIn(err); ok {
		return nil, problems, nil
	} else if err != nil {
		return nil, nil, fmt.Errorf("opening %s: %w", f.path, err)
	}
	c, err := newCellReader(f.path, &metered{ctx: ctx, raw: raw, source: s, read: f.before})
	problems, ok := problemsIn(err)
	if err != nil && !ok {
		raw.Close()
		return nil, nil, err
	}
	r := &reader{cellReader: c, Closer: raw}
	if c != nil && len(c.heading) > 0 { // it could be read, whatever is wrong with it
		var found []indicators.Problem
		r.layout, found = formOf(f.table).layout(c)
		if len(problems) == 0 || len(r.layout.at) > 0 {
			problems = append(problems, found...)
		}
	}
	if len(problems) > 0 {
		raw.Close()
		return nil, problems, nil
	}
	return r, nil, nil
}

// A metered reader tells how far it is, and ends with its context.
type metered struct {
	ctx    context.Context
	raw    io.Reader
	source *Source
	read   int64
}

// Read reads a piece.
func (m *metered) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.raw.Read(p)
	m.read += int64(n)
	if m.source.Progress != nil {
		m.source.Progress(m.read, m.source.total)
	}
	return n, err
}
