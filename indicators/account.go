package indicators

import (
	"slices"
	"strconv"
	"strings"
)

// A Role is what a person with an account is to the programme.
type Role string

// The roles. Public is whoever has not signed in; it has no rights of its own.
const (
	Administrator Role = "administrator"
	Verifier      Role = "verifier"
	Contributor   Role = "contributor"
	DonorReader   Role = "donor"
	Auditor       Role = "auditor"
	Public        Role = ""
)

// Roles lists the roles that an account can have.
func Roles() []Role { return []Role{Administrator, Verifier, Contributor, DonorReader, Auditor} }

// A Right is something that not everybody may do.
type Right string

// The rights.
const (
	ReadWork  Right = "read_work"  // figures on their way, and confidential evidence
	ReadTrail Right = "read_trail" // all changesets, who made them, what was erased
	Propose   Right = "propose"    // enter figures, attach evidence, submit
	Verify    Right = "verify"     // check what was submitted, or return it
	Publish   Right = "publish"    // make known what was verified, or withdraw it; lock and unlock periods
	Accept    Right = "accept"     // let a finding of the quality rules stand, with a reason
	Define    Right = "define"     // organisations, groups, frameworks, actions, indicators, targets, settings
	Manage    Right = "manage"     // accounts
	Erase     Right = "erase"      // a comment or a file that should never have been entered
)

// Rights lists the rights.
func Rights() []Right {
	return []Right{ReadWork, ReadTrail, Propose, Verify, Publish, Accept, Define, Manage, Erase}
}

// A Reach is where a right holds.
type Reach int

// Nowhere, in the account's own scope, or everywhere.
const (
	Nowhere Reach = iota
	InScope
	Everywhere
)

// Reach is where a role has a right: the one table of who may do what.
func (r Role) Reach(right Right) Reach {
	switch r {
	case Administrator:
		return Everywhere
	case Verifier:
		return Everywhere.of(right, ReadWork, ReadTrail, Verify, Publish, Accept)
	case Auditor:
		return Everywhere.of(right, ReadWork, ReadTrail)
	case Contributor:
		return InScope.of(right, ReadWork, Propose)
	case DonorReader:
		return InScope.of(right, ReadWork) // from a state of review on: see Account.Sees
	}
	return Nowhere
}

// of is the reach, if the right is one of those granted.
func (r Reach) of(right Right, granted ...Right) Reach {
	if slices.Contains(granted, right) {
		return r
	}
	return Nowhere
}

// A Scope is what an account is for: groups, organisations or actions. Of a donor
// reader it is the organisations whose money is followed.
type Scope struct {
	Groups        Codes `db:"groups" json:"groups"`
	Organisations Codes `db:"organisations" json:"organisations"`
	Actions       Codes `db:"actions" json:"actions"`
}

// A Subject is what a figure is about, as far as rights go.
type Subject struct {
	Groups        Codes
	Organisations Codes // that report it, or lead its actions
	Actions       Codes
	Donors        Codes // that fund its actions
}

// An Account is a person who can sign in. A nil Account is the public.
type Account struct {
	ID       int      `db:"id" json:"id"`
	Email    Optional `db:"email" json:"email"` // empty: deleted
	Name     string   `db:"name" json:"name"`
	Role     Role     `db:"role" json:"role"`
	Language string   `db:"language" json:"language"`
	Scope    Scope    `db:"scope" json:"scope"`
	Disabled bool     `db:"disabled" json:"disabled"`
}

// Author is how changesets name the account: by its number, so that the person can be
// forgotten.
func (a *Account) Author() string { return "account-" + strconv.Itoa(a.ID) }

// AccountOf is the number of the account that an author is, 0 for any other author.
func AccountOf(author string) int {
	number, found := strings.CutPrefix(author, "account-")
	id, err := strconv.Atoi(number)
	if !found || err != nil || id < 1 {
		return 0
	}
	return id
}

// role is the account's role, Public where there is no account or it is disabled.
func (a *Account) role() Role {
	if a == nil || a.Disabled {
		return Public
	}
	return a.Role
}

// Has tells whether the account has a right at least somewhere.
func (a *Account) Has(right Right) bool { return a.role().Reach(right) > Nowhere }

// May tells whether the account has a right over a subject.
func (a *Account) May(right Right, s Subject) bool {
	switch a.role().Reach(right) {
	case Everywhere:
		return true
	case InScope:
		return a.covers(s)
	}
	return false
}

// covers tells whether a subject lies in the account's scope: of a donor reader by the
// money, of others by group, organisation or action.
func (a *Account) covers(s Subject) bool {
	if a.Role == DonorReader {
		return meet(a.Scope.Organisations, s.Donors)
	}
	return meet(a.Scope.Groups, s.Groups) || meet(a.Scope.Organisations, s.Organisations) || meet(a.Scope.Actions, s.Actions)
}

// Sees tells whether the account is shown a figure in a state of review. Donor readers
// see those of the actions that they fund from donorsFrom on.
func (a *Account) Sees(state Review, s Subject, donorsFrom Review) bool {
	switch {
	case state == Published:
		return true
	case a.role() == DonorReader && state < donorsFrom:
		return false
	}
	return a.May(ReadWork, s)
}

// Knows tells whether the account is shown what is withheld from the public, where it is
// shown figures on their way: who enters, checks or audits them, but not who pays for them.
func (a *Account) Knows() bool {
	role := a.role()
	return role != Public && role != DonorReader
}

// ShownTo lists the indicators of which an account is shown figures in a state of review;
// nil stands for all of them.
func (ds *Dataset) ShownTo(a *Account, state Review) []string {
	if state == Published || a.role().Reach(ReadWork) == Everywhere {
		return nil
	}
	shown, from := []string{}, ds.DonorsSee()
	for n := range ds.Indicators {
		if i := &ds.Indicators[n]; a.Sees(state, ds.SubjectOf(i), from) {
			shown = append(shown, i.Code)
		}
	}
	return shown
}

// SeesChangeset tells whether the account is shown a changeset: everybody is shown those
// that change what the public reads.
func (a *Account) SeesChangeset(c *Changeset) bool { return !c.Internal || a.Has(ReadTrail) }

func meet(a, b Codes) bool {
	return slices.ContainsFunc(a, func(code string) bool { return b.Has(code) })
}

// SubjectOf is what the figures of an indicator are about.
func (ds *Dataset) SubjectOf(i *Indicator) Subject {
	s := Subject{Groups: ds.GroupsOf(i), Actions: i.Actions}
	organisations, donors := []string{}, []string{}
	if i.Responsible != "" {
		organisations = append(organisations, string(i.Responsible))
	}
	for _, code := range i.Actions {
		if a := ds.Action(code); a != nil && a.Lead != "" {
			organisations = append(organisations, string(a.Lead))
		}
	}
	for n := range ds.Funding {
		if f := &ds.Funding[n]; i.Actions.Has(f.Action) {
			donors = append(donors, f.Donor)
		}
	}
	s.Organisations, s.Donors = NewCodes(organisations), NewCodes(donors)
	return s
}
