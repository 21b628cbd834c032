package sql

import (
	"context"
	"fmt"
	"strings"

	"jalon/indicators"
)

// compare finds what is given twice, what is removed that never was, what may not
// come new, and what differs from the live rows; the latter is left in the temporary
// table diff.
func (st *staging) compare(ctx context.Context) error {
	if err := st.twice(ctx); err != nil {
		return err
	}
	if err := st.removedInVain(ctx); err != nil {
		return err
	}
	create := `CREATE TEMP TABLE diff ON COMMIT DROP AS ` + st.differing("")
	if _, err := st.tx.ExecContext(ctx, create); err != nil {
		return fmt.Errorf("comparing the observations: %w", kind(ctx, err))
	}
	if err := st.refuseErased(ctx); err != nil {
		return err
	}
	return st.refuseMisfits(ctx)
}

// refuseErased finds comments that an administrator has erased from the same figure: an
// old file, imported again, must not bring them back.
func (st *staging) refuseErased(ctx context.Context) error {
	const query = `
		SELECT file, line, 0 AS first
		FROM diff d
		JOIN erasure e ON e.what = 'comment' AND e.series = d.series AND e.period = d.period
		              AND e.sha256 = sha256(convert_to(d.comment, 'UTF8'))
		WHERE NOT d.remove
		ORDER BY file, line`

	var any bool
	if err := st.tx.GetContext(ctx, &any, `SELECT EXISTS (SELECT FROM erasure WHERE what = 'comment')`); err != nil {
		return fmt.Errorf("looking for erased comments: %w", kind(ctx, err))
	}
	if !any {
		return nil
	}
	message := indicators.Say("this comment was erased by an administrator and may not come back: empty the cell, or write another")
	return st.tell(ctx, query, func(at rowOf, _ int) indicators.Problem { return st.problem(at, message) })
}

// count tells what the comparison has found.
func (st *staging) count(ctx context.Context) (indicators.Count, error) {
	count := indicators.Count{Table: "observations"}
	const sums = `
		SELECT count(*) FILTER (WHERE NOT existed AND NOT remove) AS added,
		       count(*) FILTER (WHERE existed AND NOT remove) AS changed,
		       count(*) FILTER (WHERE existed AND remove) AS removed,
		       (SELECT count(*) FROM staged) - count(*) AS unchanged
		FROM diff`

	err := st.tx.QueryRowContext(ctx, sums).Scan(&count.Added, &count.Changed, &count.Removed, &count.Unchanged)
	if err != nil {
		return count, fmt.Errorf("counting the observations: %w", kind(ctx, err))
	}
	return count, nil
}

// differing selects the staged rows that the live ones do not equal; what is to be
// removed and is not there differs in nothing. A column that
// the file does not have keeps what is live; numbers are one unit with the value. A row
// that says what the public is told, that a figure is withheld, comes from an export and
// changes nothing: what the figure is stays known here.
func (st *staging) differing(where string) string {
	query := strings.NewReplacer("SOURCE", st.given("source", "o.source"), "COMMENT", st.given("comment", "o.comment"),
		"EVIDENCE", st.given("evidence", "o.evidence"), "STATUS", st.given("obs_status", `coalesce(o.obs_status, 'A'::"char")`),
		"PARTIAL", st.given("partial", "coalesce(o.partial, false)")).Replace(`
		SELECT r.series, r.period, SOURCE AS source, r.review, r.line, r.file, r.remove, r.misfit, STATUS AS obs_status, r.headline,
		       PARTIAL AS partial, r.value, r.numerator, r.denominator, COMMENT AS comment, EVIDENCE AS evidence,
		       o.series IS NOT NULL AS existed
		FROM staged r
		LEFT JOIN observation o ON o.series = r.series AND o.period = r.period AND o.until IS NULL
		                       AND (o.review = 3) = (r.review = 3)
		WHERE NOT (r.remove AND o.series IS NULL)
		  AND NOT (r.obs_status = 'Q' AND coalesce(o.review, 0) = 3 AND NOT r.remove
		           AND (r.series, r.period) IN (SELECT series, period FROM suppression WHERE until IS NULL))
		  AND (o.series IS NULL OR r.remove OR r.review <> o.review
		    OR (r.value, r.numerator, r.denominator, SOURCE, STATUS, PARTIAL, COMMENT, EVIDENCE) IS DISTINCT FROM
		       (o.value, o.numerator, o.denominator, o.source, o.obs_status, o.partial, o.comment, o.evidence))`)
	return query + where
}

// given is a column of the staged row, or another expression for the rows of files
// that do not have the column.
func (st *staging) given(column, otherwise string) string {
	var lacking []string
	for file := range st.lines {
		if !st.lines[file].Has(column) {
			lacking = append(lacking, fmt.Sprint(file))
		}
	}
	switch len(lacking) {
	case 0:
		return "r." + column
	case len(st.lines):
		return otherwise
	}
	return "CASE WHEN r.file IN (" + strings.Join(lacking, ", ") + ") THEN " + otherwise + " ELSE r." + column + " END"
}

