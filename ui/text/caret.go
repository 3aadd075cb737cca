package text

import "sitrep/feeds/safe"

// Caret returns the column, from the left edge of what Fit draws of t without
// cutting, before which a bar stands when the next character is typed behind
// the first n characters of t. It follows the character before it: behind a
// right-to-left letter it stands at the left edge of that letter. Where the
// terminal orders text, or nobody does, columns count in logical order.
func (s Setter) Caret(t safe.Text, n int) int {
	whole := t.String()
	before := firstRunes(whole, n)
	if s.Bidi != App || !needsBidi(whole) {
		return s.Width(safe.New(before))
	}
	c := s.compose()
	defer c.release()
	c.add(before, 0, maxInt)
	at := len(c.cells) - 1 // the last cell before the caret
	c.cells, c.classes, c.width = c.cells[:0], c.classes[:0], 0
	c.add(whole, 0, maxInt)
	c.order(Direction(t))
	resetSpaces(c.classes, c.levels, c.base)
	c.visual = visualOrder(c.visual, c.levels)
	return c.edge(min(at, len(c.cells)-1))
}

// edge returns the column behind cell at, seen from the cells before it, or the
// edge where the text begins if there is no such cell.
func (c *composer) edge(at int) int {
	for at >= 0 && c.cells[at].width == 0 {
		at--
	}
	if at < 0 {
		return int(c.base) * c.width
	}
	column := 0
	for _, i := range c.visual {
		if int(i) == at {
			if c.levels[at]&1 == 0 {
				column += int(c.cells[at].width)
			}
			break
		}
		column += int(c.cells[i].width)
	}
	return column
}

// firstRunes returns the first n characters of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
