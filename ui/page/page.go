// Package page lays a Document out for a width: lines of styled segments, the
// numbered links they refer to, and where the headings are. It knows styles by
// name only; colours are the theme's. It never fetches what it refers to.
package page

import (
	"math"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// DefaultMeasure is the widest comfortable line, in cells.
const DefaultMeasure = 72

// Options say what to lay out for.
type Options struct {
	Width   int // of the pane, in cells
	Measure int // the widest line of text; 0 is DefaultMeasure
	Text    text.Setter
	ASCII   bool // no characters beyond ASCII of our own
	// Hits, if set, returns the byte ranges of a text that carry the style
	// Hit: what is looked for. See Style.Match.
	Hits func(s string) [][2]int
	// Watched is the same for the style Watched: the words of watches.
	Watched func(s string) [][2]int
	// Matches is how many matches stand before the document, in its headline.
	Matches int
	// Lines is the most lines of a page, 0 for no limit.
	Lines int
}

// Style is the set of marks that a segment carries in its Style field, and the
// number of the link that it belongs to.
type Style int

// Styles. Plain is the absence of all.
const (
	Bold Style = 1 << iota
	Italic
	Code
	Strike
	Heading
	Quote   // text in a quote, and its bar
	Anchor  // the text of a link
	LinkRef // the number of a link
	Dim     // furniture of ours: bars, bullets, slots
	Hit
	Watched
	Removed  // from an earlier text
	Added    // since an earlier text
	Inserted // by its publisher, where a text was changed
	Marked   // by its publisher

	Plain Style = 0
)

// linkShift is where the number of a link stands in a Style, above that of a
// match.
const linkShift = 40

// maxLinks is how many links of a page have numbers.
const maxLinks = 1 << 15

// Link returns the number of the link that a segment is part of, 0 for none.
func (s Style) Link() int { return int(s) >> linkShift }

func (s Style) of(link int) Style { return s | Style(link)<<linkShift }

// Line is a laid out line of at most the width asked for, in visual order.
type Line []text.Segment

// Link is what a number in the text refers to: an address, or a place in the
// text itself.
type Link struct {
	Number int       // counted from 1
	URL    string    // "" for a place in the text
	Name   string    // of the Place that it leads to
	Text   safe.Text // what the link says where it first occurs
	Claim  safe.Text // the host that one of its texts names and it does not lead to
	Login  safe.Text // the user name that was taken out of the address
}

// Deceives reports whether the link seems to lead elsewhere than it does.
func (l Link) Deceives() bool { return !l.Claim.IsEmpty() || !l.Login.IsEmpty() }

// Place is where a link within the text leads.
type Place struct {
	Name string
	Line int
}

// Page is a laid out document. Its slices only grow, so that the lines laid out
// so far may be shown while more are added elsewhere.
type Page struct {
	Lines    []Line
	Source   []int // for each line the index of the document's block that it is from
	Links    []Link
	Headings []int // the indices of lines that start a heading
	Places   []Place
	Passages []Passage
	Cut      bool // there was more than Options.Lines
}

// Layout lays d out. Equal input gives equal pages.
func Layout(d *document.Document, o Options) *Page {
	l := Begin(d, o)
	for l.More(math.MaxInt) {
	}
	return l.Page()
}

// signs are the characters that we draw ourselves.
type signs struct {
	bar, bullet, rule, column, crossing, continued, from string
}

var (
	unicodeSigns = signs{bar: "│", bullet: "•", rule: "─", column: " │ ", crossing: "─┼─", continued: "↪ ", from: "— "}
	asciiSigns   = signs{bar: "|", bullet: "*", rule: "-", column: " | ", crossing: "-+-", continued: "\\ ", from: "- "}
)

// frame is the room that blocks have: what stands before and behind each line,
// and the width between. Furniture stands where lines of the container start,
// so that of right-to-left text is on the right.
type frame struct {
	width       int
	left, right []text.Segment
	// firstLeft and firstRight stand in their place on the first line: the
	// mark of a list item.
	firstLeft, firstRight []text.Segment
	marked                bool // the first line is still to come
}

// minWidth is the width below which nothing is indented any further.
const minWidth = 12

// indent returns f with furniture of equal width before its lines: first on
// the first line and rest on the others.
func (f *frame) indent(first, rest text.Segment, rtl bool) frame {
	w := text.Width(safe.New(rest.Text))
	if f.width-w < minWidth {
		return *f
	}
	in := frame{width: f.width - w, left: f.left, right: f.right, firstLeft: f.left, firstRight: f.right, marked: true}
	if f.marked {
		in.firstLeft, in.firstRight = f.firstLeft, f.firstRight
		f.marked = false
	}
	if rtl {
		in.right = prepend(rest, in.right)
		in.firstRight = prepend(first, in.firstRight)
	} else {
		in.left = appended(in.left, rest)
		in.firstLeft = appended(in.firstLeft, first)
	}
	return in
}

func prepend(s text.Segment, to []text.Segment) []text.Segment {
	return append([]text.Segment{s}, to...)
}

func appended(to []text.Segment, s text.Segment) []text.Segment {
	return append(append([]text.Segment{}, to...), s)
}

// put adds one line within f, aligned for its direction.
func (l *layouter) put(f *frame, line []text.Segment, dir text.Dir) {
	if l.o.Lines > 0 && len(l.page.Lines) >= l.o.Lines {
		l.page.Cut = true
		return
	}
	left, right := f.left, f.right
	if f.marked {
		left, right, f.marked = f.firstLeft, f.firstRight, false
	}
	if len(left) == 0 && len(right) == 0 && dir != text.RTL {
		l.page.Lines = append(l.page.Lines, line)
		return
	}
	full := make(Line, 0, len(left)+len(line)+len(right)+2)
	full = append(full, left...)
	room := f.width - width(line)
	if dir == text.RTL && room > 0 && len(line) > 0 {
		full = append(full, text.Segment{Text: blank(room)})
		room = 0
	}
	full = append(full, line...)
	if len(right) > 0 {
		if room > 0 {
			full = append(full, text.Segment{Text: blank(room)})
		}
		full = append(full, right...)
	}
	l.page.Lines = append(l.page.Lines, full)
}
