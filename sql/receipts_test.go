package sql_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func TestRemindersAreQueuedOnceADay(t *testing.T) {
	store := sqltest.Open(t)
	a, b := person(t, store, indicators.Contributor, "a"), person(t, store, indicators.Contributor, "b")
	owed := []sql.Owed{{Receipt: indicators.Receipt{Indicator: "A", Period: indicators.Year(2021)}, Due: 20220331}}
	for _, r := range []sql.Reminder{
		{Account: a.ID, Day: 20220331, Owed: owed}, {Account: a.ID, Day: 20220331, Owed: owed},
		{Account: b.ID, Day: 20220331, Owed: owed}, {Account: a.ID, Day: 20220407, Owed: make([]sql.Owed, 60)},
	} {
		if err := store.QueueReminders(t.Context(), []sql.Reminder{r}); err != nil {
			t.Fatal(err)
		}
	}
	days, err := store.Reminded(t.Context())
	if err != nil || len(days) != 2 || days[a.ID] != 20220407 || days[b.ID] != 20220331 {
		t.Errorf("reminded on %v, %v", days, err)
	}
	var got []string
	for _, m := range outbox(t, store, sql.Mail) {
		var r sql.Reminder
		if err := json.Unmarshal(m.Payload, &r); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(m.Email, " ", r.Day, " ", len(r.Owed), " ", r.Owed[0].Period, " ", r.More))
	}
	if want := "a@example.tn 2022-03-31 1 2021 0, b@example.tn 2022-03-31 1 2021 0, a@example.tn 2022-04-07 50  10"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestReceipts(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, &indicators.Workbook{Settings: telling().Settings}, nil)
	author := person(t, store, indicators.Contributor, "c")
	record(t, store, programme(), lines(figure(2020, "5")))                                                        // 2
	reviewed(t, store, author.By(indicators.Drafted, "r"), indicators.Draft, figure(2021, "6"), figure(2022, "7")) // 3
	reviewed(t, store, author.By(indicators.Submitting, "r"), indicators.Submitted, figure(2021, "6"))             // 4
	partial := figure(2023, "1")
	partial.Partial = true
	reviewed(t, store, author.By(indicators.Imported, "r"), indicators.Published, figure(2020, "5.5"), figure(2021, "6"), partial) // 5
	reviewed(t, store, author.By(indicators.Submitting, "r"), indicators.Submitted, figure(2022, "7"))                             // 6
	reviewed(t, store, author.By(indicators.Returned, "r"), indicators.Draft, figure(2022, "7"))                                   // 7
	for changeset, want := range map[int]string{
		2: "map[2020:2] waiting map[] defined map[A:2]",
		3: "map[2020:2] waiting map[] defined map[A:2]",
		4: "map[2020:2 2021:4] waiting map[2021:true] defined map[A:2]",
		6: "map[2020:2 2021:4 2022:6] waiting map[2021:true 2022:true] defined map[A:2]",
		7: "map[2020:2 2021:4 2022:6] waiting map[2021:true] defined map[A:2]",
	} {
		r, err := store.Receipts(t.Context(), []string{"A", "none"}, 2020, changeset)
		if err != nil {
			t.Fatal(err)
		}
		first, waiting := map[int]int{}, map[int]bool{}
		for at, n := range r.First {
			first[at.Period.Year()] = n
		}
		for at := range r.Waiting {
			waiting[at.Period.Year()] = true
		}
		if got := fmt.Sprint(first, " waiting ", waiting, " defined ", r.Defined); got != want {
			t.Errorf("as of %d: %s, want %s", changeset, got, want)
		}
	}
	if r, err := store.Receipts(t.Context(), []string{"A"}, 2021, 7); err != nil || len(r.First) != 2 {
		t.Errorf("from 2021 on: %+v, %v", r, err)
	}
	r, err := store.Waiting(t.Context())
	if want := "{map[] map[{A 2021}:true] map[] map[] map[A:2]}"; err != nil || fmt.Sprint(r) != want {
		t.Errorf("now waiting: %v, %v, want %s", r, err, want)
	}
}

// What was verified is known of the published value alone, as of each changeset.
func TestWhatWasVerifiedBeforeItsPublication(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6"))) // 1: imported
	proposed := func(year int, value string, changeset int) {
		t.Helper()
		if err := enter(t, store, amel(), changeset, entered(year, value, indicators.Draft)); err != nil {
			t.Fatal(err)
		}
		for _, next := range []struct {
			who  *indicators.Account
			kind indicators.Kind
		}{{amel(), indicators.Submitting}, {sami(), indicators.Verifying}, {sami(), indicators.Publishing}} {
			if err := step(t, store, next.who, next.kind, "r"); err != nil {
				t.Fatal(err)
			}
		}
	}
	proposed(2020, "5.5", 1)                          // 2 to 5
	record(t, store, nil, lines(figure(2020, "5.6"))) // 6: corrected by an import
	proposed(2021, "6.5", 6)                          // 7 to 10
	for changeset, want := range map[int]string{1: "map[]", 4: "map[]", 5: "map[2020:true]", 6: "map[]", 9: "map[]", 10: "map[2021:true]"} {
		r, err := store.Receipts(t.Context(), []string{"A"}, 2020, changeset)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]bool{}
		for at := range r.Verified {
			got[at.Period.Year()] = true
		}
		if fmt.Sprint(got) != want {
			t.Errorf("as of %d verified: %v, want %s", changeset, got, want)
		}
	}
}
