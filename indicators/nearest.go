package indicators

// Nearest is the number of the candidate that looks most like the word, or -1 where
// none is near enough to have been meant.
func Nearest(word string, candidates []string) int {
	found, least := -1, max(2, len(word)/3)+1
	for n, c := range candidates {
		if d := distance(word, c); d < least {
			found, least = n, d
		}
	}
	return found
}

// distance counts the characters to be added, dropped or replaced to make one word
// of the other (Levenshtein). Words longer than any name are not measured.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	if len(from) > 100 {
		return len(from)
	}
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := 1
			if r == s {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(to)]
}
