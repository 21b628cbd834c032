package charts

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// An outline is a shape on the picture: rings of whole pixels, so that neighbours
// keep the border that they share.
type outline struct {
	code  string
	rings [][][2]float64
	box   box
}

// outlines fits shapes into an area. Degrees east are shortened as they are in the
// middle of the map; a country is small enough for that.
func outlines(all []shape, area box) []outline {
	west, south, east, north := 180.0, 90.0, -180.0, -90.0
	for _, s := range all {
		for _, ring := range s.rings {
			for _, p := range ring {
				west, south, east, north = min(west, p[0]), min(south, p[1]), max(east, p[0]), max(north, p[1])
			}
		}
	}
	squeeze := math.Cos((south + north) / 2 * math.Pi / 180)
	wide, high := max((east-west)*squeeze, 1e-9), max(north-south, 1e-9)
	scale := min(area.width/wide, area.height/high)
	left, top := area.left+(area.width-wide*scale)/2, area.top+(area.height-high*scale)/2
	drawn := make([]outline, len(all))
	for n, s := range all {
		drawn[n].code = s.code
		for _, ring := range s.rings {
			var fine [][2]float64
			for _, p := range ring {
				fine = append(fine, [2]float64{math.Round(left + (p[0]-west)*squeeze*scale), math.Round(top + (north-p[1])*scale)})
			}
			if fine = straighten(fine); len(fine) > 2 {
				drawn[n].rings = append(drawn[n].rings, fine)
			}
		}
		drawn[n].bound()
	}
	return drawn
}

// straighten leaves out the points of a ring that repeat the one before, or lie on the
// line to the one behind.
func straighten(ring [][2]float64) [][2]float64 {
	var kept [][2]float64
	for _, p := range ring[:len(ring)-1] {
		if n := len(kept); n > 0 && kept[n-1] == p {
			continue
		}
		if n := len(kept); n > 1 {
			a, b := kept[n-2], kept[n-1]
			if (b[0]-a[0])*(p[1]-b[1]) == (b[1]-a[1])*(p[0]-b[0]) {
				kept = kept[:n-1]
			}
		}
		kept = append(kept, p)
	}
	return kept
}

func (o *outline) bound() {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, ring := range o.rings {
		for _, p := range ring {
			left, top, right, bottom = min(left, p[0]), min(top, p[1]), max(right, p[0]), max(bottom, p[1])
		}
	}
	o.box = box{left, top, right - left, bottom - top}
}

// visible tells whether anything is left of a shape at this size.
func (o *outline) visible() bool { return len(o.rings) > 0 && o.box.width >= 1 && o.box.height >= 1 }

// path writes the outline as a path of SVG.
func (o *outline) path() string {
	var b strings.Builder
	b.WriteString("path://")
	for _, ring := range o.rings {
		for n, p := range ring {
			b.WriteByte("ML"[min(n, 1)])
			b.WriteString(strconv.Itoa(int(p[0]-o.box.left)) + "," + strconv.Itoa(int(p[1]-o.box.top)))
		}
		b.WriteByte('Z')
	}
	return b.String()
}

// crossings are where a line a·x + b·y = c enters and leaves the outline, by the way
// along it.
func (o *outline) crossings(a, b, c float64) []float64 {
	var all []float64
	for _, ring := range o.rings {
		for n, p := range ring {
			q := ring[(n+1)%len(ring)]
			dp, dq := a*p[0]+b*p[1]-c, a*q[0]+b*q[1]-c
			if (dp < 0) == (dq < 0) {
				continue
			}
			t := dp / (dp - dq)
			x, y := p[0]+t*(q[0]-p[0]), p[1]+t*(q[1]-p[1])
			all = append(all, b*x-a*y)
		}
	}
	slices.Sort(all)
	return all
}

// hatched are the strokes that fill the outline, in pixels.
func (o *outline) hatched() []stroke {
	const every = 8
	var all []stroke
	from := math.Floor((o.box.left+o.box.top)/every)*every + 0.5 // between the points
	for c := from; c < o.box.left+o.box.width+o.box.top+o.box.height; c += every {
		ways := o.crossings(1, 1, c)
		for n := 1; n < len(ways); n += 2 {
			point := func(way float64) [2]float64 { return [2]float64{(c + way) / 2, -(c - way) / 2} }
			all = append(all, stroke{point(ways[n-1]), point(ways[n])})
		}
	}
	return all
}

// roomiest is where in the outline a text has most room, and how wide it may be: there
// and half a line above and below.
func (o *outline) roomiest() (x, y, width float64) {
	for n := range 13 {
		level := math.Floor(o.box.top+o.box.height*(0.2+0.05*float64(n))) + 0.5
		ways := o.crossings(0, 1, level)
		for n := 1; n < len(ways); n += 2 {
			middle := (ways[n] + ways[n-1]) / 2
			room := min(ways[n]-ways[n-1], o.roomAt(middle, level-6), o.roomAt(middle, level+6))
			if room > width {
				x, y, width = middle, level, room
			}
		}
	}
	return x, y, width
}

// roomAt is how wide a text may be whose middle is at a place.
func (o *outline) roomAt(x, y float64) float64 {
	ways := o.crossings(0, 1, y)
	for n := 1; n < len(ways); n += 2 {
		if ways[n-1] <= x && x <= ways[n] {
			return 2 * min(x-ways[n-1], ways[n]-x)
		}
	}
	return 0
}
