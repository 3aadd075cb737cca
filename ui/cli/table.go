package cli

import (
	"slices"
	"strings"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// table prints rows of cells: with tabs into a pipe, in the order that they were
// typed; to a terminal in columns, each cell in visual order. The last column is
// never padded or cut: where it does not fit beside the others it has a line of
// its own. A column of a terminal is at most widest cells wide.
type table struct {
	a    *app
	set  text.Setter
	rows [][]safe.Text
}

const (
	widest   = 60
	narrowed = 12 // no column is made narrower to fit
	gap      = 2
)

func (a *app) table(set text.Setter) *table { return &table{a: a, set: set} }

func (t *table) row(cells ...string) {
	if !isTerminal(t.a.stdout) {
		t.a.line(cells...)
		return
	}
	row := make([]safe.Text, len(cells))
	for i, cell := range cells {
		row[i] = safe.New(cell)
	}
	t.rows = append(t.rows, row)
}

// end prints what a terminal gets; it is called once.
func (t *table) end() { t.print(width(t.a.stdout, 80)) }

// print sets the rows for a terminal of room cells.
func (t *table) print(room int) {
	margin := ""
	for _, row := range t.rows {
		if first, _ := t.set.Fit(row[0], widest); beginsWithIsolate(first) {
			margin = " "
		}
	}
	room -= len(margin)
	widths, taken := t.widths(room)
	for _, row := range t.rows {
		last := len(row) - 1
		t.a.out.WriteString(margin)
		for i, cell := range row[:last] {
			fitted, w := t.set.Fit(cell, widths[i])
			t.a.out.WriteString(fitted)
			if i < last-1 || taken+t.set.Width(row[last]) <= room {
				t.a.out.WriteString(strings.Repeat(" ", widths[i]-w+gap))
			}
		}
		if taken+t.set.Width(row[last]) > room && last > 0 {
			t.a.out.WriteString("\n" + strings.Repeat(" ", gap))
		}
		t.a.out.WriteString(t.whole(row[last]))
		t.a.out.WriteByte('\n')
	}
}

// whole sets a cell that is not cut. An address stays as it is, so that it can be
// copied.
func (t *table) whole(cell safe.Text) string {
	if strings.HasPrefix(cell.String(), "http") {
		return cell.String()
	}
	fitted, _ := t.set.Fit(cell, t.set.Width(cell))
	return fitted
}

// widths are those of the columns but the last, and taken what they need with
// the gaps behind them: at most room, if narrowing the widest gets them there.
func (t *table) widths(room int) (widths []int, taken int) {
	for _, row := range t.rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
				taken += gap
			}
			if w := min(widest, t.set.Width(cell)); w > widths[i] {
				widths[i], taken = w, taken+w-widths[i]
			}
		}
	}
	for taken-gap > room && len(widths) > 0 {
		i := slices.Index(widths, slices.Max(widths))
		if widths[i] <= narrowed {
			break
		}
		over := min(taken-gap-room, widths[i]-narrowed)
		widths[i], taken = widths[i]-over, taken-over
	}
	return widths, taken
}
