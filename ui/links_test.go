package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
)

// overSSH takes the browser away: over ssh a link is copied and shown in place of
// being opened.
func overSSH(o *Options) {
	o.Getenv = func(name string) string {
		if name == "SSH_CONNECTION" {
			return "10.0.0.1 22"
		}
		return ""
	}
}

// A link whose text names another host is asked about, with both hosts.
func TestDeceivingLinkIsAskedAbout(t *testing.T) {
	s, _ := newStore(t, sample{title: "Bank", lang: "en", ago: time.Hour, briefings: iraq,
		body: `<p>See <a href="https://wire.example/a">this</a>, <a href="https://evil.example/x">https://bank.example</a>,
			<a href="https://bank.example@third.example/">here</a> and <a href="https://аррӏе.com/">there</a>.</p>`})
	d := start(t, s, 100, 30, overSSH)
	d.press("enter")
	d.sees("[2] evil.example/x ! the text says bank.example", "[3] third.example ! not bank.example", "[4] xn--80ak6aa92e.com")
	d.press("1 enter")
	if d.clip != "https://wire.example/a" { // opened without a question
		t.Fatalf("opened %q", d.clip)
	}
	for _, tt := range []struct{ keys, hosts, link string }{
		{"2 enter", "says bank.example, but it leads to evil.example", "https://evil.example/x"},
		{"3 enter", "begins with the name bank.example, which was taken out; it leads to third.example", "https://third.example/"},
		{"L G enter", "it leads to xn--80ak6aa92e.com", "https://xn--80ak6aa92e.com/"},
	} {
		d.clip = ""
		d.press(tt.keys)
		if words := strings.Join(strings.Fields(d.screen()), " "); !strings.Contains(strings.Map(visible, words), tt.hosts) {
			t.Fatalf("%s: the question lacks %q:\n%s", tt.keys, tt.hosts, d.screen())
		}
		d.exact()
		d.press("enter enter") // holding the key down opens nothing
		if d.clip != "" {
			t.Fatalf("%s: opened %q unasked", tt.keys, d.clip)
		}
		d.press("o")
		if d.clip != tt.link {
			t.Fatalf("%s: opened %q, want %q", tt.keys, d.clip, tt.link)
		}
		d.press("esc")
	}
	d.clip = ""
	d.press("2 enter esc")
	if d.clip != "" || len(d.m.overlays) != 0 {
		t.Fatalf("esc opened %q, %d overlays", d.clip, len(d.m.overlays))
	}
}

func visible(r rune) rune {
	if r == '\u2068' || r == '\u2069' {
		return -1
	}
	return r
}

func TestLinkListShowsWholeAddresses(t *testing.T) {
	var body strings.Builder
	long := "https://wire.example/" + strings.Repeat("very-long-path/", 20)
	for i := range 40 {
		fmt.Fprintf(&body, `<p><a href="%s%d">Link %d نص</a></p>`, long, i, i)
	}
	s, _ := newStore(t, sample{title: "Links", lang: "en", ago: time.Hour, briefings: iraq, body: body.String()})
	d := start(t, s, 60, 20)
	d.press("enter L")
	d.exact()
	flat := strings.ReplaceAll(strings.ReplaceAll(d.screen(), "\n", ""), " ", "")
	if !strings.Contains(flat, long+"0") {
		t.Fatalf("the first address is not whole:\n%s", d.screen())
	}
	for _, keys := range []string{"G", "k", "g", "ctrl+d", "ctrl+d", "ctrl+u"} {
		d.press(keys)
		d.exact()
		l := d.m.overlays[0].(*linkList)
		d.sees(fmt.Sprintf("Link %d", l.cursor), fmt.Sprintf("/%d ", l.cursor))
	}
	d.press("g 3 7")
	d.sees("Link 36", "37 of 40")
	d.press("9") // there is no link 379
	d.sees("Link 8", "9 of 40")
	d.press("j 1")
	d.sees("Link 0", "1 of 40")
	d.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	d.exact()
}

// The links that are listed are those of the article that is in sight.
func TestLinksAreOfTheArticleInSight(t *testing.T) {
	s, _ := newStore(t,
		sample{title: "First", lang: "en", ago: time.Hour, briefings: iraq, body: `<p><a href="https://wire.example/one">One</a></p>`},
		sample{title: "Second", lang: "en", ago: 2 * time.Hour, briefings: iraq, body: `<p>None.</p>`})
	d := start(t, s, 60, 20)
	d.press("enter q j L") // where only the list is in sight
	d.sees("Links are listed while reading: enter opens the article.")
	d.press("enter L")
	d.sees("This article has no links")
	d.press("K L")
	d.sees("https://wire.example/one")
}

// What goes to the clipboard is one line without anything that a terminal obeys,
// whatever a feed gave as its link.
func TestClipboardIsSafe(t *testing.T) {
	s, _ := newStore(t, sample{title: "Evil", lang: "en", ago: time.Hour, briefings: iraq, link: "https://wire.example/a\nrm -rf ~\x1b[201~", body: "<p>one\x1b[201~</p>"})
	d := start(t, s, 100, 30)
	d.press("enter y")
	if want := "https://wire.example/a rm -rf ~[201~"; d.clip != want {
		t.Errorf("copied %q, want %q", d.clip, want)
	}
	for _, keys := range []string{"c enter", "C"} {
		d.press(keys)
		if d.clip == "" || strings.ContainsAny(d.clip, "\x1b\r\t") {
			t.Errorf("%s copied %q", keys, d.clip)
		}
	}
}

func TestOnlyWebAddressesAreOpened(t *testing.T) {
	s, _ := newStore(t, sample{title: "Mail", lang: "en", ago: time.Hour, briefings: iraq, link: "-oProxyCommand=x", body: `<p><a href="mailto:desk@wire.example">desk</a></p>`})
	d := start(t, s, 100, 30)
	d.press("enter 1 enter")
	d.sees("Only web addresses are opened; y copies mailto:desk@wire.example")
	d.press("o")
	d.sees("Only web addresses are opened; y copies -oProxyCommand=x")
}
