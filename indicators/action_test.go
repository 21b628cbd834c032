package indicators

import "testing"

// A milestone is waited for until it is reached or its action is over, and late from the day
// after the one on which it was due.
func TestLateMilestones(t *testing.T) {
	ongoing, due, on := &Action{Status: "ongoing"}, day("2026-10-30"), day("2026-10-31")
	for _, tt := range []struct {
		milestone Milestone
		of        *Action
		on        Date
		late      bool
	}{
		{Milestone{Due: due}, ongoing, on, true},
		{Milestone{Due: due}, ongoing, due, false},
		{Milestone{Due: due, Done: day("2026-10-31")}, ongoing, on, false},
		{Milestone{Due: due, Done: day("2026-11-01")}, ongoing, on, true}, // not yet known to be done
		{Milestone{Due: due}, &Action{Status: "planned"}, on, true},
		{Milestone{Due: due}, &Action{Status: "suspended"}, on, true},
		{Milestone{Due: due}, &Action{Status: "completed"}, on, false},
		{Milestone{Due: due}, &Action{Status: "cancelled"}, on, false},
		{Milestone{Due: due}, nil, on, false},
	} {
		if got := tt.milestone.Late(tt.of, tt.on); got != tt.late {
			t.Errorf("%+v of %+v is late on %s: %v", tt.milestone, tt.of, tt.on, got)
		}
	}
}
