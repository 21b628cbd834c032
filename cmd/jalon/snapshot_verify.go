package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"jalon/exchange/bundle"
	"jalon/indicators"
	"jalon/sql"
)

// allFiles tells whether none of the words is the number of a snapshot.
func allFiles(words []string) bool {
	for _, word := range words {
		if _, _, err := indicators.ParseSnapshotNumber(word); err == nil || word == sql.Latest {
			return false
		}
	}
	return true
}

// verify recomputes the snapshots named, or all of them; of files that were exported, those.
func (s snapshots) verify(ctx context.Context, of []string) error {
	prove := s.verifyFile
	if !allFiles(of) || len(of) == 0 {
		prove = s.verifyNumber
	}
	if len(of) == 0 {
		all, err := s.store.Snapshots(ctx)
		if err != nil {
			return err
		}
		for _, snap := range all {
			of = append(of, snap.Number)
		}
	}
	expected, err := expectedKey(s.key)
	if err != nil {
		return err
	}
	different, results := 0, []*indicators.Verification{}
	for _, word := range of {
		v, err := prove(ctx, word)
		if err != nil {
			return err
		}
		if expected != "" && v.PublicKey != expected {
			v.Differ("it is not signed by the key %s", expected)
			v.Judge()
		}
		results = append(results, v)
		if !v.Equal {
			different++
		}
		s.verified(v)
	}
	if s.asJSON {
		if err := s.json(results); err != nil {
			return err
		}
	}
	if different > 0 {
		return fmt.Errorf("%w: %d of %d snapshots are not what was frozen", indicators.ErrConflict, different, len(of))
	}
	return nil
}

func (s snapshots) verifyNumber(ctx context.Context, number string) (*indicators.Verification, error) {
	bar := s.bar("verifying "+number, lines)
	defer bar.end()
	return s.store.ProveSnapshot(ctx, number, bar.at)
}

// verifyFile checks a bundle. It can be interrupted between two reads of the file.
func (s snapshots) verifyFile(ctx context.Context, name string) (*indicators.Verification, error) {
	file, err := os.Open(name) //nolint:gosec // whoever runs the command names the file
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is neither the number of a snapshot nor a file: write one such as 2026-10", indicators.ErrNotFound, indicators.Quote(name))
	} else if err != nil {
		return nil, fmt.Errorf("%w: %w", indicators.ErrInvalid, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("looking at %s: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: %s is no file", indicators.ErrInvalid, indicators.Quote(name))
	}
	v, err := bundle.Check(interruptible{ctx, file}, info.Size())
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}

// An interruptible file is read until its context ends.
type interruptible struct {
	ctx context.Context //nolint:containedctx // io.ReaderAt takes none
	*os.File
}

func (i interruptible) ReadAt(into []byte, at int64) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.File.ReadAt(into, at)
}

func (s snapshots) verified(v *indicators.Verification) {
	if s.asJSON {
		return
	}
	switch {
	case !v.Equal:
		fmt.Fprintf(s.out, "%s differs\n", v.Number)
	case !v.Recomputed:
		fmt.Fprintf(s.out, "%s unaltered, not recomputed (sha256 %s)\n", v.Number, v.SHA256)
	default:
		fmt.Fprintf(s.out, "%s equal (sha256 %s)\n", v.Number, v.SHA256)
	}
	if v.Equal && v.Erased > 0 {
		fmt.Fprintf(s.out, "  %d comments were erased since: what it froze of them has the hashes that stayed\n", v.Erased)
	}
	if v.Equal && v.PublicKey != "" {
		fmt.Fprintf(s.out, "  signed by the key %s\n", v.PublicKey)
	}
	for _, text := range v.Differences {
		fmt.Fprintf(s.out, "  %s\n", text)
	}
	for _, text := range v.Notes {
		fmt.Fprintf(s.out, "  %s\n", text)
	}
}
