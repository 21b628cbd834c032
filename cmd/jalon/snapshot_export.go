package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"jalon/exchange/bundle"
	"jalon/indicators"
)

// export writes the bundle of a snapshot. The file is there whole, or not at all.
func (s snapshots) export(ctx context.Context, number string) error {
	snap, err := s.store.Snapshot(ctx, number)
	if err != nil {
		return err
	}
	b := bundle.Bundle{Snapshot: snap}
	if b.Texts, err = s.store.SnapshotTexts(ctx, snap.Number); err != nil {
		return err
	}
	if b.Chain, err = s.store.Chain(ctx, snap.Number); err != nil {
		return err
	}
	bar := s.bar("export "+snap.Number, lines)
	defer bar.end()
	b.Lines = func(yield func([]byte, error) bool) {
		var done int64
		for line, err := range s.store.SnapshotLines(ctx, snap.Number) {
			if done++; done%1000 == 0 {
				bar.at(done, int64(snap.Lines))
			}
			if !yield(line, err) {
				return
			}
		}
	}
	if err := writeWhole(s.file, func(w io.Writer) error { return bundle.Write(w, b) }); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "snapshot %s is in %s: jalon snapshot verify %s proves it without a database\n", snap.Number, s.file, s.file)
	return nil
}

// writeWhole writes a file beside its place and moves it there when it is complete.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".unfinished-*")
	if err != nil {
		return fmt.Errorf("%w: %w", indicators.ErrInvalid, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	w := bufio.NewWriter(file)
	err = write(w)
	if err == nil {
		err = written(w.Flush())
	}
	if err == nil {
		err = written(errors.Join(file.Chmod(0o644), file.Sync()))
	}
	if closing := written(file.Close()); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return written(os.Rename(file.Name(), name))
}

// written is an error of the file system, as whoever named the place can act on it.
func written(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", indicators.ErrInvalid, err)
}
