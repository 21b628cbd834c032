package indicators

import "fmt"

// A Fall is a value of a cumulative indicator that is below the value of an earlier
// period, with nothing to say that a new count begins: one of the two is most likely
// wrong. An import that brings either of them tells of it, and takes them as they are.
type Fall struct {
	Earlier      Period  `db:"earlier"`
	EarlierValue Decimal `db:"earlier_value"`
	Later        Period  `db:"later"`
	LaterValue   Decimal `db:"later_value"`
}

// OfLater is the sentence for the later value, that of the row it is told at.
func (f *Fall) OfLater() string {
	return fmt.Sprintf("%s of %s is below %s of %s, and a cumulative value never falls: correct the value, or write B in obs_status if a new count begins here",
		f.LaterValue, f.Later, f.EarlierValue, f.Earlier)
}

// OfEarlier is the sentence for the earlier value, where the later one was there before.
func (f *Fall) OfEarlier() string {
	return fmt.Sprintf("%s of %s is above %s of %s, and a cumulative value never falls: correct the value, or write B in obs_status of %s if a new count begins there",
		f.EarlierValue, f.Earlier, f.LaterValue, f.Later, f.Later)
}
