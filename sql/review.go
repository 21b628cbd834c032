package sql

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// A Stepping is a step of review that somebody takes with some figures.
type Stepping struct {
	Act     indicators.Act
	Step    indicators.Step
	Figures []Seen
	// May tells why the step may not be taken with a figure; it is asked under the lock, of
	// the figure as it is then.
	May  func(*indicators.Work) error
	Day  indicators.Date // on which figures to be published are held against the rules of quality
	Wait time.Duration   // for other writers; 0: for ever
	Once *Once           // nil: asked again, it is carried out again
}

// A Seen is a figure in the version that whoever acts has seen.
type Seen struct {
	indicators.FigureKey
	Since int // the changeset that began the version
}

// Step takes a step with figures, as one changeset: all of them, or none. What another has
// changed meanwhile is an *indicators.Overtaken with the figures as they are; what severe
// findings keep from being published, an *indicators.Doubted.
func (s *Store) Step(ctx context.Context, t Stepping) (changeset int, err error) {
	if len(t.Figures) == 0 {
		return 0, fmt.Errorf("%w: no figure is chosen: tick at least one", indicators.ErrInvalid)
	}
	if t.Step.Reason && t.Act.Reason == "" {
		return 0, fmt.Errorf("%w: a reason is required", indicators.ErrInvalid)
	}
	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := t.Once.begin(ctx, tx, t.Wait); err != nil {
			return err
		}
		if err := lockWriters(ctx, tx, t.Wait); err != nil {
			return err
		}
		found, err := t.read(ctx, tx)
		if err != nil {
			return err
		}
		if err := t.check(found); err != nil {
			return err
		}
		if err := refuseLocked(ctx, tx, found); err != nil {
			return err
		}
		if err := t.refuseDoubted(ctx, tx, found); err != nil {
			return err
		}
		if changeset, err = number(ctx, tx, t.Act, time.Time{}); err != nil {
			return err
		}
		if err := t.move(ctx, tx, changeset, found); err != nil {
			return err
		}
		if t.Step.To == indicators.Published || t.Step.Kind == indicators.Withdrawn {
			if err := protect(ctx, tx, changeset); err != nil {
				return err
			}
		}
		if err := t.Once.end(ctx, tx, t.Report(changeset)); err != nil {
			return err
		}
		return announce(ctx, tx, changeset)
	})
	return changeset, err
}

// Report tells of the step, once taken, as of a recording.
func (t *Stepping) Report(changeset int) *indicators.Report {
	return &indicators.Report{Changeset: changeset, Counts: []indicators.Count{{Table: "observations", Changed: len(t.Figures)}}}
}

// A found is a live version of a figure, with its place in the table.
type found struct {
	Series int64 `db:"series"`
	indicators.Work
}

// read finds the live versions of the figures: the pending ones, or, to withdraw them, the
// published ones.
func (t *Stepping) read(ctx context.Context, tx *sqlx.Tx) ([]found, error) {
	const named = `
		JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
		     AS k(indicator, sex, age, governorate, breakdown, period)
		  ON s.indicator = k.indicator AND s.sex = k.sex AND s.age = k.age AND s.governorate = k.governorate
		     AND s.breakdown = k.breakdown AND o.period = k.period
		WHERE o.until IS NULL AND (o.review = 3) = $7`

	keys := make([]indicators.FigureKey, len(t.Figures))
	for n := range t.Figures {
		keys[n] = t.Figures[n].FigureKey
	}
	var all []found
	if err := tx.SelectContext(ctx, &all, workColumns+named, append(keyArrays(keys), t.Step.Kind == indicators.Withdrawn)...); err != nil {
		return nil, fmt.Errorf("reading the figures under review: %w", kind(ctx, err))
	}
	return all, nil
}

// keyArrays are the keys as six arrays.
func keyArrays(keys []indicators.FigureKey) []any {
	texts := make([][]string, 5)
	periods := make([]int64, len(keys))
	for n, k := range keys {
		for c, text := range []string{k.Indicator, k.Breakdown.Sex, k.Breakdown.Age, k.Breakdown.Governorate, k.Breakdown.Other} {
			texts[c] = append(texts[c], text)
		}
		periods[n] = int64(k.Period)
	}
	args := make([]any, 0, 6)
	for c := range texts {
		args = append(args, pq.Array(texts[c]))
	}
	return append(args, pq.Array(periods))
}

// check refuses what has changed, what is in another state, and what may not be done.
func (t *Stepping) check(all []found) error {
	now := make(map[indicators.FigureKey]*indicators.Work, len(all))
	for n := range all {
		now[all[n].Key()] = &all[n].Work
	}
	var overtaken indicators.Overtaken
	for _, seen := range t.Figures {
		w := now[seen.FigureKey]
		switch {
		case w == nil:
			gone := indicators.Work{Observation: indicators.Observation{Indicator: seen.Indicator, Breakdown: seen.Breakdown}}
			gone.Period = seen.Period
			overtaken.Now = append(overtaken.Now, gone)
		case w.Since != seen.Since || !slices.Contains(t.Step.From, w.Review):
			overtaken.Now = append(overtaken.Now, *w)
		}
	}
	if len(overtaken.Now) > 0 {
		return &overtaken
	}
	for n := range all {
		if err := t.May(&all[n].Work); err != nil {
			return err
		}
	}
	return nil
}

// move ends the versions and begins the next ones; a publication also ends what was
// published before.
func (t *Stepping) move(ctx context.Context, tx *sqlx.Tx, changeset int, all []found) error {
	const end = `
		UPDATE observation o SET until = $1
		FROM unnest($2::int[], $3::int[]) AS k(series, period)
		WHERE o.series = k.series AND o.period = k.period AND o.until IS NULL AND (o.review = 3) = $4`

	const begin = `
		INSERT INTO observation (series, period, since, source, review, obs_status, headline, partial,
		                         value, numerator, denominator, comment, evidence)
		SELECT o.series, o.period, $1, o.source, $4, o.obs_status, o.headline, o.partial,
		       o.value, o.numerator, o.denominator, o.comment, o.evidence
		FROM observation o
		JOIN unnest($2::int[], $3::int[]) AS k(series, period) ON o.series = k.series AND o.period = k.period
		WHERE o.until = $1 AND o.review < 3`

	series, periods := make([]int64, len(all)), make([]int64, len(all))
	for n := range all {
		series[n], periods[n] = all[n].Series, int64(all[n].Period)
	}
	published := t.Step.Kind == indicators.Withdrawn
	done, err := tx.ExecContext(ctx, end, changeset, pq.Array(series), pq.Array(periods), published)
	if err != nil {
		return fmt.Errorf("ending figures under review: %w", kind(ctx, err))
	}
	if n, err := done.RowsAffected(); err != nil || n != int64(len(all)) {
		return fmt.Errorf("ending figures under review: ended %d of %d (%w)", n, len(all), err)
	}
	if t.Step.Ends {
		return nil
	}
	if t.Step.To == indicators.Published {
		if _, err := tx.ExecContext(ctx, end, changeset, pq.Array(series), pq.Array(periods), true); err != nil {
			return fmt.Errorf("ending published figures: %w", kind(ctx, err))
		}
	}
	if _, err := tx.ExecContext(ctx, begin, changeset, pq.Array(series), pq.Array(periods), int16(t.Step.To)); err != nil {
		return fmt.Errorf("writing figures under review: %w", kind(ctx, err))
	}
	return nil
}
