package ui

import (
	"strings"
	"testing"
	"time"
)

// A search result opens at what it was found by, and what the reader has scrolled
// since stays.
func TestAHitOpensAtItsMatch(t *testing.T) {
	far := sample{title: "Long report", lang: "en", ago: time.Minute, briefings: iraq,
		body: strings.Repeat("<p>The ministry of transport said that work would go on.</p>", 60) + "<p>A lighthouse stands there.</p><p>End.</p>"}
	s, _ := newStore(t, far, sample{title: "Short", lang: "en", ago: time.Hour, briefings: iraq, body: "<p>The lighthouse of Faw.</p>"})
	for _, size := range [][2]int{{140, 20}, {100, 20}, {60, 14}} {
		d := start(t, s, size[0], size[1])
		d.press("g /")
		d.write("lighthouse")
		d.press("enter enter")
		d.sees("A lighthouse stands there.")
		d.sees("space on") // its keys, not the list's
		if strings.Contains(d.screen(), "enter read") {
			t.Fatalf("%v: the footer offers to open what is open:\n%s", size, d.screen())
		}
		d.press("k k k k k k k k k k k k k k k k k k k k k k")
		at := d.m.reading.offset
		d.press("x x") // whatever redraws it
		if d.m.reading.offset != at {
			t.Fatalf("%v: the view moved from %d to %d", size, at, d.m.reading.offset)
		}
		d.press("esc")
		d.press("Q")
	}
}

// A fresh start has room for its list also on the smallest screen.
func TestChooserShowsItsList(t *testing.T) {
	s, _ := emptyStore(t)
	for _, size := range [][2]int{{40, 12}, {60, 14}, {80, 24}} {
		d := start(t, s, size[0], size[1])
		d.sees("☑ Iraq", "☐ Gulf")
	}
}
