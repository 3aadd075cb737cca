package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

// watch makes a watch and fills it, as another process would.
func watch(t *testing.T, s *store.Store, name, text string) feeds.Watch {
	t.Helper()
	w, err := s.AddWatch(context.Background(), feeds.Watch{Name: name, Query: text})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.FillWatches(context.Background(), time.Minute); err != nil {
		t.Fatal(err)
	}
	return w
}

// sideLine is the line of the briefings pane that has the text.
func (d *driver) sideLine(text string) string {
	d.t.Helper()
	for _, l := range d.lines() {
		if i := strings.Index(l, "│"); i > 0 && strings.Contains(l[:i], text) {
			return strings.Join(strings.Fields(l[:i]), " ")
		}
	}
	d.t.Fatalf("the briefings pane lacks %q:\n%s", text, d.screen())
	return ""
}

func (d *driver) side(text, want string) {
	d.t.Helper()
	if got := d.sideLine(text); got != want {
		d.t.Fatalf("the briefings pane has %q, want %q:\n%s", got, want, d.screen())
	}
}

func TestWatchThisSearch(t *testing.T) {
	s, feed := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30)
	d.seesNot("Watches")
	d.press("/")
	d.write("ceyhan")
	d.press("enter w")
	d.sees("watch ceyhan* as: ceyhan")
	for range len("ceyhan") {
		d.press("backspace")
	}
	d.write("Pipelines")
	d.press("enter")
	d.sees("Pipelines stands under Watches and counts what ceyhan* finds.", "match 1/1")
	d.exact()

	// It lists like a briefing: reading counts down, what is read can be hidden,
	// undo brings it back.
	d.press("esc")
	d.side("Pipelines", "Pipelines 1")
	d.press("h G k")
	d.focused(focusSide)
	d.sees("Watches", "watches ceyhan*", "1 unread", "Oil exports resume")
	d.seesNot("Ministers warn")
	d.press("l enter")
	d.sees("0 unread", "Exports through the pipeline")
	d.side("Pipelines", "▏Pipelines")
	d.press("q .")
	d.press("u")
	d.side("Pipelines", "▏Pipelines 1")

	// What comes waits, as everywhere.
	save(t, s, feed, []sample{{title: "Ceyhan terminal closed", lang: "en", ago: time.Minute}})
	d.do(d.m.do.overview)
	d.sees("2 unread", "1 new, g shows them")
	d.press("g A")
	d.sees("2 marked read", "0 unread")
}

func TestWatchFromNothing(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30)
	d.press("w")
	d.sees("watch for:")
	d.write("صاروخ")
	d.sees("1 found")
	d.write("ان")
	d.press("enter")
	d.sees("as:")
	d.press("enter")
	d.side("ناخوراص", "▏ناخوراص 1") // visual order
	d.focused(focusList)
	d.sees("article 1 of 1", "1 unread")
	d.seesNot("Ministers warn")
	d.press("h")
	d.sees("watches ناخوراص")
	d.press("g l")
	d.sees("Ministers warn", "article 1 of 3")

	// esc leaves everything as it was.
	d.press("j w")
	d.write("oil")
	d.press("esc")
	d.sees("article 2 of 3")
	d.press("w enter")
	d.sees("article 2 of 3")
}

func TestWatchWhatIsFiltered(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30)
	d.press("h j l f") // Iraq
	d.write("lang:en exports ")
	d.press("enter w")
	d.sees("watch briefing:iraq lang:en exports as: lang:en exports")
	d.press("enter")
	d.side("lang:en exports", "lang:en exports 1")
}

func TestWatchesAreRefusedInSentences(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	watch(t, s, "Oil", "oil")
	d := start(t, s, 140, 30)
	d.press("/")
	d.write("oil is:unread")
	d.press("enter w")
	d.sees("A watch holds articles whatever you did with them, so that is:unread has no place")
	d.press("esc w")
	d.write("oil after:7d")
	d.press("enter")
	d.sees("watch for: oil after:7d", "A watch does not move with the calendar, as after:7d", "list.")
	for range len(" after:7d") {
		d.press("backspace")
	}
	d.press("enter")
	d.press("enter")
	d.sees(`There is a watch "Oil" already; give this one another name.`)
	d.write(" and gas")
	d.press("enter")
	d.side("oil and gas", "▏oil and gas 1")
	d.press("h g :")
	d.write("remove-watch")
	d.press("enter")
	d.sees("Go to a watch in the briefings pane first; w makes one.")
}

