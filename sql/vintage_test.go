package sql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// removed streams one observation that is to end.
func removed(o indicators.Observation) []*indicators.Lines {
	return []*indicators.Lines{{File: "o.csv", Has: func(string) bool { return true }, Each: func(yield func(*indicators.Line, error) bool) {
		yield(&indicators.Line{Observation: o, Remove: true, Number: 2}, nil)
	}}}
}

// versionsOf are the versions of A as "period=value:since-until", from one query.
func versionsOf(t *testing.T, store *sql.Store, indicator string, changeset int) string {
	t.Helper()
	all, err := store.Versions(t.Context(), indicator, changeset)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, v := range all["A"] {
		words = append(words, fmt.Sprintf("%s=%s:%d-%d", v.Period, v.Value, v.Since, v.Until))
	}
	return strings.Join(words, " ")
}

func TestVersionsAreWhatWasKnown(t *testing.T) {
	store := sqltest.Open(t)
	women := figure(2020, "2")
	women.Breakdown.Sex = "F"
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6"), women))
	record(t, store, nil, lines(figure(2020, "5.5"), figure(2022, "7")))
	record(t, store, nil, removed(figure(2021, "6")))
	record(t, store, nil, lines(figure(2021, "6.5"), figure(2023, "8")))
	for changeset, want := range []string{
		"",
		"2020=5:1-0 2021=6:1-0",
		"2020=5:1-2 2020=5.5:2-0 2021=6:1-0 2022=7:2-0",
		"2020=5:1-2 2020=5.5:2-0 2021=6:1-3 2022=7:2-0",
		"2020=5:1-2 2020=5.5:2-0 2021=6:1-3 2021=6.5:4-0 2022=7:2-0 2023=8:4-0",
	} {
		if got := versionsOf(t, store, "A", changeset); got != want {
			t.Errorf("as of %d: %s, want %s", changeset, got, want)
		}
		if got := versionsOf(t, store, "", changeset); got != want {
			t.Errorf("of all, as of %d: %s, want %s", changeset, got, want)
		}
	}
	if all, err := store.Versions(t.Context(), "B", 4); err != nil || len(all) != 0 {
		t.Errorf("of another indicator: %v, %v", all, err)
	}
}

// What the versions say was known at a changeset is what the Dataset of then holds,
// to the last column.
func TestVersionsAgreeWithTheDataset(t *testing.T) {
	store := sqltest.Open(t)
	full := figure(2020, "50")
	full.Numerator, full.Denominator, full.Status, full.Partial = indicators.Whole(1), indicators.Whole(2), "P", true
	missing := figure(2021, "0")
	missing.Value, missing.Status, missing.Source = indicators.Decimal{}, "O", ""
	w := programme()
	w.Indicators[0].Change = func(i *indicators.Indicator) {
		programme().Indicators[0].Change(i)
		i.Kind, i.Factor = "percent", indicators.Whole(100)
	}
	record(t, store, w, lines(full, missing))
	record(t, store, nil, lines(figure(2021, "61"), figure(2022, "7")))
	draft := figure(2022, "99")
	draft.Review = indicators.Draft
	record(t, store, nil, lines(draft))
	record(t, store, nil, removed(figure(2022, "7")))
	newest, err := store.Versions(t.Context(), "A", 4)
	if err != nil {
		t.Fatal(err)
	}
	for changeset := 1; changeset <= 4; changeset++ {
		ds, err := store.Dataset(t.Context(), changeset)
		if err != nil {
			t.Fatal(err)
		}
		then, err := store.Versions(t.Context(), "A", changeset)
		if err != nil {
			t.Fatal(err)
		}
		for name, versions := range map[string][]indicators.Version{"as of then": then["A"], "as of now": newest["A"]} {
			var known []indicators.Figure
			for _, v := range versions {
				if v.Since <= changeset && (v.Until == 0 || v.Until > changeset) {
					known = append(known, v.Figure)
				}
			}
			if !slices.Equal(known, ds.Figures("A")) {
				t.Errorf("known at %d, %s: %+v, want %+v", changeset, name, known, ds.Figures("A"))
			}
		}
	}
}
