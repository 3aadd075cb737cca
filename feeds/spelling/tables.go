package spelling

// entry is the prepared fold of one character.
type entry struct {
	b     [4]byte
	n     uint8
	class class
	r     rune
}

// ascii maps letters and digits to their fold, everything else to 0.
var ascii = func() (t [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	return t
}()

// twoByte holds every character of two bytes in UTF-8, which are the Latin,
// Greek, Cyrillic, Hebrew and Arabic letters of nearly all news. The first 128
// would be overlong encodings, which are invalid.
var twoByte = func() (t [0x800]entry) {
	fill(t[0x80:], 0x80)
	for i := range 0x80 {
		t[i].class = separator
	}
	return
}()

// general holds the block General Punctuation, kana Hiragana and Katakana.
var (
	general = func() (t [0x70]entry) { fill(t[:], firstGeneral); return }()
	kana    = func() (t [0xC0]entry) { fill(t[:], firstKana); return }()
)

const (
	firstGeneral = 0x2000
	firstKana    = 0x3040
)

func fill(t []entry, first rune) {
	for i := range t {
		t[i] = prepare(first + rune(i))
	}
}

// prepare computes the entry of r. When it is more than a few letters, or one
// sign, the entry is complex and is worked out each time.
func prepare(r rune) entry {
	var b [4]byte
	if c := classOf(r); c == apostrophe || c == dropped {
		return entry{class: c, r: r}
	}
	parts := []rune(string(decomposition(r)))
	if len(parts) == 0 {
		parts = []rune{r}
	}
	var letters []byte
	var signs []entry
	for _, q := range parts {
		switch c := classOf(q); c {
		case dropped:
		case letter:
			letters = appendLetter(letters, q)
		default:
			signs = append(signs, entry{class: c, r: q})
		}
	}
	switch n := copy(b[:], letters); {
	case len(signs) == 0 && n == 0:
		return entry{class: dropped, r: r}
	case len(signs) == 0 && n == len(letters):
		return entry{class: letter, b: b, n: uint8(n), r: r}
	case len(signs) == 1 && n == 0:
		return signs[0]
	}
	return entry{class: complex, r: r}
}