func TestRenameChangeAndRemoveAWatch(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	watch(t, s, "Oil", "oil")
	d := start(t, s, 140, 30)
	command := func(name string) {
		d.press(":")
		d.write(name)
		d.press("enter")
	}
	d.press("h G k")
	d.side("Oil", "▌Oil 1")
	command("rename-watch")
	d.sees("name of the watch: Oil")
	d.write(" exports")
	d.press("enter")
	d.side("Oil exports", "▌Oil exports 1")

	command("change-watch")
	d.sees("Oil exports watches: oil")
	d.write("OR withdrawal")
	d.sees("2 found")
	d.press("enter")
	d.sees("Oil exports watches oil OR withdrawal.", "Ministers warn")
	d.side("Oil exports", "▌Oil exports 2")

	command("remove-watch")
	d.sees("remove the watch Oil exports?", "enter removes it, esc keeps it")
	d.write("no")
	d.press("enter")
	d.sees("Nothing was removed.")
	command("remove-watch")
	d.press("esc")
	d.side("Oil exports", "▌Oil exports 2")
	command("remove-watch")
	d.press("enter")
	d.sees("Removed the watch Oil exports. It watched oil OR withdrawal.", "article 1 of 3")
	d.seesNot("Watches")
}

func TestSpaceGoesOnToWatches(t *testing.T) {
	s, feed := newStore(t, threeArticles()[:1]...)
	save(t, s, feed, []sample{{title: "Dam opened", lang: "en", ago: time.Hour}})
	watch(t, s, "Dams", "dam")
	d := start(t, s, 140, 30)
	d.press("h j space space")
	d.sees("Iraq is read. space: Dams, 1 unread")
	d.press("space")
	d.sees("Dam opened", "0 unread")
	d.focused(focusReading)
	d.press("space")
	d.sees("Dams is read. There is nothing else unread.")
}

func TestAWatchIsWhereTheReaderLeft(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	w := watch(t, s, "Oil", "oil")
	d := start(t, s, 140, 30)
	d.press("h G k Q")
	d = start(t, s, 140, 30)
	d.side("Oil", "▌Oil 1")
	d.press("g Q")
	d = start(t, s, 140, 30, func(o *Options) { o.Watch = w.ID })
	d.sees("Oil exports resume", "article 1 of 1")
	d.seesNot("Ministers warn")
}

func TestWatchesAreFilledAtTheStart(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	if _, err := s.AddWatch(context.Background(), feeds.Watch{Name: "Oil", Query: "oil"}); err != nil {
		t.Fatal(err)
	}
	d := start(t, s, 140, 30)
	d.side("Oil", "Oil 1")
	// And when another process makes one.
	if _, err := s.AddWatch(context.Background(), feeds.Watch{Name: "Ministers", Query: "minister*"}); err != nil {
		t.Fatal(err)
	}
	d.do(d.m.do.overview)
	d.do(pollMsg{version: 2, changed: true}.apply(d.m))
	d.side("Ministers", "Ministers 1")
}

func TestWatchesAtEverySize(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	watch(t, s, "A name that is as long as the name of a watch may be, just", "oil")
	watch(t, s, "صواريخ قرب المطار وفي المنطقة الخضراء من العاصمة بغداد", "صاروخان")
	for _, size := range [][2]int{{40, 12}, {80, 24}, {90, 24}, {100, 30}, {150, 38}} {
		d := start(t, s, size[0], size[1])
		d.m.over.Watches[0].Unread, d.m.over.Watches[1].Unread = 9_999, 1_234_567
		d.m.rebuild()
		for _, keys := range []string{"h", "G k", "enter", "h k", "w", "esc", "l", "f", "esc", "w"} {
			d.press(keys)
			d.exact()
			if keys == "h" {
				d.sees(" 9999 ", " 1234567 ")
			}
		}
		d.write("oil ")
		d.press("enter")
		d.exact()
		d.send(tea.WindowSizeMsg{Width: size[0] + 7, Height: size[1]})
		d.exact()
	}
}
