package sql_test

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// keptTables are all tables whose rows stay: those with versions, dictionaries, events.
func keptTables(t *testing.T, store *sql.Store) []string {
	t.Helper()
	const query = `
		SELECT DISTINCT quote_ident(c.relname)
		FROM pg_class c
		LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'until' AND NOT a.attisdropped
		LEFT JOIN pg_trigger g ON g.tgrelid = c.oid AND g.tgfoid = 'refuse_to_alter'::regproc
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
		  AND (a.attrelid IS NOT NULL OR g.oid IS NOT NULL OR c.relname LIKE '%\_code' OR c.relname IN ('series', 'source', 'changeset', 'account_event'))
		ORDER BY 1`

	return texts(t, store, query)
}

// texts are the values of a query's one column.
func texts(t *testing.T, store *sql.Store, query string, args ...any) (all []string) {
	t.Helper()
	rows, err := store.DB().QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// recorded is a database with a row in most tables, some of them ended.
func recorded(t *testing.T) (store *sql.Store, dsn string) {
	t.Helper()
	dsn = sqltest.DSN(t)
	store = opened(t, dsn)
	record(t, store, programme(), lines(figure(2020, "5.10"), figure(2021, "6")))
	record(t, store, nil, lines(figure(2020, "5.5")))
	execute(t, store, `INSERT INTO account (email, name, role) VALUES ('a@example.org', 'A', 'auditor')`)
	execute(t, store, `INSERT INTO account_event (account, by, act, detail) VALUES (1, 'shell', 'created', '')`)
	execute(t, store, `INSERT INTO period_lock VALUES (201001012, 1, null), (200901012, 1, 2)`)
	return store, dsn
}

func opened(t *testing.T, dsn string) *sql.Store {
	t.Helper()
	store, err := sql.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func execute(t *testing.T, store *sql.Store, statement string) {
	t.Helper()
	if _, err := store.DB().ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// asRole grants the use of a database to a new role and opens it under that.
func asRole(t *testing.T, owner *sql.Store, dsn string) *sql.Store {
	t.Helper()
	role := "jalon_test_" + strings.ToLower(rand.Text())
	execute(t, owner, `CREATE ROLE `+role+` LOGIN`)
	t.Cleanup(func() {
		for _, statement := range []string{`DROP OWNED BY ` + role, `DROP ROLE ` + role} {
			if _, err := owner.DB().Exec(statement); err != nil {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
	if err := owner.Grant(t.Context(), role); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("user", role)
	u.RawQuery = q.Encode()
	return opened(t, u.String())
}

// Every column of every table that keeps its rows is guarded, also in tables and columns
// that come later.
func TestEveryKeptTableGuardsEveryColumn(t *testing.T) {
	store := sqltest.Open(t)
	for _, table := range keptTables(t, store) {
		guards := texts(t, store, `SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::regclass AND tgfoid = 'refuse_to_alter'::regproc`, table)
		all := strings.Join(guards, "\n")
		if !strings.Contains(all, "BEFORE DELETE OR TRUNCATE") || !strings.Contains(all, "AFTER UPDATE") {
			t.Errorf("%s may be emptied or altered: have keep_versions('%s') keep it", table, table)
			continue
		}
		if strings.Contains(all, "WHEN ((NOT false))") {
			continue // no update at all
		}
		columns := texts(t, store, `SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'until'`, table)
		for _, column := range columns {
			if !strings.Contains(all, "(old."+column+" IS DISTINCT FROM") && !strings.Contains(all, "(old."+column+")") {
				t.Errorf("%s.%s may be altered: have keep_versions('%s') keep the table again", table, column, table)
			}
		}
	}
}

// Nobody, not even who owns the tables, deletes or alters what is recorded.
func TestTheOwnerAltersNothingRecorded(t *testing.T) {
	store, _ := recorded(t)
	refused := func(statement string) {
		t.Helper()
		if _, err := store.DB().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "never altered") {
			t.Errorf("%s: error = %v, want that it is never altered", statement, err)
		}
	}
	for _, table := range keptTables(t, store) {
		refused(`DELETE FROM ` + table)
		refused(`DELETE FROM ` + table + ` WHERE false`)
		refused(`TRUNCATE ` + table + ` CASCADE`)
	}
	for _, statement := range []string{
		`UPDATE changeset SET reason = 'another'`,
		`UPDATE changeset SET at = at - interval '1 second'`,
		`UPDATE changeset SET internal = true`,
		`UPDATE account_event SET detail = 'another'`,
		`UPDATE series SET sex = 'M'`,
		`UPDATE source SET text = 'another'`,
		`UPDATE observation SET value = 99`,
		`UPDATE observation SET value = 5.1 WHERE value = 5.10`, // the zero is part of what was said
		`UPDATE observation SET comment = 'another'`,
		`UPDATE observation SET review = 2`,
		`UPDATE observation SET value = value WHERE until IS NULL`,
		`UPDATE period_lock SET until = null WHERE until IS NOT NULL`,
		`UPDATE observation SET until = 3 WHERE until IS NOT NULL`,
		`UPDATE observation SET until = 9, value = 99 WHERE until IS NULL`,
		`UPDATE target SET value = 11`,
		`UPDATE "group" SET title_fr = 'autre'`,
		`UPDATE action SET governorates = '{}'`,
		`UPDATE indicator_result SET weight = 3`,
		`UPDATE period_lock SET period = 201101012 WHERE until IS NULL`,
		`INSERT INTO observation SELECT * FROM observation ON CONFLICT (series, period, since, review) DO UPDATE SET value = 99`,
		`MERGE INTO setting s USING (SELECT 1) one ON true WHEN MATCHED THEN UPDATE SET value = 'Europe/Paris'`,
	} {
		refused(statement)
	}
	// What has no row to alter alters nothing.
	execute(t, store, `UPDATE observation SET value = 99 WHERE false`)
}

// Ending a version is all that may happen to it, and that goes through for all tables.
func TestVersionsMayEndOnce(t *testing.T) {
	store, _ := recorded(t)
	for _, table := range texts(t, store, `SELECT quote_ident(relname) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
		WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = 'until' AND NOT attisdropped`) {
		t.Run(table, func(t *testing.T) {
			tx, err := store.DB().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO changeset (number, at, author, reason) VALUES (9, now() + interval '1 hour', 'a', 'r')`); err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), `UPDATE `+table+` SET until = 9 WHERE until IS NULL`); err != nil {
				t.Error(err)
			}
		})
	}
}

// Under a role with only what Grant gives, everything that jalon does works, and nothing
// recorded can be altered, whatever is tried.
func TestTheGrantedRoleDoesItsWorkAndNoMore(t *testing.T) {
	owner, dsn := recorded(t)
	store := asRole(t, owner, dsn)
	if err := store.Migrate(t.Context()); err != nil {
		t.Errorf("a schema that is up to date: %v", err)
	}
	w := &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{edit(indicators.Group{Code: "2", Title: indicators.Text{FR: "deux"}})}}
	women, draft := figure(2023, "3"), figure(2024, "9")
	women.Breakdown.Sex, women.Source, draft.Review = "F", "a new one", indicators.Draft
	report := record(t, store, w, lines(figure(2020, "5.6"), women, draft))
	if n := report.Changeset; n != 3 {
		t.Errorf("changeset %d, want 3", n)
	}
	record(t, store, nil, removed(figure(2021, "6")))
	if ds, err := store.Dataset(t.Context(), 0); err != nil || len(ds.Figures("A")) != 1 {
		t.Errorf("figures = %v, %v", ds.Figures("A"), err)
	}
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: 202012001, By: "a@example.org"}); err != nil {
		t.Errorf("taking a snapshot: %v", err)
	}
	for _, table := range keptTables(t, store) {
		for _, statement := range []string{
			`DELETE FROM ` + table, `TRUNCATE ` + table, `DROP TABLE ` + table + ` CASCADE`, `ALTER TABLE ` + table + ` DISABLE TRIGGER ALL`,
			`DROP TRIGGER ` + strings.Trim(table, `"`) + `_stays ON ` + table, `ALTER TABLE ` + table + ` ADD more int`,
			`CREATE TRIGGER sly BEFORE INSERT ON ` + table + ` EXECUTE FUNCTION refuse_to_alter()`,
		} {
			mustBeDenied(t, store, statement)
		}
	}
	for _, statement := range []string{
		`UPDATE observation SET value = 99`, `UPDATE observation SET since = 1`, `UPDATE changeset SET reason = 'another'`, `UPDATE account_event SET by = 'b'`,
		`UPDATE snapshot SET lines = 0`, `UPDATE goose_db_version SET is_applied = false`, `DELETE FROM goose_db_version`,
		`SET session_replication_role = replica`, `SELECT keep_versions('observation', '{value}')`, `CREATE TABLE mine (x int)`,
		`CREATE OR REPLACE FUNCTION refuse_to_alter() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'`,
	} {
		mustBeDenied(t, store, statement)
	}
	if _, err := store.DB().ExecContext(t.Context(), `UPDATE observation SET until = 99 WHERE until IS NOT NULL`); err == nil || !strings.Contains(err.Error(), "never altered") {
		t.Errorf("an end moved: %v", err)
	}
}

func mustBeDenied(t *testing.T, store *sql.Store, statement string) {
	t.Helper()
	_, err := store.DB().ExecContext(t.Context(), statement)
	if err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
		t.Errorf("%s: error = %v, want that it is denied", statement, err)
	}
}

func TestGrantNamesWhatIsWrong(t *testing.T) {
	owner, dsn := recorded(t)
	var self string
	if err := owner.DB().QueryRowContext(t.Context(), `SELECT current_user`).Scan(&self); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[string]string{self: "can act for the owner", `nobody"; DROP TABLE account; --`: "no such role", "": "no such role"} {
		if err := owner.Grant(t.Context(), role); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(fmt.Sprint(err), "not valid") {
			t.Errorf("%q: error = %v, want %q", role, err, want)
		}
	}
	if err := asRole(t, owner, dsn).Grant(t.Context(), self); err == nil {
		t.Error("a role that owns nothing can grant")
	}
}
