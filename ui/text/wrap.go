package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// glyph is what breaking looks at: a character, its width and where it starts,
// as a byte or as a cell.
type glyph struct {
	r     rune
	width int32
	at    int32
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
	if lines, ok := s.wrapPlain(runs, width, dir); ok {
		return lines
	}
	c := s.compose()
	defer c.release()
	for _, run := range runs {
		c.add(run.Text.String(), run.Style, maxInt)
	}
	glyphs := make([]glyph, len(c.cells))
	for i := range c.cells {
		cl := &c.cells[i]
		if int(cl.width) > width {
			cl.text, cl.first, cl.width = "?", '?', 1
		}
		glyphs[i] = glyph{cl.first, int32(cl.width), int32(i)}
	}
	spans := breakLines(glyphs, width)
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
func (s Setter) wrapPlain(runs []Run, width int, dir Dir) ([][]Segment, bool) {
	all := runs[0].Text.String()
	if len(runs) > 1 {
		var b strings.Builder
		for _, run := range runs {
			b.WriteString(run.Text.String())
		}
		all = b.String()
	}
	if width < 2 || s.Bidi != Off && (dir == RTL || needsBidi(all)) {
		return nil, false
	}
	glyphs := make([]glyph, 0, len(all))
	for i, r := range all {
		w := simpleWidth(r)
		if w == 0 {
			return nil, false
		}
		glyphs = append(glyphs, glyph{r, int32(w), int32(i)})
	}
	return cutRuns(all, runs, glyphs, breakLines(glyphs, width)), true
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
	from, brk, w, wAtBreak, inked := 0, 0, 0, 0, false
	for i, g := range glyphs {
		if i > from && inked && mayBreak(glyphs, i) && (glyphs[i-1].r != softHyphen || w < width) {
			brk, wAtBreak = i, w
		}
		blank := isSpace(g.r)
		for !blank && w+int(g.width) > width && i > from {
			if brk <= from {
				brk, wAtBreak = i, w
			}
			spans = append(spans, trim(glyphs, from, brk))
			spans[len(spans)-1].hyphen = glyphs[brk-1].r == softHyphen && glyphs[brk-1].width == 0
			from, w = brk, w-wAtBreak
			inked = from < i
		}
		w += int(g.width)
		inked = inked || !blank
	}
	if from < len(glyphs) {
		spans = append(spans, trim(glyphs, from, len(glyphs)))
	}
	return spans
}

func trim(glyphs []glyph, from, to int) span {
	for to > from && isSpace(glyphs[to-1].r) {
		to--
	}
	return span{from: int32(from), to: int32(to)}
}

func isSpace(r rune) bool {
	return r == ' ' || r >= 0x2000 && r <= 0x200a && r != 0x2007 || r == 0x3000 || r == 0x205f || r == 0x1680
}

// mayBreak reports whether a line may end before glyph i, which is not the
// first.
func mayBreak(glyphs []glyph, i int) bool {
	a, b := glyphs[i-1].r, glyphs[i].r
	switch {
	case isSpace(b):
		return false
	case isSpace(a), a == zeroSpace, a == softHyphen:
		return true
	case a < utf8.RuneSelf && b < utf8.RuneSelf || glyphs[i-1].width+glyphs[i].width < 3:
		// A hyphen or slash inside of a word, but not before a number or
		// in "--".
		return (a == '-' || a == '/' || a == 0x2010 || a == 0x2013 || a == 0x2014) &&
			i > 1 && unicode.IsLetter(b) && (unicode.IsLetter(glyphs[i-2].r) || unicode.IsDigit(glyphs[i-2].r))
	}
	return !strings.ContainsRune(notAtEnd, a) && !strings.ContainsRune(notAtStart, b)
}

// Wide characters that a line of Chinese, Japanese or Korean does not end or
// begin with (UAX #14 OP, CL, NS, EX and the marks of Western text).
const (
	notAtEnd   = "([{<«‘“「『（［｛〈《【〔〖〘〚＄￥$"
	notAtStart = ")]}>»’”,.;:!?%…、。，．：；？！」』）］｝〉》】〕〗〙〛・ーゝゞ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‼⁇⁈⁉"
)
