package sql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// Protect withholds from the public what small counts of persons would tell, of all that
// is published: in a changeset of its own, if there is anything that is not withheld
// yet. It is for what was published before jalon knew to withhold, or knew as well as now.
func (s *Store) Protect(ctx context.Context) error {
	act := indicators.Act{Kind: indicators.Protected, Author: "jalon", Reason: "small counts of persons are withheld from the public"}
	for _, locked := range []bool{false, true} { // nobody waits where there is nothing to do
		err := s.transact(ctx, func(tx *sqlx.Tx) error {
			if locked {
				if err := lockWriters(ctx, tx, 0); err != nil {
					return err
				}
			}
			return protectAll(ctx, tx, act, locked)
		})
		if err != nil {
			if errors.Is(err, errNothing) {
				return nil
			}
			return err
		}
	}
	return nil
}

func protectAll(ctx context.Context, tx *sqlx.Tx, act indicators.Act, write bool) error {
	last, err := newest(ctx, tx)
	if err != nil {
		return err
	}
	p, err := newProtector(ctx, tx, last)
	if err != nil {
		return err
	}
	tables, err := p.allTables(ctx, nil)
	if err != nil {
		return err
	}
	if err := p.decide(ctx, tables, true); err != nil {
		return err
	}
	if len(p.begin)+len(p.end) == 0 {
		return errNothing
	}
	if !write {
		return nil
	}
	if p.number, err = number(ctx, tx, act, time.Time{}); err != nil {
		return err
	}
	if err := p.write(ctx); err != nil {
		return err
	}
	return announce(ctx, tx, p.number)
}

// protect withholds what a changeset that is being written would tell of few persons.
// Every writer that publishes, withdraws, or changes an indicator or a setting calls it
// before its commit, and before announce. Of what the changeset did not touch it reads
// nothing, unless it changed the threshold or what an indicator counts.
func protect(ctx context.Context, tx *sqlx.Tx, number int) error {
	p, err := newProtector(ctx, tx, number)
	if err != nil {
		return err
	}
	switch {
	case p.threshold == 0 && !p.withholds:
		return nil
	case p.threshold != p.before:
		tables, err := p.allTables(ctx, nil)
		if err != nil {
			return err
		}
		if err := p.decide(ctx, tables, p.threshold > p.before); err != nil {
			return err
		}
		return p.write(ctx)
	}
	redefined, err := p.redefined(ctx)
	if err != nil {
		return err
	}
	if len(redefined) > 0 {
		tables, err := p.allTables(ctx, redefined)
		if err != nil {
			return err
		}
		if err := p.decide(ctx, tables, false); err != nil {
			return err
		}
	}
	tables, err := p.touchedTables(ctx)
	if err != nil {
		return err
	}
	tables = slices.DeleteFunc(tables, func(t countedTable) bool { return slices.Contains(redefined, t.Indicator) })
	if err := p.decide(ctx, tables, true); err != nil {
		return err
	}
	return p.write(ctx)
}

// A protector finds what a changeset makes to be withheld, and what no longer has to be.
type protector struct {
	tx                *sqlx.Tx
	number            int
	threshold, before int  // the setting now, and before the changeset
	withholds         bool // anything at all

	begin, end []rowKey
}

func newProtector(ctx context.Context, tx *sqlx.Tx, number int) (*protector, error) {
	const query = `
		SELECT key, value
		FROM setting
		WHERE key = 'small_cells' AND since <= $1 AND (until IS NULL OR until > $1)`

	p := &protector{tx: tx, number: number}
	for at, threshold := range map[int]*int{number: &p.threshold, number - 1: &p.before} {
		d := indicators.Definitions{}
		if err := tx.SelectContext(ctx, &d.Settings, query, at); err != nil {
			return nil, fmt.Errorf("reading the size of small cells: %w", kind(ctx, err))
		}
		*threshold = d.SmallCells()
	}
	if err := tx.GetContext(ctx, &p.withholds, `SELECT EXISTS (SELECT FROM suppression WHERE until IS NULL)`); err != nil {
		return nil, fmt.Errorf("reading what is withheld: %w", kind(ctx, err))
	}
	return p, nil
}

// redefined lists the indicators of which the changeset changes what they count.
func (p *protector) redefined(ctx context.Context) ([]string, error) {
	const ended = `
		SELECT code
		FROM indicator
		WHERE until = $1`

	var codes []string
	if err := p.tx.SelectContext(ctx, &codes, ended, p.number); err != nil {
		return nil, fmt.Errorf("looking for changed indicators: %w", kind(ctx, err))
	}
	if len(codes) == 0 {
		return nil, nil
	}
	before, err := p.indicators(ctx, codes, p.number-1)
	if err != nil {
		return nil, err
	}
	after, err := p.indicators(ctx, codes, p.number)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(codes, func(code string) bool {
		b, a := before[code], after[code]
		return a == nil || a.Kind == b.Kind && a.Factor.Equal(b.Factor) && a.CountsPersons() == b.CountsPersons()
	}), nil
}

// indicators reads some indicators as of a changeset.
func (p *protector) indicators(ctx context.Context, codes []string, number int) (map[string]*indicators.Indicator, error) {
	var all []indicators.Indicator
	if err := p.tx.SelectContext(ctx, &all, indicatorQuery+liveAt+` AND code = ANY ($2)`, number, pq.Array(codes)); err != nil {
		return nil, fmt.Errorf("reading what indicators count: %w", kind(ctx, err))
	}
	byCode := make(map[string]*indicators.Indicator, len(all))
	for n := range all {
		byCode[all[n].Code] = &all[n]
	}
	return byCode, nil
}

// write ends what no longer has to be withheld, and begins what has to be now.
func (p *protector) write(ctx context.Context) error {
	const end = `
		UPDATE suppression
		SET until = $1
		WHERE until IS NULL AND (series, period) IN (SELECT * FROM unnest($2::int[], $3::int[]))`

	if len(p.end) > 0 {
		series, periods := rowArrays(p.end)
		if _, err := p.tx.ExecContext(ctx, end, p.number, series, periods); err != nil {
			return fmt.Errorf("ending what was withheld: %w", kind(ctx, err))
		}
	}
	if len(p.begin) == 0 {
		return nil
	}
	rows := func(yield func([]any) bool) {
		for _, key := range p.begin {
			if !yield([]any{int64(key.series), int64(key.period), p.number}) {
				return
			}
		}
	}
	if err := copyIn(ctx, p.tx, "suppression", []string{"series", "period", "since"}, rows); err != nil {
		return fmt.Errorf("withholding small counts of persons: %w", kind(ctx, err))
	}
	return nil
}

func rowArrays(keys []rowKey) (series, periods any) {
	var a, b []int64
	for _, key := range keys {
		a, b = append(a, int64(key.series)), append(b, int64(key.period))
	}
	return pq.Array(a), pq.Array(b)
}
