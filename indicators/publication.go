package indicators

import (
	"crypto/sha256"
	"iter"
)

// Publication writes what the chain is taken of, in the lines of the canonical form: that
// the snapshot with its sum was published, when, by whom, after which other one; then the
// texts beside it, by kind and group. The chain of the one before is part of it, so that
// none can be altered, left out or put in without all later ones being others.
func Publication(snap, previous *Snapshot, texts []SnapshotText) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		f := freezer{yield: yield}
		row := map[string]any{
			"number": snap.Number, "sha256": snap.SHA256, "published_at": snap.PublishedAt.UTC(), "published_by": snap.PublishedBy,
			"previous": Optional(""), "previous_sha256": Optional(""), "previous_chain": Optional(""),
		}
		if previous != nil {
			row["previous"], row["previous_sha256"], row["previous_chain"] = previous.Number, previous.SHA256, previous.Chain
		}
		f.write("publication", row)
		freezeAll(&f, "texts", texts)
	}
}

// ChainOf is the SHA-256 of the Publication; the snapshot learns which one was before it.
func ChainOf(snap, previous *Snapshot, texts []SnapshotText) (chain [sha256.Size]byte, err error) {
	if previous != nil {
		snap.Previous = Optional(previous.Number)
	}
	sum := sha256.New()
	for line, err := range Publication(snap, previous, texts) {
		if err != nil {
			return chain, err
		}
		sum.Write(line)
	}
	return [sha256.Size]byte(sum.Sum(nil)), nil
}
