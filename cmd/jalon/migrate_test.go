package main

import (
	"testing"

	"jalon/sql/sqltest"
)

// What may be granted, and to whom, package sql tries; here only how it is asked for.
func TestMigrateGrantNamesWhatIsMissing(t *testing.T) {
	dsn := sqltest.DSN(t)
	jalon(t.Context(), "migrate", "grant", "--database", dsn).check(t, exitUsage, "name the role")
	jalon(t.Context(), "migrate", "up", "somebody", "--database", dsn).check(t, exitUsage, `leave "somebody" out`)
	jalon(t.Context(), "migrate", "grants", "--database", dsn).check(t, exitUsage, "status, up or grant ROLE")
	jalon(t.Context(), "migrate", "grant", "jalon_nobody", "--database", dsn).check(t, exitRefused, "no such role", "create it first")
	jalon(t.Context(), "migrate", "status", "--database", dsn).check(t, exitDone, "schema ")
}
