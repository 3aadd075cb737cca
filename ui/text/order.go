package text

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// resetSpaces applies L1 to one line: separators, and the spaces before them
// and at the end, take the paragraph's level. levels is changed in place.
func resetSpaces(classes []bidi.Class, levels []uint8, base uint8) {
	trailing := true // only spaces up to the end or a separator
	for i := len(classes) - 1; i >= 0; i-- {
		switch c := classes[i]; {
		case c == bidi.B || c == bidi.S:
			levels[i], trailing = base, true
		case c == bidi.WS || isInitiator(c) || c == bidi.PDI || isRemoved(c):
			if trailing {
				levels[i] = base
			}
		default:
			trailing = false
		}
	}
}

// isRemoved reports whether X9 removes the class.
func isRemoved(c bidi.Class) bool {
	return c == bidi.BN || c >= bidi.LRO && c <= bidi.PDF
}

// visualOrder returns the indices of levels from left to right (L2), in order's
// space.
func visualOrder(order []int32, levels []uint8) []int32 {
	order = order[:0]
	var highest uint8
	lowest, lowestOdd := uint8(255), uint8(255)
	for i, l := range levels {
		order = append(order, int32(i))
		highest, lowest = max(highest, l), min(lowest, l)
		if l&1 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	if lowest == highest && highest&1 == 1 {
		slices.Reverse(order)
		return order
	}
	for l := highest; l >= lowestOdd; l-- {
		for from := 0; from < len(levels); from++ {
			to := from
			for to < len(levels) && levels[order[to]] >= l {
				to++
			}
			if to > from {
				slices.Reverse(order[from:to])
				from = to
			}
		}
	}
	return order
}
