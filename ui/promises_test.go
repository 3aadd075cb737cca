package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/store"
)

func TestPromisesAreKeptOnce(t *testing.T) {
	var p promises
	var written []string
	write := func(s string) func() error {
		return p.give(func() error { written = append(written, s); return errors.New(s) })
	}
	first, _, third := write("a"), write("b"), write("c")
	if err := first(); err == nil || err.Error() != "a" {
		t.Errorf("the write says %v", err)
	}
	p.keep()
	p.keep()
	if err := third(); err == nil || err.Error() != "c" {
		t.Errorf("a write that was kept says %v", err)
	}
	if got := len(written); got != 3 || written[1] != "b" || written[2] != "c" {
		t.Errorf("written %v", written)
	}
	if len(p.open) != 0 {
		t.Errorf("%d promises are open", len(p.open))
	}
}

// U12: a mark that was shown is stored, even if the program ends before its
// command ran.
func TestAMarkThatWasShownIsStored(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<p>Text</p>", ago: time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 80, 24)
	ctx, stop := context.WithCancel(context.Background())
	d.m.do.ctx = ctx
	lost := d.m.toggleStar() // the key was pressed, its command does not run
	stop()
	d.m.do.promises.keep()
	rows, err := s.List(context.Background(), d.m.list.scope, store.Window{Limit: 1})
	if err != nil || len(rows) != 1 || !rows[0].Starred {
		t.Fatalf("the star is lost: %+v, %v", rows, err)
	}
	if r := lost().(markedMsg); r.err != nil {
		t.Errorf("the command says %v", r.err)
	}
}

// Marks are written in the order of the keys, whichever command runs first.
func TestMarksKeepTheirOrder(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<p>Text</p>", ago: time.Hour, briefings: []string{"iraq"}})
	starred := func() bool {
		t.Helper()
		rows, err := s.List(context.Background(), store.Scope{}, store.Window{Limit: 1})
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		return rows[0].Starred
	}
	for keys, want := range map[string]bool{"s s": false, "s s s": true, "s u": false, "s s u": true} {
		d := start(t, s, 80, 24)
		if starred() {
			d.press("s")
		}
		var cmds []tea.Cmd
		for k := range strings.FieldsSeq(keys) {
			_, cmd := d.m.Update(keyPress(k))
			cmds = append(cmds, cmd)
		}
		for i := len(cmds) - 1; i >= 0; i-- {
			d.do(cmds[i])
		}
		if starred() != want {
			t.Errorf("%s: starred %v", keys, !want)
		}
	}
}
