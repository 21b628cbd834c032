package indicators

import (
	"testing"

	"jalon/indicators/progress"
)

func TestATargetThatIsMetIsReachedWithoutAProjection(t *testing.T) {
	p := tree(map[string]float64{"A": 1, "B": 1.2, "C": 0.5, "D": 0.6, "E": 1}, nil)
	if pr := p.Principal("A").Projection(); pr != nil && pr.Value.Valid {
		t.Fatalf("two values are projected: %+v", pr)
	}
	for ref, want := range map[string][4]int{"plan:1.1": {3, 3, 2, 2}, "plan:1.2": {1, 1, 0, 0}, "plan:2": {1, 1, 1, 1}, "plan": {5, 5, 3, 3}} {
		o := p.OutlookOf(ref)
		if got := [4]int{o.Targets, o.Open, o.Anticipable, o.Reachable}; got != want || o.Over() {
			t.Errorf("%s: targets, open, anticipable, reachable: %v, want %v", ref, got, want)
		}
	}
	if o := p.OutlookOf("plan:2"); o.Anticipated != progress.Num(1) {
		t.Errorf("what is met is anticipated as %v", o.Anticipated)
	}
}

func TestWhenAllTargetsPeriodsAreOver(t *testing.T) {
	way := map[string]float64{"A": 1, "B": 0.4, "D": 0.12, "E": 1}
	over, some := tree(way, endingToday("")), tree(way, endingToday("A"))
	if o := over.OutlookOf("plan"); !o.Over() || o.Targets != 5 || o.Anticipable != 4 || o.Reachable != 2 {
		t.Errorf("a plan that is over: %+v", o)
	}
	if o := over.OutlookOf("plan"); o.Until != 2018 {
		t.Errorf("the last target's year is %d", o.Until)
	}
	if o := some.OutlookOf("plan:1.1"); o.Over() || o.Open != 2 || o.Until != 2020 {
		t.Errorf("one of three is over: %+v", o)
	}
	if o := over.OutlookOf("plan:3"); o.Over() {
		t.Error("without targets nothing is over")
	}
}
