package ui

import "image"

// Smallest terminal that the reader draws on, and the widths at which a second
// and a third pane appear, in cells.
const (
	minWidth    = 40
	minHeight   = 12
	mediumWidth = 90
	wideWidth   = 130
)

// shape is the arrangement that a width allows.
type shape int

const (
	tooSmall shape = iota
	narrow         // one pane at a time
	medium         // briefings beside a list with a peek, or beside the article
	wide           // three panes
)

func shapeOf(w, h int) shape {
	switch {
	case w < minWidth || h < minHeight:
		return tooSmall
	case w < mediumWidth:
		return narrow
	case w < wideWidth:
		return medium
	}
	return wide
}

// arrangement is what layout needs to know of the state.
type arrangement struct {
	width, height int
	focus         focus
	zen           bool
	side          int // wanted width of the briefings pane, 0 = default
	list          int // wanted width of the list in the wide shape, 0 = default
	below         int // lines that something else takes above the footer
}

// areas are the rectangles of the screen; an empty one is not shown. Between
// two panes that stand side by side lies one column for the rule.
type areas struct {
	shape   shape
	header  image.Rectangle
	side    image.Rectangle
	list    image.Rectangle
	reading image.Rectangle
	footer  image.Rectangle
}

const (
	defaultSide = 20
	minSide     = 14
	minList     = 30
	minReading  = 30
	peekShare   = 40 // per cent of the height that the peek takes

	// readingShare is the width below which the reading view does not go to
	// give the list its half, so that lines of text keep their length.
	readingShare = 62
)

// layout divides the screen. It is a pure function of its argument.
func layout(a arrangement) areas {
	out := areas{shape: shapeOf(a.width, a.height)}
	if out.shape == tooSmall {
		return out
	}
	out.header = image.Rect(0, 0, a.width, 1)
	out.footer = image.Rect(0, a.height-1, a.width, a.height)
	body := image.Rect(0, 1, a.width, a.height-1-a.below)
	if out.shape == narrow || a.zen {
		out.one(a.focus, body)
		return out
	}
	side, rest := splitColumns(body, clamp(orDefault(a.side, defaultSide), minSide, a.width/3))
	out.side = side
	switch {
	case out.shape == wide:
		want := orDefault(a.list, max(rest.Dx()*2/5, min(rest.Dx()/2, rest.Dx()-readingShare)))
		out.list, out.reading = splitColumns(rest, clamp(want, minList, rest.Dx()-minReading-1))
	case a.focus == focusReading:
		out.reading = rest
	default:
		out.list, out.reading = splitRows(rest, rest.Dy()*(100-peekShare)/100)
	}
	return out
}

// one gives the whole body to the focused pane.
func (a *areas) one(f focus, body image.Rectangle) {
	switch f {
	case focusSide:
		a.side = body
	case focusReading:
		a.reading = body
	default:
		a.list = body
	}
}

// splitColumns cuts r after w columns and leaves one column for the rule.
func splitColumns(r image.Rectangle, w int) (left, right image.Rectangle) {
	left, right = r, r
	left.Max.X = r.Min.X + w
	right.Min.X = left.Max.X + 1
	return left, right
}

// splitRows cuts r after h rows and leaves one row for the rule.
func splitRows(r image.Rectangle, h int) (top, bottom image.Rectangle) {
	top, bottom = r, r
	top.Max.Y = r.Min.Y + h
	bottom.Min.Y = top.Max.Y + 1
	return top, bottom
}

func clamp(v, lo, hi int) int { return max(lo, min(v, hi)) }

func orDefault(v, def int) int {
	if v == 0 {
		return def
	}
	return v
}
