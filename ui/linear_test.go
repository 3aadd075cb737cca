package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"sitrep/feeds/refresh"
	"sitrep/store"
	"sitrep/ui/text"
)

// talk runs the reader in lines on a store with the commands of a pipe, one a
// line, and returns the transcript.
func talk(t *testing.T, s *store.Store, commands string, change ...func(*Options)) string {
	t.Helper()
	o := Options{Store: s, Now: func() time.Time { return testNow }, Zone: time.UTC, Bidi: text.Off, ASCII: true,
		Getenv: func(name string) string {
			if name == "SSH_TTY" {
				return "/dev/pts/1" // no browser is started
			}
			return ""
		},
		Refresh: func(context.Context, refresh.Options) (refresh.Summary, error) { return refresh.Summary{}, nil }}
	for _, f := range change {
		f(&o)
	}
	var out bytes.Buffer
	if err := Linear(context.Background(), o, strings.NewReader(commands), &out, 76, true); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool {
		return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e
	}); i >= 0 {
		t.Fatalf("a control reaches the output at %q", out.String()[i:])
	}
	return out.String()
}

// wants fails unless the texts stand in the transcript in this order.
func wants(t *testing.T, transcript string, want ...string) {
	t.Helper()
	rest := transcript
	for _, w := range want {
		_, after, ok := strings.Cut(rest, w)
		if !ok {
			t.Fatalf("no %q after the one before it in\n%s", w, transcript)
		}
		rest = after
	}
}

func TestLinearMorning(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	got := talk(t, s, "2\nn\ns\nL\no 1\n\nu\nb iraq\n.\nA\n3\nnonsense\nq\nnever read\n")
	wants(t, got, "All: 3 unread of 3",
		"1  unread: Ministers warn against pull-out (Test Wire, 12m, en)",
		"2  unread: صاروخان قرب المطار (Test Wire, 1h, ar)", // in logical order
		"> 2\n", "Article 2, unread.", "  سقط صاروخان قرب مطار بغداد الدولي مساء السبت.",
		"> n\n", "Article 3, unread.", "Exports through the pipeline",
		"> s\n", "Article 3 is starred.",
		"> L\n", "This article has no links",
		"> o 1\n", "There is no link 1",
		"> \n", "All is read to its end",
		"> u\n", "Undone: 1 starred.",
		"> b iraq\n", "Iraq: 1 unread of 3",
		"> .\n", "unread only", "1  unread: Ministers warn",
		"> A\n", "1 marked read. u takes it back.",
		"> 3\n", "There is no article 3 in this list",
		"> nonsense\n", "There is no command nonsense; h lists them all.",
		"> q\n")
	if strings.Contains(got, "never read") {
		t.Error("q does not end")
	}
	if n, err := s.ScopeCount(context.Background(), store.Scope{UnreadOnly: true}); n != 0 || err != nil {
		t.Errorf("%d unread are left, %v", n, err)
	}
}

// The reader of lines gives both times, as the screen does.
func TestLinearGivesBothTimes(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	wants(t, talk(t, s, "b iraq\n1\n"), "Baghdad")
}

func TestLinearSearch(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	wants(t, talk(t, s, "/مطار\n1\n/ nothing-like-it\n/ !\n/\n+\n-\n"),
		"> /مطار\n", "مطار: 1 found", "1  unread: صاروخان قرب المطار", "Article 1, unread.", "سقط صاروخان",
		"nothing-like-it: 0 found", "Nothing is listed here.", "has no letter or digit", "All: 2 unread of 3",
		"That is the end of the list", "All: 2 unread of 3")
	wants(t, talk(t, s, "", func(o *Options) { o.Query = "ceyhan" }), "ceyhan: 1 found", "Oil exports resume")
	wants(t, talk(t, s, "", func(o *Options) { o.Briefing = "iraq" }), "Iraq: 2 unread of 3")
}

// A list longer than a page is listed in pages, and n goes on beyond them.
func TestLinearPages(t *testing.T) {
	var many []sample
	for i := range 45 {
		many = append(many, sample{title: "Report " + string(rune('A'+i%26)) + strings.Repeat("x", i), lang: "en", ago: time.Duration(i+1) * time.Minute, briefings: iraq, body: "<p>text</p>"})
	}
	s, _ := newStore(t, many...)
	got := talk(t, s, "+\n+\n+\n-\n40\nn\nn\nn\nn\nn\nn\n")
	wants(t, got, "\n20  unread", "+ lists more.", "> +\n", "\n21  unread", "\n40  unread", "+ lists more.", "\n45  unread", "That is the end", "> -\n", "\n21  unread",
		"Article 40", "Article 41", "Article 45", "All is read to its end")
}

