package charts

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// On random rivers nodes stand in their column, apart by the gap, and as high as what
// passes them; the fullest column fills its room.
func TestNodesStandApart(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for range 200 {
		columns := make([][]Node, 3)
		for c := range columns {
			for n := range 1 + random.IntN(9) {
				columns[c] = append(columns[c], Node{Code: strconv.Itoa(n)})
			}
		}
		var all []Flow
		for range 1 + random.IntN(40) {
			c := random.IntN(2)
			all = append(all, Flow{
				From: strconv.Itoa(random.IntN(len(columns[c]))), To: strconv.Itoa(random.IntN(len(columns[c+1]))), Column: c,
				Value: math.Exp(random.Float64()*20 - 5),
			})
		}
		r := &river{gap: 40}
		r.read(columns, all)
		const height = 900
		l, fullest := r.lay(height), math.Inf(1)
		for n, column := range l.columns {
			free, room := 0.0, height+l.gap
			for _, s := range column {
				if s.top < free-1e-6 || s.top+s.high > height+1e-6 {
					t.Fatalf("column %d: a node stands from %v to %v, free is from %v to %v", n, s.top, s.top+s.high, free, height)
				}
				if want := r.through(n, s.code) * l.perUnit; math.Abs(s.high-want) > 1e-6 {
					t.Fatalf("a node is %v high, want %v", s.high, want)
				}
				free = s.top + s.high + l.gap
				room -= s.high + l.gap
			}
			if len(column) > 0 {
				fullest = min(fullest, room)
			}
		}
		if math.Abs(fullest) > 1e-6 {
			t.Errorf("the fullest column leaves %v pixels free", fullest)
		}
	}
}
