package ui

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

var iraq = []string{"iraq"}

func threeArticles() []sample {
	return []sample{
		{title: "Ministers warn against pull-out", body: "<p>The foreign minister said a withdrawal could be followed by others. <a href='https://mofa.example/s'>Statement</a></p>", lang: "en", ago: 12 * time.Minute, briefings: iraq, link: "https://wire.example/ministers"},
		{title: "صاروخان قرب المطار", body: "<p>سقط صاروخان قرب مطار بغداد الدولي مساء السبت.</p>", lang: "ar", ago: time.Hour, briefings: iraq},
		{title: "Oil exports resume through Ceyhan", body: "<p>Exports through the pipeline to Ceyhan have resumed.</p>", lang: "en", ago: 5 * time.Hour, briefings: iraq},
	}
}

func TestReadAMorning(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30)
	d.focused(focusList)
	d.sees("All", "Iraq", "3 unread", "Ministers warn against pull-out", "Oil exports resume", "Today")
	d.exact()

	// Looking is not reading.
	d.press("j j k k")
	d.sees("3 unread")

	d.press("enter")
	d.focused(focusReading)
	d.sees("2 unread", "The foreign minister said a withdrawal", "[1]", "mofa.example/s")
	d.exact()

	// n goes to the next unread and reads it, space reads on.
	d.press("n")
	d.sees("1 unread", "راطملا برق ناخوراص") // visual order
	d.press("space")
	d.sees("0 unread", "Exports through the pipeline")
	d.press("space")
	d.sees("is read")

	d.press("u")
	d.sees("1 unread")
	d.press("ctrl+r")
	d.sees("0 unread")

	d.press("q")
	d.focused(focusList)
	d.press("q")
	d.focused(focusSide)
	if d.quit {
		t.Fatal("q quit before the first pane")
	}
	d.press("q")
	if !d.quit {
		t.Fatal("q in the first pane does not quit")
	}
}

func TestPositionSurvivesRestart(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press("h j") // Iraq
	d.press("l j j enter Q")
	if !d.quit {
		t.Fatal("Q does not quit")
	}
	d = start(t, s, 100, 30)
	d.focused(focusReading)
	d.sees("Exports through the pipeline", "article 3 of 3")
}

func TestMarkAllIsBoundedByWhatIsShown(t *testing.T) {
	s, feed := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	save(t, s, feed, []sample{{title: "Late news", lang: "en", ago: time.Minute, briefings: iraq}})
	d.do(d.m.do.overview)
	d.sees("4 unread", "1 new, g shows them")
	d.seesNot("Late news")
	d.press("A")
	d.sees("3 marked read", "1 unread")
	d.press("g")
	d.sees("Late news")
	d.seesNot("new, g shows them")
	d.press("u")
	d.sees("4 unread")
}

func TestUnreadListKeepsWhatIsReadInIt(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press(". enter q")
	d.sees("unread only", "Ministers warn")
	d.press(". .")
	d.sees("2 unread", "Oil exports")
	d.press("esc")
	d.seesNot("unread only")
}

func TestSearchAsYouTypeAndBack(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("j /")
	d.sees("search everything:")
	d.write("ceyhan")
	d.sees("Oil exports resume", "1 found")
	d.seesNot("Ministers warn")
	d.press("esc")
	d.sees("Ministers warn", "article 2 of 3")
	d.focused(focusList)

	d.press("/")
	d.write("مطار")
	d.sees("1 found")
	d.press("enter")
	d.focused(focusList)
	d.sees("match 1/1")
	d.press("enter")
	d.focused(focusReading)
	d.press("q q")
	d.focused(focusList)
	d.sees("article 2 of 3")
}

func TestFruitlessSearchSaysHowItWasRead(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("/")
	d.write("ceyham")
	d.sees("Nothing found", "ceyham alone: 0", "ceyhan")
}

func TestFilterList(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("f")
	d.write("lang:ar")
	d.press("enter")
	d.seesNot("Ministers warn", "Oil exports")
	d.sees("filter lang:ar", "1 found")
	d.press("esc")
	d.sees("Ministers warn", "Oil exports")
}

func TestPasteOutsideAPromptIsNotKeys(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.send(tea.PasteMsg{Content: "QAsss"})
	if d.quit {
		t.Fatal("a pasted Q quit")
	}
	d.sees("3 unread")
	d.press("/")
	d.send(tea.PasteMsg{Content: "cey\x1bhan\n"})
	d.sees("search everything: ceyhan", "1 found")
}

func TestEveryScreenIsExact(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	for _, size := range [][2]int{{40, 12}, {60, 20}, {89, 24}, {90, 24}, {100, 30}, {130, 40}, {200, 50}, {10, 3}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			d := start(t, s, size[0], size[1])
			for _, keys := range []string{"", "tab", "tab", "?", "esc", ":", "esc", "L", "esc", "/", "esc", "B", "esc", "z", "z", ">", "<", "enter", "c", "j", "J", "esc", "]", "v", "|", "esc", "C", "space", "Y", "esc"} {
				d.press(keys)
				d.exact()
			}
		})
	}
}

