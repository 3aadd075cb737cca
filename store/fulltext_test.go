package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/extract"
	"sitrep/feeds/fulltext"
	"sitrep/feeds/query"
)

// page is the full text of an article, as its page gave it.
func page(id feeds.ArticleID, html string) fulltext.Text {
	return fulltext.Text{Article: id, Fetched: t0, URL: "https://news.example/a", Page: &extract.Result{
		Kind: extract.Article, Title: fmt.Sprint("Page of ", id), Byline: "A. Writer", HTML: html, Text: document.PlainText(document.Parse(html, "")),
	}}
}

// keepText stores a full text.
func keepText(t testing.TB, s *Store, id feeds.ArticleID, html string) {
	t.Helper()
	if err := s.SaveText(ctx, page(id, html)); err != nil {
		t.Fatal(err)
	}
}

// hits are the titles that a query finds.
func hits(t testing.TB, s *Store, typed string) []Row {
	t.Helper()
	q, err := query.Parse(typed, query.Options{Now: t0})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.Search(ctx, q, Window{})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func newest(t testing.TB, s *Store) Row {
	t.Helper()
	rows, err := s.List(ctx, Scope{}, Window{Limit: 1})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	return rows[0]
}

func TestFullText(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	feedText := "<p>The crossing was closed on Sunday.</p>"
	save(t, s, answer(f, t0, item{guid: "1", title: "Crossing closed", html: feedText, at: t0}, item{guid: "2", title: "Other", html: "<p>Nothing.</p>", at: t0.Add(-time.Hour)}))
	id := newest(t, s).ID
	if err := s.WantPage(ctx, id); err != nil {
		t.Fatal(err)
	}
	keepText(t, s, id, "<p>A spokesman named <b>Zubaydan</b> said that the barrier would open.</p>")

	rows := hits(t, s, "zubaydan")
	if len(rows) != 1 || rows[0].ID != id || !rows[0].FullText {
		t.Fatalf("a word of the full text finds %+v", rows)
	}
	if !strings.Contains(rows[0].Snippet, "Zubaydan") || len(rows[0].Marks) != 1 {
		t.Errorf("the snippet is %q with %v", rows[0].Snippet, rows[0].Marks)
	}
	if rows := hits(t, s, "sunday"); len(rows) != 1 || !strings.Contains(rows[0].Snippet, "Sunday") {
		t.Errorf("a word of the feed's text finds %+v", rows)
	}
	for typed, n := range map[string]int{"=Zubaydan": 1, "=zubaydan": 0, "has:fulltext": 1, "-has:fulltext": 1, "sunday zubaydan": 1, "title:zubaydan": 0, "is:unread has:fulltext": 1} {
		if rows := hits(t, s, typed); len(rows) != n {
			t.Errorf("%s finds %v, want %d", typed, titles(rows), n)
		}
	}
	a, _, _, err := s.Article(ctx, id)
	if err != nil || a.HTML != feedText {
		t.Errorf("the feed's text is %q, %v", a.HTML, err)
	}
	full, err := s.FullText(ctx, id)
	if err != nil || !strings.Contains(full.HTML, "Zubaydan") || full.Byline != "A. Writer" || full.Wanted || !full.Fetched.Equal(t0) {
		t.Errorf("%+v, %v", full, err)
	}
	keepText(t, s, id, "<p>Another text, by Karimova.</p>") // again
	if len(hits(t, s, "zubaydan")) != 0 || len(hits(t, s, "karimova")) != 1 {
		t.Error("the second text of the page did not replace the first")
	}
	s.Close()
	verify(t, dir)
}

// A revision of what the feed says keeps what the page said.
func TestRevisionKeepsFullText(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, item{guid: "1", title: "Crossing", html: "<p>Closed.</p>", at: t0}))
	id := newest(t, s).ID
	keepText(t, s, id, "<p>Zubaydan spoke.</p>")
	again(t, s, f, item{guid: "1", title: "Crossing", html: "<p>Opened again.</p>", at: t0})
	for typed, n := range map[string]int{"closed": 0, "opened": 1, "zubaydan": 1} {
		if got := len(hits(t, s, typed)); got != n {
			t.Errorf("%s finds %d, want %d", typed, got, n)
		}
	}
	if !newest(t, s).FullText {
		t.Error("the mark of the full text is gone")
	}
	s.Close()
	verify(t, dir)
}

