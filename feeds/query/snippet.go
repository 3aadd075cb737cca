package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Snippet returns at most runes characters of the text around the place where
// most of the words stand, and the byte ranges of the words in it. It is one
// line, in the script and order of the original, cut between words with … where
// something is missing. Without a hit it is the start of the text.
func Snippet(text string, words []string, runes int) (snippet string, marks [][2]int) {
	if runes < 3 {
		return "", nil
	}
	found := wordMarker(words).hits(text)
	from, to := window(text, found, runes-2)
	from, to = widen(text, from, to, runes-2)
	return line(text, from, to, found)
}

// window returns the range of the text with the most different words, then the
// most hits, whose hits fit into the given number of characters; the first such.
func window(text string, found []hit, runes int) (from, to int) {
	if len(found) == 0 {
		return 0, 0
	}
	count := map[int]int{} // hits of each word inside
	best, first := -1, 0
	size := 0 // characters from the start of found[first] to the end of the last
	last := found[0].start
	for i, h := range found {
		if h.end > last {
			size += utf8.RuneCountInString(text[last:h.end])
			last = h.end
		}
		count[h.word]++
		for size > runes && first < i {
			if count[found[first].word]--; count[found[first].word] == 0 {
				delete(count, found[first].word)
			}
			size -= utf8.RuneCountInString(text[found[first].start:found[first+1].start])
			first++
		}
		if score := len(count)*len(found) + i - first; score > best {
			best, from, to = score, found[first].start, last
		}
	}
	return from, to
}

// widen adds text on both sides, a third before, up to the number of characters,
// and ends between words.
func widen(text string, from, to, runes int) (int, int) {
	room := runes - utf8.RuneCountInString(text[from:to])
	if room < 0 { // one hit longer than the snippet
		return from, forward(text, from, runes)
	}
	left := back(text, from, room/3)
	room -= utf8.RuneCountInString(text[left:from])
	right := forward(text, to, room)
	room -= utf8.RuneCountInString(text[to:right])
	if room > 0 { // the text ends here: more before
		left = back(text, left, room)
	}
	return wordStart(text, left, from), wordEnd(text, to, right)
}

// forward returns the place n characters after i, at most the end.
func forward(text string, i, n int) int {
	for ; n > 0 && i < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return i
}

// back returns the place n characters before i, at least the start.
func back(text string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
	}
	return i
}

// wordStart returns the first start of a word in text[i:limit]; if there is
// none, as in text without spaces, a place between characters.
func wordStart(text string, i, limit int) int {
	if i == 0 {
		return 0
	}
	if before, _ := utf8.DecodeLastRuneInString(text[:i]); unicode.IsSpace(before) {
		return i
	}
	if n := strings.IndexFunc(text[i:limit], unicode.IsSpace); n >= 0 {
		return i + n
	}
	for i < limit {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.Is(unicode.M, r) {
			break
		}
		i += size
	}
	return i
}

// wordEnd returns the last end of a word in text[from:i], or a place between
// characters.
func wordEnd(text string, from, i int) int {
	if i == len(text) {
		return i
	}
	if after, _ := utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(after) {
		return i
	}
	if n := strings.LastIndexFunc(text[from:i], unicode.IsSpace); n >= 0 {
		return from + n
	}
	for i > from {
		if r, _ := utf8.DecodeRuneInString(text[i:]); !unicode.Is(unicode.M, r) {
			break
		}
		_, size := utf8.DecodeLastRuneInString(text[from:i])
		i -= size
	}
	return i
}

// line prints text[from:to] on one line with single spaces, and moves the hits in
// it along.
func line(text string, from, to int, found []hit) (string, [][2]int) {
	var b strings.Builder
	if strings.TrimSpace(text[:from]) != "" {
		b.WriteString("…")
	}
	at := make([]int, to-from+1) // where each byte has come to
	space := true
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(text[i:])
		at[i-from] = b.Len()
		if !unicode.IsSpace(r) {
			b.WriteString(text[i : i+size])
		} else if !space {
			b.WriteByte(' ')
		}
		space = unicode.IsSpace(r)
		i += size
	}
	out := strings.TrimRight(b.String(), " ")
	at[to-from] = len(out)
	var marks [][2]int
	for _, h := range found {
		if h.start < from || h.end > to {
			continue
		}
		m := [2]int{at[h.start-from], at[h.end-from]}
		if n := len(marks); n > 0 && m[0] <= marks[n-1][1] {
			marks[n-1][1] = max(marks[n-1][1], m[1])
		} else {
			marks = append(marks, m)
		}
	}
	if strings.TrimSpace(text[to:]) != "" {
		out += "…"
	}
	return out, marks
}
