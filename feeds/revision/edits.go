package revision

import "slices"

// edit is a range of both texts: the same words, or words of one in place of words
// of the other, either of which may be none.
type edit struct {
	same    bool
	a, aEnd int
	b, bEnd int
}

// numbered gives equal strings equal numbers, so that comparing costs the same
// whatever their length.
func numbered(a, b []string) (na, nb []int32) {
	known := make(map[string]int32, len(a))
	number := func(list []string) []int32 {
		out := make([]int32, len(list))
		for i, s := range list {
			n, ok := known[s]
			if !ok {
				n = int32(len(known))
				known[s] = n
			}
			out[i] = n
		}
		return out
	}
	return number(a), number(b)
}

const (
	// maxDistance bounds how many insertions and deletions are looked for: the
	// trace of the search takes its square.
	maxDistance = 1200
	// maxWork bounds the steps of the search, about a tenth of a second.
	maxWork = 30_000_000
)

// edits returns how a becomes b with the fewest insertions and deletions (Myers,
// An O(ND) difference algorithm and its variations, 1986), in order and without
// gaps. Texts that have less in common than the bounds allow to find out are one
// edit between their common ends.
func edits(a, b []int32) (out []edit) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	add := func(e edit) {
		if e.a == e.aEnd && e.b == e.bEnd {
			return
		}
		if n := len(out); n > 0 && out[n-1].same == e.same {
			out[n-1].aEnd, out[n-1].bEnd = e.aEnd, e.bEnd
			return
		}
		out = append(out, e)
	}
	add(edit{true, 0, head, 0, head})
	for _, e := range shortest(a[head:len(a)-tail], b[head:len(b)-tail]) {
		add(edit{e.same, e.a + head, e.aEnd + head, e.b + head, e.bEnd + head})
	}
	add(edit{true, len(a) - tail, len(a), len(b) - tail, len(b)})
	return out
}

// shortest is edits without common ends.
func shortest(a, b []int32) []edit {
	n, m := len(a), len(b)
	whole := []edit{{false, 0, n, 0, m}}
	if n == 0 || m == 0 {
		return whole
	}
	most := min(n+m, maxDistance, maxWork/(n+m)+8)
	v := make([]int32, 2*most+3) // furthest x on each diagonal, k at most+1+k
	var trace [][]int32          // of v from -d to d, for each d
	for d := 0; d <= most; d++ {
		trace = append(trace, slices.Clone(v[most+1-d:most+2+d]))
		for k := -d; k <= d; k += 2 {
			x := 0
			if k == -d || k != d && v[most+k] < v[most+2+k] {
				x = int(v[most+2+k])
			} else {
				x = int(v[most+k]) + 1
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[most+1+k] = int32(x)
			if x >= n && y >= m {
				return walkBack(trace, n, m)
			}
		}
	}
	return whole
}

// walkBack turns the trace of a search into edits.
func walkBack(trace [][]int32, x, y int) (out []edit) {
	for d := len(trace) - 1; d > 0; d-- {
		v := trace[d] // before step d: diagonal k at d+k
		k := x - y
		at := func(k int) int {
			if k < -d || k > d {
				return -1
			}
			return int(v[d+k])
		}
		from := k - 1 // a word of a went
		if k == -d || k != d && at(k-1) < at(k+1) {
			from = k + 1 // a word of b came
		}
		px := at(from)
		py := px - from
		sx, sy := px+1, py
		if from == k+1 {
			sx, sy = px, py+1
		}
		if x > sx {
			out = append(out, edit{true, sx, x, sy, y})
		}
		out = append(out, edit{false, px, sx, py, sy})
		x, y = px, py
	}
	if x > 0 {
		out = append(out, edit{true, 0, x, 0, y})
	}
	slices.Reverse(out)
	return out
}
