package sql_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// counters is the workbook of programme with cumulative indicators of these codes.
func counters(codes ...string) *indicators.Workbook {
	w := programme()
	var a indicators.Indicator
	w.Indicators[0].Change(&a)
	for _, code := range codes {
		i := a
		i.Code, i.Accumulation = code, indicators.Cumulative
		w.Indicators = append(w.Indicators, edit(i))
	}
	return w
}

// counts makes figures of an indicator of "year value" words. Behind the value ~ marks
// it as partial, B as the first after a break and ? as a draft, O alone is missing; F
// before the year stands for women.
func counts(code string, words ...string) []*indicators.Lines {
	var all []indicators.Observation
	for _, word := range words {
		when, value, _ := strings.Cut(strings.TrimPrefix(word, "F"), " ")
		marks := strings.TrimLeft(value, "-.0123456789")
		o := figure(2000, "1")
		o.Indicator = code
		o.Period, _ = indicators.ParsePeriod(when)
		o.Value, _ = indicators.ParseDecimal(strings.TrimSuffix(value, marks))
		for _, status := range []string{"B", "O"} {
			if strings.Contains(marks, status) {
				o.Status = status
			}
		}
		if o.Partial = strings.Contains(marks, "~"); strings.Contains(marks, "?") {
			o.Review = indicators.Draft
		}
		if word[0] == 'F' {
			o.Breakdown.Sex = "F"
		}
		all = append(all, o)
	}
	return lines(all...)
}

func TestACumulativeIndicatorNeverFallsUnlessThatIsAccepted(t *testing.T) {
	tests := []struct {
		name          string
		stored, given []string
		want          []string // line: "later<earlier", or "earlier>later" where it is told at the earlier one
	}{
		{"it rises", []string{"2020 5"}, []string{"2021 6", "2022 6"}, nil},
		{"below what is stored", []string{"2019 9", "2020 5"}, []string{"2021 4"}, []string{"2: 4 of 2021<5 of 2020"}},
		{"below what comes with it", nil, []string{"2021 4", "2020 5"}, []string{"2: 4 of 2021<5 of 2020"}},
		{"above what is stored", []string{"2021 4", "2022 3"}, []string{"2020 5"}, []string{"2: 5 of 2020>4 of 2021"}},
		{"between the two", []string{"2019 5", "2021 4"}, []string{"2020 4.5"}, []string{"2: 4.5 of 2020<5 of 2019", "2: 4.5 of 2020>4 of 2021"}},
		{"a correction that mends", []string{"2020 5", "2021 4"}, []string{"2021 6"}, nil},
		{"a correction of both", []string{"2020 5", "2021 6"}, []string{"2020 3", "2021 4"}, nil},
		{"a correction that breaks it", []string{"2020 5", "2021 6"}, []string{"2021 4.00"}, []string{"2: 4.00 of 2021<5 of 2020"}},
		{"what stays as it was is not told again", []string{"2020 5", "2021 4"}, []string{"2021 4", "2022 6"}, nil},
		{"a new count", []string{"2020 5"}, []string{"2021 1B", "2022 2"}, nil},
		{"below the new count", []string{"2020 5", "2021 3B"}, []string{"2022 2"}, []string{"2: 2 of 2022<3 of 2021"}},
		{"before a new count that is stored", []string{"2021 1B", "2022 2"}, []string{"2020 5"}, nil},
		{"a break that is taken back", []string{"2020 5", "2021 1B"}, []string{"2021 1"}, []string{"2: 1 of 2021<5 of 2020"}},
		{"a new count that is not whole yet", []string{"2020 5"}, []string{"2021 1B~", "2022 2"}, nil},
		{"missing values are passed over", []string{"2020 5", "2021 O"}, []string{"2022 4"}, []string{"2: 4 of 2022<5 of 2020"}},
		{"a value that goes missing", []string{"2020 5", "2021 9"}, []string{"2021 O", "2022 6"}, nil},
		{"a partial value is no earlier one", []string{"2020 5", "2021 9~"}, []string{"2022 8"}, nil},
		{"a partial value that falls", []string{"2020 5"}, []string{"2021 4~"}, []string{"2: 4 of 2021<5 of 2020"}},
		{"a draft is nobody's earlier value", []string{"2020 5", "2021 9?"}, []string{"2022 8", "2023 1?"}, nil},
		{"another series", []string{"2020 5"}, []string{"F2021 4", "F2022 3"}, []string{"3: 3 of 2022<4 of 2021"}},
		{"below zero", []string{"2020 -5"}, []string{"2021 -6"}, []string{"2: -6 of 2021<-5 of 2020"}},
	}
	var codes []string
	for n := range tests {
		codes = append(codes, fmt.Sprint("C", n))
	}
	store := sqltest.Open(t)
	record(t, store, counters(codes...), nil)
	for n, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if len(tt.stored) > 0 {
				accepting(t, store, nil, counts(codes[n], tt.stored...))
			}
			given := sql.Recording{Observations: counts(codes[n], tt.given...), Act: indicators.Act{Author: "a", Reason: "r"}}
			for _, given.DryRun = range []bool{true, false} {
				report, err := store.Record(t.Context(), given)
				if (err != nil) != report.Refused() || err != nil && !errors.As(err, new(*indicators.Doubted)) {
					t.Fatal(err)
				}
				if got := told(report); !slices.Equal(got, tt.want) {
					t.Errorf("dry run %t: told %q, want %q", given.DryRun, got, tt.want)
				}
			}
			if report := accepting(t, store, nil, counts(codes[n], tt.given...)); report.Changeset > 0 && !slices.Equal(told(report), tt.want) {
				t.Errorf("accepted: told %q, want %q", told(report), tt.want)
			}
		})
	}
}

