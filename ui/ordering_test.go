package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"sitrep/ui/text"
)

func asking(o *Options) {
	o.AskBidi = true
	o.Getenv = func(name string) string {
		if name == "TERM" {
			return "tmux-256color"
		}
		return ""
	}
}

var (
	latin  = sample{title: "Oil exports resume", body: "<p>Text</p>", ago: time.Hour, briefings: []string{"iraq"}}
	hebrew = sample{title: "שלום עולם", body: "<p>שלום עולם</p>", ago: 2 * time.Hour, briefings: []string{"iraq"}}
)

// The question comes with the first right-to-left headline, shows it both ways,
// and leaves every key but its own alone.
func TestTheFirstRightToLeftHeadlineAsksWhoOrders(t *testing.T) {
	s, _ := newStore(t, latin, hebrew)
	for _, size := range [][2]int{{40, 12}, {80, 24}, {100, 30}, {150, 40}} {
		d := start(t, s, size[0], size[1], asking)
		d.exact()
		d.sees("as it should?", " 1 ", "םלוע םולש", " 2 ", "\u2067שלום עולם\u2069", "1 or 2 answers")
		d.press("j")
		if r, _ := d.m.list.current(); r.Title != hebrew.title {
			t.Errorf("at %v the question swallowed j; the cursor is on %q", size, r.Title)
		}
		d.press("?")
		d.seesNot("as it should?")
		d.press("esc")
		d.sees("as it should?")
		d.press("esc g r")
		d.seesNot("as it should?")
		d.exact()
	}
}

func TestTheAnswerWhoOrdersIsKept(t *testing.T) {
	s, _ := newStore(t, hebrew)
	getenv := func(o *Options) func(string) string { asking(o); return o.Getenv }(&Options{})
	for _, c := range []struct {
		key, said, shown, sent string
		want                   text.Mode
	}{
		{"2", "by the terminal here", "\u2067שלום עולם\u2069", implicitOrder, text.Terminal},
		{"1", "by sitrep here", "םלוע םולש", "", text.App},
	} {
		d := start(t, s, 80, 24, asking)
		d.press(c.key)
		d.sees(c.said, c.shown)
		d.seesNot("as it should?")
		if c.sent != "" && (len(d.raw) == 0 || d.raw[0] != c.sent) {
			t.Errorf("key %s sent %q, want %q first", c.key, d.raw, c.sent)
		}
		if got, ok := Ordering(context.Background(), s, getenv); !ok || got != c.want {
			t.Errorf("key %s: kept %v, %v", c.key, got, ok)
		}
		if _, ok := Ordering(context.Background(), s, func(string) string { return "xterm" }); ok {
			t.Error("the answer holds for another terminal too")
		}
	}
}

// An open article is laid out anew, and keeps its place.
func TestTheAnswerReachesTheOpenArticle(t *testing.T) {
	s, _ := newStore(t, hebrew)
	d := start(t, s, 80, 24, asking)
	d.press("enter")
	d.sees("םלוע םולש", "as it should?")
	d.press("2")
	d.focused(focusReading)
	if n := strings.Count(d.screen(), "\u2067שלום עולם\u2069"); n != 2 {
		t.Errorf("title and text are isolated %d times, want 2:\n%s", n, d.screen())
	}
}

func TestWhoOrdersIsNotAskedUnasked(t *testing.T) {
	s, _ := newStore(t, latin)
	start(t, s, 80, 24, asking).seesNot("as it should?")
	s, _ = newStore(t, hebrew)
	start(t, s, 80, 24).seesNot("as it should?")
}

// :bidi asks at any time, also where nothing reads from right to left, and says
// so when the settings file will have its way again.
func TestThePaletteAsksWhoOrders(t *testing.T) {
	s, _ := newStore(t, latin)
	d := start(t, s, 80, 24, func(o *Options) { o.BidiSet = true })
	d.press(":")
	d.write("bidi")
	d.press("enter")
	d.sees("as it should?", "\u2067"+orderingSample+"\u2069")
	d.press("2")
	d.sees("until you leave")

	s, _ = newStore(t, hebrew)
	d = start(t, s, 80, 24)
	d.press(":")
	d.write("bidi")
	d.press("enter")
	d.sees("\u2067שלום עולם\u2069")
}

// The arrows move the caret where they point, whichever way the line runs.
func TestArrowsPointWhereTheCaretGoes(t *testing.T) {
	s, _ := newStore(t, latin)
	for _, c := range []struct {
		typed, keys string
		moves       int // of the caret on the screen
	}{
		{"oil", "left", -1}, {"oil", "left left right", -1}, {"وزارة", "right", 1}, {"وزارة", "right right left", 1}, {"وزارة", "left", 0},
		{"وزارة النفط", "right right", 2},
	} {
		d := start(t, s, 80, 24)
		d.press("/")
		d.write(c.typed)
		from := d.m.View().Cursor.X
		d.press(c.keys)
		if moved := d.m.View().Cursor.X - from; moved != c.moves {
			t.Errorf("%s in %q moves the caret by %d, want %d", c.keys, c.typed, moved, c.moves)
		}
	}
}