// compareAgain repeats the comparison, under the lock, for what other changesets
// have touched since.
func (st *staging) compareAgain(ctx context.Context, seen int) error {
	const touched = `
		CREATE TEMP TABLE touched ON COMMIT DROP AS
		SELECT series, period FROM observation WHERE since > $1
		UNION
		SELECT series, period FROM observation WHERE until > $1`

	for _, step := range []struct {
		query string
		args  []any
	}{
		{strings.Replace(touched, "$1", fmt.Sprint(seen), 2), nil},
		{`DELETE FROM diff WHERE (series, period) IN (SELECT series, period FROM touched)`, nil},
		{`INSERT INTO diff ` + st.differing(` AND (r.series, r.period) IN (SELECT series, period FROM touched)`), nil},
	} {
		if _, err := st.tx.ExecContext(ctx, step.query, step.args...); err != nil {
			return fmt.Errorf("comparing the observations again: %w", kind(ctx, err))
		}
	}
	if err := st.refuseErased(ctx); err != nil {
		return err
	}
	return st.refuseMisfits(ctx)
}

func (st *staging) twice(ctx context.Context) error {
	const query = `
		SELECT file, line, first
		FROM (SELECT file, line, first_value(line) OVER same AS first, row_number() OVER same AS place
		      FROM staged
		      WHERE (series, period) IN (SELECT series, period FROM staged GROUP BY series, period HAVING count(*) > 1)
		      WINDOW same AS (PARTITION BY series, period ORDER BY file, line)) given
		WHERE place > 1
		ORDER BY file, line`

	return st.tell(ctx, query, func(at rowOf, first int) indicators.Problem {
		return st.problem(at, indicators.Say("this figure is given twice, first on line %d: keep one of the two rows", first))
	})
}

// removedInVain finds removals of what never was: most likely, a key is misspelt.
// The removal of what is there no more is no mistake, but done already.
func (st *staging) removedInVain(ctx context.Context) error {
	if !st.removes {
		return nil
	}
	const query = `
		SELECT file, line, 0 AS first
		FROM staged r
		WHERE remove AND NOT EXISTS (SELECT FROM observation o
		                             WHERE o.series = r.series AND o.period = r.period AND (o.review = 3) = (r.review = 3))
		ORDER BY file, line`

	message := indicators.Say("this figure is not there to be removed, and never was: correct the row, or leave it out")
	return st.tell(ctx, query, func(at rowOf, _ int) indicators.Problem { return st.problem(at, message) })
}

// refuseMisfits finds new and changed figures that may not come new: whose period is of
// another length than their indicator's, or whose value lies between two stages.
func (st *staging) refuseMisfits(ctx context.Context) error {
	if len(st.misfits) == 0 {
		return nil
	}
	const query = `
		SELECT file, line, 0 AS first
		FROM diff
		WHERE misfit
		ORDER BY file, line`

	return st.tell(ctx, query, func(at rowOf, _ int) indicators.Problem {
		if p, known := st.misfits[at]; known {
			return p
		}
		return st.problem(at, indicators.Say("the length of the period, or the value, is none that the indicator has: correct it, or change the indicator"))
	})
}

// problem is a Problem with a row as a whole.
func (st *staging) problem(at rowOf, message indicators.Sentence) indicators.Problem {
	return indicators.Problem{Place: indicators.Place{File: st.lines[at.file].File, Line: at.line, Column: 1}, Message: message}
}

// tell reports a problem for each row that a query finds.
func (st *staging) tell(ctx context.Context, query string, problem func(at rowOf, first int) indicators.Problem) error {
	var found []struct{ File, Line, First int }
	if err := st.tx.SelectContext(ctx, &found, query); err != nil {
		return fmt.Errorf("checking the observations: %w", kind(ctx, err))
	}
	for _, f := range found {
		st.report.Refuse(problem(rowOf{f.File, f.Line}, f.First))
	}
	return nil
}

// write ends the rows that change and begins the new ones.
func (st *staging) write(ctx context.Context, number int) error {
	const end = `
		UPDATE observation o SET until = $1
		FROM diff d
		WHERE d.existed AND o.series = d.series AND o.period = d.period AND o.until IS NULL
		  AND (o.review = 3) = (d.review = 3)`

	const begin = `
		INSERT INTO observation (series, period, since, source, review, obs_status, headline, partial,
		                         value, numerator, denominator, comment, evidence)
		SELECT series, period, $1, source, review, obs_status, headline, partial,
		       value, numerator, denominator, comment, evidence
		FROM diff
		WHERE NOT remove
		ORDER BY series, period`

	if err := st.writeDictionaries(ctx, st.tx); err != nil {
		return err
	}
	var existed int64
	if err := st.tx.GetContext(ctx, &existed, `SELECT count(*) FROM diff WHERE existed`); err != nil {
		return fmt.Errorf("counting the observations: %w", kind(ctx, err))
	}
	done, err := st.tx.ExecContext(ctx, end, number)
	if err != nil {
		return fmt.Errorf("ending observations: %w", kind(ctx, err))
	}
	if n, err := done.RowsAffected(); err != nil || n != existed {
		return fmt.Errorf("ending observations: ended %d of %d (%w)", n, existed, err)
	}
	if _, err := st.tx.ExecContext(ctx, begin, number); err != nil {
		return fmt.Errorf("writing observations: %w", kind(ctx, err))
	}
	return nil
}
