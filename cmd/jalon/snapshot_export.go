package main

import (
	"context"
	"fmt"
	"io"

	"jalon/exchange/bundle"
	"jalon/web"
)

// export writes the bundle of a snapshot. The file is there whole, or not at all.
func (s snapshots) export(ctx context.Context, number string) error {
	snap, err := s.store.Snapshot(ctx, number)
	if err != nil {
		return err
	}
	bar := s.bar("export "+snap.Number, lines)
	defer bar.end()
	b, err := web.BundleOf(ctx, s.store, snap, bar.at)
	if err != nil {
		return err
	}
	if err := writeWhole(s.file, func(w io.Writer) error { return bundle.Write(w, b) }); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "snapshot %s is in %s: jalon snapshot verify %s proves it without a database\n", snap.Number, s.file, s.file)
	return nil
}
