package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
	"sitrep/store"
)

func TestLongMessagesAreNotCut(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 40, 14)
	d.press("M")
	d.exact()
	d.sees("The mouse is the terminal's: select", "brings it back.")
	d.press("j")
	d.seesNot("brings it back.")
}

func TestFooterOfANarrowScreen(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 40, 14)
	d.sees("enter read", "1 of 3")
	d.press("enter")
	d.sees("h back", "1 of 3 · ")
}

// TestMarksShowWhileReading: the row with the star is out of sight there.
func TestMarksShowWhileReading(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 60, 20)
	d.press("enter")
	d.seesNot("★")
	d.press("s")
	d.sees("★ article 1 of 3")
	d.press("m")
	d.sees("● ★ article 1 of 3")
}

func TestCountShowsAndEnds(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press("2")
	d.sees("2 · article 1 of 3")
	d.press("j")
	d.sees("article 3 of 3")
	d.press("g 2 ^ j") // an unbound key ends the count
	d.sees("article 2 of 3")
}

func TestUndoSaysWhat(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press("A u")
	d.sees("Undone: 3 marked read")
	d.press("ctrl+r")
	d.sees("Done again: 3 marked read")
	d.press("s u")
	d.sees("Undone: 1 starred")
}

func TestPlaceIsKnownAtBothEnds(t *testing.T) {
	d := start(t, manyArticles(t, 450), 100, 30)
	d.sees("article 1 of 450")
	d.press("G")
	d.sees("article 450 of 450")
	d.press("1 0 k")
	d.sees("article 440 of 450")
}

func TestFailingFeedsAreSaidOnANarrowScreen(t *testing.T) {
	s, feed := newStore(t, threeArticles()...)
	gone(t, s, feed)
	start(t, s, 60, 20).sees("1 feed fails", "06:07")
	start(t, s, 70, 20).sees("13 feeds, 1 gone", "06:07")
	start(t, s, 140, 20).sees("13 feeds, 1 gone")
}

func TestAsciiScreenHasOnlyAscii(t *testing.T) {
	s, _ := newStore(t, sample{title: "Bread", body: "<p>Bread <a href='https://a.example/b'>costs</a> more.</p>", lang: "en", ago: time.Minute, briefings: iraq})
	d := start(t, s, 140, 30, func(o *Options) { o.ASCII = true })
	for _, keys := range []string{"", "enter", "1", "esc", "?", "esc", ":", "esc", "B", "esc", "L", "esc", "A", "/", "esc"} {
		d.press(keys)
		for _, r := range d.screen() {
			if r > 0x7e {
				t.Fatalf("after %q the screen has %q:\n%s", keys, r, d.screen())
			}
		}
	}
}

func TestHelpIsNotCutOnANarrowScreen(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 40, 14)
	d.press("?")
	d.exact()
	var all []string
	for range 12 {
		all = append(all, d.screen())
		d.press("space")
	}
	if strings.Contains(strings.Join(all, ""), "…") {
		t.Fatalf("help is cut:\n%s", strings.Join(all, "\n"))
	}
	d.press("g")
	d.sees("to the top; shows")
}

func TestQuitKeysWorkInEveryOverlay(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	for _, open := range []string{"?", "B", "Y", "enter L"} {
		for _, quit := range []string{"Q", "ctrl+c"} {
			d := start(t, s, 140, 30)
			d.press(open)
			if len(d.m.overlays) == 0 {
				t.Fatalf("%s opens nothing", open)
			}
			if d.press(quit); !d.quit {
				t.Errorf("%s does not quit after %s", quit, open)
			}
		}
	}
}

func TestPaletteDoesWhatTheCursorIsOn(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press(": down enter") // the second command: up
	d.press(": down down down enter")
	d.sees("article 3 of 3")
	d.press(":")
	d.write("star")
	d.press("enter")
	if r, _ := d.m.list.current(); !r.Starred {
		t.Fatal(":star does not star")
	}
	d.press(":")
	d.write("q")
	if d.press("enter"); !d.quit {
		t.Fatal(":q does not quit")
	}
}

