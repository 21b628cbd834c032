package sql_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

const judgedOn = indicators.Date(20261031)

// counting is the smallest programme with A as a cumulative, additive number.
func counting() *indicators.Workbook {
	w := programme()
	change := w.Indicators[0].Change
	w.Indicators[0].Change = func(i *indicators.Indicator) {
		change(i)
		i.Accumulation, i.Additive = indicators.Cumulative, indicators.Codes{"sex"}
	}
	return w
}

// standing records figures of A before the rules of a cumulative number apply to them, in
// two changesets: of what is published already, findings stand.
func standing(t *testing.T, store *sql.Store, figures ...indicators.Observation) {
	t.Helper()
	record(t, store, programme(), lines(figures...))
	record(t, store, counting(), nil)
}

// of is a figure of women or men.
func of(sex string, o indicators.Observation) indicators.Observation {
	o.Breakdown.Sex = sex
	return o
}

// found is what the rules find in the newest state.
func found(t *testing.T, store *sql.Store) []indicators.Finding {
	t.Helper()
	ds, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	in, err := store.QualityInput(t.Context(), ds.Newest().Number)
	if err != nil {
		t.Fatal(err)
	}
	return ds.On(judgedOn).Findings(in)
}

// stands is whose findings of a rule stand open, as "rule period".
func open(t *testing.T, store *sql.Store, rule string) string {
	t.Helper()
	accepted, err := store.Acceptances(t.Context(), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range found(t, store) {
		if _, stands := accepted[f.Mark]; f.Rule == rule && !stands {
			all = append(all, f.Period.String())
		}
	}
	return strings.Join(all, " ")
}

func findingOf(t *testing.T, store *sql.Store, rule string) indicators.Finding {
	t.Helper()
	for _, f := range found(t, store) {
		if f.Rule == rule {
			return f
		}
	}
	t.Fatalf("nothing is found by the rule %s", rule)
	return indicators.Finding{}
}

func verifier(reason string) indicators.Act {
	a := &indicators.Account{ID: 7, Role: indicators.Verifier}
	return a.By(indicators.Accepted, reason)
}

// An acceptance lets a finding stand until one of its figures changes, or until it is
// taken back; what was accepted at an earlier changeset stays known.
func TestAcceptingAFinding(t *testing.T) {
	store := sqltest.Open(t)
	standing(t, store, figure(2020, "5"), figure(2021, "7"), figure(2022, "6"))
	if got := open(t, store, "cumulative_fell"); got != "2022" {
		t.Fatalf("found %q", got)
	}
	fall := findingOf(t, store, "cumulative_fell")
	number, err := store.AcceptFindings(t.Context(), verifier("recount of the register"), 0, fall)
	if err != nil || number != 3 {
		t.Fatalf("changeset %d, %v", number, err)
	}
	if got := open(t, store, "cumulative_fell"); got != "" {
		t.Errorf("after the acceptance: %q", got)
	}
	accepted, err := store.Acceptances(t.Context(), number)
	by := accepted[fall.Mark]
	if err != nil || by.Author != "account-7" || by.Role != indicators.Verifier || by.Reason != "recount of the register" ||
		by.Kind != indicators.Accepted || by.Number != 3 || by.Rule != "cumulative_fell" || by.Subject != "indicator A" {
		t.Errorf("accepted as %+v, %v", by, err)
	}
	if before, err := store.Acceptances(t.Context(), 2); err != nil || len(before) != 0 {
		t.Errorf("before it was accepted: %v, %v", before, err)
	}

	record(t, store, nil, lines(figure(2023, "8"))) // of another period: the figures are the same
	if got := open(t, store, "cumulative_fell"); got != "" {
		t.Errorf("after another period: %q", got)
	}
	standing(t, store, figure(2022, "6.5"))
	if got := open(t, store, "cumulative_fell"); got != "2022" {
		t.Errorf("after a changed figure: %q", got)
	}
	record(t, store, nil, lines(figure(2022, "6"))) // as it was accepted
	if got := open(t, store, "cumulative_fell"); got != "" {
		t.Errorf("after the figure is back: %q", got)
	}

	number, err = store.TakeBackAcceptances(t.Context(), verifier("the register was wrong"), 0, fall.Mark)
	if err != nil {
		t.Fatal(err)
	}
	if got := open(t, store, "cumulative_fell"); got != "2022" {
		t.Errorf("after it was taken back: %q", got)
	}
	if then, err := store.Acceptances(t.Context(), number-1); err != nil || len(then) != 1 {
		t.Errorf("as of before it was taken back: %v, %v", then, err)
	}
	if _, err := store.AcceptFindings(t.Context(), verifier("right after all"), 0, fall); err != nil {
		t.Errorf("accepted again: %v", err)
	}
}

func TestAcceptancesThatAreRefused(t *testing.T) {
	store := sqltest.Open(t)
	standing(t, store, figure(2021, "7"), figure(2022, "6"))
	fall := findingOf(t, store, "cumulative_fell")
	for _, tt := range []struct {
		name string
		do   func() error
		want error
	}{
		{"without a reason", func() error { _, err := store.AcceptFindings(t.Context(), verifier("  "), 0, fall); return err }, indicators.ErrInvalid},
		{"without a finding", func() error { _, err := store.AcceptFindings(t.Context(), verifier("why"), 0); return err }, indicators.ErrInvalid},
		{"taking back what is not accepted", func() error {
			_, err := store.TakeBackAcceptances(t.Context(), verifier("why"), 0, fall.Mark)
			return err
		}, indicators.ErrConflict},
	} {
		if err := tt.do(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if all, err := store.Changesets(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%d changesets, %v: what is refused leaves one", len(all), err)
	}
}

// Of several who accept the same finding at once one does, and the others are told.
func TestAcceptingAtOnce(t *testing.T) {
	store := sqltest.Open(t)
	standing(t, store, figure(2021, "7"), figure(2022, "6"))
	fall := findingOf(t, store, "cumulative_fell")
	var people sync.WaitGroup
	results := make(chan error, 10)
	for range cap(results) {
		people.Go(func() {
			_, err := store.AcceptFindings(t.Context(), verifier("why"), 0, fall)
			results <- err
		})
	}
	people.Wait()
	close(results)
	done := 0
	for err := range results {
		if err == nil {
			done++
		} else if !errors.Is(err, indicators.ErrConflict) {
			t.Error(err)
		}
	}
	if all, err := store.Changesets(t.Context()); done != 1 || err != nil || len(all) != 3 {
		t.Errorf("%d have accepted it, in %d changesets, %v", done, len(all), err)
	}
}

// What is to be published is held against what is there; severe findings that nobody has
// accepted block it.
func TestBlocking(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, counting(), lines(figure(2020, "5"), figure(2021, "7"), of("F", figure(2021, "3")), of("M", figure(2021, "4"))))
	for _, tt := range []struct {
		name    string
		figures []indicators.Observation
		want    string
	}{
		{"nothing wrong", []indicators.Observation{figure(2022, "8")}, ""},
		{"a fall", []indicators.Observation{figure(2022, "6")}, "cumulative_fell 2022"},
		{"a part too many", []indicators.Observation{of("F", figure(2021, "6"))}, "parts_total 2021"},
		{"parts with their total", []indicators.Observation{figure(2022, "9"), of("F", figure(2022, "5")), of("M", figure(2022, "4"))}, ""},
		{"nothing at all", nil, ""},
	} {
		blocking, err := store.Blocking(t.Context(), tt.figures, judgedOn)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range blocking {
			got = append(got, fmt.Sprintf("%s %s", f.Rule, f.Period))
		}
		if text := strings.Join(got, "; "); text != tt.want {
			t.Errorf("%s: blocked by %q, want %q", tt.name, text, tt.want)
		}
	}
	fall, err := store.Blocking(t.Context(), []indicators.Observation{figure(2022, "6")}, judgedOn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.AcceptFindings(t.Context(), verifier("recount"), 0, fall...); err != nil {
		t.Fatal(err)
	}
	if again, err := store.Blocking(t.Context(), []indicators.Observation{figure(2022, "6.0")}, judgedOn); err != nil || len(again) != 0 {
		t.Errorf("after the acceptance: %v, %v", again, err)
	}
	if other, err := store.Blocking(t.Context(), []indicators.Observation{figure(2022, "6.1")}, judgedOn); err != nil || len(other) != 1 {
		t.Errorf("another value: %v, %v", other, err)
	}
}

// The rules are given what has become of figures and definitions, as it was known.
func TestQualityInputIsWhatWasKnown(t *testing.T) {
	store := sqltest.Open(t)
	waiting, women := figure(2020, "5"), of("F", figure(2020, "2"))
	waiting.Status = "P"
	record(t, store, programme(), lines(waiting, women))
	waiting.Value, _ = indicators.ParseDecimal("5.5")
	record(t, store, nil, lines(waiting))
	ten, _ := indicators.ParseDecimal("20")
	year := 2015
	record(t, store, &indicators.Workbook{
		Targets:    []indicators.Edit[indicators.Target]{{Key: programme().Targets[0].Key, Change: func(t *indicators.Target) { t.Value = ten }}},
		Frameworks: []indicators.Edit[indicators.Framework]{{Key: "plan", Change: func(f *indicators.Framework) { f.Baseline = &year }}},
	}, lines(of("F", figure(2020, "3"))))

	for number, want := range map[int]string{1: "2 1 0 0", 2: "2 1 0 0", 3: "3 1 1 1"} {
		in, err := store.QualityInput(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		parts := in.Parts[indicators.SeriesKey{Indicator: "A", Breakdown: indicators.Breakdown{Sex: "F"}}]
		since := in.Provisional[indicators.FigureKey{Indicator: "A", Period: indicators.Year(2020)}]
		if got := fmt.Sprint(parts[0].Value, since, len(in.Targets), len(in.Frameworks)); len(parts) != 1 || got != want {
			t.Errorf("as of %d: %s, want %s", number, got, want)
		}
		if number == 3 && (in.Targets[0].Until != 3 || in.Targets[0].Value.String() != "10" || in.Frameworks[0].Until != 3) {
			t.Errorf("%+v, %+v", in.Targets, in.Frameworks)
		}
	}
	accepted := figure(2020, "5.5")
	record(t, store, nil, lines(accepted))
	waiting.Value, _ = indicators.ParseDecimal("6")
	record(t, store, nil, lines(waiting))
	in, err := store.QualityInput(t.Context(), 5)
	if err != nil || len(in.Provisional) != 1 {
		t.Fatalf("%v, %v", in.Provisional, err)
	}
	for _, since := range in.Provisional {
		if since != 5 {
			t.Errorf("provisional since %d, want 5: it was final in between", since)
		}
	}
	if got := findingOf(t, store, "target_edited"); got.Period != indicators.Year(2030) {
		t.Errorf("%+v", got)
	}
}
