package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// glyph is what breaking looks at: a character, its width and where it starts,
// as a byte or as a cell.
type glyph struct {
	r     rune
	at    int32
	width uint8
	kind  kind
}

// kind says what a character has to do with line breaks; most have nothing.
type kind uint8

const (
	space kind = 1 << iota
	after      // a line may end after it, depending on what is around it
	wide       // of a script without spaces
)

func makeGlyph(r rune, width, at int) glyph {
	g := glyph{r: r, at: int32(at), width: uint8(width)}
	switch {
	case r == ' ', r >= 0x2000 && r <= 0x200a && r != 0x2007, r == 0x3000, r == 0x205f, r == 0x1680:
		g.kind = space
	case r == '-', r == '/', r == softHyphen, r == zeroSpace, r == 0x2010, r == 0x2013, r == 0x2014:
		g.kind = after
	case width == 2:
		g.kind = wide
	}
	return g
}

// span is a line: the glyphs from to to, without the spaces at its end.
type span struct {
	from, to int32
	hyphen   bool // it ends at a soft hyphen
}

// Wrap is the package function Wrap with s's settings.
func (s Setter) Wrap(runs []Run, width int, dir Dir) [][]Segment {
	if len(runs) == 0 || width <= 0 {
		return nil
	}
	c := s.compose()
	defer c.release()
	if lines, ok := c.wrapPlain(runs, width, dir); ok {
		return lines
	}
	for _, run := range runs {
		c.add(run.Text.String(), run.Style, maxInt)
	}
	c.glyphs = c.glyphs[:0]
	for i := range c.cells {
		cl := &c.cells[i]
		if int(cl.width) > width {
			cl.text, cl.first, cl.width = "?", '?', 1
		}
		c.glyphs = append(c.glyphs, makeGlyph(cl.first, int(cl.width), i))
	}
	spans := breakLines(c.glyphs, width)
	for _, l := range spans {
		if l.hyphen {
			c.cells[l.to-1].text, c.cells[l.to-1].width = "-", 1
			c.classes[l.to-1] = bidi.ON
		}
	}
	c.order(s.direction(runs, dir))
	lines := make([][]Segment, len(spans))
	var p printer
	for i, l := range spans {
		p.segments = nil
		p.line(c, int(l.from), int(l.to))
		lines[i] = p.segments
	}
	return lines
}

const maxInt = int(^uint(0) >> 1)

// wrapPlain is Wrap for text that prints as it stands, which most is. It
// reports false if runs hold anything else.
func (c *composer) wrapPlain(runs []Run, width int, dir Dir) ([][]Segment, bool) {
	all := runs[0].Text.String()
	if len(runs) > 1 {
		var b strings.Builder
		for _, run := range runs {
			b.WriteString(run.Text.String())
		}
		all = b.String()
	}
	if width < 2 || c.set.Bidi != Off && (dir == RTL || needsBidi(all)) {
		return nil, false
	}
	c.glyphs = c.glyphs[:0]
	for i, r := range all {
		w := 1
		if r >= 0x7f {
			if w = simpleWidth(r); w == 0 {
				return nil, false
			}
		} else if r > '/' {
			c.glyphs = append(c.glyphs, glyph{r: r, at: int32(i), width: 1})
			continue
		}
		c.glyphs = append(c.glyphs, makeGlyph(r, w, i))
	}
	return cutRuns(all, runs, c.glyphs, breakLines(c.glyphs, width)), true
}

// cutRuns makes lines of the spans of all, which is the text of runs.
func cutRuns(all string, runs []Run, glyphs []glyph, spans []span) [][]Segment {
	byteAt := func(i int32) int {
		if int(i) == len(glyphs) {
			return len(all)
		}
		return int(glyphs[i].at)
	}
	segments := make([]Segment, 0, len(spans)+len(runs))
	lines := make([][]Segment, len(spans))
	run, end := 0, len(runs[0].Text.String()) // the run that from is in, and where it ends
	for i, l := range spans {
		from, to := byteAt(l.from), byteAt(l.to)
		first := len(segments)
		for from < to {
			for end <= from {
				run++
				end += len(runs[run].Text.String())
			}
			upto := min(to, end)
			segments = append(segments, Segment{all[from:upto], runs[run].Style})
			from = upto
		}
		lines[i] = segments[first:len(segments):len(segments)]
	}
	return lines
}

