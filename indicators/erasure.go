package indicators

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// A hashedObservation stands for an observation whose comment was erased, which its line as
// it was frozen can be held against.
type hashedObservation struct {
	*Observation
	Comment *Optional `json:"comment"` // hides that of the observation
	SHA256  Optional  `json:"comment_sha256"`
}

// hashedFormat is the first format that has hashes in the place of comments; those before
// have one only where a comment was erased.
const hashedFormat = 3

// frozen is an observation as the formats before hashedFormat have it.
func frozen(o *Observation) any {
	if o.Erased == "" {
		return o
	}
	return hashedObservation{o, new(Optional), o.Erased}
}

// HashOf is the SHA-256 of a text, in hexadecimal digits.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// SameButErased tells whether two lines of a snapshot, one as it was frozen and one as it
// is recomputed, are the same but for a comment that was erased since: the frozen text
// has the hash that stayed.
func SameButErased(stored, recomputed []byte) bool {
	type line struct {
		Table string         `json:"table"`
		Row   map[string]any `json:"row"`
	}
	read := func(text []byte, into *line) bool {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		return decoder.Decode(into) == nil && into.Table == "observations" && into.Row != nil
	}
	var was, is line
	if !read(stored, &was) || !read(recomputed, &is) {
		return false
	}
	hash, erased := is.Row["comment_sha256"].(string)
	comment, commented := was.Row["comment"].(string)
	if !erased || !commented || HashOf(comment) != hash {
		return false
	}
	delete(is.Row, "comment_sha256")
	is.Row["comment"] = comment
	same, err := canonical(is)
	return err == nil && bytes.Equal(append(same, '\n'), stored)
}
