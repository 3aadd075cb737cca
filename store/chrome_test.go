package store

import (
	"fmt"
	"testing"

	"sitrep/feeds/extract"
)

const slogan = "The agency of record, since the first day."

// teach stores a full text with a headline and paragraphs for each.
func teach(t *testing.T, s *Store, n int, paragraph string, headlines ...string) {
	t.Helper()
	f := addFeed(t, s, fmt.Sprint("news", n))
	save(t, s, answer(f, t0, numbered(fmt.Sprint("a", n), len(headlines), t0)...))
	rows, err := s.List(ctx, Scope{Feed: f}, Window{})
	if err != nil {
		t.Fatal(err)
	}
	for i, headline := range headlines {
		text := page(rows[i].ID, fmt.Sprintf("<p>Report %d of %d</p><p>%s</p>", i, n, paragraph))
		text.Page.Title = headline
		if err := s.SaveText(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
}

func knows(t *testing.T, s *Store, host, paragraph string) bool {
	t.Helper()
	known, err := s.Chrome(ctx, host)
	if err != nil {
		t.Fatal(err)
	}
	return known.Repeated(paragraph)
}

func TestChromeIsLearnt(t *testing.T) {
	s, _ := openTest(t)
	teach(t, s, 1, slogan, "Dam opens its gates", "Dollar falls in Baghdad", "هطول أمطار غزيرة", "Galatasaray kazandı")
	if !knows(t, s, "news.example", slogan) {
		t.Error("what stands on every page is not known")
	}
	if knows(t, s, "else.example", slogan) {
		t.Error("another host learnt from it")
	}
	if err := s.write(ctx, fetchable, func(c *conn) error { return c.exec("UPDATE chrome SET known = x'00'") }); err != nil {
		t.Fatal(err)
	}
	if knows(t, s, "news.example", slogan) {
		t.Error("damage is believed")
	}
}

// The background that the reports of one event share is a part of each.
func TestBackgroundIsNoChrome(t *testing.T) {
	s, _ := openTest(t)
	const background = "The strait carries a fifth of the oil that the world burns."
	teach(t, s, 1, background, "Hormuz closed to tankers", "Insurers leave Hormuz", "What Hormuz means for Basra", "Third ship hit in Hormuz", "Navies gather at Hormuz")
	if knows(t, s, "news.example", background) {
		t.Error("background is taken for chrome")
	}
}

// What stands on a page now and then does not add up.
func TestChromeForgets(t *testing.T) {
	l := learning{chrome: &extract.Chrome{}}
	headline := func(i int) string { return fmt.Sprintf("word%d other%d", i, i) }
	for i := range 6 * lesson {
		text := fmt.Sprint("Report ", i)
		if i%lesson == 3 {
			text += "\n\n" + slogan
		}
		if !l.add(&extract.Result{Title: headline(i), Text: text}) {
			t.Fatalf("page %d taught nothing", i)
		}
	}
	if l.chrome.Repeated(slogan) {
		t.Error("one page in twelve makes chrome")
	}
}

func TestHostsAreForgotten(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("a", 1, t0)...))
	id := newest(t, s).ID
	for i := range maxHosts + 5 {
		text := page(id, "<p>Text.</p>")
		text.URL, text.Fetched = fmt.Sprintf("https://h%d.example/", i), t0.Add(1)
		if err := s.SaveText(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	if n := one(t, s, "SELECT count(*) FROM chrome"); n != maxHosts {
		t.Errorf("%d hosts are known", n)
	}
}
