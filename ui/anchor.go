package ui

import "slices"

// block is the block of the document at the top of the view, 0 above the text.
// It stays there when the article is laid out for another width.
func (r *readingPane) block() int {
	block, _ := r.top()
	return block
}

// top is the block at the top of the view, and how far it is scrolled out of it:
// from 0 to 1.
func (r *readingPane) top() (block int, gone float64) {
	o := r.shown
	if o == nil || o.id != r.want || r.offset < o.top || len(o.source) == 0 {
		return 0, 0
	}
	line := min(r.offset-o.top, len(o.source)-1)
	block = o.source[line]
	from, to := o.linesOf(block)
	return block, float64(line-from) / float64(max(1, to-from))
}

// linesOf are the lines of the text that show a block.
func (o *laidOut) linesOf(block int) (from, to int) {
	from, _ = slices.BinarySearch(o.source, block)
	to, _ = slices.BinarySearch(o.source, block+1)
	return from, to
}

// replace shows laid in an area of h lines. If it is the same article laid out
// otherwise, what stood at the top of the view stays there.
func (r *readingPane) replace(laid *laidOut, h int) {
	old := r.shown
	offset := r.offset
	if old != nil && old.id == laid.id && (old.width != laid.width || old.measure != laid.measure) && offset >= old.top {
		block, gone := r.top()
		from, to := laid.linesOf(block)
		offset = laid.top + from + int(gone*float64(to-from)+0.5)
	}
	r.err, r.shown = "", laid
	r.kept.keep(laid)
	r.offset = clamp(offset, 0, r.end(h))
}

// leastLines is how many lines of the article must be there to show the place
// where the reader left, so that the view does not travel to it.
func (m *model) leastLines() int {
	if m.restore.Offset == 0 || m.restore.Article != m.currentID() {
		return 0
	}
	return m.restore.Offset + m.areas.reading.Dy()
}

// putBackOffset scrolls to where the reader left, as far as the article is laid
// out.
func (m *model) putBackOffset() {
	r, wanted := &m.reading, &m.restore.Offset
	if *wanted == 0 || m.restore.Article != r.shown.id {
		return
	}
	r.offset = clamp(*wanted, 0, r.end(m.areas.reading.Dy()))
	if r.shown.rest == nil || r.offset == *wanted {
		*wanted = 0
	}
}
