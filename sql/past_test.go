package sql_test

import (
	"reflect"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// What is made of a later Dataset is what is read from the beginning, whatever happened
// between the two.
func TestPastIsTheDatasetOfThen(t *testing.T) {
	store := sqltest.Open(t)
	women, men, draft := figure(2020, "3"), figure(2021, "2"), figure(2023, "9")
	women.Breakdown.Sex, men.Breakdown.Sex, draft.Review = "F", "M", indicators.Draft
	of := func(sex string, value int64) indicators.Target {
		return indicators.Target{Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: indicators.Whole(value), Framework: "plan", Breakdown: indicators.Breakdown{Sex: sex}}
	}
	targets := func(edits ...indicators.Edit[indicators.Target]) *indicators.Workbook {
		return &indicators.Workbook{Targets: edits}
	}
	second := indicators.Indicator{Code: "B", Title: indicators.Text{FR: "b"}, Unit: "NUMBER", Kind: "number", Direction: "increase", Accumulation: "level", Frequency: "year"}
	ofB := figure(2020, "70")
	ofB.Indicator = "B"
	steps := []func(){
		func() { record(t, store, programme(), lines(figure(2020, "5.10"), figure(2021, "6"), women, men)) },
		func() { record(t, store, nil, lines(figure(2020, "5.5"), figure(2022, "7"))) },
		func() { record(t, store, targets(edit(of("F", 8))), nil) },                              // women are of the Dataset from now on
		func() { women.Value = indicators.Whole(4); record(t, store, nil, lines(women, draft)) }, // one of them revised, and a draft
		func() { record(t, store, nil, removed(figure(2021, "6"))) },                             // withdrawn
		func() { record(t, store, nil, lines(figure(2021, "6.1"))) },                             // and there again
		func() {
			record(t, store, targets(indicators.Edit[indicators.Target]{Key: of("F", 8).EntryKey(), Remove: true}, edit(of("M", 9))), nil)
		},
		func() { women.Value = indicators.Whole(5); record(t, store, nil, lines(women)) }, // while no longer of the Dataset
		func() {
			record(t, store, &indicators.Workbook{Indicators: []indicators.Edit[indicators.Indicator]{edit(second)}}, lines(ofB))
		},
		func() {
			record(t, store, &indicators.Workbook{Indicators: []indicators.Edit[indicators.Indicator]{
				changed(indicators.Indicator{Code: "A"}, func(i *indicators.Indicator) { i.Groups, i.Results = nil, nil }),
			}, Actions: []indicators.Edit[indicators.Action]{changed(indicators.Action{Code: "X"}, func(a *indicators.Action) { a.Partners = nil })}}, nil)
		},
		func() { record(t, store, targets(edit(of("F", 7))), lines(figure(2020, "5.10"))) }, // as at first
		func() {
			record(t, store, &indicators.Workbook{Milestones: []indicators.Edit[indicators.Milestone]{{Key: "X:m", Remove: true}}}, nil)
		},
	}
	for _, step := range steps {
		step()
	}
	for later := 1; later <= len(steps); later++ {
		whole, err := store.Dataset(t.Context(), later)
		if err != nil {
			t.Fatal(err)
		}
		for number := 1; number <= later; number++ {
			got, err := store.Past(t.Context(), whole, number)
			if err != nil {
				t.Fatal(err)
			}
			want, err := store.Dataset(t.Context(), number)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.Series, want.Series) {
				t.Errorf("as of %d, made of %d: figures\n%v, want\n%v", number, later, got.Series, want.Series)
			}
			sameDefinitions(t, got.Definitions, want.Definitions)
			if !reflect.DeepEqual(got.Changesets, want.Changesets) || got.Record() != want.Record() {
				t.Errorf("as of %d, made of %d: changesets %v, want %v", number, later, got.Changesets, want.Changesets)
			}
		}
	}
	if _, err := store.Past(t.Context(), indicators.NewDataset(&indicators.Definitions{}, nil, nil), 1); err == nil {
		t.Error("a past that lies ahead")
	}
}

// sameDefinitions compares all tables; none and an empty one are the same.
func sameDefinitions(t *testing.T, got, want *indicators.Definitions) {
	t.Helper()
	g, w := reflect.ValueOf(got).Elem(), reflect.ValueOf(want).Elem()
	for n := range g.NumField() {
		if g.Field(n).Len()+w.Field(n).Len() > 0 && !reflect.DeepEqual(g.Field(n).Interface(), w.Field(n).Interface()) {
			t.Errorf("%s:\n%+v, want\n%+v", g.Type().Field(n).Name, g.Field(n), w.Field(n))
		}
	}
}

// Where most has changed, the figures of then are read as a whole.
func TestPastWhenMuchHasChanged(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6")))
	record(t, store, nil, lines(figure(2020, "5.5"), figure(2022, "7")))
	execute(t, store, `INSERT INTO series (indicator, sex, age, governorate, breakdown) SELECT 'A', '', n || '-' || n + 1, '', '' FROM generate_series(1, 60000) n`)
	execute(t, store, `INSERT INTO observation (series, period, since, until, review, obs_status, headline, partial, value)
		SELECT id, 202001012, 1, 2, 3, 'A', false, false, 1 FROM series WHERE age <> ''`)
	later, err := store.Dataset(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	got, err := store.Past(t.Context(), later, 1)
	if err != nil {
		t.Fatal(err)
	}
	want, err := store.Dataset(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Series, want.Series) || len(got.Figures("A")) != 2 {
		t.Errorf("figures %v, want %v", got.Series, want.Series)
	}
}
