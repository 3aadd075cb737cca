package config

// Nearest returns the candidate with the fewest edits to word, at most limit and
// fewer than half of the candidate's letters plus one; "" when none is that near.
// The first of equals wins.
func Nearest(word string, candidates []string, limit int) string {
	best, found := limit+1, ""
	for _, c := range candidates {
		if d := edits(word, c); d < best && d <= len([]rune(c))/2 {
			best, found = d, c
		}
	}
	return found
}

// edits is the optimal string alignment distance: insertions, deletions,
// replacements and swaps of neighbours.
func edits(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
