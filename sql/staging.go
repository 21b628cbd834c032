package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// A staging is a stream of observations on its way into the table: checked row by
// row in Go, laid down in a temporary table, compared there with what is stored.
type staging struct {
	tx      *sqlx.Tx
	report  *indicators.Report
	checker *indicators.Checker
	lines   []*indicators.Lines // by the number of the file in the temporary table

	gating  *gating
	removes bool // a row is to be removed
	// What to say of rows that may not come new, should they not be there as they are. It
	// is kept of so many rows only; of others less is said.
	misfits map[rowOf]indicators.Problem

	series  *dictionary[indicators.SeriesKey]
	sources *dictionary[string]
}

// A rowOf is a row by its file and line.
type rowOf struct{ file, line int }

// maxMisfits bounds the memory that a file of the wrong frequency takes: it is as
// many as a report lists.
const maxMisfits = 1000

// stagingTables are dropped at the end of the transaction. The settings are for
// comparing a million distinct keys: without them the planner takes Memoize.
const stagingTables = `
	SET LOCAL temp_buffers = '256MB';
	SET LOCAL work_mem = '128MB';
	SET LOCAL enable_memoize = off;
	SET LOCAL random_page_cost = 1.1;
	CREATE TEMP TABLE staged (
	    series int NOT NULL, period int NOT NULL, source int, review smallint NOT NULL,
	    line int NOT NULL, file smallint NOT NULL, remove boolean NOT NULL, misfit boolean NOT NULL,
	    obs_status "char" NOT NULL, headline boolean NOT NULL, partial boolean NOT NULL,
	    value numeric, numerator numeric, denominator numeric, comment text, evidence text
	) ON COMMIT DROP`

func stagedColumns() []string {
	return []string{
		"series", "period", "source", "review", "line", "file", "remove", "misfit", "obs_status", "headline", "partial",
		"value", "numerator", "denominator", "comment", "evidence",
	}
}

// stage streams the observations into the temporary table. Rows that break a rule
// are told in the report and left out.
func (rec *recording) stage(ctx context.Context) (*staging, error) {
	st := &staging{tx: rec.tx, report: rec.report, lines: rec.Observations, misfits: map[rowOf]indicators.Problem{}}
	today := indicators.DateOf(time.Now().In(rec.after.Zone()))
	st.checker = indicators.NewChecker(rec.after, today)
	if _, err := rec.tx.ExecContext(ctx, stagingTables); err != nil {
		return nil, fmt.Errorf("making room for the observations: %w", kind(ctx, err))
	}
	var err error
	if st.series, err = rec.store.seriesDictionary(ctx, rec.tx); err != nil {
		return nil, err
	}
	if st.sources, err = rec.store.sourceDictionary(ctx, rec.tx); err != nil {
		return nil, err
	}
	st.gating = newGating(rec.after, today, st.series)
	var broken error
	rows := func(yield func([]any) bool) {
		row := make([]any, len(stagedColumns()))
		for file := range st.lines {
			for line, err := range st.lines[file].Each {
				if err == nil && st.accepts(line) {
					at := rowOf{file, line.Number}
					if line.Observation.Review == indicators.Published && !line.Remove {
						st.gating.pass(&line.Observation, at)
					}
					err = st.row(ctx, row, at, line)
					if err == nil && !yield(row) {
						return
					}
				}
				if err != nil {
					broken = err
					return
				}
			}
		}
	}
	if err := copyIn(ctx, rec.tx, "staged", stagedColumns(), rows); err != nil {
		return nil, fmt.Errorf("laying down the observations: %w", kind(ctx, err))
	}
	if broken != nil {
		return nil, broken
	}
	st.gating.flush()
	if _, err := rec.tx.ExecContext(ctx, `ANALYZE staged`); err != nil {
		return nil, fmt.Errorf("laying down the observations: %w", kind(ctx, err))
	}
	return st, nil
}

// accepts checks a line; a row to be removed needs only its key.
func (st *staging) accepts(line *indicators.Line) bool {
	if len(line.Problems) > 0 {
		st.report.Refuse(line.Problems...)
		return false
	}
	check := st.checker.Check
	if line.Remove {
		st.removes, check = true, st.checker.CheckKey
	}
	if column, message := check(&line.Observation); !message.IsZero() {
		st.report.Refuse(indicators.Problem{Place: line.At(column), Message: message})
		return false
	}
	return true
}

// misfit tells whether a line may not come new, which only the comparison can judge:
// what is there already may stay.
func (st *staging) misfit(at rowOf, line *indicators.Line) bool {
	if line.Remove {
		return false
	}
	column, message := st.checker.CheckNew(&line.Observation)
	if !message.IsZero() && len(st.misfits) < maxMisfits {
		st.misfits[at] = indicators.Problem{Place: line.At(column), Message: message}
	}
	return !message.IsZero()
}

// row fills the columns of stagedColumns.
func (st *staging) row(ctx context.Context, row []any, at rowOf, line *indicators.Line) error {
	o := &line.Observation
	series, err := st.series.id(ctx, indicators.SeriesKey{Indicator: o.Indicator, Breakdown: o.Breakdown})
	if err != nil {
		return err
	}
	var source any
	if o.Source != "" {
		if source, err = st.sources.id(ctx, string(o.Source)); err != nil {
			return err
		}
	}
	row[0], row[1], row[2], row[3] = series, int64(o.Period), source, int64(o.Review)
	row[4], row[5], row[6], row[7] = int64(at.line), int64(at.file), line.Remove, st.misfit(at, line)
	row[8], row[9], row[10] = o.Status, o.Breakdown.IsTotal(), o.Partial
	row[11], row[12], row[13] = o.Value, o.Numerator, o.Denominator
	row[14], row[15] = o.Comment, o.Evidence
	return nil
}

// addsSeries tells whether the import brings series or sources that another
// changeset may have added meanwhile.
func (st *staging) addsSeries() bool { return len(st.series.added)+len(st.sources.added) > 0 }
