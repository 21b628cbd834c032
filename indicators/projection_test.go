package indicators

import (
	"fmt"
	"testing"

	"jalon/indicators/progress"
)

// A projection extends months or whole years of a flow: it is not held against the sum
// of a quarter, nor of several years.
func TestProjectionOfAFlowIsHeldAgainstItsLike(t *testing.T) {
	var words []string
	for month := range 84 {
		words = append(words, fmt.Sprintf("%d-%02d %d", 2012+month/12, month%12+1, 100+month+month*month%7))
	}
	o := one{indicator: Indicator{Accumulation: Flow, Frequency: Monthly}, figures: figures(words...)}
	for _, tt := range []struct {
		target string
		reason progress.Reason
		points int
	}{
		{"2020-12", "", 7}, // the Decembers
		{"2020", "", 7},    // the years
		{"2020-Q4", progress.SpanTarget, 0},
		{"2020-S2", progress.SpanTarget, 0},
		{"2016-2020", progress.SpanTarget, 0},
	} {
		o.targets = []Target{row(TargetKind, tt.target, "3000")}
		p := o.on("2018-12-31").Projection()
		if p == nil || p.Reason != tt.reason || p.Points != tt.points || p.Value.Valid != (tt.reason == "") {
			t.Errorf("%s: %+v", tt.target, p)
		}
	}
}
