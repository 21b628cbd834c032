package sql_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// Twenty writers revise the same thirty figures while readers note what each
// changeset looks like. Had a number been given out before an earlier one was
// committed, some of those readings would be different afterwards.
func TestNumbersFollowTheOrderOfCommit(t *testing.T) {
	const writers, writes, years = 20, 8, 30
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2000, "1")))

	seen := map[int]string{}
	done := make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				number, text := stateAt(t, store, 0)
				seen[number] = text
			}
		}
	})
	var writing sync.WaitGroup
	for range writers {
		writing.Go(func() {
			for range writes {
				// Within a factor of two, lest a figure look as if its unit had been mixed up.
				o := figure(1990+rand.IntN(years), fmt.Sprint(500_000+rand.IntN(500_000)))
				if _, err := store.Record(t.Context(), sql.Recording{Observations: lines(o), Act: indicators.Act{Author: "w", Reason: "r"}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()

	if len(seen) < 3 {
		t.Fatalf("only %d readings were taken meanwhile", len(seen))
	}
	for number, then := range seen {
		if _, now := stateAt(t, store, number); now != then {
			t.Errorf("changeset %d was\n%s\nand is now\n%s", number, then, now)
		}
	}
	ds, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for n, c := range ds.Changesets {
		if c.Number != n+1 || n > 0 && !ds.Changesets[n-1].At.Before(c.At) {
			t.Errorf("changeset %d stands in place %d, at %s", c.Number, n+1, c.At)
		}
	}
	if got := len(ds.Changesets); got < writers*writes {
		t.Errorf("%d changesets, want about %d", got, writers*writes+1)
	}
	var twice int
	const overlapping = `
		SELECT count(*)
		FROM (SELECT until, lead(since) OVER (PARTITION BY series, period ORDER BY since) AS next FROM observation) versions
		WHERE until IS DISTINCT FROM next`
	if err := store.DB().QueryRowContext(t.Context(), overlapping).Scan(&twice); err != nil || twice != 0 {
		t.Errorf("%d versions do not end where the next begins (%v)", twice, err)
	}
}

// Whoever brings what another has just brought makes no changeset of it.
func TestTheSameFromManyAtOnceIsOneChangeset(t *testing.T) {
	const writers, rounds = 10, 5
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2000, "1")))
	for n := range rounds {
		var writing sync.WaitGroup
		for range writers {
			writing.Go(func() {
				report, err := store.Record(t.Context(), sql.Recording{Observations: lines(figure(2001+n, "1")), Act: indicators.Act{Author: "w", Reason: "r"}})
				if err != nil || report.Unchanged == (report.Changeset > 0) || report.Unchanged == (report.Counts[0].Added > 0) {
					t.Errorf("%+v, %v", report, err)
				}
			})
		}
		writing.Wait()
	}
	if number, text := stateAt(t, store, 0); number != 1+rounds {
		t.Errorf("%d changesets, want %d, with %s", number, 1+rounds, text)
	}
}

// stateAt is the state as of a changeset, as text, and its number.
func stateAt(t *testing.T, store *sql.Store, number int) (int, string) {
	ds, err := store.Dataset(t.Context(), number)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	text := ""
	for _, f := range ds.Figures("A") {
		text += fmt.Sprint(f.Period, "=", f.Value, " since ", f.Since, "; ")
	}
	return ds.Newest().Number, text
}
