package indicators

import "time"

// A Lock closes a period: no figure of a period within it changes.
type Lock struct {
	Period Period    `db:"period"`
	Since  int       `db:"since"`
	At     time.Time `db:"at"`
	Author string    `db:"author"`
	Role   Role      `db:"role"`
	Reason string    `db:"reason"`
}

// Holds tells whether a period lies within the locked one.
func (l *Lock) Holds(p Period) bool { return l.Period.Contains(p) }
