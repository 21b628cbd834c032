// Package sql keeps indicators in PostgreSQL, every version of everything, and is
// the only package that holds SQL. It knows no file format, no page and no command.
package sql
