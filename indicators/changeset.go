package indicators

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// A Changeset is one write: everything in it became known at the same moment, by
// the same author, for the same reason. Numbers follow the order of commit.
type Changeset struct {
	Number int       `db:"number" json:"number"`
	At     time.Time `db:"at" json:"at"` // when it became known
	Author string    `db:"author" json:"author"`
	Reason string    `db:"reason" json:"reason"`
	Kind   Kind      `db:"act" json:"-"`  // empty before there were accounts
	Role   Role      `db:"role" json:"-"` // of the author; empty for the command line
	// Internal: it changed nothing that the public reads, and is none of its business.
	Internal bool `db:"internal" json:"-"`
	// Recorded is the true time of a changeset that carries history over from an
	// older system and whose At is therefore earlier; else nil.
	Recorded *time.Time `db:"recorded" json:"recorded"`
}

// A Kind is what sort of act a changeset is.
type Kind string

// The kinds of acts. A change of review is named after the state that it leads to, or
// after what it undoes.
const (
	Imported   Kind = "import"
	Defined    Kind = "define" // organisations, groups, frameworks, actions, indicators, targets, settings
	Drafted    Kind = "draft"  // figures entered
	Submitting Kind = "submit"
	Verifying  Kind = "verify"
	Publishing Kind = "publish"
	Returned   Kind = "return"   // back to whoever entered it, with a reason
	Withdrawn  Kind = "withdraw" // published before, and no more
	Discarded  Kind = "discard"  // a draft given up
	Locked     Kind = "lock"
	Unlocked   Kind = "unlock"
	Accepted   Kind = "accept" // a finding of the quality rules
	Attached   Kind = "attach" // evidence
	Erased     Kind = "erase"
	Protected  Kind = "protect" // small cells
	Froze      Kind = "freeze"  // a snapshot taken
	Worded     Kind = "word"    // a text beside it
	Dropped    Kind = "drop"    // given up before it was published
	Issued     Kind = "issue"   // published
)

// Publishes tells whether a changeset of the kind may change what is published. Work on
// figures that are on their way, locks, acceptances and snapshots do not.
func (k Kind) Publishes() bool {
	switch k {
	case Drafted, Submitting, Verifying, Returned, Discarded, Locked, Unlocked, Accepted, Attached,
		Froze, Worded, Dropped, Issued:
		return false
	}
	return true
}

// Kinds lists the kinds of acts.
func Kinds() []Kind {
	return []Kind{
		Imported, Defined, Drafted, Submitting, Verifying, Publishing, Returned, Withdrawn, Discarded,
		Locked, Unlocked, Accepted, Attached, Erased, Protected,
		Froze, Worded, Dropped, Issued,
	}
}

// IsPublic tells whether every act of a kind changes what the public reads. Of the
// others, an act does that says so: an import may bring drafts only, evidence may be
// confidential.
func (k Kind) IsPublic() bool {
	switch k {
	case Defined, Publishing, Withdrawn, Protected, Issued:
		return true
	}
	return false
}

// An Act is what somebody is about to do, in which role and why: what the changeset
// will say of itself.
type Act struct {
	Kind   Kind
	Author string // account-7, or who used the command line
	Role   Role
	Reason string
	// Effective: it changes what the public reads, though its kind does not say so.
	Effective bool
}

// By is an act of an account.
func (a *Account) By(kind Kind, reason string) Act {
	return Act{Kind: kind, Author: a.Author(), Role: a.Role, Reason: reason}
}

// IsPublic tells whether the act changes what the public reads, so that its changeset
// is listed for everybody.
func (a Act) IsPublic() bool { return a.Effective || a.Kind.IsPublic() }

// fingerprint tells a changeset from one of the same number in another record. Two
// that carry the same history over differ by when that was done.
func (c Changeset) fingerprint() string {
	text := fmt.Sprintf("%d %d %q %q", c.Number, c.At.UnixMicro(), c.Author, c.Reason)
	if c.Recorded != nil {
		text += fmt.Sprintf(" %d", c.Recorded.UnixMicro())
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// A When names a point of the record: a changeset by its number, or a moment.
// The zero value is now.
type When struct {
	Changeset int       // 0 = the newest at Moment
	Moment    time.Time // zero = now
	Day       Date      // the day of judgement; 0 = the day of the moment
}

// ParseWhen reads "2026-10-31" (the end of that day), "2026-10" (the end of that
// month), an RFC 3339 moment, or a changeset number "#123" ("c123" in addresses).
// It refuses what lies after now.
func ParseWhen(text string, zone *time.Location, now time.Time) (When, error) {
	w, err := parseWhen(text, zone)
	if err != nil {
		return When{}, err
	}
	today := DateOf(now.In(zone))
	endsToday := w.Day == today && w.Moment.Equal(today.EndIn(zone))
	switch {
	case w.Day > today || w.Moment.After(now) && !endsToday:
		return When{}, fmt.Errorf("%w: %s lies in the future: give a day up to today", ErrInvalid, text)
	case w.Moment.After(now): // today: its end is still to come
		w.Moment = now
	}
	return w, nil
}

func parseWhen(text string, zone *time.Location) (When, error) {
	if text == "" {
		return When{}, nil
	}
	if number := strings.TrimLeft(text, "#c"); len(number) == len(text)-1 {
		if n, err := strconv.Atoi(number); err == nil && n > 0 && allDigits(number) {
			return When{Changeset: n}, nil
		}
	}
	if moment, err := time.Parse(time.RFC3339, text); err == nil && moment.Year() >= 1900 {
		return When{Moment: moment, Day: DateOf(moment.In(zone))}, nil
	}
	if day, err := ParseDate(text); err == nil {
		return When{Moment: day.EndIn(zone), Day: day}, nil
	}
	if month, err := ParsePeriod(text); err == nil && month.Months() == 1 {
		return When{Moment: month.End().EndIn(zone), Day: month.End()}, nil
	}
	return When{}, fmt.Errorf("%w: %s is not a moment: write a day (2026-10-31), a month (2026-10), an RFC 3339 time or a changeset (#123)", ErrInvalid, Quote(text))
}

// Resolve finds, among all changesets by number from 1, the newest one of a When,
// and the day on which what it knew is judged: the one that the When names, else
// that of the changeset. The zero When is the newest changeset.
func Resolve(record []Changeset, w When, zone *time.Location) (AsOf, error) {
	newest := len(record)
	at := AsOf{Date: w.Day, Changeset: w.Changeset}
	switch {
	case at.Changeset > newest:
		return at, fmt.Errorf("%w: changeset #%d: the newest is #%d", ErrNotFound, at.Changeset, newest)
	case at.Changeset == 0 && w.Moment.IsZero():
		at.Changeset = newest
	case at.Changeset == 0: // moments never run backwards
		at.Changeset = sort.Search(newest, func(n int) bool { return record[n].At.After(w.Moment) })
	}
	switch {
	case newest == 0:
		return at, fmt.Errorf("%w: nothing has been recorded yet", ErrNotFound)
	case at.Changeset == 0:
		return at, fmt.Errorf("%w: nothing was recorded by then: the record begins on %s", ErrNotFound, DateOf(record[0].At.In(zone)))
	case at.Date == 0:
		at.Date = DateOf(record[at.Changeset-1].At.In(zone))
	}
	return at, nil
}
