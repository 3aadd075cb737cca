package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/query"
)

// searchWords is a language small enough that most queries hit something.
var searchWords = []string{"oil", "Oil", "pipeline", "pipe", "piper", "Şırnak", "sirnak", "بغداد", "بَغْدَاد", "وزير", "a", "e-mail", "U.N.", "2026", "東京",
	"Kazemi", "Kazimi", "كاظمي", "والكاظمي", "Tel", "Aviv", "تل أبيب", "Witkoff", "ويتكوف", "ויטקוף"}

func words(t *rapid.T, label string, from, to int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(searchWords), from, to).Draw(t, label), " ")
}

func drawField(t *rapid.T) query.Field {
	return rapid.SampledFrom([]query.Field{query.Any, query.Any, query.Any, query.Title, query.Body, query.Author}).Draw(t, "field")
}

func drawDate(t *rapid.T) query.Date {
	at := func(label string) time.Time {
		if rapid.IntRange(0, 2).Draw(t, label+" open") == 0 {
			return time.Time{}
		}
		return t0.Add(time.Duration(rapid.IntRange(-90_000, 10_000).Draw(t, label)) * time.Second).Add(time.Duration(rapid.IntRange(0, 1).Draw(t, label+" ms")) * time.Millisecond)
	}
	return query.Date{Op: "on", From: at("from"), To: at("to")}
}

func drawLeaf(t *rapid.T) query.Expr {
	switch rapid.IntRange(0, 11).Draw(t, "leaf") {
	case 0:
		return query.All{}
	case 1:
		return query.Phrase{Text: words(t, "phrase", 1, 3), In: drawField(t), Exact: rapid.IntRange(0, 4).Draw(t, "exact") == 0}
	case 2:
		return query.Near{Distance: rapid.IntRange(0, 4).Draw(t, "distance"), Words: rapid.SliceOfN(rapid.SampledFrom(searchWords), 1, 3).Draw(t, "near"), In: drawField(t)}
	case 3:
		return query.Is{Flag: rapid.SampledFrom([]string{"unread", "read", "starred", "updated"}).Draw(t, "flag")}
	case 4:
		return query.Has{What: rapid.SampledFrom([]string{"image", "enclosure", "notes", "fulltext"}).Draw(t, "has")}
	case 5:
		name := rapid.SampledFrom([]string{"feed", "source", "briefing", "lang", "country", "tag"}).Draw(t, "attr")
		value := rapid.SampledFrom([]string{"iraq", "security", "Shafaq", "shafaq news", "en", "AR", "oil gas", "vote", "World", "none"}).Draw(t, "value")
		return query.Attr{Name: name, Value: value, Prefix: rapid.IntRange(0, 3).Draw(t, "prefix") == 0}
	case 6:
		return drawDate(t)
	}
	w := query.Word{Text: words(t, "word", 1, 1), In: drawField(t), Exact: rapid.IntRange(0, 5).Draw(t, "exact") == 0, Prefix: rapid.IntRange(0, 3).Draw(t, "prefix") == 0}
	if w.Prefix {
		runes := []rune(w.Text)
		w.Text = string(runes[:rapid.IntRange(1, len(runes)).Draw(t, "length")])
	}
	return w
}

func drawExpr(t *rapid.T, depth int) query.Expr {
	if depth == 0 {
		return drawLeaf(t)
	}
	parts := func() []query.Expr {
		out := make([]query.Expr, rapid.IntRange(2, 3).Draw(t, "parts"))
		for i := range out {
			out[i] = drawExpr(t, depth-1)
		}
		return out
	}
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0, 1:
		return query.And(parts())
	case 2:
		return query.Or(parts())
	case 3:
		return query.Not{X: drawExpr(t, depth-1)}
	}
	return drawLeaf(t)
}

// searched is a store of articles and the same articles as query.Match sees
// them, newest first.
type searched struct {
	s    *Store
	ids  []feeds.ArticleID
	docs map[feeds.ArticleID]*query.Doc
}

// fillSearched saves n articles of three feeds, some of them marked and changed.
func fillSearched(t *rapid.T, s *Store, n int) *searched {
	for _, b := range []string{"iraq", "security"} {
		if err := s.Subscribe(ctx, b, []string{"world"}[:0]); err != nil {
			t.Fatal(err)
		}
	}
	ids := []feeds.FeedID{addFeed(t, s, "shafaq"), addFeed(t, s, "world"), addFeed(t, s, "press")}
	first, second := map[feeds.FeedID][]item{}, map[feeds.FeedID][]item{}
	for i := range n {
		it := item{
			guid: fmt.Sprint(i), title: words(t, "title", 0, 4), author: words(t, "author", 0, 2),
			html: "<p>" + strings.ReplaceAll(words(t, "body", 0, 12), " oil", "</p><p>oil"),
			at:   t0.Add(-time.Duration(rapid.IntRange(0, 100_000).Draw(t, "age")) * time.Second),
			lang: rapid.SampledFrom([]string{"", "en", "ar"}).Draw(t, "lang"),
		}
		if rapid.Bool().Draw(t, "image") {
			it.image = "https://x.example/i.jpg"
		}
		if rapid.Bool().Draw(t, "tags") {
			it.tags = []string{"Oil & Gas", "Vote"}[:rapid.IntRange(1, 2).Draw(t, "tag")]
		}
		if rapid.Bool().Draw(t, "briefings") {
			it.briefings = []string{"iraq", "security"}[:rapid.IntRange(1, 2).Draw(t, "briefing")]
		}
		f := rapid.SampledFrom(ids).Draw(t, "feed")
		first[f] = append(first[f], it)
		if rapid.IntRange(0, 5).Draw(t, "revise") == 0 {
			it.html += " " + words(t, "more", 1, 3)
			second[f] = append(second[f], it)
		}
	}
	for _, f := range ids {
		save(t, s, answer(f, t0, first[f]...))
		if rapid.Bool().Draw(t, "revised together with others") {
			second[f] = append(second[f], item{guid: "last", title: words(t, "last", 1, 3), at: t0})
		}
		save(t, s, answer(f, t0, second[f]...))
	}
	return readSearched(t, s)
}

