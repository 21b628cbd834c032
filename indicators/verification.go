package indicators

import (
	"encoding/hex"
	"fmt"
)

// maxDifferences is how many differences a verification names.
const maxDifferences = 20

// A Verification tells whether a snapshot still is what it was.
type Verification struct {
	Number      string   `json:"number"`
	Equal       bool     `json:"equal"`
	SHA256      string   `json:"sha256"`     // of the stored lines; "" if their format is not known
	Erased      int      `json:"erased"`     // comments that it holds and that were erased since: held against their hashes
	PublicKey   Optional `json:"public_key"` // by which it is signed
	Recomputed  bool     `json:"recomputed"` // the assessments were computed again: else Equal speaks of the hashes alone
	Differences []string `json:"differences"`
	Notes       []string `json:"notes"` // what could not be checked
}

// NewVerification begins one in which nothing differs yet.
func NewVerification(number string) *Verification {
	return &Verification{Number: number, Differences: []string{}, Notes: []string{}}
}

// Judge ends it.
func (v *Verification) Judge() *Verification {
	v.Equal = len(v.Differences) == 0
	return v
}

// CheckChain holds the chain and the signature of a published snapshot against it, its texts
// and the one published before (nil: there is none, or none of its number is here).
func (v *Verification) CheckChain(snap, previous *Snapshot, texts []SnapshotText) error {
	switch {
	case !snap.IsPublished():
		v.Note("it is prepared, not published: no chain ties it yet")
		return nil
	case snap.Chain == "":
		v.Note("it is from before snapshots were chained")
		return nil
	case snap.Previous != "" && previous == nil:
		v.Differ("the snapshot published before it, %s, is gone", snap.Previous)
		return nil
	}
	p, err := PublicationOf(snap, previous, texts)
	if err != nil {
		return err
	}
	chain, err := p.Chain()
	if err != nil {
		return err
	}
	if sum := hex.EncodeToString(chain[:]); sum != string(snap.Chain) {
		v.Differ("publication, texts and the snapshot before give the chain %s, the snapshot says %s", sum, snap.Chain)
	}
	v.CheckSignature(snap)
	return nil
}

// CheckSignature holds the signature against the chain, where there is a key.
func (v *Verification) CheckSignature(snap *Snapshot) {
	switch {
	case snap.PublicKey == "" && snap.Signature == "":
		v.Note("it is not signed")
	case !SignedBy(snap.PublicKey, snap.Chain, snap.Signature):
		v.Differ("the signature is not that of the chain by the key %s", snap.PublicKey)
	default:
		v.PublicKey = snap.PublicKey
	}
}

// Note says what could not be checked, and why.
func (v *Verification) Note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// Differ notes a difference, the first twenty of them.
func (v *Verification) Differ(format string, args ...any) {
	if len(v.Differences) < maxDifferences {
		v.Differences = append(v.Differences, fmt.Sprintf(format, args...))
	}
}
