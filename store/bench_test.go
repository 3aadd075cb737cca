package store

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
	"sitrep/feeds/routing"
)

var (
	benchArticles = flag.Int("articles", 100_000, "articles in the benchmarks' store")
	benchDir      = flag.String("store", "", "folder that keeps the benchmarks' store between runs")
)

// generator writes articles with the word frequencies of news: about 510 words
// of text, 250 of them different, a tenth of the articles in Arabic letters.
// Equal seeds write equal articles.
type generator struct {
	r      *rand.Rand
	zipf   *rand.Zipf
	latin  []string
	arabic []string
}

const benchWords = 60_000

func newGenerator(seed uint64) *generator {
	r := rand.New(rand.NewPCG(seed, 2))
	g := &generator{r: r, zipf: rand.NewZipf(r, 1.1, 4, benchWords-1)}
	words := rand.New(rand.NewPCG(7, 7)) // the same language for every seed
	g.latin = vocabulary(words, []rune("bcdfghklmnprstvz"), []rune("aeiou"))
	g.arabic = vocabulary(words, []rune("بتثجحخدرزسشصضطعغفقكلمنه"), []rune("اوي"))
	return g
}

// vocabulary makes words up, the short ones first as the common ones.
func vocabulary(r *rand.Rand, consonants, vowels []rune) []string {
	seen := map[string]bool{}
	var out []string
	for len(out) < benchWords {
		var w []rune
		for range 1 + len(out)/400%3 + r.IntN(3) {
			w = append(w, consonants[r.IntN(len(consonants))], vowels[r.IntN(len(vowels))])
			if r.IntN(3) == 0 {
				w = append(w, consonants[r.IntN(len(consonants))])
			}
		}
		if !seen[string(w)] {
			seen[string(w)] = true
			out = append(out, string(w))
		}
	}
	return out
}

func (g *generator) text(words []string, size int) []byte {
	var b []byte
	for len(b) < size {
		b = append(b, words[g.zipf.Uint64()]...)
		b = append(b, ' ')
	}
	return bytes.TrimSuffix(b, []byte{' '})
}

// benchFeeds is how many feeds the articles come from.
const benchFeeds = 200

// entry makes article number i: minutes apart, every third in a briefing.
func (g *generator) entry(feed feeds.FeedID, i int) refresh.Entry {
	words := g.latin
	if i%10 == 9 {
		words = g.arabic
	}
	title, body := g.text(words, 60), g.text(words, 3000)
	html := make([]byte, 0, len(body)+200)
	for j, w := range bytes.Fields(body) {
		if j%80 == 0 {
			html = append(html, "<p>"...)
		}
		html = append(append(html, w...), ' ')
	}
	a := feeds.Article{
		Feed: feed, Title: string(title), HTML: string(html), Lang: "en",
		GUID: fmt.Sprintf("tag:%d:%d", feed, i), Link: fmt.Sprintf("https://f%d.example/news/%d-%s", feed, i, bytes.ReplaceAll(title, []byte{' '}, []byte{'-'})),
		Published: t0.Add(-time.Duration(i) * 7 * time.Minute), FirstSeen: t0, Authors: []feeds.Author{{Name: "Desk"}},
	}
	e := refresh.Entry{Article: a, Keys: feeds.Keys(&a, body), Content: int64(i + 1), Title: title, Body: body, Author: []byte("desk")}
	if i%3 == 0 {
		e.Briefings = []routing.Match{{Briefing: "iraq", Terms: []string{"term"}}}
	}
	if i%50 == 0 {
		e.Briefings = append(e.Briefings, routing.Match{Briefing: "security"})
	}
	return e
}

// batches prepares n articles of all feeds, oldest feeds' answers first, as a
// first refresh would bring them: feed after feed, 250 a batch.
func (g *generator) batches(ids []feeds.FeedID, from, n int) (out []refresh.Batch) {
	per := (n + len(ids) - 1) / len(ids)
	b := refresh.Batch{Now: t0}
	for f, id := range ids {
		for done := 0; done < per; {
			k := min(per-done, refresh.MaxBatch-b.Articles)
			o := refresh.Outcome{Feed: id, More: done+k < per}
			for j := range k {
				o.Articles = append(o.Articles, g.entry(id, from+(done+j)*len(ids)+f))
			}
			done += k
			b.Outcomes = append(b.Outcomes, o)
			if b.Articles += k; b.Articles == refresh.MaxBatch {
				out = append(out, b)
				b = refresh.Batch{Now: t0}
			}
		}
	}
	if b.Articles > 0 {
		out = append(out, b)
	}
	return out
}