// Words of full texts are counted exactly, whoever stores them while whoever
// refreshes has not written what it counted.
func TestFullTextsAndCountedWords(t *testing.T) {
	dir := t.TempDir()
	one, two := openAt(t, dir, &clock{t0}), openAt(t, dir, &clock{t0})
	f := addFeed(t, one, "news")
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 12 {
		cl, err := one.Claim(ctx)
		if err != nil {
			t.Fatal(err)
		}
		save(t, one, answer(f, t0, numbered(fmt.Sprint("r", round), 5, t0)...))
		for _, s := range []*Store{one, two, two} {
			rows, err := s.List(ctx, Scope{}, Window{})
			if err != nil {
				t.Fatal(err)
			}
			keepText(t, s, rows[r.IntN(len(rows))].ID, fmt.Sprintf("<p>word%d word%d and report</p>", r.IntN(9), r.IntN(9)))
		}
		if round%2 == 1 {
			again(t, one, f, item{guid: fmt.Sprint("r", round, "-5"), link: fmt.Sprintf("https://r%d.example/a/5", round), title: "changed", html: fmt.Sprint("<p>word", round, "</p>"), at: t0})
		}
		if err := cl.Release(); err != nil {
			t.Fatal(err)
		}
		if err := two.tidyAll(ctx); err != nil {
			t.Fatal(err)
		}
		verify(t, dir)
	}
}

func TestFullTextGoesWithItsArticle(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("a", 3, t0)...))
	rows, _ := s.List(ctx, Scope{}, Window{})
	keepText(t, s, rows[0].ID, "<p>Zubaydan spoke.</p>")
	if err := s.WantPage(ctx, rows[1].ID); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Purge(ctx, []feeds.ArticleID{rows[0].ID, rows[1].ID}, true, nil); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if len(hits(t, s, "zubaydan")) != 0 || one(t, s, "SELECT (SELECT count(*) FROM fulltexts) + (SELECT count(*) FROM pages)") != 0 {
		t.Error("something of a purged article is left")
	}
	keepText(t, s, rows[0].ID, "<p>Zubaydan spoke.</p>") // it was being fetched meanwhile
	if len(hits(t, s, "zubaydan")) != 0 {
		t.Error("a purged article came back")
	}
	s.Close()
	verify(t, dir)
}

// A watch finds what only the full text says, from the moment that it is there.
func TestWatchSeesFullText(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	w, err := s.AddWatch(ctx, feeds.Watch{Name: "z", Query: "zubaydan"})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, answer(f, t0, numbered("a", 3, t0)...))
	keepText(t, s, newest(t, s).ID, "<p>Zubaydan spoke.</p>")
	over, err := s.Overview(ctx)
	if err != nil || len(over.Watches) != 1 || over.Watches[0].Total != 1 || over.Watches[0].Unread != 1 {
		t.Errorf("%v %+v, %v", w, over.Watches, err)
	}
	if _, err := s.FillWatches(ctx, time.Second); err != nil {
		t.Fatal(err)
	}
	rows, err := s.List(ctx, Scope{Watch: over.Watches[0].ID}, Window{})
	if err != nil || len(rows) != 1 {
		t.Errorf("its list has %v, %v", titles(rows), err)
	}
}

// The words of a page put no article into a briefing that its feed's text did not.
func TestFullTextRoutesNowhere(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, item{guid: "1", title: "Crossing", html: "<p>Closed.</p>", at: t0}))
	id := newest(t, s).ID
	keepText(t, s, id, "<p>Baghdad Basra Mosul Baghdad Basra Mosul, said the ministry in Baghdad.</p>")
	if err := s.rerouteAll(ctx); err != nil {
		t.Fatal(err)
	}
	if _, _, in, err := s.Article(ctx, id); err != nil || len(in) != 0 {
		t.Errorf("it is in %v, %v", in, err)
	}
}

