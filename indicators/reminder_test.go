package indicators

import (
	"strings"
	"testing"
)

func TestReminders(t *testing.T) {
	owed := func(due ...string) (all []Obligation) {
		for _, d := range due {
			all = append(all, Obligation{Due: day(d)})
		}
		return all
	}
	for _, tt := range []struct {
		name  string
		owing []Obligation
		want  string // all reminders of October and November 2026
	}{
		{"a week before, on the day, and each week after", owed("2026-10-15"), "10-08 10-15 10-22 10-29 11-05 11-12 11-19 11-26"},
		{"what has long been overdue, at once and each week", owed("2025-03-31", "2025-04-30", "2025-05-31"), "10-01 10-08 10-15 10-22 10-29 11-05 11-12 11-19 11-26"},
		{"each week since the last reminder", owed("2025-03-31", "2026-10-19"), "10-01 10-08 10-12 10-19 10-26 11-02 11-09 11-16 11-23 11-30"},
		{"nothing", nil, ""},
	} {
		last, got := Date(0), []string{}
		for on := day("2026-10-01"); on <= day("2026-11-30"); on = on.AddDays(1) {
			if RemindOn(tt.owing, last, on) {
				last, got = on, append(got, on.String()[5:])
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
		}
	}
}

func TestAReminderThatNobodySentIsMadeUpFor(t *testing.T) {
	owing := []Obligation{{Due: day("2026-10-15")}} // the first reminder falls on the eighth
	for _, tt := range []struct {
		last, on string
		want     bool
	}{
		{"2026-09-01", "2026-10-07", false}, {"2026-09-01", "2026-10-08", true}, {"2026-09-01", "2026-10-12", true},
		{"2026-10-08", "2026-10-12", false}, {"2026-10-10", "2026-10-12", false}, {"", "2026-10-12", false}, {"", "2026-10-15", true},
	} {
		if got := RemindOn(owing, day(tt.last), day(tt.on)); got != tt.want {
			t.Errorf("on %s, last on %s: %v", tt.on, tt.last, got)
		}
	}
}