// benchStore opens a store with feeds.
func benchStore(b *testing.B, dir string) (*Store, []feeds.FeedID) {
	return benchSealed(b, dir, nil)
}

// benchSealed opens an encrypted store with feeds, a plain one without a key.
func benchSealed(b *testing.B, dir string, k *Key) (*Store, []feeds.FeedID) {
	s, err := Open(ctx, dir, Options{Catalog: small, Now: func() time.Time { return t0 }, Key: k})
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]feeds.FeedID, benchFeeds)
	for i := range ids {
		ids[i] = addFeed(b, s, fmt.Sprintf("f%d", i))
	}
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		b.Fatal(err)
	}
	return s, ids
}

// BenchmarkSave is a first refresh of 25,000 articles, without fetching and
// parsing; BenchmarkSaveWatched the same with twenty watches. Set -benchtime 1x.
func BenchmarkSave(b *testing.B)        { benchmarkSave(b, nil) }
func BenchmarkSaveWatched(b *testing.B) { benchmarkSave(b, newGenerator(1).watched()) }

// watched are twenty queries of the kinds that watches have.
func (g *generator) watched() (out []string) {
	for i := range 4 {
		w := func(n int) string { return g.latin[(i+1)*n] }
		out = append(out,
			w(900),
			w(150)+" "+w(400),
			`"`+w(3)+" "+w(2)+`" OR `+w(2000)+" OR "+w(3000)+" OR "+g.arabic[(i+1)*400],
			w(700)+"* -"+w(20),
			"title:"+w(300)+" lang:en -source:f7")
	}
	return out
}