// accepting records with all that the rules find.
func accepting(t *testing.T, store *sql.Store, w *indicators.Workbook, l []*indicators.Lines) *indicators.Report {
	t.Helper()
	report, err := store.Record(t.Context(), sql.Recording{Workbook: w, Observations: l, Act: indicators.Act{Author: "a@example.org", Reason: "test"}, Accept: "it is so"})
	if err != nil {
		t.Fatalf("%v: %+v", err, report.Problems)
	}
	return report
}

// told shortens the problems and warnings of a report to "line: 4 of 2021<5 of 2020".
func told(r *indicators.Report) []string {
	var all []string
	for _, w := range slices.Concat(r.Problems, r.Warnings) {
		fact, _, _ := strings.Cut(strings.TrimPrefix(w.Message.String(), "accepted: "), ", and a cumulative value never falls: ")
		all = append(all, fmt.Sprint(w.Line, ": ", strings.NewReplacer(" is below ", "<", " is above ", ">").Replace(fact)))
	}
	return all
}

func TestPeriodsAreInTheOrderOfTheirEnds(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, counters("C"), counts("C", "2023 12", "2024 24"))
	monthly := counters("C")
	monthly.Indicators[1].Change = func(i *indicators.Indicator) { i.Frequency = indicators.Monthly }
	report := accepting(t, store, monthly, counts("C", "2024-11 22", "2024-12 23", "2025-01 20"))
	// that of December ends when the year does: neither is the earlier one
	if got, want := told(report), []string{"4: 20 of 2025-01<23 of 2024-12"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestOnlyCumulativeIndicatorsAreToldOf(t *testing.T) {
	store := sqltest.Open(t)
	if report := record(t, store, programme(), counts("A", "2020 5", "2021 4")); len(report.Warnings) > 0 {
		t.Errorf("a level fell: %v", report.Warnings)
	}
	becoming := programme()
	becoming.Indicators[0].Change = func(i *indicators.Indicator) { i.Accumulation = indicators.Cumulative }
	if report := accepting(t, store, becoming, counts("A", "2022 3", "2023 4")); len(report.Warnings) != 1 {
		t.Errorf("with this import it is cumulative: %v", report.Warnings)
	}
}

func TestAHundredFallsAreToldAndTheRestCounted(t *testing.T) {
	store := sqltest.Open(t)
	var falling []string
	for n := range 125 {
		falling = append(falling, fmt.Sprintf("%d %d", 1900+n, 1000-n))
	}
	report, err := store.Record(t.Context(), sql.Recording{
		Workbook: counters("C"), Observations: counts("C", falling...), Act: indicators.Act{Author: "a", Reason: "r"},
		Accept: "it is so", Doubted: []indicators.Problem{{Place: indicators.Place{File: "f"}, Message: indicators.Plain("was it cut?")}},
	})
	if err != nil || len(report.Warnings) != 100 || report.MoreWarnings != 25 || report.Warnings[0].Message.String() != "was it cut?" {
		t.Errorf("%d told, %d more (%v)", len(report.Warnings), report.MoreWarnings, err)
	}
}

// While the import waits for its turn, another changeset brings a value that it falls below.
func TestObjectionsAreToWhatIsWritten(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, counters("C"), counts("C", "2020 5", "2021 6"))
	other, err := store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Rollback() }()
	run := func(statement string) {
		t.Helper()
		if _, err := other.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	run(`SELECT pg_advisory_xact_lock(7461001)`) // that of all writers
	reports := make(chan *indicators.Report)
	go func() {
		defer close(reports)
		report, err := store.Record(t.Context(), sql.Recording{Observations: counts("C", "2022 7"), Act: indicators.Act{Author: "a", Reason: "r"}})
		if !errors.As(err, new(*indicators.Doubted)) {
			t.Errorf("it was not refused: %v", err)
		}
		reports <- report
	}()
	for waiting := false; !waiting; {
		const query = `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 7461001 AND NOT granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`
		if err := other.QueryRowContext(t.Context(), query).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	run(`INSERT INTO changeset (number, at, author, reason) VALUES (2, clock_timestamp(), 'b', 'r')`)
	run(`UPDATE observation SET until = 2 WHERE period = 202101012`)
	run(`INSERT INTO observation (series, period, since, review, obs_status, headline, partial, value)
	     SELECT series, period, 2, review, obs_status, headline, partial, 8 FROM observation WHERE period = 202101012`)
	if err := other.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, want := told(<-reports), []string{"2: 7 of 2022<8 of 2021"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}
