package sql

import (
	"context"
	"errors"
	"fmt"

	"jalon/indicators"
)

// VerifySnapshot recomputes a snapshot from the stored versions, by the methods that it
// names in their versions, and compares it, line by line, with what is stored, the hash with
// both, and the chain with what was published. What the header says is in the first line,
// and so under the hash. That the newest ones of all were deleted as a whole, only
// whoever has seen them can tell: what is older is tied to what came after it.
func (s *Store) VerifySnapshot(ctx context.Context, number string) (*indicators.Verification, error) {
	return s.ProveSnapshot(ctx, number, nil)
}

// ProveSnapshot is VerifySnapshot, telling how many of how many lines it has come through.
func (s *Store) ProveSnapshot(ctx context.Context, number string, tell func(done, total int64)) (*indicators.Verification, error) {
	snap, err := s.Snapshot(ctx, number)
	if err != nil {
		return nil, err
	}
	number = snap.Number // which may have been the latest
	v := indicators.NewVerification(number)
	if !indicators.KnowsSnapshotFormat(snap.Format) {
		v.Differ("format %d, which this jalon does not know", snap.Format)
		return v.Judge(), nil
	}
	ds, err := s.dataset(ctx, snap.Changeset, snap.Protection)
	if err != nil {
		return v, err
	}
	switch pinned, err := ds.PinnedAs(snap.Format, s.SnapshotLines(ctx, number)); {
	case err == nil:
		ds = pinned
	case errors.Is(err, indicators.ErrInvalid):
		v.Differ("%v", err)
	default:
		return v, err
	}
	read := 0
	pieces := func(yield func([]byte, error) bool) {
		for text, err := range s.snapshotPieces(ctx, number) {
			if err == nil {
				read++
			}
			if !yield(text, err) {
				return
			}
		}
	}
	if err := v.Compare(linesOf(pieces), told(s.frozen(ctx, snap, ds), tell, snap.Lines), &snap); err != nil {
		return v, err
	}
	v.Recomputed = true
	if err := s.countPieces(ctx, v, read); err != nil {
		return v, err
	}
	if err := s.checkChain(ctx, v, &snap); err != nil {
		return v, err
	}
	return v.Judge(), nil
}

// checkChain holds the chain against what is stored beside it.
func (s *Store) checkChain(ctx context.Context, v *indicators.Verification, snap *indicators.Snapshot) error {
	texts, err := s.SnapshotTexts(ctx, snap.Number)
	if err != nil {
		return err
	}
	var before *indicators.Snapshot
	if snap.Previous != "" {
		switch found, err := s.Snapshot(ctx, string(snap.Previous)); {
		case err == nil:
			before = &found
		case !errors.Is(err, indicators.ErrNotFound):
			return err
		}
	}
	return v.CheckChain(snap, before, texts)
}

// countPieces finds the pieces that were not read because they lie beyond a gap.
func (s *Store) countPieces(ctx context.Context, v *indicators.Verification, read int) error {
	const query = `
		SELECT count(*)
		FROM snapshot_piece
		WHERE snapshot = $1`

	var stored int
	if err := s.db.GetContext(ctx, &stored, query, v.Number); err != nil {
		return fmt.Errorf("counting the pieces of the snapshot %s: %w", v.Number, kind(ctx, err))
	}
	if stored != read {
		v.Differ("%d pieces are stored, but only %d can be read one after the other", stored, read)
	}
	return nil
}
