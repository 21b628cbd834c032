package indicators

import (
	"fmt"
	"testing"
)

// A table of two sexes by 24 governorates by ten classes of ages is the largest that is
// to be expected.
func BenchmarkSmallCells(b *testing.B) {
	b.Run("revised", func(b *testing.B) {
		cells := []Cell{cellOf("", "500", 1, 0), cellOf("sex=F|age=0-1", "400", 1, 2), cellOf("sex=F|age=0-1", "3", 2, 0)}
		for n := range 9 {
			cells = append(cells, cellOf(fmt.Sprintf("sex=%c|age=%d-%d", "FM"[n%2], 2*(n/2+1), 2*(n/2+1)+1), "450", 1, 0))
		}
		for b.Loop() {
			counted().SmallCells(cells, Confidence{Threshold: 5})
		}
	})
	for name, size := range map[string]struct{ governorates, ages int }{"10 cells": {3, 0}, "3 × 24 × 10 cells": {24, 10}} {
		var cells []Cell
		add := func(part string, value int) {
			cells = append(cells, cellOf(part, fmt.Sprint(value), 1, 0))
		}
		sum := map[string]int{}
		for g := range size.governorates {
			for _, sex := range "FM" {
				for a := range max(size.ages, 1) {
					value := (g*31+a*17+int(sex)*7)%60 + 2
					part := [3]string{fmt.Sprintf("sex=%c", sex), fmt.Sprintf("age=%d-%d", 10*a, 10*a+9), fmt.Sprintf("governorate=TN-%d", 11+g)}
					for mask := range 8 {
						if mask&2 != 0 && size.ages == 0 {
							continue
						}
						key := ""
						for n, word := range part {
							if mask&(1<<n) != 0 {
								key += "|" + word
							}
						}
						sum[key] += value
					}
				}
			}
		}
		for key, value := range sum {
			add(key[min(1, len(key)):], value)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				counted().SmallCells(cells, Confidence{Threshold: 5})
			}
			b.ReportMetric(float64(len(counted().SmallCells(cells, Confidence{Threshold: 5}))), "withheld")
		})
	}
}
