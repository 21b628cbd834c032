package indicators

import (
	"math"
	"testing"
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
	if better, worse := Turned(before, after.ForIndicators([]*Indicator{after.Indicator("REM-COST"), after.Indicator("UNEMP")})); better != 1 || worse != 1 {
		t.Errorf("%d turned better, %d worse, want one each", better, worse)
	}
	nothing := NewDataset(programme(), changesets("2015-01-01"), nil).On(before.Day)
	if better, worse := Turned(nothing, after.ForIndicators([]*Indicator{after.Indicator("REM-COST")})); better+worse != 0 {
		t.Errorf("%d better, %d worse than what could not be assessed", better, worse)
	}
}
