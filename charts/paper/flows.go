package paper

import (
	"cmp"
	"slices"
)

// A knot is a node of flows where it stands, and how much of its sides flows have taken.
type knot struct {
	rectangle
	in, out float64
}

// flows draws nodes, where the option places them, and the ribbons between them.
func (c *canvas) flows(s *series, width float64) {
	room := rectangle{s.Left.pixels, s.Top.pixels, width - s.Left.pixels - s.Right.pixels, s.Height.pixels}
	if room.height <= 0 {
		return
	}
	knots := map[string]*knot{}
	for n := range s.Data {
		d := &s.Data[n]
		high := s.through(d.Name) * s.PerUnit
		knots[d.Name] = &knot{rectangle: rectangle{room.x + d.X*room.width, room.y + d.Y*room.height, s.NodeWidth, high}}
	}
	for _, r := range s.ribbons(knots) {
		c.element(s.z(), lineLevel, "path", "", attribute{"d", r.path()},
			attribute{"fill", r.Color}, attribute{"opacity", share(r.Opacity)})
	}
	for n := range s.Data {
		d := &s.Data[n]
		at := knots[d.Name].rectangle
		c.area(s.z(), symbolLevel, at, 0, d.ItemStyle)
		c.write(s.z(), d.Label, at)
	}
}

// through is what passes a node.
func (s *series) through(name string) float64 {
	in, out := 0.0, 0.0
	for _, l := range s.Links {
		if l.Target == name {
			in += l.Value
		}
		if l.Source == name {
			out += l.Value
		}
	}
	return max(in, out)
}

// A ribbon is a flow from the side of one node to that of another.
type ribbon struct {
	pen
	x0, y0, x1, y1, high float64
}

// ribbons are the links, in the order in which their nodes stand, so that they do not
// cross at a node.
func (s *series) ribbons(knots map[string]*knot) []ribbon {
	all := make([]ribbon, len(s.Links))
	order := make([]int, len(s.Links))
	for n := range order {
		order[n] = n
	}
	sorted := func(own, far func(link) *knot) []int {
		o := slices.Clone(order)
		slices.SortStableFunc(o, func(a, b int) int {
			la, lb := s.Links[a], s.Links[b]
			return cmp.Or(cmp.Compare(own(la).y, own(lb).y), cmp.Compare(far(la).y, far(lb).y))
		})
		return o
	}
	source := func(l link) *knot { return knots[l.Source] }
	target := func(l link) *knot { return knots[l.Target] }
	for _, n := range sorted(source, target) {
		l, k := s.Links[n], source(s.Links[n])
		high := l.Value * s.PerUnit
		all[n] = ribbon{pen: l.LineStyle, x0: k.x + k.width, y0: k.y + k.out, high: max(high, 1)}
		k.out += high
	}
	for _, n := range sorted(target, source) {
		k := target(s.Links[n])
		all[n].x1, all[n].y1 = k.x, k.y+k.in
		k.in += s.Links[n].Value * s.PerUnit
	}
	return all
}

func (r *ribbon) path() string {
	half := (r.x0 + r.x1) / 2
	curve := func(x0, y0, x1, y1, x2, y2 float64) string {
		return "C" + number(x0) + " " + number(y0) + " " + number(x1) + " " + number(y1) + " " + number(x2) + " " + number(y2)
	}
	return moveTo(r.x0, r.y0) + curve(half, r.y0, half, r.y1, r.x1, r.y1) +
		lineTo(r.x1, r.y1+r.high) + curve(half, r.y1+r.high, half, r.y0+r.high, r.x0, r.y0+r.high) + "Z"
}
