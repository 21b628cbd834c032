package sql

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// A Recording is what one changeset is to bring, by whom and why. Its kind is import,
// where nothing else is said.
type Recording struct {
	Workbook     *indicators.Workbook // nil: no definitions
	Observations []*indicators.Lines
	// Documents are attached, by the same act, to figures that are there after it. The
	// public has none of them before somebody publishes: Act, Released and Wait are not read.
	Documents []Attachment
	Found     []indicators.Problem // by whoever read the workbook: with any, all is checked and nothing written
	Doubted   []indicators.Problem // likewise, but refusing nothing
	Act       indicators.Act
	Moment    time.Time // of history carried over; zero: now
	DryRun    bool      // checks and compares, writes nothing
	// Accept is why severe findings of figures that it publishes may stand; where it is
	// empty, one that nobody has accepted refuses the whole, as an *indicators.Doubted.
	Accept     string
	AcceptWith string // how whoever is refused can give it
	// Seen is the newest changeset that the author of figures has seen: what others changed
	// after it, or have under review, is not replaced but told, as an *indicators.Overtaken.
	// 0: whatever is there is replaced, as by an import.
	Seen int
	Wait time.Duration
	Once *Once // nil: asked again, it is carried out again
	// Allow refuses what the definitions do not allow that this changeset would follow
	// on, such as a change of what somebody else has changed meanwhile. It may be asked
	// several times. Nil: all is allowed.
	Allow func(before *indicators.Definitions) error
}

var errOvertaken = errors.New("another changeset came in between")

// Record checks a workbook against what is known and writes what differs, as one
// changeset: all of it, or nothing. What is there already makes no changeset.
// Problems are in the report, with the error of kind ErrInvalid, or, where it is only that
// severe findings stand against published figures, an *indicators.Doubted. Reading, checking
// and comparing hold nobody up: the lock is taken only to write. One that others
// overtake again and again takes it first, so that it gets its turn.
func (s *Store) Record(ctx context.Context, r Recording) (*indicators.Report, error) {
	const tries = 3
	for range tries {
		report, err := s.record(ctx, r, false)
		if !errors.Is(err, errOvertaken) {
			return report, err
		}
	}
	return s.record(ctx, r, true)
}

func (s *Store) record(ctx context.Context, r Recording, lockFirst bool) (*indicators.Report, error) {
	report := &indicators.Report{DryRun: r.DryRun}
	r.Act.Kind = cmp.Or(r.Act.Kind, indicators.Imported)
	err := s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := r.Once.begin(ctx, tx, r.Wait); err != nil {
			return err
		}
		if lockFirst {
			if err := lockWriters(ctx, tx, r.Wait); err != nil {
				return err
			}
		}
		rec := recording{Recording: r, store: s, tx: tx, report: report}
		if err := rec.prepare(ctx); err != nil {
			return err
		}
		switch {
		case report.Refused():
			return rec.refusal()
		case rec.nothing():
			report.Unchanged = true
		case r.DryRun:
			return errNothing
		default:
			if err := rec.write(ctx); err != nil && !errors.Is(err, errNothing) {
				return err
			}
		}
		if report.Unchanged && r.Once == nil {
			return errNothing
		}
		return r.Once.end(ctx, tx, report)
	})
	if errors.Is(err, errNothing) {
		err = nil
	}
	return report, err
}

// errNothing ends a transaction that has nothing to commit.
var errNothing = errors.New("nothing to write")

// A recording is one attempt at a Recording, in one transaction.
type recording struct {
	Recording
	store  *Store
	tx     *sqlx.Tx
	report *indicators.Report

	seen          int                  // the newest changeset when the comparison was made
	doubts        []indicators.Problem // those of the workbook
	before, after *indicators.Definitions
	staged        *staging             // nil without observations
	kept          []int64              // the contents of the documents
	stops         []indicators.Finding // that refuse it
	accepting     []objection          // that are accepted with it
}

// prepare reads, checks and compares, without the lock.
func (rec *recording) prepare(ctx context.Context) (err error) {
	if rec.seen, err = newest(ctx, rec.tx); err != nil {
		return err
	}
	if rec.before, err = definitionsAt(ctx, rec.tx, rec.seen); err != nil {
		return err
	}
	if rec.Allow != nil {
		if err := rec.Allow(rec.before); err != nil {
			return err
		}
	}
	var w indicators.Workbook
	if rec.Workbook != nil {
		w = *rec.Workbook
	}
	if w.Ended, err = endedKeys(ctx, rec.tx, &w); err != nil {
		return err
	}
	rec.doubts = slices.Concat(rec.Doubted, rec.before.Doubts(&w))
	rec.report.Warn(rec.doubts...)
	after, counts, problems := rec.before.Apply(&w)
	rec.after, rec.report.Counts = after, counts
	rec.report.Refuse(rec.Found...)
	rec.report.Refuse(problems...)
	if len(rec.Observations) == 0 {
		return nil
	}
	if rec.staged, err = rec.stage(ctx); err != nil {
		return err
	}
	if err := rec.staged.compare(ctx); err != nil {
		return err
	}
	if err := rec.refuseChanged(ctx); err != nil {
		return err
	}
	rec.report.Counts = append(rec.report.Counts, indicators.Count{})
	if err := rec.count(ctx); err != nil || rec.report.Refused() {
		return err
	}
	return rec.judge(ctx)
}

