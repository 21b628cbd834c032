package sql

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lib/pq"

	"jalon/indicators"
)

// A countedTable is the total and the parts of an indicator and period.
type countedTable struct {
	Indicator string
	Period    indicators.Period
}

// manyRows is from how many rows of a changeset on tables are joined whole. The planner
// does not know how many there are: they are new.
const manyRows = 1000

// touchedTables are those of which the changeset publishes a small part, or publishes or
// ends a figure where something is withheld already. For a million rows it is one look
// at each, for a few an index or two.
func (p *protector) touchedTables(ctx context.Context) ([]countedTable, error) {
	const rows = `
		SELECT (SELECT count(*) FROM (SELECT FROM observation WHERE since = $1 LIMIT $2) new) +
		       (SELECT count(*) FROM (SELECT FROM observation WHERE until = $1 LIMIT $2) old)`

	const withheld = `
		SELECT DISTINCT indicator, period
		FROM (SELECT s.indicator, o.period
		      FROM observation o
		      JOIN series s ON s.id = o.series
		      WHERE o.since = $1 AND o.review = 3
		      UNION
		      SELECT s.indicator, o.period
		      FROM observation o
		      JOIN series s ON s.id = o.series
		      WHERE o.until = $1 AND o.review = 3) touched
		WHERE EXISTS (SELECT FROM series s
		              JOIN suppression h ON h.series = s.id
		              WHERE s.indicator = touched.indicator AND h.period = touched.period AND h.until IS NULL)`

	var count int
	if err := p.tx.GetContext(ctx, &count, rows, p.number, manyRows); err != nil {
		return nil, fmt.Errorf("looking for small counts of persons: %w", kind(ctx, err))
	}
	all, err := p.tables(ctx, count >= manyRows, smallTables(p.threshold)+` AND o.since = $1`, p.number)
	if err != nil || !p.withholds {
		return all, err
	}
	more, err := p.tables(ctx, count >= manyRows, withheld, p.number)
	known := make(map[countedTable]bool, len(all))
	for _, t := range all {
		known[t] = true
	}
	return append(all, slices.DeleteFunc(more, func(t countedTable) bool { return known[t] })...), err
}

// allTables are those, of some indicators (nil: of all), in which any version of a part
// is small or something is withheld.
func (p *protector) allTables(ctx context.Context, of []string) ([]countedTable, error) {
	query := smallTables(p.threshold) + ` AND ($1::text[] IS NULL OR s.indicator = ANY ($1))
		UNION
		SELECT s.indicator, h.period
		FROM suppression h
		JOIN series s ON s.id = h.series
		WHERE ($1::text[] IS NULL OR s.indicator = ANY ($1)) AND h.until IS NULL`

	return p.tables(ctx, of == nil, query, pq.Array(of))
}

// tables runs a query for tables, joining whole where much of what is joined is wanted.
func (p *protector) tables(ctx context.Context, whole bool, query string, args ...any) (all []countedTable, err error) {
	steps := []func() error{func() error { return p.tx.SelectContext(ctx, &all, query, args...) }}
	if whole {
		set := func(to string) func() error {
			return func() error { _, err := p.tx.ExecContext(ctx, `SET LOCAL enable_nestloop = `+to); return err }
		}
		steps = []func() error{set("off"), steps[0], set("on")}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("looking for small counts of persons: %w", kind(ctx, err))
		}
	}
	return all, nil
}

// smallTables asks for the tables of which a part is small: in SQL, a little more than
// SmallCells takes for it.
func smallTables(threshold int) string {
	return strings.NewReplacer("BELOW", strconv.Itoa(threshold)).Replace(`
		SELECT DISTINCT s.indicator, o.period
		FROM observation o
		JOIN series s ON s.id = o.series
		JOIN indicator i ON i.code = s.indicator AND i.until IS NULL
		WHERE o.review = 3 AND NOT o.headline
		  AND (o.obs_status = 'Q' OR o.value > 0 AND o.value < BELOW OR o.numerator > 0 AND o.numerator < BELOW
		    OR o.denominator > 0 AND o.denominator < BELOW OR o.denominator - o.numerator > 0 AND o.denominator - o.numerator < BELOW)
		  AND CASE WHEN i.kind = 'number' THEN o.obs_status = 'Q' OR o.value > 0 AND o.value < BELOW
		           ELSE i.kind IN ('percent', 'ratio', 'rate') AND (o.obs_status = 'Q' OR o.numerator IS NOT NULL) END`)
}

