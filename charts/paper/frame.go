package paper

// A frame is the plot within the picture, and where values are in it.
type frame struct {
	rectangle
	across, down scale
}

// A scale turns a value of an axis into a pixel. Of categories, value n is the middle of
// the band of the nth.
type scale struct{ from, step float64 }

func (s scale) at(value float64) float64 { return s.from + value*s.step }

// band is the breadth of a category.
func (s scale) band() float64 { return max(s.step, -s.step) }

func framed(o *option, width, height float64) frame {
	f := frame{}
	if len(o.Grid) > 0 {
		g := o.Grid[0]
		f.x, f.width = span(g.Left, g.Right, g.Width, width)
		f.y, f.height = span(g.Top, g.Bottom, g.Height, height)
	}
	if len(o.X) > 0 && len(o.Y) > 0 {
		f.across = o.X[0].scale(f.x, f.x+f.width)
		f.down = o.Y[0].scale(f.y+f.height, f.y) // upwards, unless it is turned round
	}
	return f
}

// span is where a plot begins and how far it goes.
func span(before, after, extent length, whole float64) (from, over float64) {
	switch {
	case before.centre:
		return (whole - extent.pixels) / 2, extent.pixels
	case extent.given:
		return before.pixels, extent.pixels
	}
	return before.pixels, whole - before.pixels - after.pixels
}

// scale lays an axis out between two pixels.
func (a *axis) scale(from, to float64) scale {
	if a.Inverse {
		from, to = to, from
	}
	if a.Type == "category" {
		step := (to - from) / float64(max(len(a.Data), 1))
		return scale{from + step/2, step}
	}
	low, high := 0.0, 1.0
	if a.Min != nil {
		low = *a.Min
	}
	if a.Max != nil {
		high = *a.Max
	}
	step := (to - from) / (high - low)
	return scale{from - low*step, step}
}
