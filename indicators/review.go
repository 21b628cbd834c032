package indicators

import (
	"errors"
	"fmt"
	"slices"
)

// A Step moves a figure along its way to the public, or takes it back.
type Step struct {
	Kind Kind
	// From are the states in which the step finds a figure, To is the one it leads to, and
	// Ends tells that it leads to none: the figure is given up.
	From []Review
	To   Review
	Ends bool
	// Reason tells that a reason is required.
	Reason bool
}

// Steps lists the steps of review.
func Steps() []Step {
	return []Step{
		{Kind: Submitting, From: []Review{Draft}, To: Submitted},
		{Kind: Verifying, From: []Review{Submitted}, To: Verified},
		{Kind: Publishing, From: []Review{Verified}, To: Published},
		{Kind: Returned, From: []Review{Submitted, Verified}, To: Draft, Reason: true},
		{Kind: Discarded, From: []Review{Draft}, Ends: true},
		{Kind: Withdrawn, From: []Review{Published}, Ends: true, Reason: true},
	}
}

// StepOf finds a step by its kind.
func StepOf(kind Kind) (Step, error) {
	all := Steps()
	if n := slices.IndexFunc(all, func(s Step) bool { return s.Kind == kind }); n >= 0 {
		return all[n], nil
	}
	return Step{}, fmt.Errorf("%w: %s is no step of review", ErrInvalid, Quote(string(kind)))
}

// A FigureKey names a figure, in whatever version.
type FigureKey struct {
	Indicator string    `db:"indicator" json:"indicator"`
	Breakdown Breakdown `db:"breakdown" json:"breakdown"`
	Period    Period    `db:"period" json:"period"`
}

// Key names the figure that an observation is a version of.
func (o *Observation) Key() FigureKey { return FigureKey{o.Indicator, o.Breakdown, o.Period} }

// String names the figure in a line: "REM-COST 2026-Q1 sex=F".
func (k FigureKey) String() string {
	text := k.Indicator + " " + k.Period.String()
	if part := k.Breakdown.Key(); part != "" {
		text += " " + part
	}
	return text
}

// A Work is a figure on its way: the proposal in its state, by whom it came into it, and
// what is published beside it.
type Work struct {
	Observation
	// By is the changeset that brought the figure into its state; of a draft that was
	// returned it has the reason.
	By Changeset `db:"by"`
	// Entered and Submitted are the authors who entered the value and who submitted it;
	// empty where nobody did.
	Entered   string `db:"entered"`
	Submitted string `db:"submitted"`
	Published Figure `db:"published"` // its period is 0 where nothing is
}

// Returned tells whether the figure was sent back to whoever entered it.
func (w *Work) Returned() bool { return w.Review == Draft && w.By.Kind == Returned }

// Overtaken tells whether another version was published after the proposal was made.
func (w *Work) Overtaken() bool { return w.Published.Period != 0 && w.Published.Since > w.Since }

// Next is the right of who must act next.
func (w *Work) Next() Right {
	switch w.Review {
	case Submitted:
		return Verify
	case Verified:
		return Publish
	}
	return Propose
}

// ErrRight is an act that an account has no right to.
var ErrRight = errors.New("not allowed")

// ErrOwnWork is the verification, by whoever submitted it, of a figure that four eyes must
// see.
var ErrOwnWork = fmt.Errorf("%w: whoever submits a figure does not verify it", ErrRight)

// MayStep tells why an account may not take a step with a figure; nil: it may. With
// fourEyes whoever submitted does not verify. Who submitted may take it back before it is
// verified.
func (a *Account) MayStep(s Step, w *Work, of Subject, fourEyes bool) error {
	right := w.Next()
	if s.Kind == Withdrawn {
		right = Publish
	}
	own := w.Submitted != "" && a != nil && w.Submitted == a.Author()
	switch {
	case s.Kind == Returned && w.Review == Submitted && own && a.May(Propose, of):
		return nil
	case !a.May(right, of):
		return fmt.Errorf("%w: %s of %s", ErrRight, s.Kind, w.Key())
	case s.Kind == Verifying && fourEyes && own:
		return ErrOwnWork
	}
	return nil
}

// Takes tells whether an account takes a step with figures of a subject at all, in one or
// another of the states in which the step finds them. Who takes it with none is not shown
// what it would do.
func (a *Account) Takes(s Step, of Subject) bool {
	if s.Kind == Returned && a.May(Propose, of) { // what they submitted themselves
		return true
	}
	return slices.ContainsFunc(s.From, func(from Review) bool {
		return a.MayStep(s, &Work{Observation: Observation{Review: from}}, of, false) == nil
	})
}

// FourEyes tells whether who submits a figure may not verify it.
func (d *Definitions) FourEyes() bool { return d.Setting("four_eyes", "yes") != "no" }

// DonorsSee is the state from which on donor readers see figures of what they fund.
func (d *Definitions) DonorsSee() Review {
	if d.Setting("donors_see", "") == Submitted.String() {
		return Submitted
	}
	return Verified
}

// An Overtaken is the refusal to change what somebody else has changed meanwhile.
type Overtaken struct {
	Now []Work // the figures as they are, those that are gone without a state
}

// Error names the figures.
func (o *Overtaken) Error() string {
	text := "somebody else has changed meanwhile: "
	for n := range o.Now {
		if n > 0 {
			text += ", "
		}
		text += o.Now[n].Key().String()
	}
	return text
}

// Unwrap makes it a conflict.
func (o *Overtaken) Unwrap() error { return ErrConflict }