// decide finds what is to be withheld of some tables. What is withheld already stays so,
// or is found anew from nothing.
// Each figure is looked up, as OFFSET 0 makes sure: of what was published or withheld a
// moment ago the planner knows nothing, and would read all of it for each.
func (p *protector) decide(ctx context.Context, tables []countedTable, stays bool) error {
	if len(tables) == 0 {
		return nil
	}
	codes, seen, names, periods := []string(nil), map[string]bool{}, []string(nil), []int64(nil)
	for _, t := range tables {
		if !seen[t.Indicator] {
			seen[t.Indicator], codes = true, append(codes, t.Indicator)
		}
		names, periods = append(names, t.Indicator), append(periods, int64(t.Period))
	}
	byCode, err := p.indicators(ctx, codes, p.number)
	if err != nil {
		return err
	}
	const query = `
		SELECT s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.series, o.period, o.value, o.numerator, o.denominator,
		       o.obs_status, o.since, coalesce(o.until, 0),
		       EXISTS (SELECT FROM suppression h WHERE h.series = o.series AND h.period = o.period AND h.until IS NULL)
		FROM unnest($1::text[], $2::int[]) AS t (indicator, period)
		JOIN series s ON s.indicator = t.indicator
		CROSS JOIN LATERAL (
			SELECT *
			FROM observation v
			WHERE v.series = s.id AND v.period = t.period AND v.review = 3
			OFFSET 0) o
		ORDER BY s.indicator, o.period, o.series, o.since`

	rows, err := p.tx.QueryContext(ctx, query, pq.Array(names), pq.Array(periods))
	if err != nil {
		return fmt.Errorf("reading small counts of persons: %w", kind(ctx, err))
	}
	defer rows.Close()
	var now tableCells
	for rows.Next() {
		var of countedTable
		var c indicators.Cell
		var series int32
		var withheld bool
		b := &c.Breakdown
		if err := rows.Scan(&of.Indicator, &b.Sex, &b.Age, &b.Governorate, &b.Other, &series, &c.Period, &c.Value, &c.Numerator, &c.Denominator,
			&c.Status, &c.Since, &c.Until, &withheld); err != nil {
			return fmt.Errorf("reading small counts of persons: %w", kind(ctx, err))
		}
		if of.Period = c.Period; of != now.countedTable {
			p.decideTable(&now, byCode[now.Indicator], stays)
			now = tableCells{countedTable: of, series: map[indicators.Breakdown]int32{}, withheld: map[indicators.Breakdown]bool{}}
		}
		now.cells = append(now.cells, c)
		now.series[c.Breakdown] = series
		if withheld {
			now.withheld[c.Breakdown] = true
		}
	}
	p.decideTable(&now, byCode[now.Indicator], stays)
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading small counts of persons: %w", kind(ctx, err))
	}
	return nil
}

// tableCells is a table with all that was ever published of it.
type tableCells struct {
	countedTable
	cells    []indicators.Cell
	series   map[indicators.Breakdown]int32
	withheld map[indicators.Breakdown]bool
}

// decideTable compares what is to be withheld of a table with what is.
func (p *protector) decideTable(t *tableCells, i *indicators.Indicator, stays bool) {
	if i == nil { // the first, of nothing; or an indicator that is no more
		return
	}
	c := indicators.Confidence{Threshold: p.threshold, Hidden: t.withheld}
	if !stays {
		c.Hidden, c.Preferred = nil, t.withheld
	}
	hidden := i.SmallCells(t.cells, c)
	for b, series := range t.series {
		switch key := (rowKey{series, t.Period}); {
		case hidden[b] && !t.withheld[b]:
			p.begin = append(p.begin, key)
		case t.withheld[b] && !hidden[b]:
			p.end = append(p.end, key)
		}
	}
}
