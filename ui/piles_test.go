//go:build !race

// Without the race detector, under which everything takes ten times as long.

package ui

import (
	"strings"
	"testing"
	"time"
)

// U6: a million combining marks and a chain of 300,000 joiners make a row of one
// line, drawn within a tenth of a second.
func TestPilesOfMarksStayInTheirRow(t *testing.T) {
	marks := "a" + strings.Repeat("\u0301", 1_000_000) + "b"
	chain := "👨" + strings.Repeat("\u200d👩", 300_000)
	s, _ := newStore(t,
		sample{title: marks, body: "<p>" + marks + "</p>", ago: time.Hour, briefings: []string{"iraq"}},
		sample{title: chain, body: "<p>" + chain + "</p>", ago: 2 * time.Hour, briefings: []string{"iraq"}},
		sample{title: "ב" + strings.Repeat("\u05b8", 100_000), ago: 3 * time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 150, 24)
	best := time.Hour // the machine may have other things to do
	for range 10 {
		began := time.Now()
		d.m.View()
		best = min(best, time.Since(began))
	}
	if best > 100*time.Millisecond {
		t.Errorf("a frame takes %v", best)
	}
	d.exact()
	d.press("enter J")
	d.exact()
	for _, line := range d.lines() {
		if len(line) > 150*4*10 {
			t.Errorf("a line of %d bytes is sent", len(line))
		}
	}
}
