package sql_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// The database itself refuses what no program may write, whoever asks.
func TestTheDatabaseHoldsTheInvariants(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	const observation = `INSERT INTO observation (series, period, since, review, obs_status, headline, partial, value, numerator, denominator) VALUES `
	for name, statement := range map[string]string{
		"no number":                     observation + `(1, 202101012, 1, 3, 'A', true, false, 'NaN', null, null)`,
		"an endless number":             observation + `(1, 202101012, 1, 3, 'A', true, false, 'Infinity', null, null)`,
		"a missing value with a value":  observation + `(1, 202101012, 1, 3, 'O', true, false, 5, null, null)`,
		"a value without a value":       observation + `(1, 202101012, 1, 3, 'A', true, false, null, null, null)`,
		"a quotient by zero":            observation + `(1, 202101012, 1, 3, 'A', true, false, 5, 1, 0)`,
		"a numerator alone":             observation + `(1, 202101012, 1, 3, 'A', true, false, 5, 1, null)`,
		"two live figures of one thing": observation + `(1, 202001012, 2, 3, 'A', true, false, 5, null, null)`,
		"an end before the beginning":   `UPDATE observation SET until = since`,
		"two live indicators":           `INSERT INTO indicator SELECT (jsonb_populate_record(i, '{"since": 2}')).* FROM indicator i`,
		"two live targets":              `INSERT INTO target SELECT * FROM target`,
		"an unknown action":             `INSERT INTO indicator_action VALUES ('A', 'nobody', 1)`,
		"an unknown changeset":          `INSERT INTO setting VALUES ('x', 'y', 99)`,
		"a code with a blank":           `INSERT INTO group_code VALUES ('a b')`,
		"a code in other capitals":      `INSERT INTO indicator_code VALUES ('a')`,
		"a target without a value":      `UPDATE target SET value = null`,
		"an unknown word":               `UPDATE indicator SET direction = 'up'`,
		"a moment that another has":     `INSERT INTO changeset (number, at, author, reason) SELECT 2, at, 'a', 'r' FROM changeset`,
		"an acceptance of nothing":      `INSERT INTO acceptance VALUES ('x', 'jump', 'indicator A', 1)`,
		"a plan that ends first":        `UPDATE framework SET "end" = start - 1`,
	} {
		t.Run(name, func(t *testing.T) {
			if name == "an unknown changeset" || strings.Contains(name, "two live") {
				_, _ = store.DB().ExecContext(t.Context(), `INSERT INTO changeset (number, at, author, reason) VALUES (2, now(), 'a', 'r')`)
			}
			_, err := store.DB().ExecContext(t.Context(), statement)
			if err == nil {
				t.Error("the database took it")
			} else if !strings.Contains(err.Error(), "violates") && !strings.Contains(err.Error(), "duplicate key") {
				t.Errorf("refused for another reason: %v", err)
			}
		})
	}
}

// Every query of the package is tried by some test; here only that several
// programs may start at once on an empty database.
func TestSeveralProgramsMigrateAtOnce(t *testing.T) {
	store := sqltest.Open(t)
	if _, err := store.DB().ExecContext(t.Context(), `DROP SCHEMA public CASCADE; CREATE SCHEMA public`); err != nil {
		t.Fatal(err)
	}
	var programs sync.WaitGroup
	for range 4 {
		programs.Go(func() {
			if err := store.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	programs.Wait()
	current, newest, err := store.Schema(t.Context())
	if err != nil || current != newest || int(newest) != sql.NewestSchema() {
		t.Errorf("schema %d of %d (%d), %v", current, newest, sql.NewestSchema(), err)
	}
}

// Another changeset comes in while an import is being checked: the figure both
// touch is compared again, a changed definition makes the import begin anew.
func TestAnImportThatIsOvertaken(t *testing.T) {
	other := figure(2021, "8")
	for name, overtake := range map[string]func(*testing.T, *sql.Store){
		"by the same figure": func(t *testing.T, store *sql.Store) { record(t, store, nil, lines(other)) },
		"by a definition": func(t *testing.T, store *sql.Store) {
			w := &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{edit(indicators.Group{Code: "2", Title: indicators.Text{FR: "deux"}})}}
			record(t, store, w, lines(other))
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := sqltest.Open(t)
			record(t, store, programme(), lines(figure(2020, "5")))
			slow, runs := lines(figure(2020, "6"), figure(2021, "7")), 0
			each := slow[0].Each
			slow[0].Each = func(yield func(*indicators.Line, error) bool) {
				if runs++; runs == 1 {
					overtake(t, store)
				}
				each(yield)
			}
			report := record(t, store, nil, slow)
			if report.Changeset != 3 {
				t.Errorf("changeset %d, want 3", report.Changeset)
			}
			for number, want := range map[int]string{1: "5", 2: "5 8", 3: "6 7"} {
				ds, err := store.Dataset(t.Context(), number)
				if err != nil {
					t.Fatal(err)
				}
				var values []string
				for _, f := range ds.Figures("A") {
					values = append(values, f.Value.String())
				}
				if got := fmt.Sprint(strings.Join(values, " ")); got != want {
					t.Errorf("as of %d: %s, want %s", number, got, want)
				}
			}
		})
	}
}

func TestAWriterWhoWaitsTooLongIsTold(t *testing.T) {
	store := sqltest.Open(t)
	tx, err := store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`); err != nil {
		t.Fatal(err)
	}
	_, err = store.Record(t.Context(), sql.Recording{Workbook: programme(), Act: indicators.Act{Author: "a", Reason: "r"}, Wait: 50_000_000})
	if err == nil || !strings.Contains(err.Error(), "try again") {
		t.Errorf("error = %v", err)
	}
}