// breakLines finds where lines end: behind spaces and hyphens, between
// characters of scripts without spaces, and inside words that are longer than
// a line. Spaces at the end of a line hang over it and are left out.
func breakLines(glyphs []glyph, width int) []span {
	spans := make([]span, 0, len(glyphs)/max(1, width)*5/4+1)
	from, w, inked := 0, 0, false
	brk, wAtBreak, hyphen := 0, 0, false
	var before kind // that of the last glyph
	for i := range glyphs {
		g := &glyphs[i]
		if (before|g.kind) != 0 && inked && i > from && mayBreak(glyphs, i) && (glyphs[i-1].r != softHyphen || w < width) {
			brk, wAtBreak, hyphen = i, w, glyphs[i-1].r == softHyphen
		}
		before = g.kind
		if g.kind != space {
			for w+int(g.width) > width && i > from {
				if brk <= from {
					brk, wAtBreak = breakWord(glyphs, from, i, w)
					hyphen = false
				}
				spans = append(spans, trim(glyphs, from, brk))
				spans[len(spans)-1].hyphen = hyphen
				from, w = brk, w-wAtBreak
			}
			inked = true
		} else if i == from {
			inked = false
		}
		w += int(g.width)
	}
	if from < len(glyphs) {
		spans = append(spans, trim(glyphs, from, len(glyphs)))
	}
	return spans
}

// breakWord finds where to break a word that is longer than a line: before
// glyph i, or behind one of the signs that structure addresses, if that keeps
// half of the line. w is the width from from to i, that of the part before the
// break is returned.
func breakWord(glyphs []glyph, from, i, w int) (brk, wAtBreak int) {
	for k, left := i, w; k > from+1 && left > w/2; k-- {
		switch glyphs[k-1].r {
		case '/', '.', '?', '&', '=', '_', '-', noBreakSpace:
			return k, left
		}
		left -= int(glyphs[k-1].width)
	}
	return i, w
}

const noBreakSpace = 0xa0

func trim(glyphs []glyph, from, to int) span {
	for to > from && glyphs[to-1].kind == space {
		to--
	}
	return span{from: int32(from), to: int32(to)}
}

// mayBreak reports whether a line may end before glyph i, which is not the
// first.
func mayBreak(glyphs []glyph, i int) bool {
	a, b := &glyphs[i-1], &glyphs[i]
	switch {
	case b.kind == space:
		return false
	case a.kind == space:
		return !closing(b.r) && (i < 2 || !opening(glyphs[i-2].r)) || b.r == '.' && i+1 < len(glyphs) && unicode.IsDigit(glyphs[i+1].r)
	case a.r == zeroSpace, a.r == softHyphen:
		return true
	case a.kind == wide || b.kind == wide:
		return !strings.ContainsRune(notAtEnd, a.r) && !strings.ContainsRune(notAtStart, b.r)
	case a.kind != after || i < 2:
		return false
	}
	// A hyphen or slash inside of a word, but not before a number or in "--".
	c := glyphs[i-2].r
	return unicode.IsLetter(b.r) && (unicode.IsLetter(c) || unicode.IsDigit(c))
}

// closing reports whether a line begins with r in no language: what closes a
// phrase stays with it, also behind a space (UAX #14 LB13, LB15b and LB15d).
func closing(r rune) bool {
	switch r {
	case '!', '?', ',', '.', ':', ';', ')', ']', '}', '/', '»', '”', '’', '›', '،', '؛', '؟', '۔', '…', '‥', '‼', '⁇', '⁈', '⁉', '։', '׃':
		return true
	}
	return r >= 0x232a && strings.ContainsRune(notAtStart, r)
}

// opening reports whether a line ends with r in no language (LB14 and LB15a).
func opening(r rune) bool {
	switch r {
	case '(', '[', '{', '«', '“', '‘', '‹', '‚', '„', '¿', '¡':
		return true
	}
	return r >= 0x2329 && strings.ContainsRune(notAtEnd, r)
}

// Characters that a line of Chinese, Japanese or Korean does not end or begin
// with (UAX #14 OP, CL, NS, EX, IN, GL, QU, HY and the marks of Western text).
const (
	quotes     = "\"'«»“”‘’‹›„‚"
	glue       = "\u00a0\u202f\u2007\u2011\u2060"
	notAtEnd   = quotes + glue + "([{<\u2329〈「『（［｛〈《【〔〖〘〚＄￥$"
	notAtStart = quotes + glue + ")]}>,.;:!?%…‥․-‐–־/\u232a〉、。，．：；？！」』）］｝〉》】〕〗〙〛・ーゝゞ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‼⁇⁈⁉〜〆"
)