func readSearched(t rapid.TB, s *Store) *searched {
	x := &searched{s: s, docs: map[feeds.ArticleID]*query.Doc{}}
	rows, err := s.List(ctx, Scope{}, Window{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	country := map[string]string{"World": "global", "Shafaq News": "Iraq"} // as the catalogue says
	for _, r := range rows {
		a, st, in, err := s.Article(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		seen, err := s.Sightings(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		d := &query.Doc{
			Title: a.Title, Body: string(document.AppendText(nil, a.HTML)), At: r.At, Feeds: []string{seen[0].Title}, Source: r.Source,
			Lang: a.Lang, Country: country[seen[0].Title], Tags: a.Tags, Read: st.Read, Starred: st.Starred, Updated: st.Updated, HasImage: r.HasImage,
		}
		for _, n := range a.Authors {
			d.Author = n.Name
		}
		for _, b := range in {
			d.Briefings = append(d.Briefings, b.Briefing)
		}
		x.ids, x.docs[r.ID] = append(x.ids, r.ID), d
	}
	return x
}

// excludes reports whether a part of e is negated.
func excludes(e query.Expr) bool {
	switch e := e.(type) {
	case query.And:
		return slices.ContainsFunc(e, excludes)
	case query.Or:
		return slices.ContainsFunc(e, excludes)
	case query.Not:
		return true
	}
	return false
}

// check compares a search with query.Match of its expansion over all articles.
func (x *searched) check(t rapid.TB, e query.Expr) {
	t.Helper()
	expanded, err := x.s.Expand(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	want, got := []feeds.ArticleID{}, []feeds.ArticleID{}
	for _, id := range x.ids {
		if query.Match(expanded, x.docs[id]) {
			want = append(want, id)
		} else if !excludes(e) && query.Match(e, x.docs[id]) {
			t.Fatalf("%q expanded to %q finds less", e, expanded)
		}
	}
	for w := (Window{Limit: 4}); ; {
		rows, err := x.s.Search(ctx, query.Query{Expr: e}, w)
		if err != nil {
			t.Fatalf("%q: %v", e, err)
		}
		if len(rows) == 0 {
			break
		}
		for _, r := range rows {
			got = append(got, r.ID)
		}
		w.From = got[len(got)-1]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%#v\n%q finds others than it matches: %s", e, e, diff)
	}
	if n, err := x.s.Count(ctx, query.Query{Expr: e}); n != len(want) || err != nil {
		t.Fatalf("%q: counted %d, want %d, %v", e, n, len(want), err)
	}
	rows, err := x.s.Search(ctx, query.Query{Expr: e, Sort: query.Relevance}, Window{})
	if err != nil || len(rows) != len(want) {
		t.Fatalf("%q by relevance: %d rows, want %d, %v", e, len(rows), len(want), err)
	}
	for _, r := range rows {
		if !slices.Contains(want, r.ID) {
			t.Fatalf("%q by relevance finds %v", e, r.ID)
		}
	}
}

// TestSearchIsMatch holds the store's SQL to the rules of package query.
func TestSearchIsMatch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := Open(ctx, t.TempDir(), Options{Now: (&clock{t0}).now, Catalog: small})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		x := fillSearched(rt, s, rapid.IntRange(1, 25).Draw(rt, "articles"))
		for _, act := range []Act{Read, Star, Unread} {
			if _, err := s.Mark(ctx, act, rapid.SliceOf(rapid.SampledFrom(x.ids)).Draw(rt, string(act))...); err != nil {
				rt.Fatal(err)
			}
		}
		x = readSearched(rt, s)
		for range 8 {
			x.check(rt, drawExpr(rt, rapid.IntRange(0, 3).Draw(rt, "depth")))
		}
		if rapid.Bool().Draw(rt, "tidy") { // words counted, segments merged
			if err := s.withWriter(ctx, s.flushWords); err != nil {
				rt.Fatal(err)
			}
			if _, err := s.Tidy(ctx, time.Second); err != nil {
				rt.Fatal(err)
			}
		}
		for range 8 {
			x.check(rt, drawExpr(rt, rapid.IntRange(0, 3).Draw(rt, "depth")))
		}
	})
}
