package indicators

import (
	"cmp"
	"encoding/binary"
	"slices"
	"testing"

	"jalon/indicators/progress"
)

// A tape reads choices and numbers from bytes; beyond their end all are zero.
type tape struct{ data []byte }

func (p *tape) byte() byte {
	if len(p.data) == 0 {
		return 0
	}
	b := p.data[0]
	p.data = p.data[1:]
	return b
}

// number is one of 18 digits, or none.
func (p *tape) number() Decimal {
	var raw [8]byte
	scale := p.byte()
	for n := range raw {
		raw[n] = p.byte()
	}
	if scale == 255 {
		return Decimal{}
	}
	return Decimal{int64(binary.LittleEndian.Uint64(raw[:])) % 1_000_000_000_000_000_000, scale % 19, true}
}

func pick[T any](p *tape, from []T) T { return from[int(p.byte())%len(from)] }

// period is of any length, in a time that any day can fall into.
func (p *tape) period(lengths []int) Period {
	months := pick(p, lengths)
	start := (int(p.byte())<<8 | int(p.byte())) % (30 * 12 / min(months, 12)) * min(months, 12)
	return newPeriod(2005+start/12, start%12+1, months)
}

// oneOf reads an indicator with figures and targets; the day on which it is judged, too.
func oneOf(data []byte) (o one, date string) {
	p := &tape{data}
	methods := append(progress.Judging(), "", "dns_weather window_points=3 min_points=2", "opensdg_progress limit=100", "achievement_rate on_track=1 behind=0", "nonsense")
	flags := p.byte()
	o = one{newest: flags&1 == 0, noYear: flags&2 != 0, kind: pick(p, FrameworkKinds()), method: Optional(pick(p, methods))}
	i := &o.indicator
	i.Kind, i.Direction, i.Accumulation, i.Method = pick(p, IndicatorKinds()), pick(p, Directions()), pick(p, Accumulations()), Optional(pick(p, methods))
	i.Frequency = Frequency(pick(p, Frequencies()))
	if flags&4 != 0 {
		i.Min, i.Max, i.Factor = p.number(), p.number(), p.number()
	}
	date = pick(p, []string{"2004-12-31", "2015-12-31", "2018-06-30", "2020-02-29", "2026-10-31", "2050-01-01"})
	for len(p.data) > 0 {
		if p.byte()%4 != 0 {
			f := Figure{Period: p.period([]int{i.Frequency.Months(), 1, 3, 6, 12}), Status: pick(p, ObservationStatuses()), Partial: p.byte()%8 == 1, Since: 1}
			if !WithoutValue(f.Status) {
				f.Value = p.number()
				f.Numerator, f.Denominator = p.number(), p.number()
			}
			o.figures = append(o.figures, f)
			continue
		}
		r := Target{Kind: pick(p, TargetKinds()), Period: p.period([]int{12, 1, 3, 6, 24, 60}), Comparison: Optional(pick(p, append(Comparisons(), ""))), Value: p.number()}
		r.Decided = pick(p, []Date{0, 20100101, 20160429, 20180101})
		if p.byte()%3 == 1 && r.Kind == TargetKind {
			r.Low, r.High, r.Value = r.Value, p.number(), Decimal{}
		}
		o.targets = append(o.targets, r)
	}
	slices.SortStableFunc(o.figures, func(a, b Figure) int { return cmp.Compare(a.Period, b.Period) })
	o.figures = slices.CompactFunc(o.figures, func(a, b Figure) bool { return a.Period == b.Period })
	return o, date
}

// Whatever figures and targets there are, in order or not, by whatever method and rules,
// every assessment is sound.
func FuzzAssess(f *testing.F) {
	f.Add([]byte{0, 0, 7, 0, 0, 0, 7, 3, 3, 1, 0, 0, 12, 0, 0, 1, 100, 0, 0, 0, 0, 0, 0, 0, 255, 255})
	f.Add([]byte{4, 1, 1, 1, 1, 1, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 4, 0, 2, 0, 0, 0, 0, 10, 4, 2, 0, 0, 0, 20})
	f.Add([]byte("a programme of which nothing is known but that somebody has typed it, with 2030 as its year"))
	nonsense := byte(len(progress.Judging())) + 4 // a method that there is not
	f.Add([]byte{0, 0, nonsense, 0, 0, 0, nonsense})
	f.Fuzz(func(t *testing.T, data []byte) {
		o, date := oneOf(data)
		for _, a := range o.dataset().Assess(day(date)) {
			if wrong := sound(&a, date); wrong != "" {
				t.Error(wrong)
			}
		}
	})
}
