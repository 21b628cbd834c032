// Package bundle writes a snapshot as one file with which anybody can prove it, and checks
// such a file. It knows neither database nor network: all it needs is in the file, and
// nothing in the file is trusted.
//
// The file is a ZIP archive of
//
//   - manifest.json: the version of this layout ("bundle": 1), the snapshot's header, and of
//     each other file its bytes, lines and SHA-256;
//   - lines.jsonl: the snapshot in canonical form (see indicators.Freeze). Its SHA-256 is the
//     snapshot's;
//   - texts.jsonl: what was written beside it, a line {"row":…,"table":"texts"} each, in
//     canonical form. Its SHA-256 is texts_sha256 of the publication;
//   - chain.jsonl: of each published snapshot, from the first that is chained to this one, a
//     line {"chain":…,"publication":…,"signature":…}. The chain is the SHA-256, in
//     hexadecimal, of the line {"row":PUBLICATION,"table":"publication"} in canonical form
//     with its line feed; previous_chain of a publication is the chain of the line before.
//     The signature is Ed25519, of the chain's 32 bytes, in base64;
//   - README.txt: this, for whoever opens it.
//
// Canonical form is JSON with sorted keys, without spaces, in UTF-8 with <, > and & written
// as \u003c, \u003e and \u0026, every line ended by a line feed.
package bundle
