package indicators

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// A Severity is how much a finding weighs.
type Severity string

// The severities. A severe finding keeps a figure from being published unless somebody
// has accepted it.
const (
	Slight   Severity = "info"    // to be known
	Doubtful Severity = "warning" // to be looked into
	Severe   Severity = "severe"  // most likely wrong
)

// Severities lists them, the heaviest first.
func Severities() []Severity { return []Severity{Severe, Doubtful, Slight} }

// A Finding is what a rule of quality doubts: a figure, a series, a target or another
// definition. It is about one indicator, action, group or framework.
type Finding struct {
	Rule      string    `json:"rule"`
	Severity  Severity  `json:"severity"`
	Indicator Optional  `json:"indicator"`
	Action    Optional  `json:"action"`
	Group     Optional  `json:"group"`
	Framework Optional  `json:"framework"`
	Breakdown Breakdown `json:"breakdown"`
	Period    Period    `json:"period"`  // of the figure; absent where it is not about one
	Details   Details   `json:"details"` // what its sentence speaks of, as the rule lists it
	// Mark names the finding as long as the figures behind it are the same: whoever
	// accepts it accepts these figures and no others.
	Mark string `json:"mark"`
}

// Subject says what the finding is about: "indicator REM-COST".
func (f *Finding) Subject() string {
	for _, s := range [][2]string{
		{"indicator", string(f.Indicator)}, {"action", string(f.Action)}, {"group", string(f.Group)}, {"framework", string(f.Framework)},
	} {
		if s[1] != "" {
			return s[0] + " " + s[1]
		}
	}
	return ""
}

// A Detail is one thing that a finding speaks of. Its Value is a Decimal (a figure as it
// was given), an Amount (computed, in the indicator's unit), a float64 (without unit), an
// int, a Period, a Date, an Aim, or a code or word as a string.
type Detail struct {
	Name  string
	Value any
}

// An Amount is a number in the unit of an indicator that was computed from its figures.
type Amount float64

// Details are the details of a finding, in the order of its sentence.
type Details []Detail

// Of is the detail of a name, nil where there is none.
func (d Details) Of(name string) any {
	for _, detail := range d {
		if detail.Name == name {
			return detail.Value
		}
	}
	return nil
}

// MarshalJSON writes an object, in the order of the details.
func (d Details) MarshalJSON() ([]byte, error) {
	object := []byte{'{'}
	for n, detail := range d {
		name, err := json.Marshal(detail.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(detail.Value)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			object = append(object, ',')
		}
		object = append(append(append(object, name...), ':'), value...)
	}
	return append(object, '}'), nil
}

// mark sets the finding's mark: of its rule, what it is about and the figures behind it.
// Numbers are given so that equal ones are written alike.
func (f *Finding) mark(figures []string) {
	text := strings.Join(append([]string{f.Rule, f.Subject(), f.Breakdown.Key(), f.Period.String()}, figures...), "\x00")
	sum := sha256.Sum256([]byte(text))
	f.Mark = hex.EncodeToString(sum[:16])
}

// sortFindings puts the heaviest first, then by what they are about.
func sortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Severities(), a.Severity), slices.Index(Severities(), b.Severity)),
			CompareCodes(a.Subject(), b.Subject()),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Breakdown.Key(), b.Breakdown.Key()),
			cmp.Compare(a.Period, b.Period),
			cmp.Compare(a.Mark, b.Mark),
		)
	})
}

// An Acceptance lets a finding stand: somebody has looked and says why it is right.
type Acceptance struct {
	Mark      string `db:"mark" json:"-"`
	Rule      string `db:"rule" json:"-"`
	Subject   string `db:"subject" json:"-"`
	Changeset `db:"changeset" json:"changeset"`
}

// Blocking are the findings that keep what they are about from being published: those
// that are severe and that nobody has accepted. accepted is by mark.
func Blocking(findings []Finding, accepted map[string]Acceptance) []Finding {
	var all []Finding
	for _, f := range findings {
		if _, stands := accepted[f.Mark]; f.Severity == Severe && !stands {
			all = append(all, f)
		}
	}
	return all
}

// A Doubted is the refusal to publish figures of which severe findings stand.
type Doubted struct {
	Findings []Finding
}

// Error names what stands against the figures.
func (d *Doubted) Error() string {
	words := make([]string, len(d.Findings))
	for n := range d.Findings {
		f := &d.Findings[n]
		words[n] = strings.Join(strings.Fields(f.Rule+" of "+f.Subject()+" "+f.Period.String()+" "+f.Breakdown.Key()), " ")
	}
	return "severe findings stand that nobody has accepted: " + strings.Join(words, ", ")
}

// Unwrap is the kind of the refusal.
func (d *Doubted) Unwrap() error { return ErrConflict }
