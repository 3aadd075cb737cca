package text

import "strings"

// LineRuns is the package function LineRuns with s's settings.
func (s Setter) LineRuns(runs []Run, width int, dir Dir) []Segment {
	if width <= 0 {
		return nil
	}
	dir = s.direction(runs, dir)
	c := s.compose()
	defer c.release()
	for _, run := range runs {
		if !c.add(run.Text.String(), run.Style, width) {
			c.cut(width)
			break
		}
	}
	c.order(dir)
	var p printer
	w := p.line(c, 0, len(c.cells))
	if w < width && dir == RTL {
		p.segments = append([]Segment{{Text: pad(width - w)}}, p.segments...)
	} else if w < width {
		p.segments = append(p.segments, Segment{Text: pad(width - w)})
	}
	return p.segments
}

// direction settles what Auto means for runs.
func (s Setter) direction(runs []Run, dir Dir) Dir {
	switch {
	case s.Bidi == Off:
		return LTR
	case dir == Auto:
		return DirectionRuns(runs...)
	}
	return dir
}

// printer makes segments of a composer's cells.
type printer struct {
	segments []Segment
	style    int
	b        strings.Builder
}

// line prints the cells from to to and returns their width.
func (p *printer) line(c *composer, from, to int) int {
	w := c.print(&p.b, from, to, func(style int) {
		p.flush()
		p.style = style
	})
	p.flush()
	return w
}

func (p *printer) flush() {
	if p.b.Len() > 0 {
		p.segments = append(p.segments, Segment{p.b.String(), p.style})
		p.b.Reset()
	}
}
