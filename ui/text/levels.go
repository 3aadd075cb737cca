package text

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// maxDepth is the deepest explicit level (UAX #9, BD2).
const maxDepth = 125

// resolver finds the embedding levels of a paragraph after UAX #9. It holds
// the scratch space, so that a page reuses one for all its paragraphs.
type resolver struct {
	classes []bidi.Class // as published; the rules need some of them again
	now     []bidi.Class // as resolved so far
	levels  []uint8
	partner []int32 // of an isolate initiator its PDI and vice versa, -1 if none
	kept    []int32 // indices that rule X9 keeps
	runs    []levelRun
	runOf   []int32 // the run of a matched PDI
	seq     []int32
	pairs   []bracketPair
	opening []openBracket
}

// levelRun is a stretch kept[from:to] of equal explicit level (BD7).
type levelRun struct {
	from, to int32
	level    uint8
}

// resolve returns the levels of characters with the given classes in a
// paragraph of the level base. bracket says of a character which bracket pair
// it belongs to, as bracketOf does; nil if there are none. Characters that
// rule X9 removes get the level of the one before. The result is valid until
// the next call.
func (r *resolver) resolve(classes []bidi.Class, bracket func(int) (rune, bool), base uint8) []uint8 {
	n := len(classes)
	r.classes = classes
	r.levels = slices.Grow(r.levels[:0], n)[:n]
	var seen uint64 // the set of classes
	for i, c := range classes {
		seen |= 1 << c
		r.levels[i] = base
	}
	if base == 0 && seen&(1<<bidi.R|1<<bidi.AL|1<<bidi.AN|steering) == 0 ||
		base == 1 && seen&(1<<bidi.L|1<<bidi.EN|1<<bidi.AN|steering) == 0 {
		return r.levels
	}
	r.now = append(r.now[:0], classes...)
	if seen&steering == 0 {
		r.seq = r.seq[:0]
		for i := range classes {
			r.seq = append(r.seq, int32(i))
		}
		r.resolveSequence(direction(base), direction(base), bracket)
		return r.levels
	}
	r.partner = slices.Grow(r.partner[:0], n)[:n]
	r.runOf = slices.Grow(r.runOf[:0], n)[:n]
	r.matchIsolates()
	r.explicit(base)
	r.findRuns()
	for i := range r.runs {
		if first := r.kept[r.runs[i].from]; classes[first] == bidi.PDI && r.partner[first] >= 0 {
			continue // it continues the sequence of its initiator
		}
		last := r.sequence(i)
		sos, eos := r.edges(base, i, last)
		r.resolveSequence(sos, eos, bracket)
	}
	level := base
	for i, c := range r.now {
		if c == bidi.BN {
			r.levels[i] = level
		}
		level = r.levels[i]
	}
	return r.levels
}

// steering is the set of classes that only exist to steer: without any, a
// paragraph is one sequence of one level.
const steering = 1<<bidi.LRE | 1<<bidi.RLE | 1<<bidi.LRO | 1<<bidi.RLO | 1<<bidi.PDF |
	1<<bidi.LRI | 1<<bidi.RLI | 1<<bidi.FSI | 1<<bidi.PDI | 1<<bidi.BN | 1<<bidi.B

// resolveSequence applies the rules W1 to I2 to the current sequence.
func (r *resolver) resolveSequence(sos, eos bidi.Class, bracket func(int) (rune, bool)) {
	r.weak(sos)
	if bracket != nil {
		r.resolveBrackets(sos, bracket)
	}
	r.neutral(sos, eos)
	r.implicit()
}

// matchIsolates fills partner (BD9).
func (r *resolver) matchIsolates() {
	open := r.kept[:0] // free until findRuns
	for i, c := range r.classes {
		r.partner[i] = -1
		switch {
		case isInitiator(c):
			open = append(open, int32(i))
		case c == bidi.PDI && len(open) > 0:
			j := open[len(open)-1]
			open = open[:len(open)-1]
			r.partner[i], r.partner[j] = j, int32(i)
		}
	}
	r.kept = open[:0]
}

func isInitiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// embedding is an entry of the directional status stack (X1).
type embedding struct {
	level    uint8
	override bidi.Class // ON: none
	isolate  bool
}

