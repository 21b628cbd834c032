package charts

// thin keeps a line of very many points to what can be seen: in each of so many
// columns the first, lowest, highest and last.
func thin(all []spot, columns int) []spot {
	if len(all) <= 4*columns {
		return all
	}
	from, to := all[0].month, all[len(all)-1].month
	column := func(s spot) int { return int((s.month - from) / max(to-from, 1) * float64(columns)) }
	var kept []spot
	for start := 0; start < len(all); {
		end, low, high := start, start, start
		for end < len(all) && column(all[end]) == column(all[start]) {
			if all[end].value < all[low].value {
				low = end
			}
			if all[end].value > all[high].value {
				high = end
			}
			end++
		}
		last := -1
		for _, n := range []int{start, min(low, high), max(low, high), end - 1} {
			if n != last {
				kept = append(kept, all[n])
			}
			last = n
		}
		start = end
	}
	return kept
}
