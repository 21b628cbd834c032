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