// explicit applies the rules X1 to X8.
func (r *resolver) explicit(base uint8) {
	var space [maxDepth + 2]embedding
	stack := append(space[:0], embedding{level: base, override: bidi.ON})
	var badIsolates, badEmbeddings, isolates int
	for i, c := range r.classes {
		top := stack[len(stack)-1]
		r.levels[i] = top.level
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO:
			r.now[i] = bidi.BN
			e := embedding{level: deeper(top.level, c == bidi.RLE || c == bidi.RLO), override: override(c)}
			if e.level <= maxDepth && badIsolates == 0 && badEmbeddings == 0 {
				stack = append(stack, e)
			} else if badIsolates == 0 {
				badEmbeddings++
			}
		case bidi.RLI, bidi.LRI, bidi.FSI:
			r.force(i, top)
			e := embedding{level: deeper(top.level, r.opensRightToLeft(i)), override: bidi.ON, isolate: true}
			if e.level <= maxDepth && badIsolates == 0 && badEmbeddings == 0 {
				isolates++
				stack = append(stack, e)
			} else {
				badIsolates++
			}
		case bidi.PDI:
			if badIsolates > 0 {
				badIsolates--
			} else if isolates > 0 {
				badEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				isolates--
			}
			top = stack[len(stack)-1]
			r.levels[i] = top.level
			r.force(i, top)
		case bidi.PDF:
			r.now[i] = bidi.BN
			switch {
			case badIsolates > 0:
			case badEmbeddings > 0:
				badEmbeddings--
			case !top.isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case bidi.B:
			r.levels[i] = base
		case bidi.BN:
		default:
			r.force(i, top)
		}
	}
}

// force gives character i the class that an override demands.
func (r *resolver) force(i int, e embedding) {
	if e.override != bidi.ON {
		r.now[i] = e.override
	}
}

// deeper returns the next level above l of the wanted direction.
func deeper(l uint8, rightToLeft bool) uint8 {
	if rightToLeft {
		return (l + 1) | 1
	}
	return (l + 2) &^ 1
}

func override(c bidi.Class) bidi.Class {
	switch c {
	case bidi.RLO:
		return bidi.R
	case bidi.LRO:
		return bidi.L
	}
	return bidi.ON
}

func (r *resolver) opensRightToLeft(i int) bool {
	if r.classes[i] != bidi.FSI {
		return r.classes[i] == bidi.RLI
	}
	end := len(r.classes)
	if r.partner[i] >= 0 {
		end = int(r.partner[i])
	}
	return firstStrong(r.classes[i+1:end]) == RTL
}

// firstStrong applies P2 and P3; Auto means that nothing is strong.
func firstStrong(classes []bidi.Class) Dir {
	depth := 0
	for _, c := range classes {
		switch {
		case isInitiator(c):
			depth++
		case c == bidi.PDI && depth > 0:
			depth--
		case depth > 0:
		case c == bidi.L:
			return LTR
		case c == bidi.R || c == bidi.AL:
			return RTL
		}
	}
	return Auto
}

// findRuns collects the characters that X9 keeps and their level runs.
func (r *resolver) findRuns() {
	r.kept, r.runs = r.kept[:0], r.runs[:0]
	for i, c := range r.now {
		if c == bidi.BN {
			continue
		}
		k := int32(len(r.kept))
		if k == 0 || r.levels[r.kept[k-1]] != r.levels[i] {
			r.runs = append(r.runs, levelRun{from: k, level: r.levels[i]})
		}
		r.kept = append(r.kept, int32(i))
		r.runs[len(r.runs)-1].to = k + 1
		r.runOf[i] = int32(len(r.runs) - 1)
	}
}

// sequence collects the isolating run sequence that begins with run i (BD13)
// and returns its last run.
func (r *resolver) sequence(i int) (last int) {
	r.seq = r.seq[:0]
	for {
		run := r.runs[i]
		r.seq = append(r.seq, r.kept[run.from:run.to]...)
		end := r.kept[run.to-1]
		if !isInitiator(r.classes[end]) || r.partner[end] < 0 {
			return i
		}
		i = int(r.runOf[r.partner[end]])
	}
}

// edges returns the directions before and behind the current sequence (X10).
func (r *resolver) edges(base uint8, first, last int) (sos, eos bidi.Class) {
	level, before, after := r.runs[first].level, base, base
	if first > 0 {
		before = r.runs[first-1].level
	}
	end := r.kept[r.runs[last].to-1]
	if !isInitiator(r.classes[end]) && last+1 < len(r.runs) {
		after = r.runs[last+1].level
	}
	return direction(max(level, before)), direction(max(level, after))
}

func direction(level uint8) bidi.Class {
	if level&1 == 1 {
		return bidi.R
	}
	return bidi.L
}
