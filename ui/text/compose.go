package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// cell is a grapheme and the cells it takes. Cells of width 0 print nothing
// and steer the order of their neighbours.
type cell struct {
	text  string
	style int
	first rune
	width uint8
}

// composer collects the cells of a paragraph, orders and prints them.
type composer struct {
	set      Setter
	cells    []cell
	classes  []bidi.Class
	width    int // of all cells
	resolver resolver
	levels   []uint8
	visual   []int32
	glyphs   []glyph
	base     uint8
}

// composers keeps scratch space between calls; it holds no state.
var composers = sync.Pool{New: func() any { return new(composer) }}

// maxKept is how many cells of scratch space are worth keeping.
const maxKept = 1 << 14

// compose returns an empty composer, to be given back by release.
func (s Setter) compose() *composer {
	c := composers.Get().(*composer)
	c.set, c.cells, c.classes, c.width = s, c.cells[:0], c.classes[:0], 0
	return c
}

func (c *composer) release() {
	if cap(c.cells) <= maxKept {
		composers.Put(c)
	}
}

// add appends the cells of s until all cells take more than limit. It reports
// whether everything fits. It does what next does, but decodes every character
// once.
func (c *composer) add(s string, style, limit int) bool {
	from, end, width, marks := 0, 0, 0, 0 // the cell that is being read; width 0: none
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch w := simpleWidth(r); {
		case w > 0:
			if width > 0 && !c.push(s[from:end], style, width, limit) {
				return false
			}
			from, end, width, marks = i, i+size, w, 0
		case width > 0 && isSimpleMark(r):
			if marks++; marks <= maxMarks {
				end = i + size
			}
		default:
			if width == 0 {
				from = i
			}
			text, w, n := cluster(s[from:])
			if !c.push(text, style, w, limit) {
				return false
			}
			i, width = from+n, 0
			continue
		}
		i += size
	}
	return width == 0 || c.push(s[from:end], style, width, limit)
}

// push appends a cell and reports whether all cells take at most limit.
func (c *composer) push(text string, style, width, limit int) bool {
	if len(text) > 0 && text[0] < utf8.RuneSelf {
		c.put(text, rune(text[0]), style, width)
		return c.width <= limit
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case width > 0 && r == zeroSpace: // a guard
		r, _ = utf8.DecodeRuneInString(text[size:])
	case width == 0 && !steers(r):
		// A mark whose base is in another run joins it; one without a base
		// cannot be shown.
		if last := len(c.cells) - 1; last >= 0 && c.cells[last].width > 0 && len(c.cells[last].text) < 4*maxMarks {
			c.cells[last].text += text + separator
		}
		return true
	}
	c.put(text, r, style, width)
	return c.width <= limit
}

func (c *composer) put(text string, first rune, style, width int) {
	c.width += width
	c.cells = append(c.cells, cell{text, style, first, uint8(width)})
	c.classes = append(c.classes, classOf(first))
}

// cut shortens the cells to width, with an ellipsis at the logical end.
func (c *composer) cut(width int) {
	mark := c.set.ellipsis(width)
	room := width - utf8.RuneCountInString(mark)
	last := len(c.cells)
	for last > 0 && (c.width > room || c.classes[last-1] == bidi.WS) {
		last--
		c.width -= int(c.cells[last].width)
	}
	style := c.cells[max(0, last-1)].style
	c.cells, c.classes = c.cells[:last], c.classes[:last]
	for i := range utf8.RuneCountInString(mark) {
		_, size := utf8.DecodeRuneInString(mark)
		c.push(mark[i*size:(i+1)*size], style, 1, width)
		// A paragraph separator keeps the paragraph's level whatever is
		// around it, and closes the isolates that the cut left open.
		c.classes[last+i] = bidi.B
	}
}

// order finds the levels of all cells.
func (c *composer) order(dir Dir) {
	c.base = 0
	if c.set.Bidi == Off {
		c.levels = make([]uint8, len(c.cells))
		return
	}
	if dir == RTL {
		c.base = 1
	}
	c.levels = c.resolver.resolve(c.classes, c.bracket, c.base)
}

func (c *composer) bracket(i int) (rune, bool) { return bracketOf(c.cells[i].first) }

// print appends the cells from to to as one line and returns their width.
// restyle, if given, is called before the first cell and every one of another
// style.
func (c *composer) print(b *strings.Builder, from, to int, restyle func(style int)) int {
	if c.set.Bidi == Terminal {
		return c.printLogical(b, from, to, restyle)
	}
	levels := c.levels[from:to]
	resetSpaces(c.classes[from:to], levels, c.base)
	c.visual = visualOrder(c.visual, levels)
	width, style := 0, 0
	for _, i := range c.visual {
		cl := &c.cells[from+int(i)]
		if cl.width == 0 {
			continue
		}
		if restyle != nil && (width == 0 || cl.style != style) {
			restyle(cl.style)
		}
		width, style = width+int(cl.width), cl.style
		if levels[i]&1 == 1 {
			if m := mirror(cl.first); m != cl.first {
				b.WriteRune(m)
				b.WriteString(cl.text[utf8.RuneLen(cl.first):])
				continue
			}
		}
		b.WriteString(cl.text)
	}
	return width
}

// printLogical is print for terminals that order text themselves: the line is
// an isolate of its own, and what it opens it closes. Spaces at the left edge
// stay outside: an isolate in the first column of a screen has no cell to go
// into, and terminals put it on the row above.
func (c *composer) printLogical(b *strings.Builder, from, to int, restyle func(style int)) int {
	const lri, rli, pdi = "\u2066", "\u2067", "\u2069"
	opener := lri
	if c.base == 1 {
		opener = rli
	}
	width, style, depth, opened := 0, 0, 0, false
	for i := from; i < to; i++ {
		cl := &c.cells[i]
		if i == from || cl.style != style {
			if restyle != nil {
				restyle(cl.style)
			}
			style = cl.style
		}
		if !opened && (c.base == 1 || cl.first != ' ') {
			b.WriteString(opener)
			opened = true
		}
		switch {
		case cl.first == zeroSpace || cl.first == softHyphen && cl.width == 0:
			continue
		case isInitiator(c.classes[i]):
			depth++
		case c.classes[i] == bidi.PDI && depth == 0:
			continue
		case c.classes[i] == bidi.PDI:
			depth--
		}
		b.WriteString(cl.text)
		width += int(cl.width)
	}
	if opened {
		b.WriteString(strings.Repeat(pdi, depth+1))
	}
	return width
}

// strongDir returns the direction of the first strong character of s outside
// of all isolates, which depth counts.
func strongDir(s string, depth *int) Dir {
	for _, r := range s {
		if r < 0x590 {
			if *depth == 0 && unicode.IsLetter(r) {
				return LTR
			}
			continue
		}
		c := classOf(r)
		switch {
		case isInitiator(c):
			*depth++
		case c == bidi.PDI && *depth > 0:
			*depth--
		case *depth > 0:
		case c == bidi.L:
			return LTR
		case c == bidi.R || c == bidi.AL:
			return RTL
		}
	}
	return Auto
}
