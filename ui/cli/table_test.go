package cli

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// TestTableFitsTheTerminal: text that stands in visual order must not be broken
// by the terminal; only an address, in logical order, may be longer than a line.
func TestTableFitsTheTerminal(t *testing.T) {
	for _, room := range []int{40, 60, 80, 120} {
		var b bytes.Buffer
		a := &app{out: bufio.NewWriter(&b)}
		tab := a.table(text.Setter{})
		for _, title := range []string{"وزارة النفط: 3.4 مليون برميل يوميا في نوفمبر", "Oil", strings.Repeat("long ", 30), "日本語の見出し：原油価格、5%上昇「ロイター」"} {
			tab.rows = append(tab.rows, []safe.Text{safe.New("2026-11-26 11:10"), safe.New("وكالة الأنباء (Mixed)"), safe.New(title), safe.New("https://x.example/عربي")})
		}
		tab.print(room)
		a.out.Flush()
		for _, line := range strings.Split(b.String(), "\n") {
			if w := ansi.StringWidth(line); w > room || line != strings.TrimRight(line, " ") {
				t.Errorf("%d cells: %q is %d wide", room, line, w)
			}
		}
		if n := strings.Count(b.String(), "https://x.example/عربي\n"); n != 4 {
			t.Errorf("%d cells: %d of 4 addresses are whole:\n%s", room, n, b.String())
		}
	}
}

// TestNoIsolateInTheFirstColumn: a terminal that orders text drops it there.
func TestNoIsolateInTheFirstColumn(t *testing.T) {
	var b bytes.Buffer
	a := &app{out: bufio.NewWriter(&b)}
	tab := a.table(text.Setter{Bidi: text.Terminal})
	tab.rows = [][]safe.Text{{safe.New("نفط"), safe.New("oil")}, {safe.New("Gas"), safe.New("gas")}}
	tab.print(40)
	a.out.Flush()
	if want := " \u2067نفط\u2069  oil\n Gas  gas\n"; b.String() != want {
		t.Errorf("printed %q, want %q", b.String(), want)
	}
}
