package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
	"jalon/sql/pgserver"
)

// BenchmarkImport brings a million observations into a private server with the built
// program, holds that against COPY of the same rows into a like table on the same
// server, then imports the same again and with one value in a hundred revised.
func BenchmarkImport(b *testing.B) {
	const indicatorCount, observations = 3334, 3334 * 30 * 10
	dir := enterable(b)
	server, db := startDatabase(b, filepath.Join(dir, "data"))
	tables := filepath.Join(dir, "tables")
	if out, err := built(b.Context(), "generate", "--indicators", fmt.Sprint(indicatorCount), "--years", "30", "--breakdowns", "9", "--out", tables).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	m := importing{server: server, db: db, data: filepath.Join(dir, "data"), tables: tables}

	fresh := m.run(b, indicators.Count{Added: observations})
	copied, by := m.copy(b, filepath.Join(dir, "rows"), observations)
	same := m.run(b, indicators.Count{Unchanged: observations})
	changed := revise(b, filepath.Join(tables, "observations.csv"))
	revised := m.run(b, indicators.Count{Changed: changed, Unchanged: observations - changed})

	for _, tt := range []struct {
		name string
		took time.Duration
	}{{"new", fresh}, {"same-again", same}, {"1%-revised", revised}} {
		b.Run(tt.name, func(b *testing.B) {
			b.ReportMetric(0, "ns/op") // none of its own
			b.ReportMetric(tt.took.Seconds(), "jalon-s")
			b.ReportMetric(copied.Seconds(), by+"-s")
			b.ReportMetric(copied.Seconds()/tt.took.Seconds(), "ratio") // of the speeds
			b.ReportMetric(0.25, "at-least")
		})
	}
	figure(b, "peak-memory", m.peak, "jalon-MB", 300, "at-most")
}

// An importing is a database that the program imports into.
type importing struct {
	server       *pgserver.Server
	db           *sqlx.DB
	data, tables string
	peak         float64 // memory of the importing process, in MB
}

// run imports the tables in a process of its own and checks what that did.
func (m *importing) run(b *testing.B, want indicators.Count) time.Duration {
	b.Helper()
	m.settle(b)
	cmd := built(b.Context(), "import", "--json", "--data", m.data, m.tables)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	over := make(chan error, 1)
	go func() { over <- cmd.Wait() }()
	err := m.watch(cmd.Process.Pid, over)
	took := time.Since(began)
	if err != nil || m.peak == 0 {
		b.Fatalf("the import took %.0f MB: %v: %s", m.peak, err, out.String())
	}
	var report indicators.Report
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		b.Fatal(err)
	}
	want.Table = "observations"
	if !slices.Contains(report.Counts, want) {
		b.Fatalf("the import did %+v, want %+v", report.Counts, want)
	}
	return took
}

// watch follows the memory of a process until it ends. What the system tells of it at
// the end would not do: that counts, too, the process which started this one.
func (m *importing) watch(pid int, over <-chan error) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-over:
			return err
		case <-tick.C:
			if peak, err := memoryOf(pid, "VmHWM"); err == nil { // else it has just ended
				m.peak = max(m.peak, peak)
			}
		}
	}
}

// settle leaves nothing of one run to be written during the next.
func (m *importing) settle(b *testing.B) {
	b.Helper()
	if _, err := m.db.ExecContext(b.Context(), `CHECKPOINT`); err != nil {
		b.Fatal(err)
	}
}

// copy lays the rows of the table of observations down in a table with the same
// columns, checks and indexes, by psql, or by the driver where there is no psql.
func (m *importing) copy(b *testing.B, file string, rows int) (took time.Duration, by string) {
	b.Helper()
	for _, statement := range []string{
		`COPY observation TO ` + pq.QuoteLiteral(file),
		`CREATE TABLE bare (LIKE observation INCLUDING ALL)`,
	} {
		if _, err := m.db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	m.settle(b)
	load := m.copyByDriver
	by = "lib/pq"
	if _, err := exec.LookPath("psql"); err == nil {
		load, by = m.copyByPsql, "psql"
	}
	began := time.Now()
	if err := load(b.Context(), file); err != nil {
		b.Fatal(err)
	}
	took = time.Since(began)
	var copied int
	if err := m.db.GetContext(b.Context(), &copied, `SELECT count(*) FROM bare`); err != nil || copied != rows {
		b.Fatalf("%d rows were copied, want %d (%v)", copied, rows, err)
	}
	if _, err := m.db.ExecContext(b.Context(), `DROP TABLE bare`); err != nil {
		b.Fatal(err)
	}
	return took, by
}

func (m *importing) copyByPsql(ctx context.Context, file string) error {
	out, err := exec.CommandContext(ctx, "psql", "-X", "-d", m.server.DSN(pgserver.Database), "-c", `\copy bare FROM `+pq.QuoteLiteral(file)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("psql: %w: %s", err, out)
	}
	return nil
}

// copyByDriver sends the rows as they stand in the file.
func (m *importing) copyByDriver(ctx context.Context, file string) error {
	rows, err := os.Open(file)
	if err != nil {
		return err
	}
	defer rows.Close()
	tx, err := m.db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	stmt, err := tx.PrepareContext(ctx, `COPY bare FROM STDIN`)
	if err != nil {
		return err
	}
	defer stmt.Close()
	lines := bufio.NewScanner(rows)
	for lines.Scan() {
		var row []any
		for cell := range strings.SplitSeq(lines.Text(), "\t") {
			if cell == `\N` {
				row = append(row, nil)
			} else {
				row = append(row, cell)
			}
		}
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	if _, err := stmt.ExecContext(ctx); err != nil || lines.Err() != nil {
		return errors.Join(err, lines.Err())
	}
	return tx.Commit()
}

// startDatabase holds the private server of a folder running, so that importing
// processes find it there and their memory is theirs alone.
func startDatabase(b *testing.B, dir string) (*pgserver.Server, *sqlx.DB) {
	b.Helper()
	server, err := pgserver.Start(b.Context(), pgserver.Options{Dir: dir, Binaries: os.Getenv("JALON_PG_BIN")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			b.Error(err)
		}
	})
	db, err := sqlx.Open("postgres", server.DSN(pgserver.Database))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return server, db
}

// revise gives another value to every hundredth row, among those that are not a
// quotient, and tells to how many.
func revise(b *testing.B, path string) (changed int) {
	b.Helper()
	before, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer before.Close()
	after, err := os.Create(path + ".revised")
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(after)
	lines := bufio.NewScanner(before)
	for n := 0; lines.Scan(); n++ {
		cells := strings.SplitN(lines.Text(), ",", 5) // indicator, period, value, numerator
		if n > 0 && n%50 == 0 && cells[3] == "" {
			cells[2], changed = "1"+cells[2], changed+1
		}
		_, _ = io.WriteString(w, strings.Join(cells, ",")+"\n") // Flush tells
	}
	if err := errors.Join(lines.Err(), w.Flush(), after.Close(), os.Rename(after.Name(), path)); err != nil {
		b.Fatal(err)
	}
	return changed
}
