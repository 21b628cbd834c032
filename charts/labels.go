package charts

import "math"

// A box is a rectangle of pixels.
type box struct{ left, top, width, height float64 }

func (b box) holds(x, y float64) bool {
	return x >= b.left && x <= b.left+b.width && y >= b.top && y <= b.top+b.height
}

func (b box) overlap(o box) float64 {
	w := min(b.left+b.width, o.left+o.width) - max(b.left, o.left)
	h := min(b.top+b.height, o.top+o.height) - max(b.top, o.top)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

// A placer finds room for labels beside lines, symbols and other labels.
type placer struct {
	room  box
	taken []box
	dots  [][2]float64 // along the lines
}

// along marks a straight line as in the way, every few pixels.
func (p *placer) along(x0, y0, x1, y1 float64) {
	const every = 5.0
	n := math.Ceil(math.Hypot(x1-x0, y1-y0)/every) + 1
	for i := 0.0; i <= n; i++ {
		p.dots = append(p.dots, [2]float64{x0 + (x1-x0)*i/n, y0 + (y1-y0)*i/n})
	}
}

// place finds the best place near a point for a label of a size, and gives the
// way from the point to the label's middle. A label that would cover something is
// not placed, unless it must.
func (p *placer) place(x, y, width, height float64, must bool) (dx, dy float64, placed bool) {
	return p.around(x, y, 0, width, height, must)
}

// around is place for a point that is drawn with a radius.
func (p *placer) around(x, y, radius, width, height float64, must bool) (dx, dy float64, placed bool) {
	best := math.Inf(1)
	var chosen box
	for _, away := range []float64{9, 16, 26, 40, 60} {
		away += max(radius-5, 0)
		for n, to := range [][2]float64{{0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}, {1, 0}, {-1, 0}, {0.5, -1}, {-0.5, -1}, {0.5, 1}, {-0.5, 1}} {
			cx := x + to[0]*(width/2+away*math.Abs(to[0])*0.8)
			cy := y + to[1]*(height/2+away)
			b := box{cx - width/2, cy - height/2, width, height}
			cost := p.cost(b)
			if total := cost + away/10 + float64(n)/20; total < best {
				best, dx, dy, chosen, placed = total, cx-x, cy-y, b, cost < 1 || must
			}
		}
	}
	if placed {
		p.taken = append(p.taken, chosen)
	}
	return dx, dy, placed
}

// cost is what a label at a place would cover, in square pixels: less than one is rounding.
func (p *placer) cost(b box) float64 {
	cost := (b.width*b.height - b.overlap(p.room)) * 10
	for _, t := range p.taken {
		cost += b.overlap(t)
	}
	wide := box{b.left - 2, b.top - 1, b.width + 4, b.height + 2}
	for _, d := range p.dots {
		if wide.holds(d[0], d[1]) {
			cost += 10
		}
	}
	return cost
}
