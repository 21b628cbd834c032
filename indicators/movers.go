package indicators

import (
	"cmp"
	"slices"

	"jalon/indicators/progress"
)

// Change is how much further along a move finds an indicator, in shares of the way from
// its baseline to its target; absent where either side has no share, or where the way
// itself became another.
func (m Move) Change() (share float64, known bool) {
	if m.Before == nil || m.After == nil || !m.Before.Achievement.Valid || !m.After.Achievement.Valid ||
		m.Before.Target.Period != m.After.Target.Period || !m.Before.Target.asks(&m.After.Target) ||
		m.Before.Baseline.Value != m.After.Baseline.Value {
		return 0, false
	}
	return m.After.Achievement.Value - m.Before.Achievement.Value, true
}

// Turn tells whether a move finds the status of an indicator better (1), worse (-1) or neither
// (0). That something could not be assessed before, or can no more, is neither.
func (m Move) Turn() int {
	if m.Before == nil || m.After == nil || m.Before.Status == progress.NotAssessable || m.After.Status == progress.NotAssessable {
		return 0
	}
	return cmp.Compare(m.Before.Status.Index(), m.After.Status.Index())
}

// Movers are the indicators that came forward most, and those that fell back most, between
// two pictures: at most so many of each, each indicator by the assessment that speaks for it.
// Those whose status turned come before those that only went further on their way, or back.
func Movers(before, after *Picture, most int) (risen, fallen []Move) {
	for _, m := range Moves(before, after) {
		if m.After == nil || after.Principal(m.Indicator) != m.After {
			continue
		}
		share, _ := m.Change()
		switch way := cmp.Or(m.Turn(), cmp.Compare(share, 0)); {
		case way > 0:
			risen = append(risen, m)
		case way < 0:
			fallen = append(fallen, m)
		}
	}
	slices.SortStableFunc(risen, func(a, b Move) int { return cmp.Or(b.Turn()-a.Turn(), cmp.Compare(risenBy(b), risenBy(a))) })
	slices.SortStableFunc(fallen, func(a, b Move) int { return cmp.Or(a.Turn()-b.Turn(), cmp.Compare(risenBy(a), risenBy(b))) })
	return risen[:min(len(risen), most)], fallen[:min(len(fallen), most)]
}

func risenBy(m Move) float64 {
	share, _ := m.Change()
	return share
}

// Turns counts the indicators whose status became better and worse, those that cannot be
// assessed any more, and those that now can.
type Turns struct {
	Better, Worse, Lost, Gained int
}

// Turned counts how the statuses of the indicators in a list turned since a picture, of those
// that were judged in it.
func Turned(before *Picture, list []*Assessment) (t Turns) {
	then := byGoal(before)
	for _, is := range list {
		was := then[goalKey{is.Indicator, is.Framework, is.Breakdown}]
		switch turn := (Move{Before: was, After: is}).Turn(); {
		case was == nil || was.Status == is.Status:
		case was.Status == progress.NotAssessable:
			t.Gained++
		case is.Status == progress.NotAssessable:
			t.Lost++
		case turn > 0:
			t.Better++
		default:
			t.Worse++
		}
	}
	return t
}
