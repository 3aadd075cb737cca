package text

// simpleWidth returns the width of r, 1 or 2, if r is known to be a grapheme by
// itself unless a mark follows, and 0 if that needs a closer look. It covers
// what most news consists of; a test compares it with the renderer's tables.
func simpleWidth(r rune) int {
	if r < firstClasses {
		return int(narrow[r] & 1)
	}
	return wideRange(r)
}

// narrow holds for the characters of the first blocks whether they are simple
// (1) or simple marks (2).
var narrow = func() (t [firstClasses]uint8) {
	for r := range rune(firstClasses) {
		t[r] = uint8(simpleRange(r))
		if isMarkRange(r) {
			t[r] = 2
		}
	}
	return t
}()

// simpleRange is simpleWidth for the blocks up to Arabic.
func simpleRange(r rune) int {
	switch {
	case r < 0x7f:
		return 1
	case r < 0x300:
		if r < 0xa0 || r == 0xad {
			return 0
		}
		return 1
	case r < 0x590:
		return among(r >= 0x384 && r < 0x530 && (r < 0x483 || r > 0x489) && r != 0x38b && r != 0x38d && r != 0x3a2)
	}
	return among(r >= 0x5d0 && r <= 0x5ea || r >= 0x606 && r <= 0x60f || r >= 0x61d && r <= 0x64a ||
		r >= 0x660 && r <= 0x6d5 && r != 0x670 || r >= 0x6ee || r == 0x5be || r == 0x5c0 || r == 0x5c3 || r == 0x61b)
}

// wideRange is simpleWidth for the blocks behind Arabic.
func wideRange(r rune) int {
	switch {
	case r < 0x1e00:
		return 0
	case r < 0x1f00:
		return 1
	case r < 0x2e80:
		return among(r >= 0x2010 && r <= 0x2027 || r >= 0x2030 && r <= 0x205e || r >= 0x20a0 && r <= 0x20c0 ||
			r >= 0x2190 && r <= 0x21ff || r >= 0x2500 && r <= 0x259f)
	case r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30ff, r >= 0x3400 && r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff,
		r >= 0xac00 && r <= 0xd7a3, r >= 0x3001 && r <= 0x3029, r >= 0xff01 && r <= 0xff60:
		return 2
	}
	return 0
}

func among(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// isSimpleMark reports whether r joins the character before it and takes no
// cell: Latin accents, Arabic and Hebrew vowel signs, the non-joiner.
func isSimpleMark(r rune) bool {
	if r < firstClasses {
		return narrow[r] == 2
	}
	return r == 0x200c
}

func isMarkRange(r rune) bool {
	switch {
	case r < 0x370:
		return r >= 0x300
	case r < 0x5c8:
		return r >= 0x591 && r != 0x5be && r != 0x5c0 && r != 0x5c3 && r != 0x5c6
	}
	return r >= 0x64b && r <= 0x65f || r == 0x670 || r >= 0x610 && r <= 0x61a || r >= 0x6d6 && r <= 0x6dc ||
		r >= 0x6df && r <= 0x6e4 || r >= 0x6e7 && r != 0x6e9 && r < 0x6ee
}

// needsBidi reports whether s holds a character that can stand out of order in
// a left-to-right line. It looks at lead bytes only where that is enough.
func needsBidi(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0xd6 {
			continue
		}
		var second, third byte
		if i+2 < len(s) {
			third = s[i+2]
		}
		if i+1 < len(s) {
			second = s[i+1]
		}
		switch {
		case c == 0xd6 && second >= 0x90, c > 0xd6 && c < 0xe0: // Hebrew to N'Ko
			return true
		case c == 0xe0 && second < 0xa4: // U+0800 to U+08FF
			return true
		case c == 0xe2 && (second == 0x80 && third == 0x8f || second == 0x81 && third >= 0xa6): // RLM, isolates
			return true
		case c == 0xef && second >= 0xac && second <= 0xbb && second != 0xb8: // presentation forms
			return true
		case c == 0xf0 && (second == 0x90 || second == 0x9e) && third >= 0xa0: // U+10800 up, U+1E800 up
			return true
		}
	}
	return false
}
