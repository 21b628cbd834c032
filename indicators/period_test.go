package indicators

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// period and day read what a test knows to be one.
func period(text string) Period {
	if text == "" {
		return 0
	}
	p, err := ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return p
}

func day(text string) Date {
	if text == "" {
		return 0
	}
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestParsePeriod(t *testing.T) {
	for _, tt := range []struct {
		text, start, end string
		months           int
	}{
		{"2026", "2026-01-01", "2026-12-31", 12},
		{"2026-S1", "2026-01-01", "2026-06-30", 6},
		{"2026-S2", "2026-07-01", "2026-12-31", 6},
		{"2026-Q1", "2026-01-01", "2026-03-31", 3},
		{"2026-Q4", "2026-10-01", "2026-12-31", 3},
		{"2026-03", "2026-03-01", "2026-03-31", 1},
		{"2024-02", "2024-02-01", "2024-02-29", 1},
		{"2026-02", "2026-02-01", "2026-02-28", 1},
		{"2026-12", "2026-12-01", "2026-12-31", 1},
		{"2016-2020", "2016-01-01", "2020-12-31", 60},
		{"1900-1949", "1900-01-01", "1949-12-31", 600},
		{"2140", "2140-01-01", "2140-12-31", 12},
	} {
		p, err := ParsePeriod(tt.text)
		if err != nil || p.String() != tt.text || p.Start() != day(tt.start) || p.End() != day(tt.end) || p.Months() != tt.months {
			t.Errorf("%s: got %s from %s to %s, %d months, %v", tt.text, p, p.Start(), p.End(), p.Months(), err)
		}
		if p.EndMonth() != p.End().Month()+1 || p.EndMonth()-p.StartMonth() != tt.months || p.IsSpan() != (tt.months > 12) {
			t.Errorf("%s: months %d to %d", tt.text, p.StartMonth(), p.EndMonth())
		}
		var again Period
		stored, _ := p.Value()
		if err := again.Scan(stored); err != nil || again != p {
			t.Errorf("%s comes back from a column as %s, %v", p, again, err)
		}
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	for _, text := range []string{
		"", "26", "2026-", "2026-0", "2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2026-S0", "2026-S3", "2026-QS1", "2026-Q", "2026Q1",
		"2026-q1", "2026-03-01", "2016-2016", "2020-2016", "2016-20", "1899", "2141", "+202", " 2026", "2026 ", "2016–2020", "2016-2067", "2026-003",
		"2026-18446744073709551617", "９９９９",
	} {
		if p, err := ParsePeriod(text); err == nil {
			t.Errorf("%q was read as %s", text, p)
		}
	}
}

func TestPeriodContains(t *testing.T) {
	for _, tt := range []struct {
		outer, inner string
		want         bool
	}{
		{"2016-2020", "2016", true}, {"2016-2020", "2020-12", true}, {"2016-2020", "2021", false}, {"2016-2020", "2015-12", false},
		{"2026", "2026-Q4", true}, {"2026-Q1", "2026", false}, {"2026-Q1", "2026-04", false}, {"2026", "2026", true},
	} {
		if got := period(tt.outer).Contains(period(tt.inner)); got != tt.want {
			t.Errorf("%s contains %s: %t", tt.outer, tt.inner, got)
		}
	}
}

func TestDates(t *testing.T) {
	for text, valid := range map[string]bool{
		"2026-10-31": true, "2024-02-29": true, "2000-02-29": true, "2025-02-29": false, "2100-02-29": false, "2026-04-31": false,
		"2026-13-01": false, "2026-00-10": false, "2026-1-1": false, "31/10/2026": false, "1899-12-31": false, "": false, "2026-10-31T00:00:00Z": false,
	} {
		d, err := ParseDate(text)
		if (err == nil) != valid || valid && d.String() != text {
			t.Errorf("%q: got %s, %v", text, d, err)
		}
		var again Date
		shown, _ := json.Marshal(d)
		if err := json.Unmarshal(shown, &again); err != nil || again != d {
			t.Errorf("%s comes back from JSON as %s, %v", shown, again, err)
		}
	}
	if got := day("2024-02-28").AddDays(2); got != day("2024-03-01") {
		t.Errorf("two days after 2024-02-28: %s", got)
	}
	tunis, err := time.LoadLocation("Africa/Tunis")
	if err != nil {
		t.Fatal(err)
	}
	end := day("2026-12-31").EndIn(tunis)
	if want := time.Date(2026, 12, 31, 22, 59, 59, 999_999_000, time.UTC); !end.Equal(want) {
		t.Errorf("2026 ends in Tunis at %s, want %s", end.UTC(), want)
	}
	if got := DateOf(time.Date(2026, 10, 31, 23, 30, 0, 0, time.UTC).In(tunis)); got != day("2026-11-01") {
		t.Errorf("half past eleven in Greenwich is in Tunis the %s", got)
	}
}

func TestParseWhen(t *testing.T) {
	tunis, err := time.LoadLocation("Africa/Tunis")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, tunis)
	for _, tt := range []struct {
		text      string
		day       string
		changeset int
		moment    time.Time
	}{
		{"", "", 0, time.Time{}},
		{"#123", "", 123, time.Time{}},
		{"c123", "", 123, time.Time{}},
		{"2026-10-31", "2026-10-31", 0, day("2026-10-31").EndIn(tunis)},
		{"2026-10", "2026-10-31", 0, day("2026-10-31").EndIn(tunis)},
		{"2024-02", "2024-02-29", 0, day("2024-02-29").EndIn(tunis)},
		{"2026-11-23", "2026-11-23", 0, now}, // today, whose end is still to come
		{"2026-11-23T10:00:00+01:00", "2026-11-23", 0, now},
		{"2026-10-31T23:30:00Z", "2026-11-01", 0, time.Date(2026, 10, 31, 23, 30, 0, 0, time.UTC)},
	} {
		w, err := ParseWhen(tt.text, tunis, now)
		if err != nil || w.Changeset != tt.changeset || w.Day != day(tt.day) || !w.Moment.Equal(tt.moment) {
			t.Errorf("%q: got %+v, %v", tt.text, w, err)
		}
	}
	for _, text := range []string{
		"2026-11-24", "2026-11", "2026-12", "2027-01-01", "2026-11-23T10:00:01+01:00", "2026-11-23T23:00:00Z", "2026", "2026-Q1", "2016-2020",
		"123", "#", "c", "#0", "#-1", "c+5", "c#5", "##5", "#1.5", "#99999999999999999999", "yesterday", "2026-02-30", "0001-01-01T00:00:00Z",
	} {
		if w, err := ParseWhen(text, tunis, now); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: got %+v, %v", text, w, err)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"2026", "2026-S1", "2026-Q4", "2026-12", "2016-2020", "2026-13"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := ParsePeriod(text); err == nil && (p.String() != text || p.Start() > p.End() || p.Months() == 0) {
			t.Errorf("%q was read as %s, from %s to %s", text, p, p.Start(), p.End())
		}
	})
}

