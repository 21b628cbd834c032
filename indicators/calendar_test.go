package indicators

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// reporting is a programme whose indicator X is due so many days after its periods.
func reporting(frequency Frequency, dueDays int, words ...string) *Dataset {
	d := programme()
	d.Indicators = []Indicator{ordinary(Indicator{Frequency: frequency, DueDays: &dueDays, Groups: Codes{"1"}})}
	all := figures(words...)
	for n := range all {
		all[n].Since = 1
	}
	return NewDataset(d, nil, totals(map[string][]Figure{"X": all}))
}

// written is the last obligations of a calendar, each as "period due state".
func written(all []Obligation, last int) string {
	var words []string
	for _, o := range all[max(len(all)-last, 0):] {
		words = append(words, fmt.Sprintf("%s %s %s", o.Period, o.Due, o.State))
	}
	return strings.Join(words, ", ")
}

func TestDueDates(t *testing.T) {
	for _, tt := range []struct {
		name      string
		frequency Frequency
		dueDays   int
		on, want  string // the last three
	}{
		{"each month", Monthly, 15, "2026-10-31", "2026-08 2026-09-15 overdue, 2026-09 2026-10-15 overdue, 2026-10 2026-11-15 not_yet_due"},
		{"each quarter", Quarterly, 20, "2026-10-20", "2026-Q2 2026-07-20 overdue, 2026-Q3 2026-10-20 due_soon, 2026-Q4 2027-01-20 not_yet_due"},
		{"each semester", HalfYearly, 45, "2026-08-07", "2025-S2 2026-02-14 overdue, 2026-S1 2026-08-14 due_soon, 2026-S2 2027-02-14 not_yet_due"},
		{"each year", Yearly, 90, "2026-03-31", "2024 2025-03-31 overdue, 2025 2026-03-31 due_soon, 2026 2027-03-31 not_yet_due"},
		{"the end of a leap February", Monthly, 30, "2024-02-29", "2023-12 2024-01-30 overdue, 2024-01 2024-03-01 due_soon, 2024-02 2024-03-30 not_yet_due"},
		{"the end of a February that leaps not", Monthly, 0, "2025-02-28", "2024-12 2024-12-31 overdue, 2025-01 2025-01-31 overdue, 2025-02 2025-02-28 due_soon"},
		{"without delay, the day after", Monthly, 0, "2025-03-01", "2025-01 2025-01-31 overdue, 2025-02 2025-02-28 overdue, 2025-03 2025-03-31 not_yet_due"},
		{"a month before the year ends", Yearly, 0, "2026-12-24", "2024 2024-12-31 overdue, 2025 2025-12-31 overdue, 2026 2026-12-31 due_soon"},
		{"eight days before", Yearly, 0, "2026-12-23", "2024 2024-12-31 overdue, 2025 2025-12-31 overdue, 2026 2026-12-31 not_yet_due"},
		{"a delay longer than the period", Monthly, 70, "2026-10-31", "2026-08 2026-11-09 not_yet_due, 2026-09 2026-12-09 not_yet_due, 2026-10 2027-01-09 not_yet_due"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := reporting(tt.frequency, tt.dueDays).On(day(tt.on))
			if got := written(p.Calendar(p.Indicator("X"), RemindAhead, Receipts{}), 3); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestReportsAndWhenTheyCame(t *testing.T) {
	// Changesets of 10, 15, 16 and 30 October 2026; what is due is due on the 15th.
	days := changesets("2024-01-01", "2026-10-10", "2026-10-15", "2026-10-16", "2026-10-30")
	at := Receipt{"X", period("2026-09")}
	for _, tt := range []struct {
		name    string
		figures []string
		since   int // of the newest version
		r       Receipts
		want    Timeliness
	}{
		{"on the due day", []string{"2026-09 5"}, 3, Receipts{}, InTime},
		{"the day after", []string{"2026-09 5"}, 4, Receipts{}, Late},
		{"nothing", nil, 0, Receipts{}, Overdue},
		{"another month", []string{"2026-08 5"}, 2, Receipts{}, Overdue},
		{"half of the month", []string{"2026-09 5~"}, 2, Receipts{}, Overdue},
		{"declared missing", []string{"2026-09 O"}, 2, Receipts{}, InTime},
		{"declared withheld, late", []string{"2026-09 Q"}, 4, Receipts{}, Late},
		{"in time and revised after", []string{"2026-09 5"}, 5, Receipts{First: map[Receipt]int{at: 2}}, InTime},
		{"submitted in time and published after", []string{"2026-09 5"}, 4, Receipts{First: map[Receipt]int{at: 3}}, InTime},
		{"submitted in time and not published yet", nil, 0, Receipts{First: map[Receipt]int{at: 3}, Waiting: map[Receipt]bool{at: true}}, InTime},
		{"submitted late", nil, 0, Receipts{First: map[Receipt]int{at: 4}, Waiting: map[Receipt]bool{at: true}}, Late},
		{"submitted, and returned since", nil, 0, Receipts{First: map[Receipt]int{at: 3}}, Overdue},
		{"submitted, as the public knows it", nil, 0, Receipts{First: map[Receipt]int{at: 3}, Waiting: map[Receipt]bool{at: true}}.Published(), Overdue},
		{"the whole year, before it was asked for by month", []string{"2026 5"}, 3, Receipts{}, InTime},
		{"the month late, the whole year in time", []string{"2026-09 5", "2026 60"}, 4, Receipts{First: map[Receipt]int{{"X", period("2026")}: 3}}, InTime},
		{"a year before", []string{"2025-09 5", "2025 60"}, 3, Receipts{}, Overdue},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds := reporting(Monthly, 15, tt.figures...)
			series := ds.Figures("X")
			for n := range series {
				series[n].Since = tt.since
			}
			p := NewDataset(ds.Definitions, days, ds.Series).On(day("2026-10-31"))
			all := p.Calendar(p.Indicator("X"), RemindAhead, tt.r)
			n := slices.IndexFunc(all, func(o Obligation) bool { return o.Period == at.Period })
			if n < 0 || all[n].State != tt.want {
				t.Errorf("September: got %s, want %s", written(all, 3), tt.want)
			}
		})
	}
}

// oldest is the first period of the calendar of X on the last day of October 2026.
func oldestAsked(ds *Dataset, r Receipts) string {
	p := ds.On(day("2026-10-31"))
	all := p.Calendar(p.Indicator("X"), RemindAhead, r)
	if len(all) == 0 {
		return "none"
	}
	return all[0].Period.String() + " to " + all[len(all)-1].Period.String()
}

func TestWhatIsAskedFor(t *testing.T) {
	for _, tt := range []struct {
		name    string
		actions []Action
		want    string
	}{
		{"of a national indicator, two years", nil, "2024-10 to 2026-10"},
		{"from the month in which the action starts", []Action{{Status: "ongoing", Start: day("2026-03-31")}}, "2026-03 to 2026-10"},
		{"from where it really started", []Action{{Status: "ongoing", Start: day("2026-03-31"), ActualStart: day("2026-06-01")}}, "2026-06 to 2026-10"},
		{"beyond its planned end while it goes on", []Action{{Status: "ongoing", Start: day("2026-03-31"), End: day("2026-06-30")}}, "2026-03 to 2026-10"},
		{"until it was completed", []Action{{Status: "completed", Start: day("2026-03-31"), End: day("2026-12-31"), ActualEnd: day("2026-07-01")}}, "2026-03 to 2026-07"},
		{"until it was to be completed", []Action{{Status: "completed", Start: day("2026-03-31"), End: day("2026-06-30")}}, "2026-03 to 2026-06"},
		{"not of a suspended action", []Action{{Status: "suspended", Start: day("2026-01-01")}}, "none"},
		{"not of a cancelled one", []Action{{Status: "cancelled", Start: day("2026-01-01")}}, "none"},
		{"not of one that is planned", []Action{{Status: "planned", Start: day("2026-01-01")}}, "none"},
		{"of one of two actions", []Action{{Status: "suspended", Start: day("2020-01-01")}, {Status: "ongoing", Start: day("2026-05-01")}}, "2026-05 to 2026-10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds := reporting(Monthly, 15)
			d := *ds.Definitions
			d.Actions = nil
			for n, a := range tt.actions {
				a.Code, a.Group = fmt.Sprint("A", n), "1"
				d.Actions = append(d.Actions, a)
				d.Indicators[0].Actions = append(d.Indicators[0].Actions, a.Code)
			}
			if got := oldestAsked(NewDataset(&d, nil, nil), Receipts{}); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestNothingIsAskedForThatWasDueBefore(t *testing.T) {
	ds := NewDataset(reporting(Monthly, 15).Definitions, changesets("2026-05-16", "2026-08-15", "2026-08-16"), nil)
	for _, tt := range []struct {
		name string
		r    Receipts
		want string
	}{
		{"the record began", Receipts{}, "2026-05 to 2026-10"},
		{"the indicator was defined: that day still counts", Receipts{Defined: map[string]int{"X": 2}}, "2026-07 to 2026-10"},
		{"the indicator was defined", Receipts{Defined: map[string]int{"X": 3}}, "2026-08 to 2026-10"},
	} {
		if got := oldestAsked(ds, tt.r); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestNothingIsAskedForWithoutADelay(t *testing.T) {
	d := programme()
	p := NewDataset(d, nil, nil).On(day("2026-10-31"))
	if all := p.Calendar(p.Indicator("UNEMP"), RemindAhead, Receipts{}); all != nil || p.Overdue(p.Indicator("UNEMP")) {
		t.Errorf("asked for: %s", written(all, 3))
	}
}

func TestReportingRate(t *testing.T) {
	days := changesets("2024-01-01", "2026-09-15", "2026-10-31")
	var words []string
	for month := 1; month <= 9; month++ { // from January 2026 on
		words = append(words, fmt.Sprintf("2026-%02d 1", month))
	}
	ds := reporting(Monthly, 15, words...)
	series := ds.Figures("X")
	series[7].Since = 3 // August, known on the last of October
	d := *ds.Definitions
	d.Indicators = append(d.Indicators, ordinary(Indicator{Groups: Codes{"1"}})) // without a delay
	d.Indicators[1].Code = "Y"
	ds = NewDataset(&d, days, ds.Series)
	for _, tt := range []struct {
		on   string
		want ReportingRate
	}{
		// November, December 2025 were never reported, nor October.
		{"2026-10-15", ReportingRate{day("2025-10-15"), day("2026-10-14"), 12, 8, 7, 0}},
		{"2026-10-16", ReportingRate{day("2025-10-16"), day("2026-10-15"), 12, 9, 8, 0}},
		{"2024-02-29", ReportingRate{day("2023-03-01"), day("2024-02-28"), 2, 0, 0, 0}}, // the record begins in 2024
	} {
		if got := ds.On(day(tt.on)).ReportingRate("1", Receipts{}); got != tt.want {
			t.Errorf("on %s: got %+v, want %+v", tt.on, got, tt.want)
		}
	}
	verified := Receipts{Verified: map[Receipt]bool{{"X", period("2026-01")}: true, {"X", period("2026-08")}: true, {"X", period("2025-11")}: true, {"X", period("2024-01")}: true}}
	if got := ds.On(day("2026-10-15")).ReportingRate("1", verified).Verified; got != 2 { // November was never reported, 2024 is long ago
		t.Errorf("%d reports were verified, want 2", got)
	}
	if got := ds.On(day("2026-10-16")).ReportingRate("2", Receipts{}); got.Due != 0 {
		t.Errorf("of a group without indicators: %+v", got)
	}
}

func TestOwing(t *testing.T) {
	ds := reporting(Monthly, 15, "2026-07 1", "2026-09 1")
	d := *ds.Definitions
	quick := 3
	d.Indicators = append(d.Indicators, ordinary(Indicator{Frequency: Quarterly, DueDays: &quick, Groups: Codes{"2"}, Responsible: "MIN"}))
	d.Indicators[1].Code = "Y"
	p := NewDataset(&d, changesets("2026-08-01"), ds.Series).On(day("2026-11-01"))
	for _, tt := range []struct {
		name string
		a    *Account
		want string
	}{
		{"by group", &Account{Role: Contributor, Scope: Scope{Groups: Codes{"1"}}}, "2026-08 2026-09-15 overdue, 2026-10 2026-11-15 not_yet_due"},
		{"by organisation", &Account{Role: Contributor, Scope: Scope{Organisations: Codes{"MIN"}}}, "2026-Q3 2026-10-03 overdue"},
		{"by both, by day", &Account{Role: Contributor, Scope: Scope{Groups: Codes{"1"}, Organisations: Codes{"MIN"}}},
			"2026-08 2026-09-15 overdue, 2026-Q3 2026-10-03 overdue, 2026-10 2026-11-15 not_yet_due"},
		{"out of scope", &Account{Role: Contributor, Scope: Scope{Groups: Codes{"3"}}}, ""},
		{"disabled", &Account{Role: Contributor, Disabled: true, Scope: Scope{Groups: Codes{"1"}}}, ""},
		{"who verifies proposes nothing", &Account{Role: Verifier}, ""},
		{"the public", nil, ""},
	} {
		if got := written(p.Owing(tt.a, RemindAhead, Receipts{}), 9); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
