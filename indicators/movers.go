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

// Movers are the indicators that came forward most, and those that fell back most, between
// two pictures: at most so many of each, each indicator by the assessment that speaks for it.
func Movers(before, after *Picture, most int) (risen, fallen []Move) {
	for _, m := range Moves(before, after) {
		if m.After == nil || after.Principal(m.Indicator) != m.After {
			continue
		}
		switch share, known := m.Change(); {
		case known && share > 0:
			risen = append(risen, m)
		case known && share < 0:
			fallen = append(fallen, m)
		}
	}
	slices.SortStableFunc(risen, func(a, b Move) int { return cmp.Compare(risenBy(b), risenBy(a)) })
	slices.SortStableFunc(fallen, func(a, b Move) int { return cmp.Compare(risenBy(a), risenBy(b)) })
	return risen[:min(len(risen), most)], fallen[:min(len(fallen), most)]
}

func risenBy(m Move) float64 {
	share, _ := m.Change()
	return share
}

// Turned counts, of the indicators in a list, those whose status became better and worse.
// That something could not be assessed before, or can no more, counts as neither.
func Turned(before *Picture, list []*Assessment) (better, worse int) {
	then := byGoal(before)
	for _, is := range list {
		was := then[goalKey{is.Indicator, is.Framework, is.Breakdown}]
		if was == nil || was.Status == progress.NotAssessable || is.Status == progress.NotAssessable {
			continue
		}
		switch turn := is.Status.Index() - was.Status.Index(); {
		case turn < 0:
			better++
		case turn > 0:
			worse++
		}
	}
	return better, worse
}
