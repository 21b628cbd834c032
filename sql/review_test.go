package sql_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// people are accounts of each role; their numbers need not be in the table.
func amel() *indicators.Account {
	return &indicators.Account{ID: 1, Role: indicators.Contributor, Scope: indicators.Scope{Groups: indicators.Codes{"1"}}}
}
func sami() *indicators.Account { return &indicators.Account{ID: 2, Role: indicators.Verifier} }

// entered is a value of the year in a state of review.
func entered(year int, value string, state indicators.Review) indicators.Observation {
	o := figure(year, value)
	o.Review = state
	return o
}

// enter proposes figures as the desk does.
func enter(t *testing.T, store *sql.Store, who *indicators.Account, seen int, all ...indicators.Observation) error {
	t.Helper()
	report, err := store.Record(t.Context(), sql.Recording{Observations: lines(all...), Act: who.By(indicators.Drafted, "saisie"), Seen: seen})
	if err != nil && report.Refused() {
		t.Logf("%+v", report.Problems)
	}
	return err
}

// work is what is on its way.
func work(t *testing.T, store *sql.Store) []indicators.Work {
	t.Helper()
	all, _, err := store.Work(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// step takes a step with all figures on their way, or with those given.
func step(t *testing.T, store *sql.Store, who *indicators.Account, kind indicators.Kind, reason string, figures ...sql.Seen) error {
	t.Helper()
	if figures == nil {
		for _, w := range work(t, store) {
			figures = append(figures, sql.Seen{FigureKey: w.Key(), Since: w.Since})
		}
	}
	s, err := indicators.StepOf(kind)
	if err != nil {
		t.Fatal(err)
	}
	of := indicators.Subject{Groups: indicators.Codes{"1"}}
	_, err = store.Step(t.Context(), sql.Stepping{
		Act: who.By(kind, reason), Step: s, Figures: figures,
		May: func(w *indicators.Work) error { return who.MayStep(s, w, of, true) },
	})
	return err
}

// published is the newest published value of the year 2020.
func published(t *testing.T, store *sql.Store) string {
	t.Helper()
	ds, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ds.Figures("A") {
		if f.Period == indicators.Year(2020) {
			return f.Value.String()
		}
	}
	return "none"
}

// A correction goes all the way, and what was published stays until it is published.
func TestAFigureGoesFromDraftToPublished(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(enter(t, store, amel(), 1, entered(2020, "6", indicators.Draft)))
	must(step(t, store, amel(), indicators.Submitting, ""))
	if err := step(t, store, amel(), indicators.Verifying, ""); !errors.Is(err, indicators.ErrRight) {
		t.Errorf("a contributor verifies: %v", err)
	}
	must(step(t, store, sami(), indicators.Verifying, ""))
	w := work(t, store)
	if len(w) != 1 || w[0].Review != indicators.Verified || w[0].Submitted != "account-1" || w[0].Entered != "account-1" ||
		w[0].Published.Value.String() != "5" || w[0].Next() != indicators.Publish || w[0].By.Author != "account-2" {
		t.Fatalf("work = %+v", w)
	}
	if got := published(t, store); got != "5" {
		t.Errorf("published before its publication: %s", got)
	}
	must(step(t, store, sami(), indicators.Publishing, "octobre"))
	if got := published(t, store); got != "6" || len(work(t, store)) != 0 {
		t.Errorf("published %s, on its way %v", got, work(t, store))
	}
	before, err := store.Dataset(t.Context(), 1)
	must(err)
	if f := before.Figures("A"); len(f) != 1 || f[0].Value.String() != "5" {
		t.Errorf("as of the first changeset: %+v", f)
	}
	must(step(t, store, sami(), indicators.Withdrawn, "faux", sql.Seen{FigureKey: w[0].Key(), Since: 5}))
	if got := published(t, store); got != "none" {
		t.Errorf("withdrawn, and still there: %s", got)
	}
}

func TestAReturnNeedsAReasonAndKeepsTheAuthor(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), nil)
	if err := enter(t, store, amel(), 1, entered(2020, "6", indicators.Submitted)); err != nil {
		t.Fatal(err)
	}
	if err := step(t, store, sami(), indicators.Returned, ""); !errors.Is(err, indicators.ErrInvalid) {
		t.Errorf("returned without a reason: %v", err)
	}
	if err := step(t, store, sami(), indicators.Returned, "unité fausse"); err != nil {
		t.Fatal(err)
	}
	w := work(t, store)
	if len(w) != 1 || !w[0].Returned() || w[0].By.Reason != "unité fausse" || w[0].Submitted != "account-1" || w[0].Next() != indicators.Propose {
		t.Fatalf("work = %+v", w)
	}
	if err := enter(t, store, amel(), w[0].Since, entered(2020, "7", indicators.Draft)); err != nil {
		t.Fatal(err)
	}
	if err := step(t, store, amel(), indicators.Discarded, ""); err != nil || len(work(t, store)) != 0 {
		t.Errorf("a draft cannot be given up: %v", err)
	}
}

