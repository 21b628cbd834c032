package indicators

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the frequency, the delay and the day: periods follow each other without a
// gap, states follow the due day, and the newest period due agrees with the metric.
func TestCalendarsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		frequency := Frequency(rapid.SampledFrom(Frequencies()).Draw(t, "frequency"))
		dueDays := rapid.OneOf(rapid.IntRange(0, 100), rapid.IntRange(0, 800)).Draw(t, "delay")
		on := day("2019-01-01").AddDays(rapid.IntRange(0, 4000).Draw(t, "day"))
		months := frequency.Months()
		var words []string
		for month := 2015 * 12; month <= on.Month(); month += months {
			if rapid.Bool().Draw(t, "reported") {
				words = append(words, newPeriod(month/12, month%12+1, months).String()+" 1")
			}
		}
		p := reporting(frequency, dueDays, words...).On(on)
		i := p.Indicator("X")
		all := p.Calendar(i, RemindAhead, Receipts{})
		due, reported := 0, 0
		for n, o := range all {
			if n > 0 && all[n-1].Period.EndMonth() != o.Period.StartMonth() {
				t.Fatalf("%s follows %s", o.Period, all[n-1].Period)
			}
			if o.Due != o.Period.End().AddDays(dueDays) || (o.State == Overdue) != (o.Due < on && !o.State.Reported()) ||
				o.State == DueSoon && (o.Due < on || o.Due > on.AddDays(RemindAhead)) || o.State == NotYetDue && o.Due <= on.AddDays(RemindAhead) {
				t.Fatalf("on %s, %s", on, written(all[n:n+1], 1))
			}
			if slices.Contains(words, o.Period.String()+" 1") != o.State.Reported() {
				t.Fatalf("%s is %s", o.Period, o.State)
			}
			if o.Due < on {
				due++
			}
			if o.Due < on && o.Due >= DateOf(on.Time().AddDate(-1, 0, 0)) && o.State.Reported() {
				reported++
			}
		}
		if last := all[len(all)-1].Period; last.Start() > on || last.End() < on {
			t.Fatalf("on %s the calendar ends with %s", on, last)
		}
		if due != periodsKept {
			t.Fatalf("%d periods are due", due)
		}
		if newest := all[due-1]; p.Overdue(i) != (newest.State == Overdue) {
			t.Fatalf("on %s the metric says %v of %s", on, p.Overdue(i), written(all[:due], 1))
		}
		if rate := p.ReportingRate("1", Receipts{}); rate.Made != reported || rate.InTime > rate.Made || rate.Made > rate.Due {
			t.Fatalf("%d are reported, the rate is %+v", reported, rate)
		}
	})
}
