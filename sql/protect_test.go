package sql_test

import (
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// persons is the programme, where A counts persons by sex and has a target for women.
func persons() *indicators.Workbook {
	w := programme()
	define := w.Indicators[0].Change
	w.Indicators[0].Change = func(i *indicators.Indicator) {
		define(i)
		i.Unit, i.Breakdowns = "PERSONS", indicators.Codes{"age", "governorate", "sex"}
	}
	w.Targets = append(w.Targets, edit(indicators.Target{
		Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: indicators.Whole(50), Framework: "plan",
		Breakdown: indicators.Breakdown{Sex: "F"},
	}))
	return w
}

// counted is an observation of a part of A: "F", "M", "TN-11", nothing for the total.
func counted(part string, year int, value string) indicators.Observation {
	o := figure(year, value)
	switch {
	case len(part) == 1:
		o.Breakdown.Sex = part
	default:
		o.Breakdown.Governorate = part
	}
	if part != "" {
		o.Comment = indicators.Optional("dont " + value)
	}
	return o
}

// toldOf is what the public is told of A as of a changeset, "F=3 M=97 =100", with "-" for
// what is withheld; of withheld figures nothing else may be left.
func toldOf(t *testing.T, store *sql.Store, changeset int) string {
	t.Helper()
	page, _, err := store.Observations(t.Context(), sql.ObservationQuery{Indicator: "A", Changeset: changeset, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var each []indicators.Observation
	for o, err := range store.EachObservation(t.Context(), changeset) {
		if err != nil {
			t.Fatal(err)
		}
		each = append(each, *o)
	}
	words := func(all []indicators.Observation) string {
		var words []string
		for _, o := range all {
			value := o.Value.String()
			if o.Protected {
				value = "-"
				if o.Status != "Q" || o.Value.IsSet() || o.Numerator.IsSet() || o.Denominator.IsSet() || o.Comment != "" || o.Evidence != "" || o.Since > changeset {
					t.Errorf("as of %d, what is withheld still tells %+v", changeset, o)
				}
			}
			words = append(words, o.Breakdown.Sex+o.Breakdown.Governorate+"="+value)
		}
		slices.Sort(words)
		return strings.Join(words, " ")
	}
	if words(page) != words(each) {
		t.Errorf("as of %d, a page has %s, the stream %s", changeset, words(page), words(each))
	}
	return words(page)
}

func tells(t *testing.T, store *sql.Store, want map[int]string) {
	t.Helper()
	for changeset, words := range want {
		if got := toldOf(t, store, changeset); got != words {
			t.Errorf("as of %d it is told: %s; want %s", changeset, got, words)
		}
	}
}

func TestTwoDatesSideBySideTellNoSmallCell(t *testing.T) {
	many := lines(counted("F", 2020, "12"), counted("M", 2020, "97"), counted("", 2020, "109"))
	few := lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100"))
	for name, order := range map[string][][]*indicators.Lines{"small later": {many, few}, "small before": {few, many}} {
		t.Run(name, func(t *testing.T) {
			store := sqltest.Open(t)
			record(t, store, persons(), order[0])
			before := toldOf(t, store, 1)
			if want := map[string]string{"small later": "=109 F=12 M=97", "small before": "=100 F=- M=-"}[name]; before != want {
				t.Errorf("at first it is told: %s; want %s", before, want)
			}
			record(t, store, nil, order[1])
			first, second := "=109 F=- M=-", "=100 F=- M=-"
			if name == "small before" {
				first, second = second, first
			}
			tells(t, store, map[int]string{1: first, 2: second})
		})
	}
}

// Women withdrawn, and the total less by as much: the total itself tells.
func TestAWithdrawalTellsNoSmallCell(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100")))
	record(t, store, nil, removed(counted("F", 2020, "3")))
	tells(t, store, map[int]string{1: "=100 F=- M=-", 2: "=100 M=-"})
	record(t, store, nil, lines(counted("", 2020, "97")))
	tells(t, store, map[int]string{1: "=- F=- M=-", 2: "=- M=-", 3: "=- M=-"})
	all, err := store.Versions(t.Context(), "A", 3)
	if err != nil || len(all["A"]) != 2 || all["A"][0].Value.IsSet() || all["A"][1].Value.IsSet() {
		t.Errorf("the versions of the total: %+v, %v", all["A"], err)
	}
	ds, err := store.Dataset(t.Context(), 1)
	if err != nil || len(ds.Figures("A")) != 1 || ds.Figures("A")[0].Value.IsSet() {
		t.Errorf("the total of the first changeset: %+v, %v", ds.Figures("A"), err)
	}
}

func TestChartsAndAssessmentsObey(t *testing.T) {
	store := sqltest.Open(t)
	women := indicators.SeriesKey{Indicator: "A", Breakdown: indicators.Breakdown{Sex: "F"}}
	record(t, store, persons(), lines(counted("F", 2019, "20"), counted("F", 2020, "12"), counted("M", 2020, "97"), counted("", 2020, "109")))
	live, err := store.Dataset(t.Context(), 0)
	if err != nil || live.Protection != 0 || live.Series[women][1].Value.String() != "12" {
		t.Fatalf("%+v, %v", live.Series[women], err)
	}
	record(t, store, nil, lines(counted("F", 2020, "3"), counted("", 2020, "100")))
	fresh, err := store.Refresh(t.Context(), live)
	if err != nil {
		t.Fatal(err)
	}
	read, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	then, err := store.Dataset(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for name, ds := range map[string]*indicators.Dataset{"refreshed": fresh, "read anew": read, "as of before": then} {
		f := ds.Series[women]
		if len(f) != 2 || f[0].Value.String() != "20" || f[1].Value.IsSet() || f[1].Status != "Q" || !f[1].Protected {
			t.Errorf("%s: women are %+v", name, f)
		}
		if ds.Protection != 2 {
			t.Errorf("%s: what is withheld is that of changeset %d, want 2", name, ds.Protection)
		}
		for _, a := range ds.On(20261031).Assessments {
			if a.Breakdown.Sex == "F" && a.Latest.Period != indicators.Year(2019) {
				t.Errorf("%s: women are judged by %+v", name, a.Latest)
			}
		}
	}
	if then.Record() == live.Record() {
		t.Error("what is shown of the first changeset has changed, but not the name of the state")
	}
}

func TestSnapshotsObeyAndOldOnesVerify(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("F", 2020, "12"), counted("M", 2020, "97"), counted("", 2020, "109")))
	take := func(month indicators.Period, changeset int) string {
		t.Helper()
		if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: month, Changeset: changeset, By: "a"}); err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for line, err := range store.SnapshotLines(t.Context(), month.String()) {
			if err != nil {
				t.Fatal(err)
			}
			text.Write(line)
		}
		return text.String()
	}
	if text := take(202608001, 0); !strings.Contains(text, `"value":97`) || !strings.Contains(text, `"value":12`) {
		t.Errorf("nothing is small, and something is lacking: %s", text)
	}
	record(t, store, nil, lines(counted("F", 2020, "3"), counted("", 2020, "100")))
	for month, changeset := range map[indicators.Period]int{202609001: 1, 202610001: 2} {
		text := take(month, changeset)
		for _, number := range []string{"3", "12", "97"} {
			if strings.Contains(text, `"value":`+number+`}`) || strings.Contains(text, "dont "+number) {
				t.Errorf("the snapshot of changeset %d tells %s: %s", changeset, number, text)
			}
		}
	}
	record(t, store, nil, lines(counted("F", 2020, "4"), counted("TN-11", 2020, "2"), counted("TN-12", 2020, "98")))
	record(t, store, small("0"), nil)
	for _, month := range []string{"2026-08", "2026-09", "2026-10"} {
		if v, err := store.VerifySnapshot(t.Context(), month); err != nil || !v.Equal {
			t.Errorf("%s: %+v, %v", month, v, err)
		}
	}
}

