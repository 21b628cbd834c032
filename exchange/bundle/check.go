package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"jalon/indicators"
)

// Check proves a bundle, from what is in it alone: the sums of its files, the texts, the
// chain with its signatures, and every line, which it computes again from those that come
// before the assessments. A file that is no bundle is an error of the kind ErrInvalid.
func Check(r io.ReaderAt, size int64) (*indicators.Verification, error) {
	a, err := open(r, size)
	if err != nil {
		return nil, err
	}
	snap := &a.manifest.Snapshot
	v := indicators.NewVerification(snap.Number)
	for _, name := range []string{linesFile, textsFile, chainFile} {
		if err := a.checkSum(v, name); err != nil {
			return nil, err
		}
	}
	if err := a.checkLines(v); err != nil {
		return nil, err
	}
	texts, err := a.checkTexts(v)
	if err != nil {
		return nil, err
	}
	if err := a.checkChain(v, texts); err != nil {
		return nil, err
	}
	return v.Judge(), nil
}

// checkSum holds a file against the manifest.
func (a *archive) checkSum(v *indicators.Verification, name string) error {
	sum, held := sha256.New(), content{}
	for line, err := range a.lines(name) {
		if err != nil {
			return err
		}
		sum.Write(line)
		held.Lines++
		held.Bytes += int64(len(line))
	}
	held.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if said := a.manifest.Files[name]; said != held {
		v.Differ("%s has %d lines, %d bytes and the SHA-256 %s, the manifest says %d, %d and %s",
			name, held.Lines, held.Bytes, held.SHA256, said.Lines, said.Bytes, said.SHA256)
	}
	return nil
}

// checkLines computes the lines again, and holds what they say they are against the
// manifest.
func (a *archive) checkLines(v *indicators.Verification) error {
	p, frozen, err := indicators.Thaw(a.lines(linesFile))
	snap := &a.manifest.Snapshot
	switch {
	case errors.Is(err, indicators.ErrInvalid):
		v.Differ("%v", err)
		return nil
	case err != nil:
		return err
	}
	var again iter.Seq2[[]byte, error]
	if v.Recomputed = frozen.Complete(); v.Recomputed {
		again = indicators.Refreeze(p, frozen, a.lines(linesFile))
	} else {
		v.Note("its assessments were not computed again: the format %d does not hold all that they were computed of; with its database, jalon snapshot verify %s computes them", frozen.Format, snap.Number)
		again = a.lines(linesFile)
	}
	if err := v.Compare(a.lines(linesFile), again, snap); err != nil {
		return err
	}
	for _, part := range []struct{ name, lines, manifest string }{
		{"number", frozen.Number, snap.Number}, {"reason", string(frozen.Reason), string(snap.Reason)},
		{"changeset", fmt.Sprint(frozen.Changeset), fmt.Sprint(snap.Changeset)}, {"format", fmt.Sprint(frozen.Format), fmt.Sprint(snap.Format)},
		{"day of judgement", frozen.Judged.String(), snap.Judged.String()}, {"taker", frozen.TakenBy, snap.TakenBy},
		{"moment of taking", frozen.TakenAt.UTC().Format(time.RFC3339Nano), snap.TakenAt.UTC().Format(time.RFC3339Nano)},
	} {
		if part.lines != part.manifest {
			v.Differ("the %s is %s in the lines, %s in the manifest", part.name, indicators.Quote(part.lines), indicators.Quote(part.manifest))
		}
	}
	return nil
}

// checkTexts reads the texts, and tells whether they are in canonical form.
func (a *archive) checkTexts(v *indicators.Verification) ([]indicators.SnapshotText, error) {
	lines, err := rows[indicators.FrozenLine](a, textsFile)
	if err != nil {
		return nil, err
	}
	var texts []indicators.SnapshotText
	for n, line := range lines {
		var text indicators.SnapshotText
		if err := json.Unmarshal(line.Row, &text); err != nil {
			return nil, fmt.Errorf("%w: %s, line %d: %w", indicators.ErrInvalid, textsFile, n+1, err)
		}
		texts = append(texts, text)
	}
	var stored, again bytes.Buffer
	for line, err := range a.lines(textsFile) {
		if err != nil {
			return nil, err
		}
		stored.Write(line)
	}
	for line, err := range indicators.FrozenTexts(texts) {
		if err != nil {
			return nil, err
		}
		again.Write(line)
	}
	if !bytes.Equal(stored.Bytes(), again.Bytes()) {
		v.Differ("%s is not in canonical form", textsFile)
	}
	return texts, nil
}

// checkChain follows the chain from its first publication to that of the snapshot.
func (a *archive) checkChain(v *indicators.Verification, texts []indicators.SnapshotText) error {
	snap := &a.manifest.Snapshot
	all, err := rows[indicators.Chained](a, chainFile)
	if err != nil {
		return err
	}
	for n := range all {
		var before *indicators.Chained
		if n > 0 {
			before = &all[n-1]
		}
		if err := all[n].Check(v, before); err != nil {
			return err
		}
	}
	switch {
	case len(all) == 0 && (snap.State == indicators.PreparedSnapshot || snap.Chain == ""):
		v.Note("no chain ties it: it is prepared, or from before snapshots were chained")
		return nil
	case len(all) == 0:
		v.Differ("%s is empty, the manifest says that the snapshot is chained", chainFile)
		return nil
	}
	last := all[len(all)-1]
	if last.Chain != snap.Chain || last.Signature != snap.Signature {
		v.Differ("the end of %s is not the chain, or the signature, of the manifest", chainFile)
	}
	p := last.Publication
	before := &indicators.Snapshot{Number: string(p.Previous), SHA256: string(p.PreviousSHA256), Chain: p.PreviousChain}
	own, err := indicators.PublicationOf(snap, before, texts)
	if err != nil {
		return err
	}
	if own != p {
		v.Differ("the publication at the end of %s is not that of the snapshot and its texts", chainFile)
	}
	v.CheckSignature(snap)
	return nil
}
