package ui

import (
	"fmt"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/store"
)

// manyArticles is a store with n articles, a minute apart.
func manyArticles(t *testing.T, n int) *store.Store {
	t.Helper()
	s, feed := newStore(t)
	const batch = 150
	for from := 0; from < n; from += batch {
		var some []sample
		for i := from; i < min(n, from+batch); i++ {
			some = append(some, sample{title: fmt.Sprintf("Report %d", i), lang: "en", ago: time.Duration(n-i) * time.Minute,
				briefings: iraq, link: fmt.Sprintf("https://wire.example/r%d", i)})
		}
		save(t, s, feed, some)
	}
	return s
}

func (d *driver) wheel(n int, x, y int) {
	button := tea.MouseWheelDown
	if n < 0 {
		button, n = tea.MouseWheelUp, -n
	}
	for range n {
		d.send(tea.MouseWheelMsg{X: x, Y: y, Button: button})
	}
}

func TestTheWheelReachesTheEndOfTheList(t *testing.T) {
	d := start(t, manyArticles(t, 450), 140, 30)
	before := d.m.currentID()
	d.wheel(200, 40, 10)
	d.sees("Report 0 ")
	if d.m.currentID() != before {
		t.Fatal("the wheel moved the cursor")
	}
	if line := d.lines()[28]; line[:3] == "   " && len(line) == 140 {
		t.Fatalf("the wheel went past the last row:\n%s", d.screen())
	}
	d.wheel(-200, 40, 10)
	d.sees("Report 449", "450 unread")
	d.press("j")
	d.sees("article 2 of 450")
}

func TestMarksOfAllLoadedRowsAreFresh(t *testing.T) {
	d := start(t, manyArticles(t, 450), 140, 30)
	d.press("3 9 0 j g")
	d.press("A")
	for i, r := range d.m.list.rows {
		if !r.Read {
			t.Fatalf("row %d of %d is still unread on screen", i, len(d.m.list.rows))
		}
	}
}

func TestClickSelectsAndOpens(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30)
	d.send(tea.MouseClickMsg{X: 30, Y: 4, Button: tea.MouseLeft})
	d.sees("article 2 of 3", "3 unread")
	d.send(tea.MouseClickMsg{X: 30, Y: 5, Button: tea.MouseLeft})
	d.focused(focusReading)
	d.sees("2 unread")
	d.send(tea.MouseClickMsg{X: 3, Y: 3, Button: tea.MouseLeft})
	d.focused(focusSide)
	if d.m.list.title != "Iraq" {
		t.Fatalf("a click does not open the briefing:\n%s", d.screen())
	}
}
