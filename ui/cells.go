package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// cells is the width of a line that is drawn already, styles and all.
func cells(s string) int { return ansi.StringWidth(s) }

// isolate keeps foreign words in a sentence of ours from turning round what
// stands beside them (UAX #9, FSI and PDI).
func isolate(s string) string { return "\u2068" + safe.New(s).String() + "\u2069" }

// isolatePath is isolate for a path: it reads from left to right whatever its names
// are written in (LRI and PDI).
func isolatePath(s string) string { return "\u2066" + s + "\u2069" }

// alignLine joins the segments of a wrapped line, at the right when it reads
// from right to left.
func alignLine(l []text.Segment, width int, d text.Dir) string {
	var b strings.Builder
	n := 0
	for _, s := range l {
		b.WriteString(s.Text)
		n += cells(s.Text)
	}
	if d == text.RTL && n < width {
		return strings.Repeat(" ", width-n) + b.String()
	}
	return b.String()
}

// fill pads a drawn line with spaces to width cells.
func fill(s string, width int) string {
	if n := width - cells(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

func blankCells(n int) string { return strings.Repeat(" ", max(0, n)) }

// indentFor is what stands before the lines of a column in a pane.
func indentFor(width, column int) string { return blankCells(min(2, width-column)) }
