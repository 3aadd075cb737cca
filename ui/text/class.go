package text

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// classOf returns the bidi class of r in Unicode 17. The tables of x/text are
// those of Unicode 15 up to Go 1.26; newer holds what changed since.
func classOf(r rune) bidi.Class {
	if r < firstClasses {
		return bidi.Class(classes[r])
	}
	if r >= newer[0].lo {
		i, _ := slices.BinarySearchFunc(newer[:], r, func(c changed, r rune) int { return int(c.hi - r) })
		if i < len(newer) && r >= newer[i].lo {
			return newer[i].class
		}
	}
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// bracketOf returns the opening bracket of the pair that r belongs to, in
// canonical form, and whether r is the opening one; 0 if r is no paired
// bracket (UAX #9, BD14 to BD16).
func bracketOf(r rune) (pair rune, opens bool) {
	if r > 0xff63 || r < '(' || r > '}' && r < 0xf3a {
		return 0, false
	}
	p, _ := bidi.LookupRune(r)
	if !p.IsBracket() {
		return 0, false
	}
	if opens = p.IsOpeningBracket(); !opens {
		r = mirror(r)
	}
	if r == 0x2329 { // canonically equal to the CJK angle bracket
		r = 0x3008
	}
	return r, opens
}

// firstClasses is where the table classes ends: behind the Arabic block.
const firstClasses = 0x700

var classes = func() (t [firstClasses]uint8) {
	for r := range rune(firstClasses) {
		p, _ := bidi.LookupRune(r)
		t[r] = uint8(p.Class())
	}
	return t
}()

type changed struct {
	lo, hi rune
	class  bidi.Class
}

// newer lists the characters whose class differs between Unicode 15 and 17,
// found by comparing both tables of x/text.
var newer = [...]changed{
	{0x88f, 0x88f, bidi.AL}, {0x897, 0x897, bidi.NSM}, {0x1acf, 0x1add, bidi.NSM}, {0x1ae0, 0x1aeb, bidi.NSM},
	{0x2427, 0x2429, bidi.ON}, {0x2b96, 0x2b96, bidi.ON}, {0x2ffc, 0x2fff, bidi.ON}, {0x31e4, 0x31e5, bidi.ON},
	{0x31ef, 0x31ef, bidi.ON}, {0xfbc3, 0xfbd2, bidi.ON}, {0xfd90, 0xfd91, bidi.ON}, {0xfdc8, 0xfdce, bidi.ON},
	{0x10d40, 0x10d49, bidi.AN}, {0x10d69, 0x10d6d, bidi.NSM}, {0x10d6e, 0x10d6e, bidi.ON}, {0x10ec2, 0x10ec7, bidi.AL},
	{0x10ed0, 0x10ed8, bidi.ON}, {0x10efa, 0x10efc, bidi.NSM}, {0x113bb, 0x113c0, bidi.NSM},
	{0x113ce, 0x113ce, bidi.NSM}, {0x113d0, 0x113d0, bidi.NSM}, {0x113d2, 0x113d2, bidi.NSM},
	{0x113e1, 0x113e2, bidi.NSM}, {0x1171e, 0x1171e, bidi.L}, {0x11b60, 0x11b60, bidi.NSM},
	{0x11b62, 0x11b64, bidi.NSM}, {0x11b66, 0x11b66, bidi.NSM}, {0x11f5a, 0x11f5a, bidi.NSM},
	{0x1611e, 0x16129, bidi.NSM}, {0x1612d, 0x1612f, bidi.NSM}, {0x1cc00, 0x1ccd5, bidi.ON},
	{0x1ccf0, 0x1ccf9, bidi.EN}, {0x1ccfa, 0x1ccfc, bidi.ON}, {0x1cd00, 0x1ceb3, bidi.ON}, {0x1ceba, 0x1ced0, bidi.ON},
	{0x1cee0, 0x1cef0, bidi.ON}, {0x1d6c1, 0x1d6c1, bidi.ON}, {0x1d6fb, 0x1d6fb, bidi.ON}, {0x1d735, 0x1d735, bidi.ON},
	{0x1d76f, 0x1d76f, bidi.ON}, {0x1d7a9, 0x1d7a9, bidi.ON}, {0x1e5ee, 0x1e5ef, bidi.NSM},
	{0x1e6e3, 0x1e6e3, bidi.NSM}, {0x1e6e6, 0x1e6e6, bidi.NSM}, {0x1e6ee, 0x1e6ef, bidi.NSM},
	{0x1e6f5, 0x1e6f5, bidi.NSM}, {0x1f6d8, 0x1f6d8, bidi.ON}, {0x1f777, 0x1f77a, bidi.ON}, {0x1f8b2, 0x1f8bb, bidi.ON},
	{0x1f8c0, 0x1f8c1, bidi.ON}, {0x1f8d0, 0x1f8d8, bidi.ON}, {0x1fa54, 0x1fa57, bidi.ON}, {0x1fa89, 0x1fa8a, bidi.ON},
	{0x1fa8e, 0x1fa8f, bidi.ON}, {0x1fabe, 0x1fabe, bidi.ON}, {0x1fac6, 0x1fac6, bidi.ON}, {0x1fac8, 0x1fac8, bidi.ON},
	{0x1facd, 0x1facd, bidi.ON}, {0x1fadc, 0x1fadc, bidi.ON}, {0x1fadf, 0x1fadf, bidi.ON}, {0x1fae9, 0x1faea, bidi.ON},
	{0x1faef, 0x1faef, bidi.ON}, {0x1fbcb, 0x1fbef, bidi.ON}, {0x1fbfa, 0x1fbfa, bidi.ON},
}