func TestSpaceAsksAgainAfterAnotherKey(t *testing.T) {
	s, feed := newStore(t, threeArticles()...)
	if err := s.Subscribe(context.Background(), "gulf", nil); err != nil {
		t.Fatal(err)
	}
	save(t, s, feed, []sample{{title: "Only in the Gulf", lang: "en", ago: time.Hour, briefings: []string{"gulf"}}})
	d := start(t, s, 140, 30)
	d.press("h j l")
	d.press("space space space space")
	if d.m.list.title != "Iraq" {
		t.Fatalf("space left Iraq without saying so:\n%s", d.screen())
	}
	d.sees("Iraq is read. space: Gulf")
	d.press("k space")
	if d.m.list.title != "Iraq" {
		t.Fatal("space went to another briefing although another key was pressed since")
	}
	d.press("j space space space")
	d.sees("Only in the Gulf")
	if d.m.list.title != "Gulf" {
		t.Fatalf("space did not go on:\n%s", d.screen())
	}
}

func TestRefreshStops(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	stopped := false
	d := start(t, s, 140, 30, func(o *Options) {
		o.Refresh = func(ctx context.Context, _ refresh.Options) (refresh.Summary, error) {
			<-ctx.Done()
			stopped = true
			return refresh.Summary{Progress: refresh.Progress{Total: 5, Done: 2, New: 7}, Left: 3}, ctx.Err()
		}
	})
	_, wait := d.m.Update(keyPress("R"))
	ended := make(chan tea.Msg)
	go func() { ended <- wait() }()
	d.sees("refreshing")
	d.press("r")
	d.sees("Stopping")
	d.send(<-ended)
	d.sees("Stopped: 7 new, 3 feeds not asked.")
	d.seesNot("refreshing")
	if !stopped {
		t.Fatal("r does not stop the refresh")
	}
}

// gone stores that a feed answered 410.
func gone(t *testing.T, s *store.Store, feed feeds.FeedID) {
	t.Helper()
	claim, err := s.Claim(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	health := feeds.Health{State: feeds.Gone, Reason: "The site says that this feed is gone.", Checked: testNow}
	if _, err := s.Save(context.Background(), refresh.Batch{Now: testNow, Outcomes: []refresh.Outcome{{Feed: feed, State: refresh.State{Health: health}}}}); err != nil {
		t.Fatal(err)
	}
}

func TestZenSaysThatItChangesNothing(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 60, 20)
	d.press("z")
	d.sees("one pane has the screen already")
	d.send(tea.WindowSizeMsg{Width: 140, Height: 30})
	d.sees("Regions", "Ministers warn", "The foreign minister")
}

func TestNoLineOfABylineBeginsWithADot(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	for w := 40; w < 90; w++ {
		d := start(t, s, w, 20)
		d.press("enter")
		for _, l := range d.lines()[1:19] {
			if strings.HasPrefix(strings.TrimSpace(l), "·") || strings.Contains(l, noBreak) {
				t.Fatalf("%d columns:\n%s", w, d.screen())
			}
		}
	}
}

// TestACorrectionReachesThePeek: list and article never disagree.
func TestACorrectionReachesThePeek(t *testing.T) {
	s, feed := newStore(t)
	first := sample{title: "Fault in 14 districts", body: "<p>Fourteen are dark.</p>", lang: "en", ago: time.Hour, briefings: iraq, link: "https://wire.example/fault"}
	save(t, s, feed, []sample{first})
	d := start(t, s, 140, 20)
	d.sees("Fourteen are dark")
	later := first
	later.body = "<p>Eleven are dark.</p>"
	save(t, s, feed, []sample{{title: "Other", lang: "en", ago: 2 * time.Hour}, later})
	d.do(d.m.freshen())
	d.sees("Eleven are dark")
	d.press("enter q")
	again := later
	again.body = "<p>Nine are dark.</p>"
	save(t, s, feed, []sample{{title: "Other", lang: "en", ago: 2 * time.Hour}, {title: "Third", lang: "en", ago: 3 * time.Hour}, again})
	d.do(d.m.freshen())
	d.press("enter")
	d.sees("Nine are dark")
}
