package text

import "golang.org/x/text/unicode/bidi"

// weak applies the rules W1 to W7 to the current sequence.
func (r *resolver) weak(sos bidi.Class) {
	previous, strong := sos, sos
	for _, i := range r.seq { // W1 to W3
		c := r.now[i]
		if c == bidi.NSM {
			c = previous
			if isInitiator(c) || c == bidi.PDI {
				c = bidi.ON
			}
		}
		previous = c
		switch c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong, c = c, bidi.R
		case bidi.EN:
			if strong == bidi.AL {
				c = bidi.AN
			}
		}
		r.now[i] = c
	}
	for k := 1; k+1 < len(r.seq); k++ { // W4
		c, left, right := &r.now[r.seq[k]], r.now[r.seq[k-1]], r.now[r.seq[k+1]]
		if left == right && (*c == bidi.CS && (left == bidi.EN || left == bidi.AN) || *c == bidi.ES && left == bidi.EN) {
			*c = left
		}
	}
	r.terminators()
	strong = sos
	for _, i := range r.seq { // W7
		switch c := r.now[i]; {
		case c == bidi.L || c == bidi.R:
			strong = c
		case c == bidi.EN && strong == bidi.L:
			r.now[i] = bidi.L
		}
	}
}

// terminators applies W5 and W6: what stands beside a European number joins
// it, other separators are neutral.
func (r *resolver) terminators() {
	for k := 0; k < len(r.seq); k++ {
		switch r.now[r.seq[k]] {
		case bidi.ES, bidi.CS:
			r.now[r.seq[k]] = bidi.ON
		case bidi.ET:
			end := k
			for end < len(r.seq) && r.now[r.seq[end]] == bidi.ET {
				end++
			}
			c := bidi.ON
			if k > 0 && r.now[r.seq[k-1]] == bidi.EN || end < len(r.seq) && r.now[r.seq[end]] == bidi.EN {
				c = bidi.EN
			}
			for ; k < end; k++ {
				r.now[r.seq[k]] = c
			}
			k--
		}
	}
}

// neutral applies N1 and N2: neutrals between equal directions take it, all
// others the direction of the embedding.
func (r *resolver) neutral(sos, eos bidi.Class) {
	if len(r.seq) == 0 {
		return
	}
	embedding := direction(r.levels[r.seq[0]])
	before := sos
	for k := 0; k < len(r.seq); k++ {
		if s := strength(r.now[r.seq[k]]); s != bidi.ON {
			before = s
			continue
		}
		end, after := k, eos
		for ; end < len(r.seq); end++ {
			if s := strength(r.now[r.seq[end]]); s != bidi.ON {
				after = s
				break
			}
		}
		c := embedding
		if before == after {
			c = before
		}
		for ; k < end; k++ {
			r.now[r.seq[k]] = c
		}
		k--
		before = c
	}
}

// strength returns the direction that a resolved class shows to neutrals, ON
// for a neutral.
func strength(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// implicit applies I1 and I2.
func (r *resolver) implicit() {
	for _, i := range r.seq {
		c, odd := r.now[i], r.levels[i]&1 == 1
		switch {
		case c == bidi.L && odd, c == bidi.R && !odd, c != bidi.L && c != bidi.R && odd:
			r.levels[i]++
		case c != bidi.L && c != bidi.R: // a number
			r.levels[i] += 2
		}
	}
}
