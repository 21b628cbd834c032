package indicators

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// A TextKind is what somebody has to say beside a snapshot.
type TextKind string

// The kinds of texts. A comment, risks and next steps may be those of a group; the others
// speak of the whole.
const (
	KeyMessage TextKind = "key_message"
	GoodNews   TextKind = "good_news"
	Alert      TextKind = "alert"
	Decision   TextKind = "decision" // asked of the readers
	Comment    TextKind = "comment"
	Risks      TextKind = "risks"
	NextSteps  TextKind = "next_steps"
)

// TextKinds lists the kinds, in the order of the report.
func TextKinds() []TextKind {
	return []TextKind{KeyMessage, GoodNews, Alert, Decision, Comment, Risks, NextSteps}
}

// OfGroup tells whether a text of the kind may be that of a group.
func (k TextKind) OfGroup() bool { return k == Comment || k == Risks || k == NextSteps }

// A SnapshotText is what was written beside a snapshot while it was prepared.
type SnapshotText struct {
	Snapshot string   `db:"snapshot" json:"snapshot"` // its number
	Kind     TextKind `db:"kind" json:"kind"`
	Group    Optional `db:"group" json:"group"` // its code; absent: of the whole
	Text     Text     `db:"text" json:"text"`
	Since    int      `db:"since" json:"-"` // the changeset that wrote it; 0: nobody has
}

// longestText is how many characters a text may have in a language.
const longestText = 20_000

// Check refuses a text that cannot stand beside a snapshot. One that is empty in every
// language takes away what was written.
func (t *SnapshotText) Check() error {
	switch {
	case !slices.Contains(TextKinds(), t.Kind):
		return fmt.Errorf("%w: %s is not a kind of text beside a snapshot", ErrInvalid, Quote(string(t.Kind)))
	case t.Group != "" && !t.Kind.OfGroup():
		return fmt.Errorf("%w: a text of the kind %s speaks of the whole: leave the group out", ErrInvalid, t.Kind)
	}
	for _, text := range []Optional{t.Text.FR, t.Text.AR, t.Text.EN} {
		if !utf8.ValidString(string(text)) || utf8.RuneCountInString(string(text)) > longestText {
			return fmt.Errorf("%w: a text has %d characters at most: make it shorter", ErrInvalid, longestText)
		}
	}
	return nil
}
