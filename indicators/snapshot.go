package indicators

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// SnapshotFormat is the version of the canonical form in which snapshots are taken
// now. Format 1 had, of each assessment, the achievement rate alone; formats 1 and 2 had
// comments as they were written, where there is a hash now, so that one can be erased;
// formats 1 to 3 had not all that is needed to compute the assessments again.
const SnapshotFormat = 4

// KnowsSnapshotFormat tells whether Freeze can write a format, so that snapshots taken
// in it can be verified.
func KnowsSnapshotFormat(format int) bool { return format >= 1 && format <= SnapshotFormat }

// A SnapshotState is how far a snapshot has come.
type SnapshotState string

// A prepared snapshot can be taken again or dropped, and texts are written beside it. A
// published one is never altered; what is wrong in it, a correction tells, which is a
// snapshot of its own.
const (
	PreparedSnapshot  SnapshotState = "prepared"
	PublishedSnapshot SnapshotState = "published"
)

// A Snapshot is a Dataset frozen with its assessments: what was known at a
// changeset, judged on the last day of a month.
type Snapshot struct {
	Number    string    `db:"number" json:"number"` // the month: "2026-10"; of a correction "2026-10-rev1"
	Reason    Optional  `db:"reason" json:"reason"` // of a correction
	Changeset int       `db:"changeset" json:"changeset"`
	Judged    Date      `db:"judged" json:"judged"`
	Format    int       `db:"format" json:"format"`
	TakenAt   time.Time `db:"taken_at" json:"taken_at"`
	TakenBy   string    `db:"taken_by" json:"taken_by"`
	SHA256    string    `db:"sha256" json:"sha256"` // of the lines, each with its line feed
	Lines     int       `db:"lines" json:"lines"`
	// Protection is the changeset by whose knowledge figures are withheld: the newest
	// when it was taken.
	Protection int `db:"protection" json:"-"`

	State       SnapshotState `db:"state" json:"state"`
	PublishedAt *time.Time    `db:"published_at" json:"published_at"` // nil: not yet
	PublishedBy Optional      `db:"published_by" json:"published_by"`
	Previous    Optional      `db:"previous" json:"previous"`     // number of the one published before it; absent of those from before there were states, too
	Chain       Optional      `db:"chain" json:"chain"`           // SHA-256 of its Publication, in hexadecimal; absent of those from before there were states
	PublicKey   Optional      `db:"public_key" json:"public_key"` // Ed25519, in base64; absent: it is not signed
	Signature   Optional      `db:"signature" json:"signature"`   // of the chain's 32 bytes, in base64
}

// IsPublished tells whether everybody may read the snapshot.
func (s *Snapshot) IsPublished() bool { return s.State == PublishedSnapshot }

// Fingerprint is the hash by which what was published is known: of the publication, which
// covers the lines, the texts and all publications before; of one from before there was a chain,
// and of one that is not published, that of the lines.
func (s *Snapshot) Fingerprint() string {
	if s.Chain != "" {
		return string(s.Chain)
	}
	return s.SHA256
}

// TellsComments tells whether the lines hold comments, not their hashes alone.
func (s *Snapshot) TellsComments() bool { return s.Format < hashedFormat }

// Complete tells whether the lines hold all that the assessments were computed of.
func (s *Snapshot) Complete() bool { return s.Format >= completeFormat }

var snapshotNumber = regexp.MustCompile(`^([0-9]{4}-(?:0[1-9]|1[0-2]))(?:-rev([1-9][0-9]{0,3}))?$`)

// ParseSnapshotNumber reads the month and the revision (0: none) of a number.
func ParseSnapshotNumber(number string) (month Period, revision int, err error) {
	parts := snapshotNumber.FindStringSubmatch(number)
	if parts == nil {
		return 0, 0, fmt.Errorf("%w: %s is not the number of a snapshot: write one such as 2026-10 or 2026-10-rev1", ErrInvalid, Quote(number))
	}
	if month, err = ParsePeriod(parts[1]); err != nil {
		return 0, 0, err
	}
	if parts[2] != "" {
		revision, err = strconv.Atoi(parts[2])
	}
	return month, revision, err
}

// SnapshotNumber is the number of a month's snapshot, or of its correction.
func SnapshotNumber(month Period, revision int) string {
	if revision == 0 {
		return month.String()
	}
	return fmt.Sprintf("%s-rev%d", month, revision)
}