func TestWhoSubmitsDoesNotVerify(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), nil)
	boss := &indicators.Account{ID: 3, Role: indicators.Administrator}
	if err := enter(t, store, boss, 1, entered(2020, "6", indicators.Submitted)); err != nil {
		t.Fatal(err)
	}
	if err := step(t, store, boss, indicators.Verifying, ""); !errors.Is(err, indicators.ErrOwnWork) {
		t.Errorf("two eyes are taken for four: %v", err)
	}
	if err := step(t, store, sami(), indicators.Verifying, ""); err != nil {
		t.Error(err)
	}
}

// The later one of two who change a figure is told of both versions, and nothing is lost.
func TestTheLaterOneIsToldWhatChanged(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	for _, value := range []string{"6", "7"} {
		err := enter(t, store, amel(), 1, entered(2020, value, indicators.Draft))
		var overtaken *indicators.Overtaken
		switch {
		case value == "6" && err != nil:
			t.Fatal(err)
		case value == "7" && !errors.As(err, &overtaken):
			t.Fatalf("the second change is taken: %v", err)
		case value == "7" && (len(overtaken.Now) != 1 || overtaken.Now[0].Value.String() != "6" || !errors.Is(err, indicators.ErrConflict)):
			t.Errorf("told %+v", overtaken.Now)
		}
	}
	if err := enter(t, store, amel(), 1, entered(2020, "6", indicators.Draft)); err != nil {
		t.Errorf("the same value again is no conflict: %v", err)
	}
	stale := sql.Seen{FigureKey: work(t, store)[0].Key(), Since: 1}
	if err := step(t, store, amel(), indicators.Submitting, "", stale); !errors.As(err, new(*indicators.Overtaken)) {
		t.Errorf("a step with an old version: %v", err)
	}
}

func TestWhatIsUnderReviewIsNotEntered(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), nil)
	if err := enter(t, store, amel(), 1, entered(2020, "6", indicators.Submitted)); err != nil {
		t.Fatal(err)
	}
	err := enter(t, store, amel(), 2, entered(2020, "7", indicators.Draft))
	if !errors.As(err, new(*indicators.Overtaken)) {
		t.Errorf("a submitted figure is replaced: %v", err)
	}
}

func TestTenSubmitsOfOneValueMakeOneChangeset(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), nil)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := enter(t, store, amel(), 1, entered(2020, "6", indicators.Submitted)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	known, err := store.Changesets(t.Context())
	if err != nil || len(known) != 2 || len(work(t, store)) != 1 {
		t.Errorf("%d changesets, work %v, %v", len(known), work(t, store), err)
	}
}

func TestALockedPeriodStaysAsItIs(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6")))
	if err := enter(t, store, amel(), 1, entered(2020, "5.5", indicators.Draft)); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Lock(t.Context(), sami().By(indicators.Locked, "clos"), indicators.Year(2020), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Lock(t.Context(), sami().By(indicators.Locked, "clos"), indicators.Year(2020), 0); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("locked twice: %v", err)
	}
	_, err := store.Record(t.Context(), sql.Recording{Observations: lines(figure(2020, "7")), Act: indicators.Act{Author: "a", Reason: "r"}})
	if !errors.Is(err, indicators.ErrInvalid) || published(t, store) != "5" {
		t.Errorf("an import changes a locked period: %v", err)
	}
	if err := step(t, store, amel(), indicators.Submitting, ""); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("a step in a locked period: %v", err)
	}
	record(t, store, nil, lines(figure(2020, "5"), figure(2021, "7"))) // the same again, and another period
	if _, err := store.Unlock(t.Context(), sami().By(indicators.Unlocked, ""), indicators.Year(2020), 0); !errors.Is(err, indicators.ErrInvalid) {
		t.Errorf("unlocked without a reason: %v", err)
	}
	if _, err := store.Unlock(t.Context(), sami().By(indicators.Unlocked, "erreur"), indicators.Year(2020), 0); err != nil {
		t.Fatal(err)
	}
	if err := step(t, store, amel(), indicators.Submitting, ""); err != nil {
		t.Error(err)
	}
	locks, err := store.Locks(t.Context(), 3)
	if err != nil || len(locks) != 1 || !locks[0].Holds(indicators.Year(2020)) || locks[0].Holds(indicators.Year(2021)) {
		t.Errorf("locks as of the lock: %+v, %v", locks, err)
	}
	if now, err := store.Locks(t.Context(), 0); err != nil || len(now) != 0 {
		t.Errorf("locks now: %+v, %v", now, err)
	}
}

// What stood at an earlier changeset is what a form was drawn from.
func TestStandingIsWhatAFormShowed(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	if err := enter(t, store, amel(), 1, entered(2020, "6", indicators.Draft)); err != nil {
		t.Fatal(err)
	}
	for changeset, want := range map[int][]string{1: {"5 published"}, 2: {"5 published", "6 draft"}} {
		all, err := store.Standing(t.Context(), changeset, []string{"A"}, []indicators.Period{indicators.Year(2020)})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range all {
			got = append(got, o.Value.String()+" "+o.Review.String())
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("as of %d: %v, want %v", changeset, got, want)
		}
	}
}