func TestCursorStaysOnItsArticle(t *testing.T) {
	s, feed := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press("j j")
	before := d.m.currentID()
	save(t, s, feed, []sample{{title: "Late news", lang: "en", ago: time.Minute, briefings: iraq}})
	d.do(d.m.do.overview)
	if d.m.currentID() != before {
		t.Fatal("the cursor left its article when news arrived")
	}
	d.press("z")
	d.send(tea.WindowSizeMsg{Width: 60, Height: 20})
	if d.m.currentID() != before {
		t.Fatal("the cursor left its article on a resize")
	}
}

func TestRefreshSaysWhatCame(t *testing.T) {
	s, feed := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30, func(o *Options) {
		o.Refresh = func(_ context.Context, r refresh.Options) (refresh.Summary, error) {
			save(t, s, feed, []sample{{title: "Fresh news", lang: "en", ago: time.Minute, briefings: iraq}})
			p := refresh.Progress{Done: 1, Total: 1, New: 1}
			r.OnEvent(refresh.Event{Progress: p, Saved: true})
			return refresh.Summary{Progress: p}, nil
		}
	})
	d.press("R")
	d.sees("1 new from 1 feed.", "4 unread", "1 new, g shows them")
}

func TestFilesOpenLikeLinks(t *testing.T) {
	s, _ := newStore(t, sample{title: "Episode 41", body: `<p>See <a href="https://a.example/notes">the notes</a>.</p>`, lang: "en", ago: time.Minute, briefings: iraq,
		files: []feeds.Enclosure{{URL: "https://a.example/41.mp3", Type: "audio/mpeg", Length: 3 << 20}}})
	d := start(t, s, 140, 30)
	d.press("enter")
	d.sees("[1] a.example/notes", "[2] audio/mpeg 3.0 MB a.example/41.mp3")
	d.press("2")
	d.sees("link 2", "https://a.example/41.mp3")
	d.press("y")
	if d.clip != "https://a.example/41.mp3" {
		t.Errorf("copied %q", d.clip)
	}
	d.press("esc L")
	d.sees("the notes", "audio/mpeg 3.0 MB", "https://a.example/41.mp3")
}

func TestRefreshThatPanicsIsSaid(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30, func(o *Options) {
		o.Refresh = func(context.Context, refresh.Options) (refresh.Summary, error) { panic("a bug") }
	})
	d.press("R")
	d.sees("The refresh broke off: a bug")
	d.seesNot("refreshing")
}

func TestNoNetworkIsSaidOnce(t *testing.T) {
	s, _ := newStore(t)
	d := start(t, s, 100, 30, func(o *Options) {
		o.Refresh = func(context.Context, refresh.Options) (refresh.Summary, error) {
			return refresh.Summary{Offline: true}, nil
		}
	})
	d.press("R")
	d.sees("There is no network", "d opens sample")
	d.press("d")
	if !d.quit || d.m.result != Samples {
		t.Fatal("d does not lead to the samples")
	}
}

func TestFirstRunChoosesBriefings(t *testing.T) {
	s, _ := emptyStore(t)
	d := start(t, s, 100, 40)
	d.sees("A briefing is a list of news", "Iraq", "Security", "Regions", "~/.local/share/sitrep")
	d.press("d")
	if !d.quit || d.m.result != Samples {
		t.Fatal("d does not lead to the samples")
	}
}

func TestHostileTitlesStayText(t *testing.T) {
	s, _ := newStore(t, sample{title: "pwn \x1b]0;x\x07\u202eevil \u009b31m\r\n", body: "<p>a\u009bb</p>", lang: "en\x1b[2J", ago: time.Minute, briefings: iraq})
	d := start(t, s, 140, 20)
	d.press("enter")
	for _, l := range strings.Split(d.m.View().Content, "\n") {
		for _, bad := range []string{"\u009b", "\x1b]", "\x07", "\u202e", "\r", "\x1b[2J"} {
			if strings.Contains(l, bad) {
				t.Fatalf("%q reaches the screen: %q", bad, l)
			}
		}
	}
	d.exact()
}

func TestFilterKeepsTheCursorOnItsArticle(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("j j f")
	d.write("exports")
	d.press("enter esc")
	d.sees("article 3 of 3")
	d.press("k f")
	d.write("exports")
	d.press("esc")
	d.sees("article 2 of 3")
	d.press("f")
	d.write("or")
	d.press("down")
	d.sees("filter")
	d.press("esc")
	d.sees("article 2 of 3")
}

// marked gives what stands in reverse on the screen.
func (d *driver) marked() (out []string) {
	for _, m := range reversed.FindAllStringSubmatch(d.m.View().Content, -1) {
		out = append(out, m[1])
	}
	return out
}

