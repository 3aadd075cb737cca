package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds"
	"sitrep/feeds/safe/safetest"
	"sitrep/ui/text"
)

func payloadTexts() []string {
	var out []string
	for _, p := range safetest.Payloads() {
		out = append(out, p.Text)
	}
	return out
}

// U1: no payload in any field of any view reaches the screen, in any mode, and
// every line stays as wide as the screen.
func TestNothingHostileReachesTheScreen(t *testing.T) {
	payloads := payloadTexts()
	s := soaked(t, payloads)
	for _, mode := range []text.Mode{text.App, text.Terminal, text.Off} {
		for i, v := range views() {
			x := safetest.All()
			if strings.Contains(v.name, "watch") || i%2 == 1 {
				x = payloads[(7*i+3*int(mode))%len(payloads)]
			}
			d := start(t, s, []int{60, 100, 150}[i%3], 30, hostileWorld(x), func(o *Options) { o.Bidi = mode })
			v.open(d, x)
			view := d.m.View()
			if err := safetest.Check(view.Content, true); err != nil {
				t.Errorf("%s, mode %d: %v", v.name, mode, err)
			}
			if view.WindowTitle != "sitrep" {
				t.Errorf("%s: the window is called %q", v.name, view.WindowTitle)
			}
			d.exact()
			for _, raw := range d.raw {
				if raw != explicitOrder && raw != implicitOrder {
					t.Errorf("%s sends %q past the renderer", v.name, raw)
				}
			}
			if err := safetest.Check(d.clip, false); err != nil {
				t.Errorf("%s puts on the clipboard: %v", v.name, err)
			}
		}
	}
}

// U1: what stands behind a payload is not swallowed, in any part of an article.
func TestTextBehindAPayloadStays(t *testing.T) {
	s := soaked(t, payloadTexts())
	d := start(t, s, 100, 60)
	d.press("enter z")
	for range safetest.Payloads() {
		screen := d.screen()
		for _, word := range []string{safetest.First, safetest.Last} {
			if n := strings.Count(screen, word); n < 10 {
				t.Fatalf("%q: %s is on the screen %d times:\n%s", d.m.reading.shown.article.Title, word, n, screen)
			}
		}
		d.press("J")
	}
}

// U3: only the copy keys touch the clipboard, and they put there what is shown,
// on one line.
func TestOnlyTheCopyKeyCopies(t *testing.T) {
	s, _ := newStore(t, sample{title: "One", body: "<p>Text</p>", briefings: []string{"iraq"}, link: "https://wire.example/a\nrm -rf ~\n"})
	for _, v := range views() {
		d := start(t, s, 100, 30, hostileWorld("x"))
		if v.open(d, "x"); d.clip != "" && v.name != "copied link" {
			t.Errorf("%s copies %q", v.name, d.clip)
		}
	}
	d := start(t, s, 100, 30)
	d.press("y")
	if d.clip == "" || strings.ContainsAny(d.clip, "\r\n") {
		t.Errorf("copied %q", d.clip)
	}
	d.sees("Copied " + d.clip)
}

// U4: text of scripts that run from right to left, and nothing else, changes
// places; where the terminal orders text every such character stands in an
// isolate that its line closes.
func TestEveryFieldIsIsolatedForTheTerminal(t *testing.T) {
	texts := []string{"السومرية نيوز (sample) 12", "שלום (BP) עולם", "Wire السومرية", "خبرگزاری ۲۳٫۵ - ب"}
	s := soaked(t, texts)
	for i, v := range views() {
		x := texts[i%len(texts)]
		for _, w := range []int{40, 100, 150} {
			d := start(t, s, w, 24, hostileWorld(x), func(o *Options) { o.Bidi, o.AskBidi = text.Terminal, false })
			v.open(d, x)
			d.exact()
			for _, line := range d.lines() {
				if strings.IndexAny(line, "\u2066\u2067\u2068\u2069") == 0 {
					t.Errorf("%s, %d cells: an isolate in the first column, where there is no cell for it: %q", v.name, w, line)
				}
				if strayed(line) && v.name != "link alone" {
					t.Errorf("%s, %d cells: right-to-left text outside an isolate: %q", v.name, w, line)
				}
			}
			if err := safetest.Check(d.screen(), false); err != nil {
				t.Errorf("%s, %d cells: %v", v.name, w, err)
			}
			d = start(t, s, w, 24, hostileWorld(x), func(o *Options) { o.AskBidi = false })
			v.open(d, x)
			if strings.ContainsFunc(d.screen(), func(r rune) bool { return r >= 0x2066 && r <= 0x2069 }) {
				t.Errorf("%s, %d cells: isolates remain in text that we order:\n%q", v.name, w, d.screen())
			}
		}
	}
}

