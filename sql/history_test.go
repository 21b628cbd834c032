package sql_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// eventful is a programme whose history has one of everything: an import, a target changed and
// removed, a figure that goes through the review, is returned, published and withdrawn.
func eventful(t *testing.T) *sql.Store {
	t.Helper()
	store := sqltest.Open(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w := programme()
	target := indicators.Target{Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: indicators.Whole(10), Framework: "plan"}
	record(t, store, w, lines(figure(2020, "5"), figure(2021, "6")))                     // 1
	must(enter(t, store, amel(), 1, entered(2020, "7", indicators.Submitted)))           // 2
	must(step(t, store, sami(), indicators.Returned, "unité fausse"))                    // 3
	must(enter(t, store, amel(), 3, entered(2020, "5.5", indicators.Submitted)))         // 4
	must(step(t, store, sami(), indicators.Verifying, "vérifié sur pièce"))              // 5
	must(step(t, store, sami(), indicators.Publishing, "chiffres définitifs"))           // 6
	record(t, store, &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{ // 7
		changed(target, func(r *indicators.Target) { r.Value = indicators.Whole(12) }),
	}, Indicators: []indicators.Edit[indicators.Indicator]{changed(indicators.Indicator{Code: "A"}, func(i *indicators.Indicator) {
		i.Direction, i.Groups = "decrease", nil
	})}}, nil)
	must(step(t, store, sami(), indicators.Withdrawn, "erreur de source", sql.Seen{FigureKey: key(2020), Since: 6})) // 8
	record(t, store, &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{{Key: target.EntryKey(), Remove: true}}}, nil)
	record(t, store, nil, lines(entered(2022, "8", indicators.Draft))) // 10
	return store
}

func key(year int) indicators.FigureKey {
	return indicators.FigureKey{Indicator: "A", Period: indicators.Year(year)}
}

func TestTheHistoryOfAFigure(t *testing.T) {
	store := eventful(t)
	history := func(changeset int, withWork bool) string {
		t.Helper()
		all, err := store.FigureHistory(t.Context(), key(2020), changeset, withWork, withWork)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, v := range all {
			words = append(words, fmt.Sprintf("%s %s %d-%d", v.Value, v.Review, v.Since, v.Until))
		}
		return strings.Join(words, ", ")
	}
	for _, tt := range []struct {
		changeset int
		withWork  bool
		want      string
	}{
		{10, false, "5 published 1-6, 5.5 published 6-8"},
		{7, false, "5 published 1-6, 5.5 published 6-0"},
		{5, false, "5 published 1-0"},
		{10, true, "5 published 1-6, 7 submitted 2-3, 7 draft 3-4, 5.5 submitted 4-5, 5.5 verified 5-6, 5.5 published 6-8"},
	} {
		if got := history(tt.changeset, tt.withWork); got != tt.want {
			t.Errorf("as of %d, work %t: %s, want %s", tt.changeset, tt.withWork, got, tt.want)
		}
	}
}

// Only what changed something published is public, and its number is all that tells of the
// others.
func TestWhichChangesetsArePublic(t *testing.T) {
	store := eventful(t)
	all, err := store.Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var public []int
	for _, c := range all {
		if (*indicators.Account)(nil).SeesChangeset(&c) {
			public = append(public, c.Number)
		}
	}
	if fmt.Sprint(public) != "[1 6 7 8 9]" {
		t.Errorf("public are %v", public)
	}
	of, err := store.ChangesetsOf(t.Context(), "A", 10, false)
	if err != nil || fmt.Sprint(of) != "[1 6 7 8 9]" {
		t.Errorf("of A: %v, %v", of, err)
	}
	of, err = store.ChangesetsOf(t.Context(), "A", 9, true)
	if err != nil || fmt.Sprint(of) != "[1 2 3 4 5 6 7 8 9]" {
		t.Errorf("of A with work, as of 9: %v, %v", of, err)
	}
}

