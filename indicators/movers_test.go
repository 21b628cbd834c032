package indicators

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"jalon/indicators/progress"
)

// valued is the programme of the tests with these last values of its two indicators.
func valued(cost, unemployed string, change func(*Definitions)) *Picture {
	d := programme()
	if change != nil {
		change(d)
	}
	return NewDataset(d, changesets("2015-01-01"), map[SeriesKey][]Figure{
		{"REM-COST", Breakdown{}}: figures("2015 9", cost), {"UNEMP", Breakdown{}}: figures("2015 15.2", unemployed),
	}).On(day("2020-02-01"))
}

// Who has risen since then has, seen from now, fallen by as much.
func TestMoversAreTheSameFromBothEnds(t *testing.T) {
	before, after := valued("2018 8.5", "2018 13", nil), valued("2018 6", "2018 14", nil)
	risen, fallen := Movers(before, after, 5)
	back, forth := Movers(after, before, 5)
	if len(risen) != 1 || len(fallen) != 1 || len(back) != 1 || len(forth) != 1 {
		t.Fatalf("%d risen, %d fallen; seen from now %d and %d", len(risen), len(fallen), len(back), len(forth))
	}
	if risen[0].Indicator != "REM-COST" || fallen[0].Indicator != "UNEMP" || forth[0].Indicator != "REM-COST" {
		t.Errorf("risen %s, fallen %s, seen from now fallen %s", risen[0].Indicator, fallen[0].Indicator, forth[0].Indicator)
	}
	if difference := risenBy(risen[0]) + risenBy(forth[0]); math.Abs(difference) > 1e-12 || risenBy(risen[0]) <= 0 {
		t.Errorf("REM-COST rises by %v and falls by %v", risenBy(risen[0]), risenBy(forth[0]))
	}
	if risen, fallen = Movers(before, after, 0); len(risen)+len(fallen) != 0 {
		t.Error("none were asked for")
	}
}

func TestAnotherTargetIsNoMove(t *testing.T) {
	before, after := valued("2018 7", "2018 14", nil), valued("2018 7", "2018 14", func(d *Definitions) { d.Targets[2].Value = decimal("12.01") })
	if risen, fallen := Movers(before, after, 5); len(risen)+len(fallen) != 0 {
		t.Errorf("%d risen and %d fallen because the target moved", len(risen), len(fallen))
	}
}

func TestTurned(t *testing.T) {
	before, after := valued("2018 8.9", "2018 14", nil), valued("2018 3", "2018 16", nil)
	if got := Turned(before, after.ForIndicators([]*Indicator{after.Indicator("REM-COST"), after.Indicator("UNEMP")})); got != (Turns{Better: 1, Worse: 1}) {
		t.Errorf("%+v, want one better and one worse", got)
	}
	nothing := NewDataset(programme(), changesets("2015-01-01"), nil).On(before.Day)
	one := after.ForIndicators([]*Indicator{after.Indicator("REM-COST")})
	if got := Turned(nothing, one); got != (Turns{Gained: 1}) {
		t.Errorf("%+v of what could not be assessed", got)
	}
	if got := Turned(after, nothing.ForIndicators([]*Indicator{after.Indicator("REM-COST")})); got != (Turns{Lost: 1}) {
		t.Errorf("%+v of what can be assessed no more", got)
	}
	if got := Turned(after, one); got != (Turns{}) {
		t.Errorf("%+v of what is as it was", got)
	}
}

// Who fell back from one status to another stands before who fell back further without, and is
// there even if it came forward on its way, or if that became another way.
func TestTurnsComeBeforeMoves(t *testing.T) {
	share := func(s progress.Status, share, target float64) *Assessment {
		return &Assessment{Status: s, Achievement: progress.Num(share), Target: Aim{Value: decimal(strconv.FormatFloat(target, 'f', -1, 64))}}
	}
	then, now := &Picture{}, &Picture{byIndicator: map[string][]*Assessment{}}
	for code, pair := range map[string][2]*Assessment{
		"FAR":    {share(progress.Behind, 0.6, 1), share(progress.Behind, 0.2, 1)},
		"SLOW":   {share(progress.OnTrack, 0.40, 1), share(progress.Behind, 0.41, 1)},
		"TARGET": {share(progress.OnTrack, 0.4, 1), share(progress.FarBehind, 0.1, 4)},
		"LOST":   {share(progress.OnTrack, 0.4, 1), {Status: progress.NotAssessable}},
		"BETTER": {share(progress.Behind, 0.4, 1), share(progress.OnTrack, 0.4, 2)},
		"ON":     {share(progress.OnTrack, 0.4, 1), share(progress.OnTrack, 0.9, 1)},
	} {
		pair[0].Indicator, pair[1].Indicator = code, code
		then.Assessments, now.Assessments = append(then.Assessments, *pair[0]), append(now.Assessments, *pair[1])
	}
	for n := range now.Assessments {
		now.byIndicator[now.Assessments[n].Indicator] = []*Assessment{&now.Assessments[n]}
	}
	codes := func(moves []Move) (all []string) {
		for _, m := range moves {
			all = append(all, m.Indicator)
		}
		return all
	}
	risen, fallen := Movers(then, now, 5)
	if got := codes(risen); !slices.Equal(got, []string{"BETTER", "ON"}) {
		t.Errorf("risen %s", got)
	}
	if got := codes(fallen); !slices.Equal(got, []string{"TARGET", "SLOW", "FAR"}) {
		t.Errorf("fallen %s", got)
	}
	if _, fallen = Movers(then, now, 2); !slices.Equal(codes(fallen), []string{"TARGET", "SLOW"}) {
		t.Errorf("of two that fell back %s are named", codes(fallen))
	}
}
