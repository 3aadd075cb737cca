package ui

import (
	"testing"
	"time"

	"charm.land/bubbletea/v2"
)

// Going back to an article shows it in the same frame, as long as nothing that it
// depends on has changed.
func TestKeptPages(t *testing.T) {
	s, _ := newStore(t,
		sample{title: "First report", body: "<p>One</p>", ago: time.Hour, briefings: []string{"iraq"}},
		sample{title: "Second report", body: "<p>Two</p>", ago: 2 * time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 140, 30)
	d.press("enter J")
	second := d.m.reading.shown
	d.m.Update(keyPress("K")) // what it asks for is never done
	if o := d.m.reading.shown; o == second || o.article.Title != "First report" {
		t.Fatalf("%q is shown in the frame of K", o.article.Title)
	}
	d.press("J")
	if d.m.reading.shown != second {
		t.Error("the second article has been laid out again")
	}
	for name, change := range map[string]func(){
		"width":   func() { d.send(tea.WindowSizeMsg{Width: 150, Height: 30}) },
		"measure": func() { d.do(d.m.setMeasure(30)) },
		"minute":  func() { d.now = d.now.Add(time.Minute) },
		"colours": func() { d.send(tea.BackgroundColorMsg{}) },
	} {
		d.press("K J")
		before := d.m.reading.shown
		d.press("K")
		change()
		d.press("J")
		if d.m.reading.shown == before {
			t.Errorf("the article is as before although the %s changed", name)
		}
	}
}

// A text that has changed in the store takes the place of the kept one.
func TestKeptPageIsCompared(t *testing.T) {
	first := sample{title: "First report", body: "<p>One</p>", ago: time.Hour, briefings: []string{"iraq"}, link: "https://wire.example/first"}
	second := sample{title: "Second report", body: "<p>Two</p>", ago: 2 * time.Hour, briefings: []string{"iraq"}, link: "https://wire.example/second"}
	s, feed := newStore(t, first, second)
	d := start(t, s, 140, 30)
	d.press("enter J")
	first.body = "<p>One, corrected</p>"
	save(t, s, feed, []sample{second, first})
	d.press("K")
	d.sees("One, corrected")
}

func TestKeptPagesAreFew(t *testing.T) {
	var k kept
	for i := range 100 {
		k.keep(&laidOut{key: layoutKey{width: i}, lines: make([]string, 10)})
	}
	if len(k.pages) != keptPages || k.find(layoutKey{width: 99}) == nil || k.find(layoutKey{width: 10}) != nil {
		t.Errorf("%d pages are kept", len(k.pages))
	}
	k.keep(&laidOut{key: layoutKey{width: 200}, lines: make([]string, keptLines)})
	k.keep(&laidOut{key: layoutKey{width: 201}, lines: make([]string, 10)})
	if len(k.pages) != 1 {
		t.Errorf("%d pages are kept beside one of %d lines", len(k.pages), keptLines)
	}
}
