package progress

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"
)

// seriesOf reads a series from bytes: nine for each reading, of which the first is the
// step to its year. Values that are not finite are missing.
func seriesOf(data []byte) Series {
	var readings []Reading
	for year := 1990; len(data) >= 9 && year < LastYear; data = data[9:] {
		year += 1 + int(data[0]%16)
		readings = append(readings, Reading{year, math.Float64frombits(binary.LittleEndian.Uint64(data[1:]))})
	}
	s, err := NewSeries(readings)
	if err != nil {
		return nil
	}
	return s
}

func bytesOf(s ...float64) []byte {
	var data []byte
	for _, v := range s {
		data = binary.LittleEndian.AppendUint64(append(data, 0), math.Float64bits(v))
	}
	return data
}

// Whatever the series and the options are, every method answers with finite numbers
// or null, and its answer can be written as JSON.
func FuzzMethods(f *testing.F) {
	f.Add(bytesOf(50, 52, 54, 56, 58, 60), int8(1), 2015, 2030, 80.0, 100.0, 100.0, 0.5, uint8(0))
	f.Add(bytesOf(15.2, 15.5, 15.3), int8(-1), 2015, 2020, 12.0, 0.0, 1.0, 0.0, uint8(1))
	f.Add(bytesOf(0, 0, 0, 0, 0), int8(-1), 1991, 1990, 0.0, 0.0, 0.0, 0.0, uint8(7))
	f.Add(bytesOf(math.MaxFloat64, -math.MaxFloat64, 5e-324, -5e-324), int8(1), 1991, 9999, -5e-324, 1e300, 5e-324, 1e300, uint8(31))
	f.Add(bytesOf(1e15, 1e-15, -1e15, math.NaN(), math.Inf(1), 1), int8(0), 0, 1992, 1e15, 1e-15, 2e15, 2.0, uint8(20))
	f.Fuzz(func(t *testing.T, data []byte, direction int8, base, target int, value, limit, scale, cut float64, flags uint8) {
		on := func(bit uint) bool { return flags>>bit&1 == 1 }
		finite := func(x float64) float64 { return Num(x).Value }
		q := question{
			limit: limit, scale: scale, current: base, compat: on(0), maintain: on(1),
			useCuts: on(2), cuts: [3]float64{cut, cut / 2, -cut}, minCover: cut, milestone: Reading{2020, finite(cut)},
		}
		aim := Target{Month: EndOfYear(min(max(target, FirstYear), LastYear)), Value: finite(value), Range: on(4)}
		aim.Low, aim.High = finite(min(value, limit)), finite(max(value, limit))
		aim.Comparison = []Comparison{"", AtLeast, AtMost, Above, Below}[int(flags>>5)%5]
		q.course = Course{Series: seriesOf(data), Direction: Direction(direction % 2), BaseYear: min(max(base, FirstYear), LastYear), Target: aim, HasTarget: !on(3)}
		for n, r := range q.course.Series {
			q.recorded = append(q.recorded, Record{r.Year, Num(r.Value), time.Unix(int64(n%3), 0)})
			q.parts = append(q.parts, Component{
				Group: string(rune('a' + n%3)), Score: Num(r.Value), Achievement: Num(r.Value), Actual: Num(r.Value), Target: Num(value),
				Weight: Num(math.Abs(cut) * float64(n)), Category: Sun,
			})
		}
		q.knownAt = time.Unix(1, 0)
		q.sound(t.Errorf)
	})
}

// Whatever a file of vectors holds, each is counted once, and the report can be
// written.
func FuzzCheckVectors(f *testing.F) {
	f.Add(`{"vectors": [{"id": "X", "method": "achievement_rate", "expected": {"status": "met"}, "input": {"value": 1, "target": {"value": 1}, "baseline": {"value": 0}, "direction": "increase"}}]}`)
	f.Add(`{"vectors": [{"method": "linear_trajectory", "expected": {"expected_path": [[1, null]]}, "input": {"years": [9223372036854775807], "baseline": {"year": -9223372036854775808, "value": 1}, "target": {"year": 1, "value": 2}}}]}`)
	f.Add(`{"vectors": [{"method": "opensdg_progress", "expected": {"a": {"b": [1]}}, "input": {"series": [["2015-16", 1], [2016, null]], "options": {"base_year": 99999999999}}}]}`)
	f.Add(`{"vectors": [{"method": "project_holt_fixed", "expected": {"level": 1}, "input": {"series": [[2015, 1], [2016, 2], [2017, 3]], "options": {"horizon": 1000000000}}}]}`)
	f.Add(`{"vectors": [{"method": "rollup_rule", "expected": {"score": 1}, "input": {"components": [{"weight": -1}], "options": {"rule": "worst"}}}, {}, null, 3]}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := CheckVectors(strings.NewReader(text))
		if err != nil {
			return
		}
		if r.Passed+r.Failed+r.Skipped != len(r.Vectors) || len(r.Vectors) == 0 {
			t.Errorf("miscounted: %+v", r)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("the report cannot be written: %v", err)
		}
	})
}
