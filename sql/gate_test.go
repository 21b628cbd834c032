package sql_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// An import is refused for just what keeps the same figures from being published by
// review: figures of which nothing is stored, judged as they go by or, where they come
// mixed, from the database, and figures beside and in place of others.
func TestAnImportIsStoppedByWhatStopsAReview(t *testing.T) {
	const histories = 24
	store := sqltest.Open(t)
	random := rand.New(rand.NewPCG(1, 2))
	w := counting()
	a := indicators.Indicator{}
	w.Indicators[0].Change(&a)
	for n := range histories {
		i := a
		if i.Code = fmt.Sprint("R", n); n%3 == 0 {
			i.Accumulation, i.Additive = indicators.Level, nil
		}
		w.Indicators = append(w.Indicators, edit(i))
	}
	record(t, store, w, nil)
	stopped := 0
	for n := range histories {
		given := drawnFigures(random, fmt.Sprint("R", n), "")
		if n%4 == 3 { // beside another new indicator, mixed with it
			for _, o := range drawnFigures(random, fmt.Sprint("R", n-1), ".25") {
				given = slices.Insert(given, random.IntN(len(given)+1), o)
			}
		}
		for round := range 2 { // new, then beside what is stored
			if round == 1 {
				accepting(t, store, nil, lines(given...))
				given = drawnFigures(random, fmt.Sprint("R", n), ".5")
			}
			stopped += len(stoppedAlike(t, store, given))
		}
	}
	if stopped < histories {
		t.Errorf("only %d findings: the histories prove nothing", stopped)
	}
}

// stoppedAlike holds what refuses the import of figures against what blocks them.
func stoppedAlike(t *testing.T, store *sql.Store, given []indicators.Observation) (marks []string) {
	t.Helper()
	blocking, err := store.Blocking(t.Context(), given, indicators.DateOf(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	for n := range blocking {
		marks = append(marks, blocking[n].Mark)
	}
	report, err := store.Record(t.Context(), sql.Recording{Observations: lines(given...), Act: indicators.Act{Author: "a", Reason: "r"}, DryRun: true})
	var doubted *indicators.Doubted
	if err != nil && !errors.As(err, &doubted) {
		t.Fatalf("%v: %+v", err, report.Problems)
	}
	var got []string
	if doubted != nil {
		for n := range doubted.Findings {
			got = append(got, doubted.Findings[n].Mark)
		}
	}
	slices.Sort(marks)
	if slices.Sort(got); !slices.Equal(got, marks) || len(got) != len(report.Problems) {
		t.Errorf("%+v:\nrefused by %v (%v),\nblocked by %v", given, report.Problems, got, blocking)
	}
	return marks
}

// drawnFigures are some of the figures of ten years, of men and women and in all, in any
// order; some of them in another unit, partial or after a break. The fraction tells those
// of one import from those of another.
func drawnFigures(random *rand.Rand, code, fraction string) []indicators.Observation {
	var all []indicators.Observation
	for year := range 10 {
		women, men := 40+3*year+random.IntN(4), 50+2*year
		for n, value := range []int{women + men + random.IntN(12)/11, women, men} {
			switch random.IntN(25) {
			case 0:
				value *= 100
			case 1:
				value /= 2
			}
			o := of([]string{"", "F", "M"}[n], figure(2010+year, fmt.Sprint(value, fraction)))
			o.Indicator, o.Partial = code, random.IntN(30) == 0
			if random.IntN(30) == 0 {
				o.Status = "B"
			}
			if random.IntN(3) > 0 {
				all = append(all, o)
			}
		}
	}
	random.Shuffle(len(all), func(a, b int) { all[a], all[b] = all[b], all[a] })
	return all
}

// What is accepted with an import is accepted as the changeset before it, and stands like
// any acceptance; history carried over keeps its moment.
func TestAnImportAcceptsWhatItBrings(t *testing.T) {
	store := sqltest.Open(t)
	moment := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	given := sql.Recording{
		Workbook: counting(), Observations: lines(figure(2021, "7"), figure(2022, "6")), Moment: moment,
		Act: indicators.Act{Author: "amel", Reason: "2022"}, Accept: "a recount",
	}
	report, err := store.Record(t.Context(), given)
	if err != nil || report.Accepted != 1 || report.Changeset != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	all, err := store.Changesets(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if c := all[0]; c.Kind != indicators.Accepted || c.Author != "amel" || c.Reason != "a recount" || !c.Internal || !c.At.Before(moment) {
		t.Errorf("accepted in %+v", c)
	}
	if c := all[1]; c.Kind != indicators.Imported || c.Reason != "2022" || !c.At.Equal(moment) {
		t.Errorf("imported in %+v", c)
	}
	if got := open(t, store, "cumulative_fell"); got != "" {
		t.Errorf("%s stands", got)
	}
	given.Moment = time.Time{}
	if report, err = store.Record(t.Context(), given); err != nil || !report.Unchanged {
		t.Errorf("again: %+v, %v", report, err)
	}
	given.Accept, given.Observations = "", lines(figure(2021, "7"), figure(2022, "6"), figure(2023, "8"))
	if report, err = store.Record(t.Context(), given); err != nil || report.Changeset != 3 {
		t.Errorf("beside what is accepted: %+v, %v", report, err)
	}
	if _, err := store.TakeBackAcceptances(t.Context(), verifier("it was wrong"), 0, findingOf(t, store, "cumulative_fell").Mark); err != nil {
		t.Fatal(err)
	}
	given.Observations = lines(figure(2021, "7"), figure(2022, "6"), figure(2024, "9"))
	if report, err = store.Record(t.Context(), given); err != nil || report.Changeset != 5 {
		t.Errorf("what stays as it is stops nothing: %+v, %v", report, err)
	}
}