func pagesWanted(t testing.TB, s *Store, now time.Time) []feeds.ArticleID {
	t.Helper()
	jobs, err := s.WantedPages(ctx, now, 100)
	if err != nil {
		t.Fatal(err)
	}
	var ids []feeds.ArticleID
	for _, j := range jobs {
		ids = append(ids, j.Article)
	}
	return ids
}

func TestWantPage(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("a", 3, t0)...))
	rows, _ := s.List(ctx, Scope{}, Window{})
	if len(pagesWanted(t, s, t0)) != 0 {
		t.Fatal("pages are wanted that nobody asked for")
	}
	for range 2 {
		if err := s.WantPage(ctx, rows[1].ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.WantPage(ctx, 12345); !errors.Is(err, ErrNotFound) {
		t.Errorf("a page of no article: %v", err)
	}
	s.Close()
	s = openAt(t, dir, &clock{t0})
	if stored, queued, err := s.PageCounts(ctx); stored != 0 || queued != 1 || err != nil {
		t.Errorf("%d stored, %d wanted, %v", stored, queued, err)
	}
	jobs, err := s.WantedPages(ctx, t0, 100)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	if j := jobs[0]; j.Article != rows[1].ID || j.Link != "https://a.example/a/2" || !j.AllowPrivate || j.Feed != "https://news.example/feed" || j.Length != len("Text number 2 of a.") {
		t.Errorf("%+v", j)
	}

	verdict := fulltext.Verdict{Article: rows[1].ID, At: t0, Due: t0.Add(time.Hour), Tried: true, Reason: "It is slow."}
	if err := s.SaveVerdict(ctx, verdict); err != nil {
		t.Fatal(err)
	}
	if len(pagesWanted(t, s, t0)) != 0 || len(pagesWanted(t, s, t0.Add(time.Hour))) != 1 {
		t.Error("it is not asked again when it is due")
	}
	verdict.Due, verdict.Reason = time.Time{}, "It is for subscribers."
	if err := s.SaveVerdict(ctx, verdict); err != nil {
		t.Fatal(err)
	}
	if full, err := s.FullText(ctx, rows[1].ID); err != nil || full.Wanted || full.Reason != verdict.Reason || len(pagesWanted(t, s, t0.Add(9999*time.Hour))) != 0 {
		t.Errorf("%+v, %v", full, err)
	}
	if err := s.WantPage(ctx, rows[1].ID); err != nil || len(pagesWanted(t, s, t0)) != 1 {
		t.Error("the reader cannot ask for it again", err)
	}
	keepText(t, s, rows[1].ID, "<p>Text.</p>")
	if err := s.WantPage(ctx, rows[1].ID); err != nil || len(pagesWanted(t, s, t0)) != 0 {
		t.Error("it is wanted although it is there", err)
	}
	s.Close()
	verify(t, dir)
}

// A setting wants the pages of new unread articles, of that feed or briefing, and
// of nothing else.
func TestAlwaysWanted(t *testing.T) {
	for name, set := range map[string]func(s *Store, f feeds.FeedID, on bool) error{
		"feed":     func(s *Store, f feeds.FeedID, on bool) error { return s.SetFeedFullText(ctx, f, on) },
		"briefing": func(s *Store, _ feeds.FeedID, on bool) error { return s.SetBriefingFullText(ctx, "iraq", on) },
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := openTest(t)
			f, other := addFeed(t, s, "news"), addFeed(t, s, "other")
			in := func(items []item) []item {
				for i := range items {
					items[i].briefings = []string{"iraq"}
				}
				return items
			}
			save(t, s, answer(f, t0, in(numbered("old", 2, t0))...))
			if err := s.Subscribe(ctx, "iraq", nil); err != nil {
				t.Fatal(err)
			}
			if err := set(s, f, true); err != nil {
				t.Fatal(err)
			}
			save(t, s, answer(f, t0, in(numbered("new", 3, t0))...), answer(other, t0, numbered("other", 3, t0)...))
			ids := pagesWanted(t, s, t0)
			if len(ids) != 3 {
				t.Fatalf("%d pages are wanted, want those of 3 new articles", len(ids))
			}
			if _, err := s.Mark(ctx, Read, ids[0]); err != nil {
				t.Fatal(err)
			}
			if got := pagesWanted(t, s, t0); len(got) != 2 {
				t.Errorf("%d after one was read", len(got))
			}
			for i, want := range []bool{false, true} {
				if full, err := s.FullText(ctx, ids[i]); err != nil || full.Wanted != want {
					t.Errorf("article %d: %+v, %v", i, full, err)
				}
			}
			if _, queued, err := s.PageCounts(ctx); queued != 2 || err != nil {
				t.Errorf("%d are counted, %v", queued, err)
			}
			if got := pagesWanted(t, s, t0.Add(8*24*time.Hour)); len(got) != 0 {
				t.Errorf("%d after a week", len(got))
			}
			if err := s.WantPage(ctx, ids[1]); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(s.RemoveFeed(ctx, f), s.Unsubscribe(ctx, "iraq")); err != nil {
				t.Fatal(err)
			}
			if got := pagesWanted(t, s, t0); len(got) != 1 {
				t.Errorf("%d when nobody subscribes them any more", len(got))
			}
			addFeed(t, s, "news")
			if err := s.Subscribe(ctx, "iraq", nil); err != nil {
				t.Fatal(err)
			}
			if err := set(s, f, false); err != nil {
				t.Fatal(err)
			}
			if got := pagesWanted(t, s, t0); len(got) != 1 || got[0] != ids[1] {
				t.Errorf("%v after it was switched off, want what the reader asked for", got)
			}
			save(t, s, answer(f, t0, in(numbered("newer", 3, t0))...))
			if got := pagesWanted(t, s, t0); len(got) != 1 {
				t.Errorf("%d pages are wanted though it is off", len(got))
			}
		})
	}
}

