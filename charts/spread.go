package charts

import "slices"

// A slot is where a label should stand on a line, and how much of it the label takes.
type slot struct{ middle, size float64 }

// spread moves labels as little as it can so that none lies on another and all stay
// between two ends, if there is room for them. Their order is kept.
func spread(slots []slot, from, to float64) []float64 {
	order := make([]int, len(slots))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case slots[a].middle < slots[b].middle:
			return -1
		case slots[a].middle > slots[b].middle:
			return 1
		}
		return 0
	})
	// A heap is labels that touch, with its upper edge at the mean of what they wish.
	type heap struct {
		labels     []int
		size, wish float64
		top        float64
	}
	settle := func(h *heap) { h.top = max(min(h.wish/float64(len(h.labels)), to-h.size), from) }
	var heaps []heap
	for _, n := range order {
		h := heap{labels: []int{n}, size: slots[n].size, wish: slots[n].middle - slots[n].size/2}
		settle(&h)
		for len(heaps) > 0 && heaps[len(heaps)-1].top+heaps[len(heaps)-1].size > h.top {
			above := heaps[len(heaps)-1]
			heaps = heaps[:len(heaps)-1]
			h.wish += above.wish - above.size*float64(len(h.labels))
			h.labels = append(above.labels, h.labels...)
			h.size += above.size
			settle(&h)
		}
		heaps = append(heaps, h)
	}
	middles := make([]float64, len(slots))
	for _, h := range heaps {
		at := h.top
		for _, n := range h.labels {
			middles[n] = at + slots[n].size/2
			at += slots[n].size
		}
	}
	return middles
}
