package indicators

import (
	"math"
	"slices"
	"strings"
)

// A division is a whole with the parts that one dimension divides it into: women and men
// of a governorate, for example.
type division struct {
	dimension string
	whole     Breakdown
	parts     []SeriesKey
}

// sums holds the parts of an indicator's figures against the whole: those of an additive
// dimension add up to it, those of a share lie on both sides of it.
func (q *inspection) sums(i *Indicator) {
	if len(i.Additive) == 0 && (q.severe || !i.isQuotient()) {
		return
	}
	for _, d := range q.divisions(i) {
		whole := q.of(SeriesKey{i.Code, d.whole})
		for n := range whole {
			f := &whole[n]
			if !f.Value.IsSet() || f.Partial {
				continue
			}
			parts := q.partsAt(d, f.Period)
			switch complete := q.complete(d, parts); {
			case len(parts) == 0:
			case i.Additive.Has(d.dimension):
				q.addsUp(i, d, f, parts, complete)
			case !q.severe && i.isQuotient() && complete && len(parts) > 1:
				q.between(i, d, f, parts)
			}
		}
	}
}

// divisions lists what the figures of an indicator are divided into, the total first.
func (q *inspection) divisions(i *Indicator) []division {
	var all []division
	for _, key := range q.parts[i.Code] {
		for _, dimension := range key.Breakdown.Dimensions() {
			whole, _ := key.Breakdown.without(dimension)
			at := slices.IndexFunc(all, func(d division) bool { return d.dimension == dimension && d.whole == whole })
			if at < 0 {
				at = len(all)
				all = append(all, division{dimension: dimension, whole: whole})
			}
			all[at].parts = append(all[at].parts, key)
		}
	}
	return all
}

// without is the breakdown that a part belongs to in a dimension, and its code there.
func (b Breakdown) without(dimension string) (whole Breakdown, code string) {
	switch whole = b; dimension {
	case "sex":
		whole.Sex, code = "", b.Sex
	case "age":
		whole.Age, code = "", b.Age
	case "governorate":
		whole.Governorate, code = "", b.Governorate
	default:
		words := strings.Split(b.Other, "|")
		at := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, dimension+"=") })
		if at >= 0 {
			code = words[at][len(dimension)+1:]
			whole.Other = strings.Join(slices.Delete(words, at, at+1), "|")
		}
	}
	return whole, code
}

// A share is a part's figure, by its code.
type share struct {
	code string
	*Figure
}

// partsAt are the parts that have a value for a period.
func (q *inspection) partsAt(d division, period Period) []share {
	var all []share
	for _, key := range d.parts {
		figures := q.of(key)
		at, found := slices.BinarySearchFunc(figures, period, func(f Figure, p Period) int { return int(f.Period) - int(p) })
		if found && figures[at].Value.IsSet() && !figures[at].Partial {
			_, code := key.Breakdown.without(d.dimension)
			all = append(all, share{code, &figures[at]})
		}
	}
	return all
}

// complete tells whether no part is wanting: both sexes, or all categories of the
// dimension that the programme lists. Of age classes nobody knows.
func (q *inspection) complete(d division, parts []share) bool {
	has := func(code string) bool {
		return slices.ContainsFunc(parts, func(p share) bool { return p.code == code })
	}
	if d.dimension == "sex" {
		return has("F") && has("M")
	}
	known := false
	for n := range q.ds.Categories {
		if c := &q.ds.Categories[n]; c.Dimension == d.dimension {
			if known = true; !has(c.Code) {
				return false
			}
		}
	}
	return known
}

// addsUp finds parts whose sum is not the whole, by more than rounding can explain: half
// a unit of the last digit of each of them. As long as some are wanting, the sum must
// only not be larger; where values can be below zero, not even that is certain.
func (q *inspection) addsUp(i *Indicator, d division, whole *Figure, parts []share, complete bool) {
	var sum tally
	rounding, below := halfUnit(whole.Value), false
	for _, p := range parts {
		sum.add(p.Value)
		rounding += halfUnit(p.Value)
		below = below || p.Value.Less(Whole(0))
	}
	excess := sum.total() - whole.Value.Float()
	rounding += 1e-12 * math.Abs(sum.total())
	if excess <= rounding && (excess >= -rounding || !complete) || below && !complete {
		return
	}
	q.add(Finding{Rule: "parts_total", Indicator: Optional(i.Code), Breakdown: d.whole, Period: whole.Period,
		Details: Details{{"dimension", d.dimension}, {"total", whole.Value}, {"sum", Amount(sum.total())}}}, d.behind(whole, parts)...)
}

// behind are the figures that a finding about a whole and its parts rests on.
func (d *division) behind(whole *Figure, parts []share) []string {
	figures := []string{d.dimension, number(whole.Value)}
	for _, p := range parts {
		figures = append(figures, p.code, number(p.Value))
	}
	return figures
}

func halfUnit(d Decimal) float64 { return 0.5 / float64(powerOfTen(d.scale)) }

// between finds a share of the whole that is larger, or smaller, than that of each part:
// it is a weighted mean of theirs.
func (q *inspection) between(i *Indicator, d division, whole *Figure, parts []share) {
	least, most := parts[0].Value, parts[0].Value
	rounding := 0.0
	for _, p := range parts {
		if p.Value.Less(least) {
			least = p.Value
		}
		if most.Less(p.Value) {
			most = p.Value
		}
		rounding = max(rounding, halfUnit(p.Value))
	}
	rounding += halfUnit(whole.Value) + 1e-12*math.Abs(whole.Value.Float())
	if v := whole.Value.Float(); v >= least.Float()-rounding && v <= most.Float()+rounding {
		return
	}
	q.add(Finding{Rule: "total_outside_parts", Indicator: Optional(i.Code), Breakdown: d.whole, Period: whole.Period,
		Details: Details{{"dimension", d.dimension}, {"total", whole.Value}, {"least", least}, {"most", most}}}, d.behind(whole, parts)...)
}
