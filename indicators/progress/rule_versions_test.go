package progress

import "testing"

// What was judged or projected by a version can be judged and projected by it again: a newer
// one comes beside the older ones, never in their place.
func TestEveryVersionStaysRunnable(t *testing.T) {
	newest := map[string]int{}
	for _, e := range editions() {
		newest[e.code] = max(newest[e.code], e.version)
	}
	for code, last := range newest {
		for version := 1; version <= last; version++ {
			rule, err := NewRule(code, version, nil)
			if err != nil || rule.Code != code || rule.Version != version {
				t.Errorf("%s version %d: %+v, %v", code, version, rule, err)
			}
		}
	}
	for version := 1; version <= ProjectionVersion; version++ {
		past := Past{Points: []Point{{Month: 0, Value: 1}, {Month: 12, Value: 2}, {Month: 24, Value: 3}}}
		p := ProjectBy(version, past, &Target{Month: 36, Value: 4}, Increase, DefaultProjection(Other, 0))
		if !KnowsProjection(version) || p.Version != version || !p.Value.Valid {
			t.Errorf("projections, version %d: %+v", version, p)
		}
	}
	if p := ProjectBy(ProjectionVersion+1, Past{}, nil, Increase, DefaultProjection(Other, 0)); p.Value.Valid || KnowsProjection(ProjectionVersion+1) {
		t.Errorf("a version that there is not: %+v", p)
	}
}
