package web

import (
	"io"
	"testing"

	"jalon/indicators"
)

func TestComputedValuesAsShown(t *testing.T) {
	s := apiServer(t, apiDataset(), io.Discard)
	v := &view{p: s.live.Picture(), l: s.languages["fr"]}
	two := 2
	plain, fixed := &indicators.Indicator{Unit: "u"}, &indicators.Indicator{Unit: "u", Decimals: &two}
	tenths := []float64{0.1, 0.2, 0.3}
	for _, tt := range []struct {
		i    *indicators.Indicator
		x    float64
		want figure
	}{
		{plain, 1000, "1000\u00a0u"}, {plain, 0, "0\u00a0u"}, {plain, 12.5, "12,5\u00a0u"}, {plain, 0.25, "0,250\u00a0u"},
		{plain, tenths[0] + tenths[1] - tenths[2], "0\u00a0u"}, {plain, 0.0004, "0,000\u00a0u"},
		{fixed, 0, "0,00\u00a0u"}, {fixed, 1000, "1000,00\u00a0u"},
	} {
		if got := v.amount(tt.i, tt.x); got != tt.want {
			t.Errorf("%v is shown as %q, want %q", tt.x, got, tt.want)
		}
	}
}

// What rounds to nothing, or to certainty, is neither.
func TestChancesAreNeverNothing(t *testing.T) {
	v := &view{l: apiServer(t, apiDataset(), io.Discard).languages["en"]}
	for x, want := range map[float64]figure{
		0: "less than 1%", 0.004: "less than 1%", 0.01: "1%", 0.0823: "8%", 0.99: "99%", 0.996: "more than 99%", 1: "more than 99%",
	} {
		if got := v.probability(x); got != want {
			t.Errorf("%v is shown as %q, want %q", x, got, want)
		}
	}
	if got := v.pValue(0.0004); got != "p below 0.001" {
		t.Errorf("a small p is shown as %q", got)
	}
}