// What two settings ask for is wanted while either is on.
func TestWantedByTwo(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0))
	if err := errors.Join(s.Subscribe(ctx, "iraq", nil), s.SetFeedFullText(ctx, f, true), s.SetBriefingFullText(ctx, "iraq", true)); err != nil {
		t.Fatal(err)
	}
	items := numbered("new", 2, t0)
	items[0].briefings = []string{"iraq"}
	save(t, s, answer(f, t0, items...))
	for i, step := range []struct {
		briefing, on bool
		want         int
	}{{false, false, 1}, {false, true, 1}, {true, false, 1}, {false, false, 0}} {
		var err error
		if step.briefing {
			err = s.SetBriefingFullText(ctx, "iraq", step.on)
		} else {
			err = s.SetFeedFullText(ctx, f, step.on)
		}
		if got := pagesWanted(t, s, t0); err != nil || len(got) != step.want {
			t.Errorf("step %d: %d pages are wanted, want %d; %v", i, len(got), step.want, err)
		}
	}
}

// A salvaged store has the full texts, and finds their words.
func TestSalvageFullText(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("a", 3, t0)...))
	rows, _ := s.List(ctx, Scope{}, Window{})
	keepText(t, s, rows[0].ID, "<p>Zubaydan spoke.</p>")
	if err := s.WantPage(ctx, rows[1].ID); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := salvage(ctx, dir, Options{Catalog: small, Now: func() time.Time { return t0 }}); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, dir, &clock{t0})
	if rows := hits(t, s, "zubaydan"); len(rows) != 1 || !rows[0].FullText || len(pagesWanted(t, s, t0)) != 1 {
		t.Errorf("found %v, wanted %v", titles(rows), pagesWanted(t, s, t0))
	}
	s.Close()
	verify(t, dir)
}