func TestTheHistoryOfADefinition(t *testing.T) {
	store := eventful(t)
	all, err := store.DefinitionHistory(t.Context(), "A", 10)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, c := range all {
		if c.Changeset == 1 {
			words = append(words, fmt.Sprintf("1 %s new %t", c.Table, c.Before == nil && len(c.Cells()) > 3))
			continue
		}
		words = append(words, fmt.Sprintf("%d %s %v gone %t", c.Changeset, c.Table, c.Cells(), c.After == nil))
	}
	want := []string{
		"1 indicators new true", "1 targets new true",
		"7 indicators [{groups 1 } {direction increase decrease}] gone false", "7 targets [{value 10 12}] gone false",
		"9 targets [{indicator A } {kind target } {period 2030 } {value 12 } {framework plan }] gone true",
	}
	if got := strings.Join(words, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if early, err := store.DefinitionHistory(t.Context(), "A", 8); err != nil || len(early) != 4 {
		t.Errorf("as of 8: %d changes, %v", len(early), err)
	}
}

func TestTheEffectsOfAChangeset(t *testing.T) {
	store := eventful(t)
	effects := func(changeset int, withWork bool) string {
		t.Helper()
		e, err := store.Effects(t.Context(), changeset, 1, withWork)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, d := range e.Definitions {
			words = append(words, d.Table+" "+d.Key)
		}
		for _, f := range e.Figures {
			value := func(o *indicators.Observation) string {
				if o == nil {
					return "-"
				}
				return o.Value.String() + " " + o.Review.String()
			}
			words = append(words, fmt.Sprintf("%s: %s → %s", f.Key, value(f.Before), value(f.After)))
		}
		return fmt.Sprintf("%s (%d, %d)", strings.Join(words, ", "), e.Begun, e.Ended)
	}
	for _, tt := range []struct {
		changeset int
		withWork  bool
		want      string
	}{
		{2, false, " (0, 0)"},
		{2, true, "A 2020: - → 7 submitted (1, 0)"},
		{6, false, "A 2020: 5 published → 5.5 published (1, 1)"},
		{6, true, "A 2020: 5 published → 5.5 published (1, 2)"},
		{7, false, "indicators A, targets A:plan:target:2030:: (0, 0)"},
		{8, false, "A 2020: 5.5 published → - (0, 1)"},
	} {
		if got := effects(tt.changeset, tt.withWork); got != tt.want {
			t.Errorf("%d, work %t: %s, want %s", tt.changeset, tt.withWork, got, tt.want)
		}
	}
	if got := effects(1, false); !strings.HasSuffix(got, "A 2020: - → 5 published (2, 0)") || !strings.Contains(got, "actions X, milestones X:m") {
		t.Errorf("1: %s", got)
	}
}

func TestTheTrailTellsEverythingInItsOrder(t *testing.T) {
	store := eventful(t)
	id, err := store.AddAccount(t.Context(), indicators.Account{Email: "sami@example.org", Name: "Sami", Role: indicators.Verifier, Language: "fr"}, "shell")
	if err != nil {
		t.Fatal(err)
	}
	record(t, store, nil, lines(figure(2022, "9"))) // 11
	trail := func(changeset int) (lines []string) {
		t.Helper()
		var before *indicators.Trace
		for trace, err := range store.EachTrace(t.Context(), changeset) {
			if err != nil {
				t.Fatal(err)
			}
			if before != nil && trace.At.Before(before.At) {
				t.Errorf("%+v stands behind %+v", trace, before)
			}
			before = trace
			lines = append(lines, fmt.Sprintf("%d %s %s %s %q %t %d %d %d", trace.Number, trace.Kind, trace.Author, trace.Role, trace.Reason, trace.Public, trace.Begun, trace.Ended, trace.Account))
		}
		return lines
	}
	all := trail(11)
	if len(all) != 12 || !strings.HasPrefix(all[10], "0 created shell ") || !strings.HasSuffix(all[10], fmt.Sprint(id)) {
		t.Errorf("the trail is\n%s", strings.Join(all, "\n"))
	}
	for _, want := range []string{
		`3 return account-2 verifier "unité fausse" false 1 1 0`, `6 publish account-2 verifier "chiffres définitifs" true 1 2 0`, `8 withdraw account-2 verifier "erreur de source" true 0 1 0`,
	} {
		if !slices.Contains(all, want) {
			t.Errorf("the trail lacks %s: it is\n%s", want, strings.Join(all, "\n"))
		}
	}
	if early := trail(9); len(early) != 9 {
		t.Errorf("as of 9:\n%s", strings.Join(early, "\n"))
	}
	for trace := range store.EachTrace(t.Context(), 11) { // nobody reads on
		if trace.Number == 1 && trace.Definitions < 10 {
			t.Errorf("the first changeset made %d definitions", trace.Definitions)
		}
		break
	}
}

// What is withheld has a history for those who review figures only: the public is told
// neither its values nor how often and when they changed.
func TestWhatIsWithheldHasNoPublicHistory(t *testing.T) {
	store := sqltest.Open(t)
	w := programme()
	define := w.Indicators[0].Change
	w.Indicators[0].Change = func(i *indicators.Indicator) { define(i); i.Unit = "PERSONS" }
	part := func(sex, value string) indicators.Observation {
		o := figure(2020, value)
		o.Breakdown.Sex, o.Comment = sex, "about persons"
		return o
	}
	record(t, store, w, lines(part("", "9999"), part("F", "1234"), part("M", "8765")))
	record(t, store, nil, lines(part("", "8769"), part("F", "4"))) // from now on F and M are withheld
	women := key(2020)
	women.Breakdown.Sex = "F"
	for changeset, want := range map[int]string{1: "since 1", 2: "since 2"} {
		all, err := store.FigureHistory(t.Context(), women, changeset, false, false)
		donors, donorsErr := store.FigureHistory(t.Context(), women, changeset, true, false)
		if donorsErr != nil || !reflect.DeepEqual(donors, all) {
			t.Errorf("donors are told %+v, %v", donors, donorsErr)
		}
		if err != nil || len(all) != 1 || all[0].Value.IsSet() || !all[0].Protected || all[0].Comment != "" || fmt.Sprint("since ", all[0].Since) != want {
			t.Errorf("as of %d: %+v, %v", changeset, all, err)
		}
	}
	if all, err := store.FigureHistory(t.Context(), women, 2, true, true); err != nil || len(all) != 2 || all[1].Value.String() != "4" || all[0].Comment == "" {
		t.Errorf("for who reviews: %+v, %v", all, err)
	}
	for changeset, want := range map[int]int{1: 1, 2: 1} { // the total alone
		e, err := store.Effects(t.Context(), changeset, 10, false)
		if err != nil || e.Begun != want || len(e.Figures) != want || !e.Figures[0].Key.Breakdown.IsTotal() {
			t.Errorf("effects of %d: %+v, %v", changeset, e, err)
		}
	}
	if e, err := store.Effects(t.Context(), 2, 10, true); err != nil || e.Begun != 2 || len(e.Figures) != 2 {
		t.Errorf("effects for who reviews: %+v, %v", e, err)
	}
}

// An earlier state is made of a later one as it is read, also where figures are withheld,
// which by then were shown.
func TestPastWithholdsWhatIsWithheldNow(t *testing.T) {
	store := sqltest.Open(t)
	w := programme()
	define := w.Indicators[0].Change
	w.Indicators[0].Change = func(i *indicators.Indicator) { define(i); i.Unit = "PERSONS" }
	part := func(sex string, year int, value string) indicators.Observation {
		o := figure(year, value)
		o.Breakdown.Sex = sex
		return o
	}
	w.Targets = append(w.Targets, edit(indicators.Target{
		Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: indicators.Whole(10), Framework: "plan", Breakdown: indicators.Breakdown{Sex: "F"},
	}))
	record(t, store, w, lines(part("", 2020, "9999"), part("F", 2020, "1234"), part("M", 2020, "8765")))
	record(t, store, nil, lines(part("", 2021, "70"), part("F", 2021, "30"), part("M", 2021, "40")))
	record(t, store, nil, lines(part("", 2020, "8769"), part("F", 2020, "4")))
	record(t, store, nil, lines(part("F", 2020, "5"), part("", 2020, "8770"), part("F", 2021, "31"), part("", 2021, "71")))
	later, err := store.Dataset(t.Context(), 4)
	if err != nil {
		t.Fatal(err)
	}
	withheld := 0
	for number := 1; number <= 4; number++ {
		want, err := store.Dataset(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		got, err := store.Past(t.Context(), later, number)
		if err != nil {
			t.Fatal(err)
		}
		part, err := store.PartOf(t.Context(), "A", want.Changesets)
		if err != nil {
			t.Fatal(err)
		}
		for name, ds := range map[string]*indicators.Dataset{"made of the later one": got, "of A alone": part} {
			if !reflect.DeepEqual(ds.Series, want.Series) || ds.Record() != want.Record() {
				t.Errorf("as of %d, %s: %s %v, want %s %v", number, name, ds.Record(), ds.Series, want.Record(), want.Series)
			}
		}
		for _, figures := range got.Series {
			for _, f := range figures {
				if f.Protected {
					withheld++
				}
			}
		}
	}
	if withheld == 0 || later.Protection == 0 {
		t.Error("nothing is withheld")
	}
}
