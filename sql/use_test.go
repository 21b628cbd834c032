package sql_test

import (
	"errors"
	"fmt"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// A changeset is held against the definitions that it follows on, also when another has
// come in since its author looked.
func TestAllowIsAskedOfWhatIsFollowedOn(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines())
	mine := indicators.Edit[indicators.Group]{Key: "1", Change: func(g *indicators.Group) { g.Title.FR = "Le mien" }}
	theirs := indicators.Edit[indicators.Group]{Key: "1", Change: func(g *indicators.Group) { g.Title.FR = "Le leur" }}
	asked, first := 0, true
	r := sql.Recording{Workbook: &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{mine}}, Act: indicators.Act{Author: "x", Reason: "y"}}
	r.Allow = func(before *indicators.Definitions) error {
		asked++
		if first { // somebody is quicker, right after the question
			first = false
			record(t, store, &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{theirs}}, nil)
			return nil
		}
		if got := before.Groups[0].Title.FR; got != "Le leur" {
			t.Errorf("asked of %q", got)
		}
		return fmt.Errorf("%w: changed meanwhile", indicators.ErrConflict)
	}
	if _, err := store.Record(t.Context(), r); !errors.Is(err, indicators.ErrConflict) || asked != 2 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	d, err := store.Definitions(t.Context(), 0)
	if err != nil || d.Groups[0].Title.FR != "Le leur" {
		t.Errorf("the group is %+v, %v", d.Groups, err)
	}
	if d, err := store.Definitions(t.Context(), 1); err != nil || d.Groups[0].Title.FR == "Le leur" {
		t.Errorf("at first it was %+v, %v", d.Groups, err)
	}
}

func TestFiguresOfSeriesThatNoTargetAsksFor(t *testing.T) {
	store := sqltest.Open(t)
	men := figure(2020, "5")
	men.Breakdown.Sex = "M"
	record(t, store, programme(), lines(figure(2020, "12"), men))
	key := indicators.SeriesKey{Indicator: men.Indicator, Breakdown: men.Breakdown}
	none := indicators.SeriesKey{Indicator: men.Indicator, Breakdown: indicators.Breakdown{Sex: "F"}}
	all, err := store.Figures(t.Context(), 1, []indicators.SeriesKey{none, key})
	if err != nil || len(all) != 1 || len(all[key]) != 1 || all[key][0].Value.String() != "5" {
		t.Errorf("%+v, %v", all, err)
	}
	if n, err := store.FigureCount(t.Context(), men.Indicator); n != 2 || err != nil {
		t.Errorf("%d figures, %v", n, err)
	}
}

func TestPeople(t *testing.T) {
	store := sqltest.Open(t)
	focal := indicators.Account{Email: "a@example.tn", Name: "A", Role: indicators.Contributor, Language: "fr", Scope: indicators.Scope{Groups: indicators.Codes{"1", "2"}}}
	id, err := store.AddAccount(t.Context(), focal, "test")
	if err != nil {
		t.Fatal(err)
	}
	people, err := store.People(t.Context())
	if err != nil || len(people) != 1 || people[0].SeenAt != nil || people[0].HasPassword || people[0].Deleted || people[0].Scope.Groups.String() != "1|2" {
		t.Errorf("%+v, %v", people, err)
	}
	if n, err := store.ScopeCount(t.Context(), "group", "2"); n != 1 || err != nil {
		t.Errorf("%d accounts are for group 2, %v", n, err)
	}
	if err := store.DeleteAccount(t.Context(), id, "test"); err != nil {
		t.Fatal(err)
	}
	if people, err := store.People(t.Context()); err != nil || len(people) != 1 || !people[0].Deleted || people[0].Email != "" || people[0].Name != "" {
		t.Errorf("%+v, %v", people, err)
	}
	if n, err := store.ScopeCount(t.Context(), "group", "2"); n != 0 || err != nil {
		t.Errorf("%d accounts are for group 2, %v", n, err)
	}
	if err := store.CloseDoors(t.Context(), id, "test"); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("the doors of a deleted account: %v", err)
	}
}