// refuseChanged refuses what lies in locked periods, and what others have changed.
func (rec *recording) refuseChanged(ctx context.Context) error {
	if err := rec.staged.refuseLocked(ctx); err != nil {
		return err
	}
	return rec.staged.refuseOvertaken(ctx, rec.Seen)
}

// count puts what the comparison of the observations has found into the report.
func (rec *recording) count(ctx context.Context) (err error) {
	last := len(rec.report.Counts) - 1
	rec.report.Counts[last], err = rec.staged.count(ctx)
	return err
}

// refusal is the error of what the report refuses.
func (rec *recording) refusal() error {
	if len(rec.stops) > 0 {
		return &indicators.Doubted{Findings: rec.stops}
	}
	return fmt.Errorf("%w: nothing was imported", indicators.ErrInvalid)
}

// nothing tells whether everything was there already.
func (rec *recording) nothing() bool {
	if len(rec.Documents) > 0 {
		return false
	}
	for _, c := range rec.report.Counts {
		if c.Added+c.Changed+c.Removed > 0 {
			return false
		}
	}
	return true
}

// compareAgain finds out what is left to do after other changesets: nothing, if they
// brought the same.
func (rec *recording) compareAgain(ctx context.Context) error {
	if err := rec.staged.compareAgain(ctx, rec.seen); err != nil {
		return err
	}
	if err := rec.refuseChanged(ctx); err != nil {
		return err
	}
	if rec.report.Refused() {
		return rec.refusal()
	}
	if err := rec.count(ctx); err != nil {
		return err
	}
	if rec.nothing() {
		rec.report.Unchanged = true
		return errNothing
	}
	if err := rec.judge(ctx); err != nil {
		return err
	}
	if rec.report.Refused() {
		return rec.refusal()
	}
	return nil
}

// write takes the lock, looks again at what another changeset has touched
// meanwhile, and writes.
func (rec *recording) write(ctx context.Context) error {
	if err := rec.keep(ctx); err != nil {
		return err
	}
	if err := lockWriters(ctx, rec.tx, rec.Wait); err != nil {
		return err
	}
	now, err := newest(ctx, rec.tx)
	if err != nil {
		return err
	}
	if now > rec.seen {
		changed, err := definitionsChanged(ctx, rec.tx, rec.seen)
		if err != nil {
			return err
		}
		if changed || rec.staged != nil && rec.staged.addsSeries() {
			return errOvertaken
		}
		if rec.staged != nil {
			if err := rec.compareAgain(ctx); err != nil {
				return err
			}
		}
	}
	if err := rec.judgeEffect(ctx); err != nil {
		return err
	}
	if err := rec.accept(ctx); err != nil {
		return err
	}
	n, err := number(ctx, rec.tx, rec.Act, rec.Moment)
	if err != nil {
		return err
	}
	if err := writeDefinitions(ctx, rec.tx, n, rec.before, rec.after); err != nil {
		return err
	}
	if rec.staged != nil {
		if err := rec.staged.write(ctx, n); err != nil {
			return err
		}
	}
	if err := rec.attach(ctx, n); err != nil {
		return err
	}
	if err := protect(ctx, rec.tx, n); err != nil {
		return err
	}
	rec.report.Changeset = n
	return announce(ctx, rec.tx, n)
}

// judgeEffect finds out whether what is about to be written changes anything that the
// public reads: a definition, or a published figure.
func (rec *recording) judgeEffect(ctx context.Context) error {
	for _, c := range rec.report.Counts {
		if c.Table != "observations" && c.Added+c.Changed+c.Removed > 0 {
			rec.Act.Effective = true
		}
	}
	if rec.Act.Effective || rec.staged == nil {
		return nil
	}
	err := rec.tx.GetContext(ctx, &rec.Act.Effective, `SELECT EXISTS (SELECT FROM diff WHERE review = 3)`)
	if err != nil {
		return fmt.Errorf("looking for published figures: %w", kind(ctx, err))
	}
	return nil
}
