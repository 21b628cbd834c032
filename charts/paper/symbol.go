package paper

import (
	"math"
	"strconv"
	"strings"
)

// symbol draws a sign that fills a rectangle: a circle, a rectangle, or a path of its own,
// stretched. Paths are those of our own signs, with absolute steps M, L, H, V, C and Z.
func (c *canvas) symbol(z int, name string, at rectangle, l look) {
	x, y := at.middle()
	switch path, own := strings.CutPrefix(name, "path://"); {
	case own:
		c.path(z, path, at, l)
	case name == "rect":
		c.area(z, symbolLevel, at, 0, l)
	case name == "roundRect":
		c.area(z, symbolLevel, at, min(at.width, at.height)/4, l)
	default:
		c.element(z, symbolLevel, "circle", "", append([]attribute{
			{"cx", number(x)}, {"cy", number(y)}, {"r", number(min(at.width, at.height) / 2)},
		}, c.paint(l)...)...)
	}
}

// path draws an outline stretched to a rectangle, with a border as wide as it says.
func (c *canvas) path(z int, path string, at rectangle, l look) {
	own := extent(path)
	if own.width <= 0 || own.height <= 0 {
		return
	}
	sx, sy := at.width/own.width, at.height/own.height
	all := append([]attribute{
		{"d", path},
		{"transform", "matrix(" + fine(sx) + " 0 0 " + fine(sy) + " " + number(at.x-own.x*sx) + " " + number(at.y-own.y*sy) + ")"},
	}, c.paint(l)...)
	if l.BorderColor != "" {
		all = append(all, attribute{"vector-effect", "non-scaling-stroke"})
	}
	c.element(z, symbolLevel, "path", "", all...)
}

// fine writes a factor.
func fine(v float64) string { return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64) }

// within is a rectangle of an outline's own proportions, in the middle of another.
func within(path string, at rectangle) rectangle {
	own := extent(path)
	factor := min(at.width/max(own.width, 1e-9), at.height/max(own.height, 1e-9))
	width, height := own.width*factor, own.height*factor
	return rectangle{at.x + (at.width-width)/2, at.y + (at.height-height)/2, width, height}
}

// extent is the rectangle that a path fills.
func extent(path string) rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	reach := func(x, y float64) {
		left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
	}
	x, y := 0.0, 0.0
	for _, s := range steps(path) {
		n := s.numbers
		switch {
		case s.letter == 'H' && len(n) > 0:
			x = n[len(n)-1]
		case s.letter == 'V' && len(n) > 0:
			y = n[len(n)-1]
		case s.letter == 'C':
			for ; len(n) >= 6; n = n[6:] {
				for t := 0.0; t <= 1; t += 1.0 / 16 {
					reach(bezier(x, n[0], n[2], n[4], t), bezier(y, n[1], n[3], n[5], t))
				}
				x, y = n[4], n[5]
			}
		default:
			for ; len(n) >= 2; n = n[2:] {
				x, y = n[0], n[1]
				reach(x, y)
			}
		}
		if s.letter != 'Z' {
			reach(x, y)
		}
	}
	if left > right {
		return rectangle{}
	}
	return rectangle{left, top, right - left, bottom - top}
}

func bezier(a, b, c, d, t float64) float64 {
	u := 1 - t
	return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d
}

// A step is a letter of a path and the numbers behind it.
type step struct {
	letter  byte
	numbers []float64
}

func steps(path string) []step {
	var all []step
	for from := 0; from < len(path); {
		to := from + 1
		for to < len(path) && !(path[to] >= 'A' && path[to] <= 'Z') {
			to++
		}
		s := step{letter: path[from]}
		for _, word := range strings.FieldsFunc(path[from+1:to], func(r rune) bool { return r == ',' || r == ' ' }) {
			if n, err := strconv.ParseFloat(word, 64); err == nil {
				s.numbers = append(s.numbers, n)
			}
		}
		all = append(all, s)
		from = to
	}
	return all
}