var reversed = regexp.MustCompile("\x1b\\[(?:[0-9;]*;)?7(?:;[0-9;]*)?m([^\x1b]*)")

func TestWhatWasFoundIsMarkedInTheArticle(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("/")
	d.write("pipe")
	d.press("enter")
	if got := d.marked(); len(got) != 2 || got[0] != "pipeline" || got[1] != "pipeline" {
		t.Fatalf("marked %q, want the word in the snippet and in the article:\n%s", got, d.screen())
	}
	d.press("esc")
	if got := d.marked(); len(got) != 0 {
		t.Fatalf("%q is still marked after the search", got)
	}
}

func TestFindInArticleTakesBeginnings(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("enter /")
	d.sees("search article:", "/ searches everything")
	d.write("follow")
	d.press("enter")
	d.sees("match 1/1")
	if got := d.marked(); len(got) != 1 || got[0] != "followed" {
		t.Fatalf("marked %q:\n%s", got, d.screen())
	}
}

func TestWideningAndEscKeepsTheScrollOfTheArticle(t *testing.T) {
	long := strings.Repeat("<p>A paragraph of the report that goes on for a while and says little.</p>", 40)
	s, _ := newStore(t, append(threeArticles(), sample{title: "Long report", body: long, lang: "en", ago: 6 * time.Hour, briefings: iraq})...)
	d := start(t, s, 60, 20)
	d.press("G enter ctrl+f")
	before := d.m.reading.offset
	if before == 0 {
		t.Fatal("the article does not scroll")
	}
	d.press("/ /")
	d.sees("search everything:")
	d.write("ceyhan")
	d.press("esc")
	d.focused(focusReading)
	if d.m.reading.offset != before {
		t.Fatalf("scrolled to %d, want %d:\n%s", d.m.reading.offset, before, d.screen())
	}
}

func TestEscAfterAQueryFromTheCommandLineShowsTheList(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30, func(o *Options) { o.Query = "ceyhan" })
	d.sees("Oil exports", "match 1/1")
	d.press("esc")
	d.sees("Ministers warn", "article 1 of 3", "3 unread")
}

func TestHidingWhatIsReadHoldsForEveryList(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press("enter q . j h j")
	d.sees("unread only")
	d.seesNot("Ministers warn")
	d.press("Q")
	d = start(t, s, 100, 30)
	d.sees("unread only")
	d.press(".")
	d.sees("Ministers warn")
	d.press("h k")
	d.seesNot("unread only")
}

// A check that finds the file damaged says so, and what mends it.
func TestDamageIsSaid(t *testing.T) {
	s, _ := newStore(t)
	found := make(chan string, 1)
	found <- "row 7 missing from index statuses_unread"
	d := start(t, s, 100, 30, func(o *Options) { o.Damage = found })
	d.sees("file is damaged", "row 7 missing", "repair, which mends it")
	d.exact()
}

// While the reader is open, what is due is asked again by the clock on the wall,
// also after sleep and when the clock was set back; never with --offline.
func TestRefreshByTheClock(t *testing.T) {
	for _, offline := range []bool{false, true} {
		s, _ := newStore(t)
		asked := 0
		d := start(t, s, 100, 30, func(o *Options) {
			o.RefreshEvery, o.Offline = 15*time.Minute, offline
			o.Refresh = func(context.Context, refresh.Options) (refresh.Summary, error) {
				asked++
				return refresh.Summary{}, nil
			}
		})
		for i, step := range []struct {
			later time.Duration
			want  int
		}{{time.Second, 0}, {14 * time.Minute, 0}, {time.Minute, 1}, {time.Minute, 1}, {9 * time.Hour, 2}, {-24 * time.Hour, 2}, {14 * time.Minute, 2}, {time.Minute, 3}} {
			d.now = d.now.Add(step.later)
			d.do(d.m.refreshByClock())
			want := step.want
			if offline {
				want = 0
			}
			if asked != want {
				t.Fatalf("offline %v, step %d: asked %d times, want %d", offline, i, asked, want)
			}
		}
	}
}

// An article that two sections of one outlet carry is one row, and names both.
func TestSectionsAreNamed(t *testing.T) {
	s, first := newStore(t)
	second, _, err := s.AddFeed(context.Background(), feeds.Feed{URL: "https://wire.example/world", Title: "Wire World", Source: "Test Wire", Lang: "en"}, iraq)
	if err != nil {
		t.Fatal(err)
	}
	one := []sample{{title: "Bridge opens", body: "<p>The bridge is open.", lang: "en", briefings: iraq, link: "https://wire.example/bridge"}}
	save(t, s, first, one)
	save(t, s, second, one)
	d := start(t, s, 140, 30)
	d.sees("Bridge opens", "Carried by Test Wire, Wire World")
	if n := strings.Count(d.screen(), "Bridge opens"); n != 2 { // the row and the article
		t.Errorf("it stands %d times on the screen", n)
	}
	d.exact()
}
