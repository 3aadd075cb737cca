// Package theme turns a few roles (title, dim, accent, ...) into the escape
// sequences that paint them. It knows about colours and nothing about news.
//
// The terminal's own foreground and background carry almost everything. The
// two colours used were chosen to stay legible (contrast 4.5:1, WCAG 2) on a
// black and on a white ground, so the screen is right before, and without, an
// answer to the background query.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Ground is what is known of the terminal's background.
type Ground int

// Grounds.
const (
	Unknown Ground = iota
	Dark
	Light
)

// Colours is how many colours the terminal can show.
type Colours int

// Colour depths. None keeps bold, dim and reverse, as NO_COLOR asks.
const (
	Many Colours = iota
	Sixteen
	None
)

// Paint wraps text in one style. The zero Paint changes nothing.
type Paint struct{ open, close string }

// On returns s in the paint's style. s must not itself end a style.
func (p Paint) On(s string) string {
	if p.open == "" || s == "" {
		return s
	}
	return p.open + s + p.close
}

// Theme is one paint for each role on the screen. The zero Theme is plain text.
type Theme struct {
	Title   Paint // headline of an unread row, of an article
	Plain   Paint
	Dim     Paint // read rows, second lines, ages
	Accent  Paint // the unread dot, counts, links
	Focus   Paint // the cursor of the focused pane
	Heading Paint // group and day headings
	Bar     Paint // header and footer
	Alarm   Paint // what is wrong
	Mark    Paint // search hits
	Current Paint // the hit that the reader has come to
	Watched Paint // words of watches
	Removed Paint // words that an earlier text had
	Added   Paint // words that it had not
	Select  Paint // the row under the cursor in a focused pane
	Rule    Paint // lines between panes
	Emph    Paint // italic
	Strong  Paint // bold
	Code    Paint

	Struck   Paint // what its publisher has taken back
	Inserted Paint // what its publisher has added or underlined
	Marked   Paint // what its publisher has marked
}

// palette holds the colours of one ground.
type palette struct{ dim, accent, alarm color.Color }

func paletteFor(g Ground, c Colours) palette {
	if c == Sixteen {
		return palette{dim: nil, accent: lipgloss.Color("6"), alarm: lipgloss.Color("1")}
	}
	switch g {
	case Dark:
		return palette{lipgloss.Color("#a0a0a0"), lipgloss.Color("#5fc3d7"), lipgloss.Color("#ff8a70")}
	case Light:
		return palette{lipgloss.Color("#5c5c5c"), lipgloss.Color("#005f7a"), lipgloss.Color("#a32a12")}
	}
	return palette{lipgloss.Color("#767676"), lipgloss.Color("#007f9c"), lipgloss.Color("#cc4c33")}
}

// New builds the theme for a ground and a colour depth.
func New(g Ground, c Colours) Theme {
	base := lipgloss.NewStyle()
	p := paletteFor(g, c)
	dim, accent, alarm := base.Faint(true), base, base.Bold(true)
	if c != None {
		accent, alarm = base.Foreground(p.accent), base.Foreground(p.alarm)
		if p.dim != nil {
			dim = base.Foreground(p.dim)
		}
	}
	return Theme{
		Title:   paint(base.Bold(true)),
		Dim:     paint(dim),
		Accent:  paint(accent),
		Focus:   paint(accent.Bold(true)),
		Heading: paint(dim.Bold(true)),
		Bar:     paint(dim),
		Alarm:   paint(alarm),
		Mark:    paint(base.Reverse(true)),
		Current: paint(accent.Reverse(true).Bold(true).Underline(true)),
		Watched: paint(base.Underline(true)),
		Removed: paint(dim.Strikethrough(true)),
		Added:   paint(base.Bold(true).Underline(true)),
		Select:  paint(accent.Bold(true)),
		Rule:    paint(dim),
		Emph:    paint(base.Italic(true)),
		Strong:  paint(base.Bold(true)),
		Code:    paint(accent),

		Struck:   paint(base.Strikethrough(true)),
		Inserted: paint(base.Underline(true)),
		Marked:   paint(base.Bold(true).Underline(true)),
	}
}

// paint asks Lip Gloss for the sequences of a style, once, so that rows drawn
// on every key cost a concatenation each.
func paint(s lipgloss.Style) Paint {
	open, end, found := strings.Cut(s.Render("x"), "x")
	if !found {
		return Paint{}
	}
	return Paint{open, end}
}
