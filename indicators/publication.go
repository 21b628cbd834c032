package indicators

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"iter"
)

// FrozenTexts writes the texts beside a snapshot in canonical form, by kind and group: a
// line {"row":…,"table":"texts"} for each.
func FrozenTexts(texts []SnapshotText) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		f := freezer{yield: yield}
		freezeAll(&f, "texts", texts)
	}
}

// A Publication is what ties a published snapshot to its texts and to the one published
// before it, so that none can be altered, left out or put in without all later ones being
// others. Its line, in canonical form {"row":…,"table":"publication"}, is what the chain is
// the SHA-256 of.
type Publication struct {
	Number      string   `json:"number"`
	SHA256      string   `json:"sha256"`       // of the snapshot's lines
	TextsSHA256 string   `json:"texts_sha256"` // of the lines of FrozenTexts
	At          string   `json:"published_at"` // RFC 3339 in UTC, to the microsecond
	By          Optional `json:"published_by"`
	PublicKey   Optional `json:"public_key"` // by which it is signed
	// Of the snapshot published before; null of the first. One from before there were
	// states has no chain.
	Previous       Optional `json:"previous"`
	PreviousSHA256 Optional `json:"previous_sha256"`
	PreviousChain  Optional `json:"previous_chain"`
}

// PublicationOf is that of a published snapshot, after another one (nil: it is the first).
func PublicationOf(snap, previous *Snapshot, texts []SnapshotText) (Publication, error) {
	sum, err := sumOf(FrozenTexts(texts))
	if err != nil {
		return Publication{}, err
	}
	p := Publication{
		Number: snap.Number, SHA256: snap.SHA256, TextsSHA256: hex.EncodeToString(sum),
		By: snap.PublishedBy, PublicKey: snap.PublicKey,
	}
	if snap.PublishedAt != nil {
		p.At = snap.PublishedAt.UTC().Format(chainMoment)
	}
	if previous != nil {
		p.Previous, p.PreviousSHA256, p.PreviousChain = Optional(previous.Number), Optional(previous.SHA256), previous.Chain
	}
	return p, nil
}

const chainMoment = "2006-01-02T15:04:05.000000Z"

// Line is the publication in canonical form, with its line feed.
func (p *Publication) Line() ([]byte, error) {
	line, err := canonical(map[string]any{"table": "publication", "row": p})
	return append(line, '\n'), err
}

// Chain is the SHA-256 of the line.
func (p *Publication) Chain() (chain [sha256.Size]byte, err error) {
	line, err := p.Line()
	return sha256.Sum256(line), err
}

// Sign gives the publication its chain and, with a key, the signature of the chain's bytes.
func (s *Snapshot) Sign(previous *Snapshot, texts []SnapshotText, key ed25519.PrivateKey) error {
	s.Previous, s.PublicKey, s.Signature = "", "", ""
	if previous != nil {
		s.Previous = Optional(previous.Number)
	}
	if key != nil {
		s.PublicKey = Optional(base64.StdEncoding.EncodeToString(key[ed25519.SeedSize:]))
	}
	p, err := PublicationOf(s, previous, texts)
	if err != nil {
		return err
	}
	chain, err := p.Chain()
	if err != nil {
		return err
	}
	s.Chain = Optional(hex.EncodeToString(chain[:]))
	if key != nil {
		s.Signature = Optional(base64.StdEncoding.EncodeToString(ed25519.Sign(key, chain[:])))
	}
	return nil
}

// SignedBy tells whether a signature of a chain, as they are written, is that of a key.
func SignedBy(publicKey, chain, signature Optional) bool {
	key, err := base64.StdEncoding.Strict().DecodeString(string(publicKey))
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	sum, err := hex.DecodeString(string(chain))
	if err != nil || len(sum) != sha256.Size {
		return false
	}
	sig, err := base64.StdEncoding.Strict().DecodeString(string(signature))
	return err == nil && ed25519.Verify(key, sum, sig)
}

// A Chained publication has its chain and, where there was a key, its signature.
type Chained struct {
	Chain       Optional    `json:"chain"`
	Publication Publication `json:"publication"`
	Signature   Optional    `json:"signature"`
}

// Line is the chained publication in canonical form, with its line feed.
func (c *Chained) Line() ([]byte, error) {
	line, err := canonical(c)
	return append(line, '\n'), err
}

// Check holds a chained publication against the one before it (nil: it is the first), its
// chain and its signature.
func (c *Chained) Check(v *Verification, before *Chained) error {
	p := &c.Publication
	chain, err := p.Chain()
	if err != nil {
		return err
	}
	if sum := hex.EncodeToString(chain[:]); sum != string(c.Chain) {
		v.Differ("the publication of %s gives the chain %s, not %s", Quote(p.Number), sum, c.Chain)
	}
	switch {
	case before == nil && p.PreviousChain != "":
		v.Differ("the chain begins with %s, which names a chain before it", Quote(p.Number))
	case before != nil && (string(p.Previous) != before.Publication.Number || p.PreviousChain != before.Chain || string(p.PreviousSHA256) != before.Publication.SHA256):
		v.Differ("%s is not tied to %s, which stands before it", Quote(p.Number), Quote(before.Publication.Number))
	}
	if p.PublicKey != "" && !SignedBy(p.PublicKey, c.Chain, c.Signature) {
		v.Differ("the signature of %s is not that of its chain by the key %s", Quote(p.Number), p.PublicKey)
	}
	return nil
}

func sumOf(lines iter.Seq2[[]byte, error]) ([]byte, error) {
	sum := sha256.New()
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		sum.Write(line)
	}
	return sum.Sum(nil), nil
}
