package ui

import (
	"slices"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
)

// twoLong opens the first of two articles that come in pieces.
func twoLong(t *testing.T) *driver {
	t.Helper()
	s, _ := newStore(t,
		sample{title: "First long", body: report(600_000, sentenceEnglish), ago: time.Hour, briefings: iraq},
		sample{title: "Second long", body: report(600_000, sentenceEnglish), ago: 2 * time.Hour, briefings: iraq},
		sample{title: "Short", body: "<p>One</p>", ago: 3 * time.Hour, briefings: iraq})
	return start(t, s, 140, 30)
}

// begun shows the first article as it was before its second piece came, with that
// piece on its way.
func (d *driver) begun() (late tea.Cmd) {
	d.t.Helper()
	d.press("enter")
	laid, err := d.m.do.page(d.m.reading.want, d.m.pageRequest())
	if err != nil || laid.rest == nil {
		d.t.Fatalf("the article comes whole: %v", err)
	}
	_, late = d.m.Update(articleMsg{gen: d.m.reading.gen, laid: laid})
	return late
}

// An article that is asked for anew while a piece is on its way becomes whole all
// the same.
func TestPieceOutlivesANewRequest(t *testing.T) {
	for name, leave := range map[string]func(d *driver){
		"the store changed":   func(d *driver) { d.m.reading.stale = true; d.m.showArticle() },
		"a short one between": func(d *driver) { d.m.Update(keyPress("J")); d.m.Update(keyPress("J")) },
	} {
		d := twoLong(t)
		late := d.begun()
		leave(d)
		back := d.m.showArticle
		if d.m.reading.want != d.m.list.rows[0].ID {
			d.m.Update(keyPress("K"))
			back = func() tea.Cmd { _, cmd := d.m.Update(keyPress("K")); return cmd }
		}
		d.do(late)
		d.do(back())
		if o := d.m.reading.shown; o.article.Title != "First long" || o.rest != nil {
			t.Errorf("%s: of %q share %.2f is laid out", name, o.article.Title, o.share)
		}
	}
}

// An article that is left and shown again while a piece of it is being laid out is
// laid out once. The race detector watches this one.
func TestPieceIsLaidOutOnce(t *testing.T) {
	d := twoLong(t)
	late := d.begun()
	first := d.m.reading.shown
	done := make(chan tea.Msg)
	go func() { done <- late() }()
	d.press("ctrl+f J K")
	d.send(<-done)
	whole, _ := allPieces(first)
	if got := d.m.reading.shown; got.rest != nil || !slices.Equal(got.lines, whole.lines) {
		t.Errorf("%q has %d lines, want %d", got.article.Title, len(got.lines), len(whole.lines))
	}
}
