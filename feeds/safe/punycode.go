package safe

import "strings"

// The parameters of Punycode (RFC 3492, 5).
const (
	base        = 36
	tMin, tMax  = 1, 26
	skew, damp  = 38, 700
	initialBias = 72
	initialN    = 0x80
)

// punycode encodes a label (RFC 3492, 6.3).
func punycode(label string) string {
	runes := []rune(label)
	var out strings.Builder
	for _, r := range runes {
		if r < initialN {
			out.WriteRune(r)
		}
	}
	basic := out.Len()
	if basic > 0 {
		out.WriteByte('-')
	}
	n, delta, bias := rune(initialN), 0, initialBias
	for done := basic; done < len(runes); n++ {
		next := nextAbove(runes, n)
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range runes {
			switch {
			case r < n:
				delta++
			case r == n:
				writeDelta(&out, delta, bias)
				bias = adapt(delta, done+1, done == basic)
				delta = 0
				done++
			}
		}
		delta++
	}
	return out.String()
}

// nextAbove returns the smallest rune that is n or more.
func nextAbove(runes []rune, n rune) rune {
	least := rune(1 << 30)
	for _, r := range runes {
		if r >= n && r < least {
			least = r
		}
	}
	return least
}

// writeDelta writes a number of variable length, its least digits first.
func writeDelta(out *strings.Builder, delta, bias int) {
	const digits = "abcdefghijklmnopqrstuvwxyz0123456789"
	for k := base; ; k += base {
		t := max(tMin, min(tMax, k-bias))
		if delta < t {
			out.WriteByte(digits[delta])
			return
		}
		out.WriteByte(digits[t+(delta-t)%(base-t)])
		delta = (delta - t) / (base - t)
	}
}

// adapt makes the next bias of a delta.
func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (base-tMin)*tMax/2 {
		delta /= base - tMin
		k += base
	}
	return k + (base-tMin+1)*delta/(delta+skew)
}