func benchmarkSave(b *testing.B, watched []string) {
	const n = 25_000
	g := newGenerator(1)
	var all []refresh.Batch
	for b.Loop() {
		b.StopTimer()
		s, ids := benchStore(b, b.TempDir())
		if all == nil {
			all = g.batches(ids, 0, n)
		}
		for i, text := range watched {
			addWatch(b, s, fmt.Sprint("w", i), text)
		}
		fillAll(b, s)
		b.StartTimer()
		cl, err := s.Claim(ctx)
		if err != nil {
			b.Fatal(err)
		}
		began, slowest := time.Now(), time.Duration(0)
		for _, batch := range all {
			t := time.Now()
			if _, err := s.Save(ctx, batch); err != nil {
				b.Fatal(err)
			}
			slowest = max(slowest, time.Since(t))
		}
		saved := time.Since(began)
		if err := cl.Release(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(saved.Seconds(), "save-s")
		b.ReportMetric(slowest.Seconds()*1000, "slowest-ms")
		b.ReportMetric(time.Since(began).Seconds()-saved.Seconds(), "release-s")
		b.StopTimer()
		b.ReportMetric(float64(one(b, s, "SELECT count(*) FROM watch_articles")), "watched")
		s.Close()
		b.StartTimer()
	}
}

var built struct {
	sync.Once
	dir string
}

// large opens the store of *benchArticles articles, which is made once.
func large(b *testing.B) *Store {
	b.Helper()
	built.Do(func() {
		built.dir = *benchDir
		if built.dir == "" {
			built.dir, _ = os.MkdirTemp("", "sitrep-bench")
			// The system clears temporary folders; several benchmarks share this one.
		}
		built.dir = filepath.Join(built.dir, fmt.Sprint(*benchArticles))
		if _, err := os.Stat(filepath.Join(built.dir, fileName)); err == nil {
			return
		}
		s, ids := benchStore(b, built.dir)
		defer s.Close()
		cl, err := s.Claim(ctx)
		if err != nil {
			b.Fatal(err)
		}
		g := newGenerator(3)
		began := time.Now()
		for from := 0; from < *benchArticles; from += 25_000 {
			for _, batch := range g.batches(ids, from, min(25_000, *benchArticles-from)) {
				if _, err := s.Save(ctx, batch); err != nil {
					b.Fatal(err)
				}
			}
		}
		if err := cl.Release(); err != nil {
			b.Fatal(err)
		}
		fmt.Printf("%d articles in %v\n", *benchArticles, time.Since(began))
		for more := true; more; {
			if more, err = s.Tidy(ctx, time.Second); err != nil {
				b.Fatal(err)
			}
		}
		fmt.Printf("tidied after %v\n", time.Since(began))
	})
	s, err := Open(ctx, built.dir, Options{Catalog: small, Now: func() time.Time { return t0 }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

func BenchmarkOpen(b *testing.B) {
	large(b)
	for b.Loop() {
		s, err := Open(ctx, built.dir, Options{Catalog: small})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.List(ctx, Scope{}, Window{Limit: 50}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}

// BenchmarkWatch lists watches, counts them, and fills one from the archive.
func BenchmarkWatch(b *testing.B) {
	s := large(b)
	g := newGenerator(3)
	for _, c := range []struct{ name, q string }{{"rare", g.latin[5000]}, {"mid", g.latin[200]}, {"common", g.latin[0]}, {"attribute", "lang:en -source:f7"}} {
		var w feeds.Watch
		b.Run("fill-"+c.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				if w.ID != 0 {
					if err := s.RemoveWatch(ctx, w.ID); err != nil {
						b.Fatal(err)
					}
				}
				w = addWatch(b, s, c.name, c.q)
				b.StartTimer()
				fillAll(b, s)
			}
			b.ReportMetric(float64(one(b, s, "SELECT count(*) FROM watch_articles")), "watched")
		})
		b.Run("list-"+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.List(ctx, Scope{Watch: w.ID}, Window{Limit: 50}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count-"+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.ScopeCount(ctx, Scope{Watch: w.ID, UnreadOnly: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
		if err := s.RemoveWatch(ctx, w.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOverview(b *testing.B) {
	s := large(b)
	percentile(b, func() error {
		_, err := s.Overview(ctx)
		return err
	})
}

func BenchmarkList(b *testing.B) {
	s := large(b)
	rows, err := s.List(ctx, Scope{Briefing: "iraq"}, Window{Limit: 5000})
	if err != nil || len(rows) == 0 {
		b.Fatal(err)
	}
	deep := rows[len(rows)-1].ID
	for _, c := range []struct {
		name string
		sc   Scope
		w    Window
	}{
		{"all", Scope{}, Window{}},
		{"all-unread", Scope{UnreadOnly: true}, Window{}},
		{"all-deep", Scope{}, Window{From: deep}},
		{"all-oldest", Scope{Sort: query.Oldest}, Window{}},
		{"briefing", Scope{Briefing: "iraq"}, Window{}},
		{"briefing-back", Scope{Briefing: "iraq"}, Window{From: deep, Backward: true}},
		{"briefing-unread", Scope{Briefing: "iraq", UnreadOnly: true}, Window{}},
		{"feed", Scope{Feed: 7}, Window{}},
		{"feed-unread", Scope{Feed: 7, UnreadOnly: true}, Window{}},
		{"feed-in-briefing", Scope{Feed: 7, Briefing: "iraq"}, Window{}},
		{"bounded", Scope{MaxArrival: int64(*benchArticles) - 20_000}, Window{}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.w.Limit = 50
			percentile(b, func() error {
				_, err := s.List(ctx, c.sc, c.w)
				return err
			})
		})
	}
}

// BenchmarkSearch asks for other words each time, as the screen does: a window of
// hits before any spellings are guessed, then with them. It reports the 95th
// percentile over the words of a kind.
func BenchmarkSearch(b *testing.B) {
	s := large(b)
	g := newGenerator(3)
	common := func(i int) string { return g.latin[i%20] }
	mid := func(i int) string { return g.latin[150+i%200] }
	rare := func(i int) string { return g.latin[benchWords-1-i%200] }
	arabic := func(i int) string { return g.arabic[i%100] }
	begin := func(word string, n int) string { return string([]rune(word)[:n]) + "*" }
	names := []string{"mashhadani", "ramin", "kovalenko", "bodanov", "tsakir", "haradi", "mirzaye", "delshad"}
	known := []string{"kadhimi", "barzani", "netanyahu", "erdogan", "khamenei", "abbas"}
	for _, c := range []struct {
		name  string
		query func(i int) string
	}{
		{"common", common},
		{"mid", mid},
		{"rare", rare},
		{"arabic", arabic},
		{"two", func(i int) string { return common(i) + " " + mid(i) }},
		{"two-rare", func(i int) string { return mid(i) + " " + rare(i) }},
		{"phrase", func(i int) string { return `"` + common(i) + " " + common(i+1) + `"` }},
		{"phrase-never", func(i int) string { return `"` + mid(i) + " " + mid(i+1) + " " + mid(i+2) + `"` }},
		{"prefix-1", func(i int) string { return begin(common(i), 1) }},
		{"prefix-2", func(i int) string { return begin(common(i), 2) }},
		{"prefix-3", func(i int) string { return begin(mid(i), 3) }},
		{"prefix-arabic", func(i int) string { return begin(arabic(i), 2) }},
		{"without", func(i int) string { return common(i) + " -" + mid(i) }},
		{"only-without", func(i int) string { return "-" + mid(i) }},
		{"unread", func(i int) string { return common(i) + " is:unread" }},
		{"briefing", func(i int) string { return common(i) + " briefing:iraq" }},
		{"feed", func(i int) string { return mid(i) + " feed:f" + fmt.Sprint(1+i%200) }},
		{"date", func(i int) string { return mid(i) + " after:2026-11-01" }},
		{"or-mixed", func(i int) string { return "(" + mid(i) + " OR feed:f7) " + common(i) }},
		{"relevance", func(i int) string { return common(i) + " sort:relevance" }},
		{"exact", func(i int) string { return "=" + mid(i) }},
		{"nothing", func(i int) string { return fmt.Sprintf("zzzzqqqq%d", i) }},
		{"name-known", func(i int) string { return known[i%len(known)] }},
		{"name", func(i int) string { return names[i%len(names)] }},
	} {
		for _, step := range []struct {
			name   string
			search func(context.Context, query.Query, Window) ([]Row, error)
		}{{"first", s.SearchListed}, {"guessed", s.Search}} {
			b.Run(c.name+"/"+step.name, func(b *testing.B) {
				rows, i := 0, 0
				percentile(b, func() error {
					q := query.Read(c.query(i), query.Options{Now: t0})
					clear(s.guesses.found)
					found, err := step.search(ctx, q, Window{Limit: 40})
					rows, i = rows+len(found), i+1
					return err
				})
				b.ReportMetric(float64(rows)/float64(i), "rows/op")
			})
		}
	}
}

// percentile runs what is measured and reports the 95th percentile of its times.
func percentile(b *testing.B, run func() error) {
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		if err := run(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

func BenchmarkCount(b *testing.B) {
	s := large(b)
	g := newGenerator(3)
	for _, word := range []string{g.latin[0], g.latin[200], g.latin[0] + " is:unread"} {
		b.Run(word, func(b *testing.B) {
			q := query.Read(word, query.Options{Now: t0})
			percentile(b, func() error {
				_, err := s.Count(ctx, q)
				return err
			})
		})
	}
}

// BenchmarkFacets is what stands beside the results.
func BenchmarkFacets(b *testing.B) {
	s := large(b)
	g := newGenerator(3)
	for _, c := range []struct{ name, q string }{{"common", g.latin[0]}, {"mid", g.latin[200]}, {"rare", g.latin[benchWords-50]}, {"unread", g.latin[0] + " is:unread"}} {
		b.Run(c.name, func(b *testing.B) {
			q := query.Read(c.q, query.Options{Now: t0})
			of := 0
			for b.Loop() {
				f, err := s.Facets(ctx, q, time.UTC)
				if err != nil {
					b.Fatal(err)
				}
				of = f.Of
			}
			b.ReportMetric(float64(of), "hits")
		})
	}
}

func BenchmarkMark(b *testing.B) {
	s := large(b)
	rows, err := s.List(ctx, Scope{}, Window{Limit: 1000})
	if err != nil {
		b.Fatal(err)
	}
	act := Star
	for i := 0; b.Loop(); i++ {
		if i%len(rows) == 0 && i > 0 {
			act = map[Act]Act{Star: Unstar, Unstar: Star}[act]
		}
		if _, err := s.Mark(ctx, act, rows[i%len(rows)].ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	s := large(b)
	word := newGenerator(3).latin[1234] + "x"
	for b.Loop() {
		if _, _, err := s.Suggest(context.Background(), word); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPurge removes 10,000 articles of 25,000. Set -benchtime 1x.
func BenchmarkPurge(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s, ids := benchStore(b, b.TempDir())
		for _, batch := range newGenerator(1).batches(ids, 0, 25_000) {
			if _, err := s.Save(ctx, batch); err != nil {
				b.Fatal(err)
			}
		}
		if err := s.tidyAll(ctx); err != nil {
			b.Fatal(err)
		}
		p, err := s.Purgeable(ctx, Purge{Keep: 15_000, Unread: true})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		n, err := s.Purge(ctx, p.IDs, true, nil)
		if err != nil || n != len(p.IDs) {
			b.Fatal(n, err)
		}
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}
