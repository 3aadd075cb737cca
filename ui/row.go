package ui

import (
	"strings"
	"time"

	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// signs are the marks of a row and the lines of the screen; ASCII terminals
// get stand-ins. The grammar of a row is in the README.
type signs struct {
	cursor, otherCursor      string
	unread, changed          string
	fullText, paywall, star  string
	vertical, horizontal     string
	cross, ellipsis, arrowUp string
	box, ticked              string
	dot                      string // between the parts of a line
}

// plain writes a line of ours with the signs that the terminal has.
func (s signs) plain(line string) string {
	if s.dot == "·" {
		return line
	}
	return strings.ReplaceAll(line, "·", s.dot)
}

func signsFor(ascii bool) signs {
	if ascii {
		return signs{">", "|", "*", "~", "#", "$", "s", "|", "-", "+", "...", "^", "[ ]", "[x]", "-"}
	}
	return signs{"▌", "▏", "●", "~", "¶", "$", "★", "│", "─", "┼", "…", "↑", "☐", "☑", "·"}
}

// rowStyle is what drawing a row needs beside the row itself.
type rowStyle struct {
	theme   theme.Theme
	signs   signs
	text    text.Setter
	now     time.Time
	zone    *time.Location
	width   int
	tall    bool // two lines a row
	focused bool // the list has the focus
}

const (
	leadCells = 3 // cursor, mark, space
	ageCells  = 5 // space, then the age at the right edge and a space
)

// drawRow draws one article: one line, or two when the style is tall, each
// exactly style.width cells.
func drawRow(r store.Row, at bool, st rowStyle) []string {
	title := max(1, st.width-leadCells-ageCells)
	source := 0
	if !st.tall && st.width >= 64 {
		source = min(22, st.width/4)
		title -= source + 1
	}
	paint := st.theme.Plain
	switch {
	case at && st.focused:
		paint = st.theme.Strong
	case r.Read:
		paint = st.theme.Dim
	}
	var b strings.Builder
	b.WriteString(lead(r, at, st))
	b.WriteString(paint.On(st.text.Line(safe.New(r.Title), title, text.Auto)))
	if source > 0 {
		b.WriteString(" " + st.theme.Dim.On(sourceCells(r, source, st)))
	}
	b.WriteString(st.theme.Dim.On(padLeft(age(st.now, r.At), ageCells-1) + " "))
	if !st.tall {
		return []string{b.String()}
	}
	return []string{b.String(), secondLine(r, at, st)}
}

// lead is the cursor and the mark of a row.
func lead(r store.Row, at bool, st rowStyle) string {
	mark := " "
	switch {
	case r.Updated:
		mark = st.theme.Accent.On(st.signs.changed)
	case !r.Read:
		mark = st.theme.Accent.On(st.signs.unread)
	}
	return cursorCell(at, st) + mark + " "
}

func cursorCell(at bool, st rowStyle) string {
	switch {
	case at && st.focused:
		return st.theme.Focus.On(st.signs.cursor)
	case at:
		return st.theme.Dim.On(st.signs.otherCursor)
	}
	return " "
}

// sourceCells is the outlet with the signs that follow it, in width cells. A
// long name is cut, the signs never are; a name that reads from right to left
// keeps its place and leaves the signs theirs.
func sourceCells(r store.Row, width int, st rowStyle) string {
	after := ""
	for _, x := range []struct {
		on   bool
		sign string
	}{{r.FullText, st.signs.fullText}, {r.Paywall, st.signs.paywall}, {r.Starred, st.signs.star}} {
		if x.on {
			after += " " + x.sign
		}
	}
	name, _ := st.text.Fit(safe.New(r.Source), max(1, width-text.Width(safe.New(after))))
	return fill(name+after, width)
}

// secondLine is the source with its signs, or the snippet of a search hit, and
// the language under the age.
func secondLine(r store.Row, at bool, st rowStyle) string {
	short, _ := st.text.Fit(safe.New(r.Lang), ageCells-2)
	lang := padLeft(short, ageCells-1) + " "
	body := max(1, st.width-leadCells-ageCells)
	gutter := cursorCell(at, st) + "  "
	if r.Snippet == "" {
		return gutter + st.theme.Dim.On(sourceCells(r, body, st)+lang)
	}
	return gutter + drawSnippet(r, body, st) + st.theme.Dim.On(lang)
}

// drawSnippet draws the words around a hit, with the hit marked, in width cells.
func drawSnippet(r store.Row, width int, st rowStyle) string {
	var runs []text.Run
	from := snippetStart(r, width)
	if from > 0 {
		runs = append(runs, text.Run{Text: safe.New(st.signs.ellipsis)})
	}
	part := func(from, to int) safe.Text {
		return safe.New(strings.ReplaceAll(r.Snippet[from:to], "…", st.signs.ellipsis))
	}
	for _, m := range r.Marks {
		if m[0] < from || m[1] > len(r.Snippet) {
			continue
		}
		runs = append(runs, text.Run{Text: part(from, m[0])}, text.Run{Text: part(m[0], m[1]), Style: 1})
		from = m[1]
	}
	runs = append(runs, text.Run{Text: part(from, len(r.Snippet))})
	var b strings.Builder
	for _, s := range st.text.LineRuns(runs, width, text.Auto) {
		if s.Style == 1 {
			b.WriteString(st.theme.Mark.On(s.Text))
		} else {
			b.WriteString(st.theme.Dim.On(s.Text))
		}
	}
	return b.String()
}

// snippetStart is where to begin a snippet so that its first hit fits into width
// cells: its start when it does, else a word soon before the hit.
func snippetStart(r store.Row, width int) int {
	if len(r.Marks) == 0 || r.Marks[0][1] > len(r.Snippet) || text.Width(safe.New(r.Snippet[:r.Marks[0][1]])) < width {
		return 0
	}
	from, hit := 0, r.Marks[0][0]
	for i, c := range r.Snippet[:hit] {
		if c == ' ' && (from == 0 || text.Width(safe.New(r.Snippet[i:hit])) > width/3) {
			from = i + 1
		}
	}
	return from
}

func padLeft(s string, width int) string {
	if n := width - text.Width(safe.New(s)); n > 0 {
		return strings.Repeat(" ", n) + s
	}
	return s
}