// small sets how many persons a part must tell of.
func small(value string) *indicators.Workbook {
	return &indicators.Workbook{Settings: []indicators.Edit[indicators.Setting]{edit(indicators.Setting{Key: "small_cells", Value: value})}}
}

func TestTheThresholdIsASetting(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("TN-11", 2020, "3"), counted("TN-12", 2020, "8"), counted("TN-13", 2020, "30"), counted("TN-21", 2020, "59"), counted("", 2020, "100")))
	for n, step := range []struct{ threshold, told string }{
		{"5", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
		{"10", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
		{"50", "=100 TN-11=- TN-12=- TN-13=- TN-21=-"}, // 59 would tell that the others are 41,
		{"5", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
		{"0", "=100 TN-11=3 TN-12=8 TN-13=30 TN-21=59"},
		{"9", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
	} {
		if report := record(t, store, small(step.threshold), nil); report.Changeset != n+2 {
			t.Fatalf("%+v", report)
		}
		for as := 1; as <= n+2; as++ {
			if got := toldOf(t, store, as); got != step.told {
				t.Errorf("below %s, as of %d: %s, want %s", step.threshold, as, got, step.told)
			}
		}
	}
	all, _, err := store.Observations(t.Context(), sql.ObservationQuery{Indicator: "A", Changeset: 1, Limit: 10, True: true})
	if err != nil || len(all) != 5 || all[0].Value.String() != "3" || all[0].Comment == "" {
		t.Errorf("those who review are told %+v, %v", all, err)
	}
}

func TestWhatIsExportedChangesNothing(t *testing.T) {
	store := sqltest.Open(t)
	given := lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100"))
	record(t, store, persons(), given)
	if again := record(t, store, persons(), given); !again.Unchanged {
		t.Errorf("the same again: %+v", again)
	}
	var exported []indicators.Observation
	for o, err := range store.EachObservation(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		exported = append(exported, *o)
	}
	if again := record(t, store, nil, lines(exported...)); !again.Unchanged {
		t.Errorf("what was exported: %+v", again)
	}
	record(t, store, nil, removed(counted("M", 2020, "97")))
	withheld := counted("M", 2020, "0")
	withheld.Value, withheld.Status = indicators.Decimal{}, "Q"
	if report := record(t, store, nil, lines(withheld)); report.Unchanged {
		t.Error("what was withdrawn cannot be entered as withheld by its source")
	}
}

// What the source withholds is not found out by subtraction; a draft says nothing yet.
func TestOnlyWhatIsPublishedIsLookedAt(t *testing.T) {
	store := sqltest.Open(t)
	draft := counted("F", 2020, "3")
	draft.Review = indicators.Submitted
	record(t, store, persons(), lines(draft, counted("M", 2020, "97"), counted("", 2020, "100")))
	tells(t, store, map[int]string{1: "=100 M=97"})
	withheld := counted("F", 2020, "0")
	withheld.Value, withheld.Status = indicators.Decimal{}, "Q"
	record(t, store, nil, lines(withheld))
	tells(t, store, map[int]string{1: "=100 M=-", 2: "=100 F= M=-"})
}

func TestAnotherDefinitionIsLookedAtAnew(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100")))
	redefine := func(change func(*indicators.Indicator)) {
		t.Helper()
		record(t, store, &indicators.Workbook{Indicators: []indicators.Edit[indicators.Indicator]{changed(indicators.Indicator{Code: "A"}, change)}}, nil)
	}
	redefine(func(i *indicators.Indicator) { i.Title.FR = "autre" })
	tells(t, store, map[int]string{1: "=100 F=- M=-", 2: "=100 F=- M=-"})
	redefine(func(i *indicators.Indicator) { i.Unit = "YEARS" })
	tells(t, store, map[int]string{1: "=100 F=3 M=97", 3: "=100 F=3 M=97"})
	redefine(func(i *indicators.Indicator) { i.Unit = "PERSONS" })
	tells(t, store, map[int]string{1: "=100 F=- M=-", 4: "=100 F=- M=-"})
}

// What an older program has published is withheld when a newer one starts, in a changeset
// of its own; snapshots of before still verify.
func TestProtectCatchesUp(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100")))
	asBefore := `SET session_replication_role = replica; DELETE FROM suppression; UPDATE snapshot SET protection = null; RESET session_replication_role`
	exec := func() {
		t.Helper()
		if _, err := store.DB().ExecContext(t.Context(), asBefore); err != nil {
			t.Fatal(err)
		}
	}
	exec()
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); err != nil {
		t.Fatal(err)
	}
	exec()
	tells(t, store, map[int]string{1: "=100 F=3 M=97"})
	tellsTooMuch := func(want bool) {
		t.Helper()
		snap, err := store.Snapshot(t.Context(), "2026-10")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := store.SnapshotTells(t.Context(), &snap); err != nil || got != want {
			t.Errorf("the snapshot tells what is withheld: %v, %v, want %v", got, err, want)
		}
		snap.Judged = 20191231 // of which day these figures were left out
		if got, err := store.SnapshotTells(t.Context(), &snap); err != nil || got {
			t.Errorf("one without these figures tells them: %v, %v", got, err)
		}
	}
	tellsTooMuch(false)
	for range 2 { // the second finds nothing left to do
		if err := store.Protect(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tells(t, store, map[int]string{1: "=100 F=- M=-", 3: "=100 F=- M=-"})
	all, err := store.Changesets(t.Context())
	if err != nil || len(all) != 3 || all[2].Kind != indicators.Protected {
		t.Errorf("changesets: %+v, %v", all, err)
	}
	if v, err := store.VerifySnapshot(t.Context(), "2026-10"); err != nil || !v.Equal {
		t.Errorf("the snapshot of before: %+v, %v", v, err)
	}
	tellsTooMuch(true)
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); err != nil {
		t.Fatal(err)
	}
	tellsTooMuch(false) // it withholds them
}

// A publication withholds as an import does, and so does a withdrawal.
func TestAPublicationIsLookedAt(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("M", 2020, "97"), counted("", 2020, "100")))
	women := counted("F", 2020, "3")
	women.Review = indicators.Draft
	if err := enter(t, store, amel(), 1, women); err != nil {
		t.Fatal(err)
	}
	for _, act := range []struct {
		who  *indicators.Account
		kind indicators.Kind
	}{{amel(), indicators.Submitting}, {sami(), indicators.Verifying}} {
		if err := step(t, store, act.who, act.kind, ""); err != nil {
			t.Fatal(err)
		}
	}
	tells(t, store, map[int]string{1: "=100 M=97", 4: "=100 M=97"})
	if err := step(t, store, sami(), indicators.Publishing, ""); err != nil {
		t.Fatal(err)
	}
	tells(t, store, map[int]string{1: "=100 M=-", 5: "=100 F=- M=-"})
	if all := work(t, store); len(all) != 0 {
		t.Errorf("on its way is still %+v", all)
	}
	total := sql.Seen{FigureKey: indicators.FigureKey{Indicator: "A", Period: indicators.Year(2020)}, Since: 1}
	if err := step(t, store, sami(), indicators.Withdrawn, "erreur", total); err != nil {
		t.Fatal(err)
	}
	tells(t, store, map[int]string{1: "=100 M=-", 5: "=100 F=- M=-", 6: "F=- M=-"})
}