func FuzzParseDate(f *testing.F) {
	f.Add("2024-02-29")
	f.Add("2026-13-01")
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := ParseDate(text); err == nil && (d.String() != text || d.AddDays(1).AddDays(-1) != d) {
			t.Errorf("%q was read as %s", text, d)
		}
	})
}

func FuzzParseWhen(f *testing.F) {
	for _, text := range []string{"2026-10-31", "2026-10", "#12", "c12", "2026-10-31T12:00:00+01:00"} {
		f.Add(text)
	}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		w, err := ParseWhen(text, time.UTC, now)
		if err == nil && (w.Moment.After(now) || w.Day > day("2026-11-23") || w.Changeset < 0) {
			t.Errorf("%q was read as %+v", text, w)
		}
	})
}

func TestResolve(t *testing.T) {
	at := func(text string) time.Time {
		m, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	tunis, err := time.LoadLocation("Africa/Tunis")
	if err != nil {
		t.Fatal(err)
	}
	record := []Changeset{{Number: 1, At: at("2026-01-31T23:30:00Z")}, {Number: 2, At: at("2026-02-10T12:00:00Z")}}
	for _, tt := range []struct {
		name   string
		when   When
		record []Changeset
		want   AsOf
		err    string
	}{
		{"now", When{}, record, AsOf{20260210, 2}, ""},
		{"a changeset, on its own day in Tunis", When{Changeset: 1}, record, AsOf{20260201, 1}, ""},
		{"a changeset to come", When{Changeset: 3}, record, AsOf{}, "the newest is #2"},
		{"a day between two", When{Moment: at("2026-02-05T22:59:59Z"), Day: 20260205}, record, AsOf{20260205, 1}, ""},
		{"the very moment", When{Moment: at("2026-02-10T12:00:00Z"), Day: 20260210}, record, AsOf{20260210, 2}, ""},
		{"before the first", When{Moment: at("2026-01-01T00:00:00Z"), Day: 20260101}, record, AsOf{}, "the record begins on 2026-02-01"},
		{"an empty record", When{}, nil, AsOf{}, "nothing has been recorded yet"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Resolve(tt.record, tt.when, tunis)
			if tt.err != "" {
				if err == nil || !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error = %v, want %q", err, tt.err)
				}
			} else if err != nil || got != tt.want {
				t.Errorf("got %+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}
