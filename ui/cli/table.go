package cli

import (
	"strings"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// table prints rows of cells: with tabs into a pipe, in the order that they were
// typed; to a terminal in columns, each cell in visual order. The last column is
// never padded or cut. A column of a terminal is at most widest cells wide.
type table struct {
	a    *app
	set  text.Setter
	rows [][]safe.Text
}

const widest = 60

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
func (t *table) end() {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(widest, t.set.Width(cell)))
		}
	}
	for _, row := range t.rows {
		for i, cell := range row {
			last := i == len(row)-1
			limit := widths[i]
			if last {
				limit = t.set.Width(cell)
			}
			fitted, w := t.set.Fit(cell, limit)
			t.a.out.WriteString(fitted)
			if !last {
				t.a.out.WriteString(strings.Repeat(" ", widths[i]-w+2))
			}
		}
		t.a.out.WriteByte('\n')
	}
}
