package charts

import "strconv"

// A mile is a month at which the axis of a Gantt chart has a line, with its name.
type mile struct {
	month int
	text  string
	year  bool // the year's own name, above those of months
}

// miles names years and, where there is room for their names, the months at which
// halves or quarters begin, or each month.
func (g *gantt) miles() []mile {
	month := (g.right - g.left) / float64(g.to-g.from) // pixels
	step := 0
	for _, months := range []int{6, 3, 1} {
		widest := 0.0
		for n := 0; n < 12; n += months {
			widest = max(widest, textWidth(g.l.Month(n+1), 11))
		}
		if float64(months)*month < widest+8 {
			break
		}
		step = months
	}
	years := 1
	for float64(years*12)*month < 44 {
		years++
	}
	var all []mile
	for m := g.from; m < g.to; m++ {
		if step > 0 && m%step == 0 {
			all = append(all, mile{m, g.l.Month(m%12 + 1), false})
		}
		first := m == g.from && float64(12-m%12)*month >= 40 // else the year has no room beside the next
		if m%12 == 0 && (m/12)%years == 0 || first && years == 1 {
			all = append(all, mile{m, figure(g.l, strconv.Itoa(m/12)), true})
		}
	}
	return all
}
