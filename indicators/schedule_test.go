package indicators_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"jalon/indicators"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func always(indicators.Period) bool { return true }
func never(indicators.Period) bool  { return false }

func month(t testing.TB, text string) indicators.Period {
	t.Helper()
	p, err := indicators.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWhichSnapshotsAreDue(t *testing.T) {
	const taken = "2026-09"
	for name, tt := range map[string]struct {
		day, grace int
		zone, now  string
		taken      string
		complete   func(indicators.Period) bool
		want       []string
	}{
		"never, without a day":                      {0, 0, "Africa/Tunis", "2026-11-20T12:00:00Z", taken, always, nil},
		"the day before":                            {10, 0, "Africa/Tunis", "2026-11-09T22:59:59Z", taken, always, nil},
		"the day begins in Tunis":                   {10, 0, "Africa/Tunis", "2026-11-09T23:00:00Z", taken, always, []string{"2026-10"}},
		"and later in Lisbon":                       {10, 0, "Europe/Lisbon", "2026-11-09T23:00:00Z", taken, always, nil},
		"it is taken already":                       {10, 0, "Africa/Tunis", "2026-11-20T12:00:00Z", "2026-10", always, nil},
		"a report is missing":                       {10, 5, "Africa/Tunis", "2026-11-14T12:00:00Z", taken, never, nil},
		"grace is over":                             {10, 5, "Africa/Tunis", "2026-11-15T12:00:00Z", taken, never, []string{"2026-10"}},
		"nothing is missing":                        {10, 5, "Africa/Tunis", "2026-11-10T12:00:00Z", taken, always, []string{"2026-10"}},
		"none was ever taken: the last full month":  {10, 0, "Africa/Tunis", "2026-11-20T12:00:00Z", "", always, []string{"2026-10"}},
		"none was ever taken, and it is too early":  {10, 0, "Africa/Tunis", "2026-11-02T12:00:00Z", "", always, nil},
		"a shorter month":                           {31, 0, "Africa/Tunis", "2027-02-28T12:00:00Z", "2026-12", always, []string{"2027-01"}},
		"a shorter month, the day before":           {31, 0, "Africa/Tunis", "2027-02-27T12:00:00Z", "2026-12", always, nil},
		"the first day, at the end of the year":     {1, 0, "Africa/Tunis", "2026-12-31T23:00:00Z", "2026-11", always, []string{"2026-12"}},
		"two months of downtime":                    {10, 0, "Africa/Tunis", "2027-01-12T12:00:00Z", taken, always, []string{"2026-10 of 2026-11-10", "2026-11 of 2026-12-10", "2026-12"}},
		"the zone moves west over the month's end":  {1, 0, "America/Lima", "2026-11-01T03:00:00Z", taken, always, nil},
		"having been in the east when it was taken": {1, 0, "America/Lima", "2026-11-01T03:00:00Z", "2026-10", always, nil},
		"a clock that is set back over the end":     {1, 0, "Africa/Tunis", "2026-10-31T22:30:00Z", "2026-10", always, nil},
		"a year that nobody looked":                 {10, 0, "Africa/Tunis", "2028-01-20T12:00:00Z", "2020-01", never, wholeYear()},
	} {
		t.Run(name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			var before []indicators.Period
			if tt.taken != "" {
				before = append(before, month(t, tt.taken))
			}
			s := indicators.Schedule{Day: tt.day, Grace: tt.grace, Zone: zone(t, tt.zone)}
			var got []string
			for _, d := range s.Due(now, before, time.Time{}, tt.complete) {
				text := d.Month.String()
				if !d.Known.IsZero() {
					text += " of " + d.Known.In(s.Zone).Format(time.DateOnly)
				}
				got = append(got, text)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("due are %q, want %q", got, tt.want)
			}
		})
	}
}

func wholeYear() []string {
	return []string{
		"2027-01 of 2027-02-10", "2027-02 of 2027-03-10", "2027-03 of 2027-04-10", "2027-04 of 2027-05-10", "2027-05 of 2027-06-10",
		"2027-06 of 2027-07-10", "2027-07 of 2027-08-10", "2027-08 of 2027-09-10", "2027-09 of 2027-10-10", "2027-10 of 2027-11-10",
		"2027-11 of 2027-12-10", "2027-12",
	}
}

