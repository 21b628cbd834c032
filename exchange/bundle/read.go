package bundle

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"jalon/indicators"
)

// What a bundle may have at most; a million observations take a quarter of it. Nothing says
// how far a small file unfolds before it is unfolded.
const (
	maxSize  = 1 << 30 // of the archive and, unfolded, of its lines
	maxSmall = 32 << 20
	maxLine  = 1 << 20
	maxLines = 5_000_000
)

// An archive is a bundle whose files are there, each once.
type archive struct {
	files    map[string]*zip.File
	manifest manifest
}

// open reads the manifest, and refuses what has other files than a bundle.
func open(r io.ReaderAt, size int64) (*archive, error) {
	if size > maxSize {
		return nil, fmt.Errorf("%w: the file has %d bytes, a bundle has %d at most", indicators.ErrInvalid, size, int64(maxSize))
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: the file is no ZIP archive: %w", indicators.ErrInvalid, err)
	}
	a := archive{files: map[string]*zip.File{}}
	for _, f := range z.File {
		switch f.Name {
		case manifestFile, linesFile, textsFile, chainFile, readmeFile:
		default:
			return nil, fmt.Errorf("%w: the file %s is not of a bundle", indicators.ErrInvalid, indicators.Quote(f.Name))
		}
		if a.files[f.Name] != nil {
			return nil, fmt.Errorf("%w: the archive has two files %s", indicators.ErrInvalid, f.Name)
		}
		a.files[f.Name] = f
	}
	for _, name := range []string{manifestFile, linesFile, textsFile, chainFile} {
		if a.files[name] == nil {
			return nil, fmt.Errorf("%w: the archive has no file %s", indicators.ErrInvalid, name)
		}
	}
	return &a, a.readManifest()
}

func (a *archive) readManifest() error {
	file, err := a.files[manifestFile].Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", indicators.ErrInvalid, manifestFile, err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxLine))
	if err != nil {
		return fmt.Errorf("%w: %s: %w", indicators.ErrInvalid, manifestFile, err)
	}
	if err := json.Unmarshal(text, &a.manifest); err != nil {
		return fmt.Errorf("%w: %s: %w", indicators.ErrInvalid, manifestFile, err)
	}
	if a.manifest.Bundle != layout {
		return fmt.Errorf("%w: the bundle has the layout %d, which this jalon does not know", indicators.ErrInvalid, a.manifest.Bundle)
	}
	return nil
}

// lines streams those of a file, each with its line feed and good until the next one. What
// is too long, too many, or no archive any more, is an error of the kind ErrInvalid.
func (a *archive) lines(name string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err := a.each(name, func(line []byte) bool { return yield(line, nil) }); err != nil {
			yield(nil, fmt.Errorf("%w: %s: %w", indicators.ErrInvalid, name, err))
		}
	}
}

func (a *archive) each(name string, yield func([]byte) bool) error {
	file, err := a.files[name].Open()
	if err != nil {
		return err
	}
	defer file.Close()
	left := int64(maxSmall)
	if name == linesFile {
		left = maxSize
	}
	reader := bufio.NewReaderSize(file, maxLine)
	for count := 1; ; count++ {
		line, err := reader.ReadSlice('\n')
		left -= int64(len(line))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return fmt.Errorf("line %d has more than %d bytes", count, maxLine)
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil
		case errors.Is(err, io.EOF):
			return fmt.Errorf("line %d does not end", count)
		case err != nil:
			return fmt.Errorf("line %d: %w", count, err)
		case left < 0 || count > maxLines:
			return fmt.Errorf("it unfolds to more than a bundle may have")
		}
		if !yield(line) {
			return nil
		}
	}
}

// rows reads a small file of lines whole.
func rows[T any](a *archive, name string) ([]T, error) {
	var all []T
	for line, err := range a.lines(name) {
		if err != nil {
			return nil, err
		}
		var row T
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&row); err != nil {
			return nil, fmt.Errorf("%w: %s, line %d: %w", indicators.ErrInvalid, name, len(all)+1, err)
		}
		all = append(all, row)
	}
	return all, nil
}