// strayed reports whether a line has a right-to-left letter outside all isolates.
func strayed(line string) bool {
	depth := 0
	for _, r := range line {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			depth++
		case r == 0x2069:
			depth--
		case depth == 0 && r >= 0x590 && r < 0x900:
			return true
		}
	}
	return false
}

// U8: a paste of a megabyte that holds the end of a paste, invalid UTF-8 and
// letters with umlauts goes into any input line: nothing runs, no character is
// split, the line keeps its width.
func TestAnyPasteIntoAnyPrompt(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<p>Text</p>", briefings: []string{"iraq"}})
	paste := "ü\xff\xc3" + strings.Repeat("äQ:q\x1b[201~Q\r\n\x03", 1<<20/16) + "\xe2\x82"
	for _, v := range views() {
		if !slices.Contains([]string{"palette, typed", "search", "filter", "find", "add a feed", "watch words", "watch name", "rename a watch", "paste outside a prompt"}, v.name) {
			continue
		}
		d := start(t, s, 80, 24, hostileWorld(""))
		v.open(d, paste)
		if d.quit {
			t.Errorf("%s: the paste quits", v.name)
		}
		if err := safetest.Check(d.m.View().Content, true); err != nil {
			t.Errorf("%s: %v", v.name, err)
		}
		d.exact()
		for range 5 {
			d.press("left backspace right")
			d.exact()
		}
		d.press("esc")
	}
}

// U9: any size in any view, one after another: every line as wide as the screen,
// and at the end, where nothing was scrolled, the screen of a fresh start.
func TestResizeStorm(t *testing.T) {
	texts := []string{"السومرية نيوز (sample) 12", "Oil exports resume", "日本語 👨‍👩‍👧 नमस्ते", strings.Repeat("long ", 60)}
	s := soaked(t, texts)
	for i, v := range views() {
		x := texts[i%len(texts)]
		d := start(t, s, 100, 30, hostileWorld(x))
		v.open(d, x)
		for n := range 5 {
			n += 5 * i
			d.resize(1+(n*37)%220, 1+(n*13)%70)
			if w := d.m.width; w > 0 {
				d.exactAll(v.name)
			}
		}
		if i%8 == 0 {
			d.resize(500, 200)
			d.exactAll(v.name)
		}
		d.resize(1, 1)
		d.resize(100, 30)
		d.exactAll(v.name)
		fresh := start(t, s, 100, 30, hostileWorld(x))
		v.open(fresh, x)
		if got, want := ansi.Strip(d.m.View().Content), ansi.Strip(fresh.m.View().Content); got != want && d.m.focus != focusReading && v.name != "marked" {
			t.Errorf("%s: after the storm\n%s\nwant\n%s", v.name, got, want)
		}
	}
}

// U5: no address passes for another: on every way from an article to its page
// the true name of the host is shown, and it is what is copied. Invisible
// characters keep nobody from finding a word.
func TestImitatedHostsAreShownAsTheyAre(t *testing.T) {
	const fake, host = "https://аррӏе.com/login", "xn--80ak6aa92e.com/login"
	s, _ := newStore(t, sample{title: "Kir\u200bku\u00adk\U000e0041 talks", briefings: []string{"iraq"}, link: fake,
		body: "<p>Log in at <a href='" + fake + "'>example.org</a></p>", files: []feeds.Enclosure{{URL: fake, Type: "audio/mpeg"}}})
	for _, keys := range []string{"enter", "Y", "y", "enter L", "enter 1", "enter 2", "enter 1 y"} {
		d := start(t, s, 150, 30)
		d.press(keys)
		d.sees(host)
		d.seesNot("аррӏе", "%D0")
		if strings.HasSuffix(keys, "y") && d.clip != "https://"+host {
			t.Errorf("%s copies %q", keys, d.clip)
		}
	}
	d := start(t, s, 100, 30)
	d.press("/")
	d.write("kirkuk")
	d.sees("1 found", "Kirkuk talks")
}