func TestLinearAsksBeforeADeceivingLink(t *testing.T) {
	s, _ := newStore(t, sample{title: "Bank", lang: "en", ago: time.Hour, briefings: iraq, body: `<p><a href="https://evil.example/x">https://bank.example</a></p>`})
	wants(t, talk(t, s, "1\nL\no 1\no 1 anyway\n"), "> L\n", "https://evil.example/x", "The text of this link says bank.example,",
		"> o 1\n", "anyway opens it", "> o 1 anyway\n", "No browser can be shown here. The address:\nhttps://evil.example/x")
}

func TestLinearRevisions(t *testing.T) {
	a := arabicReport()
	a.body = "<p>سقط صاروخان قرب مطار بغداد.</p>"
	s, feed := newStore(t, a)
	wants(t, talk(t, s, "v\n1\nv\n"), "Read an article first", "> v\n", "the one that it came with")
	revise(t, s, feed, a, "<p>سقط ثلاثة صواريخ قرب مطار بغداد.</p>")
	wants(t, talk(t, s, "1\nv\n"), "1  changed: صاروخان", "Article 1, changed.", "سقط [-صاروخان-] {+ثلاثة صواريخ+} قرب مطار بغداد.")
}

func TestLinearRefresh(t *testing.T) {
	s, feed := newStore(t)
	fetch := func(o *Options) {
		o.Refresh = func(context.Context, refresh.Options) (refresh.Summary, error) {
			save(t, s, feed, []sample{{title: "Fresh news", lang: "en", ago: time.Minute, briefings: iraq}})
			return refresh.Summary{Progress: refresh.Progress{New: 1, Total: 2, Failed: 1}}, nil
		}
	}
	wants(t, talk(t, s, "l\n", fetch), "Fetching", "1 new from 2 feeds. 1 of them gave nothing", "1  unread: Fresh news")
	wants(t, talk(t, s, "r\n", func(o *Options) { o.Offline = true }), "Nothing is fetched")
	wants(t, talk(t, s, "r\n", func(o *Options) {
		o.Refresh = func(context.Context, refresh.Options) (refresh.Summary, error) {
			return refresh.Summary{}, errors.New("no luck")
		}
	}), "No luck.")
}

func TestLinearIsSafe(t *testing.T) {
	s, _ := newStore(t, sample{title: "pwn \x1b]0;x\x07\u202eevil \u009b31m", body: "<p>a\u009bb\x1b[2J</p>", lang: "en", ago: time.Minute, briefings: iraq})
	wants(t, talk(t, s, "1\n\x1b[2Jx\n/\x1b]0;t\x07\n"), "pwn ]0;xevil 31m", "ab[2J", "There is no command [2Jx")
}

func TestLinearWithoutFeeds(t *testing.T) {
	s, _ := emptyStore(t)
	wants(t, talk(t, s, "n\nb\n"), "No feed is subscribed.", "All: 0 unread of 0", "Nothing is listed here.", "> n\n", "All is read to its end", "> b\n", "All: 0 unread")
}

func TestLinearSave(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	home := t.TempDir()
	wants(t, talk(t, s, "S\n2\nsave html\nS ../x\n", into(home)), "Read an article first", "Saved as ~/docs/صاروخان قرب المطار.html", "Not saved: ../x lies outside of ~/docs")
}

// A signal ends it although nothing is typed.
func TestLinearEndsWithItsContext(t *testing.T) {
	s, _ := newStore(t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	in, typed := io.Pipe()
	defer typed.Close()
	go func() {
		done <- Linear(ctx, Options{Store: s, Offline: true, Zone: time.UTC}, in, &bytes.Buffer{}, 76, false)
	}()
	stop()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("it waits for a line")
	}
}

// A long article is printed to its end, not only its first screen.
func TestLinearPrintsAllOfALongArticle(t *testing.T) {
	body := report(600_000, sentenceEnglish) + "<p>The very last words.</p>"
	s, _ := newStore(t, sample{title: "Long", body: body, ago: time.Hour, briefings: iraq})
	wants(t, talk(t, s, "1\nq\n"), "Article 1", "The very last words.", "> q")
}

// What leads to a place in the text itself is no link that a line could follow.
func TestLinearLeavesFootnotesOut(t *testing.T) {
	body := `<p>Text.<a href="#n1">1</a> <a href="https://other.example/x">Elsewhere</a></p><p id="n1">A note.</p>`
	s, _ := newStore(t, sample{title: "Notes", body: body, ago: time.Hour, briefings: iraq})
	got := talk(t, s, "1\nL\no 1\nq\n")
	wants(t, got, "> L\n2  Elsewhere\n   https://other.example/x\n> o 1\n", "There is no link 1")
}