// What was made up for before anything was known is none.
func TestNoSnapshotIsOlderThanTheRecord(t *testing.T) {
	s := indicators.Schedule{Day: 10, Zone: time.UTC}
	begun := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	got := s.Due(time.Date(2027, 1, 12, 0, 0, 0, 0, time.UTC), []indicators.Period{month(t, "2026-09")}, begun, always)
	if len(got) != 2 || got[0].Month != month(t, "2026-11") || got[1].Month != month(t, "2026-12") {
		t.Errorf("due are %+v", got)
	}
}

// Whatever the clock, the zone and the reports do, and however long nobody looks: each month
// is taken once, in their order, when it is over and not before its day; and a year later none is
// left out that was due then.
func TestSchedulesOfRandomYears(t *testing.T) {
	zones := []*time.Location{zone(t, "Africa/Tunis"), zone(t, "Pacific/Kiritimati"), zone(t, "America/Lima"), zone(t, "Europe/Lisbon"), time.UTC}
	for seed := range uint64(200) {
		dice := rand.New(rand.NewPCG(seed, 5))
		s := indicators.Schedule{Day: 1 + dice.IntN(31), Grace: dice.IntN(40), Zone: zones[dice.IntN(len(zones))]}
		now := time.Date(2026, 1, 1+dice.IntN(400), dice.IntN(24), 0, 0, 0, time.UTC)
		var taken []indicators.Period
		for range 400 {
			switch dice.IntN(20) {
			case 0:
				now = now.Add(-time.Hour)
			case 1:
				s.Zone = zones[dice.IntN(len(zones))]
			case 2:
				now = now.AddDate(0, 0, dice.IntN(100)) // nobody looks
			default:
				now = now.Add(time.Duration(dice.IntN(72)) * time.Hour)
			}
			complete := func(indicators.Period) bool { return dice.IntN(4) == 0 }
			today := indicators.DateOf(now.In(s.Zone))
			for _, d := range s.Due(now, taken, time.Time{}, complete) {
				switch {
				case slices.Contains(taken, d.Month):
					t.Fatalf("seed %d: %s is taken twice", seed, d.Month)
				case len(taken) > 0 && d.Month != taken[len(taken)-1].Back(-1):
					t.Fatalf("seed %d: %s comes after %s", seed, d.Month, taken[len(taken)-1])
				case d.Month.End() >= today:
					t.Fatalf("seed %d: %s is not over on %s", seed, d.Month, today)
				case d.Known.After(now) || !d.Known.IsZero() && indicators.DateOf(d.Known.In(s.Zone)) <= d.Month.End():
					t.Fatalf("seed %d: on %s, %s would be as of %s", seed, today, d.Month, d.Known)
				case today < min(d.Month.End().AddDays(s.Day), d.Month.Back(-1).End()):
					t.Fatalf("seed %d: %s is taken on %s already", seed, d.Month, today)
				}
				taken = append(taken, d.Month)
			}
			if again := s.Due(now, taken, time.Time{}, never); len(again) > 0 {
				t.Fatalf("seed %d: %+v are still due", seed, again)
			}
		}
	}
}

// Whoever looks once after a long while takes what somebody who looks every hour would have.
func TestDowntimeIsMadeUpFor(t *testing.T) {
	for seed := range uint64(50) {
		dice := rand.New(rand.NewPCG(seed, 6))
		s := indicators.Schedule{Day: 1 + dice.IntN(31), Grace: dice.IntN(10), Zone: zone(t, "Africa/Tunis")}
		begin := []indicators.Period{month(t, "2026-03")}
		now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		end := now.AddDate(0, 0, dice.IntN(300))
		hourly := slices.Clone(begin)
		for ; now.Before(end); now = now.Add(time.Hour) {
			for _, d := range s.Due(now, hourly, time.Time{}, never) {
				hourly = append(hourly, d.Month)
			}
		}
		once := slices.Clone(begin)
		for _, d := range s.Due(now, once, time.Time{}, never) {
			once = append(once, d.Month)
		}
		if !slices.Equal(hourly, once) {
			t.Errorf("seed %d: hourly %v, once %v", seed, hourly, once)
		}
	}
}
