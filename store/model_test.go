package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// model is what a store should say, kept the plain way.
type model struct {
	s        *Store
	clock    *clock
	feeds    []feeds.FeedID
	articles []*modelArticle
	done     []modelAct // that Undo takes back, the last one first
	undone   []modelAct
	visit    int64
	last     int64         // arrival number
	watch    feeds.WatchID // of modelWatch
}

type modelArticle struct {
	id       feeds.ArticleID
	title    string
	feed     feeds.FeedID
	briefing string
	arrival  int64
	full     string // text of its page
	marks
}

// modelAct is the marks before and after an act.
type modelAct struct {
	act           Act
	before, after map[*modelArticle]marks
}

// modelWatch lists the articles with these titles, and those with this full text.
const modelWatch = "title:t1* OR title:t2 OR body:barrier"

func (a *modelArticle) watched() bool {
	return strings.HasPrefix(a.title, "T1") || a.title == "T2" || a.full == "barrier"
}

// newer sorts as lists do.
func (m *model) sorted() []*modelArticle {
	return slices.SortedFunc(slices.Values(m.articles), func(a, b *modelArticle) int { return int(b.id - a.id) })
}

func (m *model) in(a *modelArticle, sc Scope) bool {
	return (sc.Feed == 0 || sc.Feed == a.feed) && (sc.Briefing == "" || sc.Briefing == a.briefing) &&
		(sc.Watch == 0 || a.watched()) && (!sc.UnreadOnly || !a.read || slices.Contains(sc.Keep, a.id)) && (!sc.Starred || a.starred) &&
		(sc.MaxArrival == 0 || a.arrival <= sc.MaxArrival) && (sc.UpTo == 0 || a.id <= sc.UpTo)
}

// save brings a few articles of one feed.
func (m *model) save(t *rapid.T) {
	f := rapid.SampledFrom(m.feeds).Draw(t, "feed")
	briefing := rapid.SampledFrom([]string{"", "iraq", "security"}).Draw(t, "briefing")
	n := rapid.IntRange(1, 6).Draw(t, "n")
	var items []item
	for i := range n {
		it := item{title: fmt.Sprintf("T%d", m.last+int64(i)), at: t0.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "hours")) * time.Hour)}
		it.guid = it.title
		if briefing != "" {
			it.briefings = []string{briefing}
		}
		items = append(items, it)
	}
	if got := save(t, m.s, answer(f, t0, items...)); got.New != n {
		t.Fatalf("saved %+v of %d", got, n)
	}
	m.last += int64(n)
	rows, err := m.s.List(ctx, Scope{}, Window{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if !slices.ContainsFunc(m.articles, func(a *modelArticle) bool { return a.id == r.ID }) {
			m.articles = append(m.articles, &modelArticle{id: r.ID, title: r.Title, feed: f, briefing: briefing, arrival: r.Arrival})
		}
	}
}

func (m *model) drawScope(t *rapid.T) Scope {
	sc := Scope{
		UnreadOnly: rapid.Bool().Draw(t, "unread"), Starred: rapid.IntRange(0, 4).Draw(t, "starred") == 0,
		Briefing: rapid.SampledFrom([]string{"", "", "iraq", "security", "none"}).Draw(t, "briefing"),
		Feed:     rapid.SampledFrom(append([]feeds.FeedID{0, 0}, m.feeds...)).Draw(t, "feed"),
		Watch:    rapid.SampledFrom([]feeds.WatchID{0, 0, m.watch}).Draw(t, "watch"),
	}
	if len(m.articles) > 0 && rapid.IntRange(0, 3).Draw(t, "bound") == 0 {
		sc.MaxArrival = rapid.Int64Range(1, m.last).Draw(t, "arrival")
	}
	if len(m.articles) > 0 && rapid.IntRange(0, 5).Draw(t, "up to") == 0 {
		sc.UpTo = rapid.SampledFrom(m.articles).Draw(t, "id").id
	}
	if rapid.Bool().Draw(t, "oldest") {
		sc.Sort = query.Oldest
	}
	return sc
}

// list reads a scope window by window, in both directions.
func (m *model) list(t *rapid.T) {
	sc := m.drawScope(t)
	if sc.UnreadOnly && rapid.Bool().Draw(t, "keep") {
		for _, a := range m.articles {
			if a.read && rapid.Bool().Draw(t, "kept") {
				sc.Keep = append(sc.Keep, a.id)
			}
		}
	}
	var want []string
	for _, a := range m.sorted() {
		if m.in(a, sc) {
			want = append(want, a.title)
		}
	}
	if sc.Sort == query.Oldest {
		slices.Reverse(want)
	}
	limit := rapid.IntRange(1, 9).Draw(t, "limit")
	var got, back []string
	for w := (Window{Limit: limit}); ; {
		rows, err := m.s.List(ctx, sc, w)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			break
		}
		got = append(got, titles(rows)...)
		w.From = rows[len(rows)-1].ID
	}
	for w := (Window{Limit: limit, Backward: true}); ; {
		rows, err := m.s.List(ctx, sc, w)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			break
		}
		back = append(titles(rows), back...)
		w.From = rows[0].ID
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%+v: %s", sc, diff)
	}
	if diff := cmp.Diff(want, back); diff != "" {
		t.Fatalf("%+v backward: %s", sc, diff)
	}
	sc.Keep = nil
	n := 0
	for _, a := range m.articles {
		if m.in(a, sc) {
			n++
		}
	}
	if got, err := m.s.ScopeCount(ctx, sc); got != n || err != nil {
		t.Fatalf("%+v: counted %d, want %d, %v", sc, got, n, err)
	}
}

// do changes the articles that an act changes and remembers how they were.
func (m *model) do(act Act, articles []*modelArticle) int {
	a := modelAct{act, map[*modelArticle]marks{}, map[*modelArticle]marks{}}
	for _, x := range articles {
		if now := x.marks.after(act); now != x.marks {
			a.before[x], a.after[x] = x.marks, now
			x.marks = now
		}
	}
	if len(a.after) > 0 {
		m.done = append(m.done, a)
		m.undone = nil
	}
	return len(a.after)
}

func (m *model) mark(t *rapid.T) {
	act := rapid.SampledFrom([]Act{Read, Read, Unread, Star, Unstar}).Draw(t, "act")
	if len(m.articles) == 0 {
		return
	}
	some := rapid.SliceOfN(rapid.SampledFrom(m.articles), 1, 5).Draw(t, "articles")
	ids := []feeds.ArticleID{12345}
	for _, a := range some {
		ids = append(ids, a.id)
	}
	want := m.do(act, some)
	if n, err := m.s.Mark(ctx, act, ids...); n != want || err != nil {
		t.Fatalf("marked %d, want %d, %v", n, want, err)
	}
	if want == 0 { // an act that changes nothing ends Redo as well
		m.undone = nil
	}
}

func (m *model) markAll(t *rapid.T) {
	sc := m.drawScope(t)
	act := rapid.SampledFrom([]Act{Read, Read, Unread, Star, Unstar}).Draw(t, "act")
	var all []*modelArticle
	for _, a := range m.articles {
		if m.in(a, sc) {
			all = append(all, a)
		}
	}
	want := m.do(act, all)
	if n, err := m.s.MarkAll(ctx, sc, act); n != want || err != nil {
		t.Fatalf("%+v: marked %d, want %d, %v", sc, n, want, err)
	}
	if want == 0 {
		m.undone = nil
	}
}

func (m *model) undo(t *rapid.T) {
	u, err := m.s.Undo(ctx)
	if len(m.done) == 0 {
		if !errors.Is(err, ErrNothing) {
			t.Fatalf("undo: %v", err)
		}
		return
	}
	a := m.done[len(m.done)-1]
	m.done, m.undone = m.done[:len(m.done)-1], append(m.undone, a)
	for x, was := range a.before {
		x.marks = was
	}
	if u != (Undone{a.act, len(a.before)}) || err != nil {
		t.Fatalf("undo: %+v, want %d, %v", u, len(a.before), err)
	}
}

func (m *model) redo(t *rapid.T) {
	u, err := m.s.Redo(ctx)
	if len(m.undone) == 0 {
		if !errors.Is(err, ErrNothing) {
			t.Fatalf("redo: %v", err)
		}
		return
	}
	a := m.undone[len(m.undone)-1]
	m.undone, m.done = m.undone[:len(m.undone)-1], append(m.done, a)
	for x, now := range a.after {
		x.marks = now
	}
	if u != (Undone{a.act, len(a.after)}) || err != nil {
		t.Fatalf("redo: %+v, want %d, %v", u, len(a.after), err)
	}
}

// fullText stores the full text of an article, the first or another.
func (m *model) fullText(t *rapid.T) {
	if len(m.articles) == 0 {
		return
	}
	a := rapid.SampledFrom(m.articles).Draw(t, "article")
	a.full = rapid.SampledFrom([]string{"barrier", "bridge", "T2"}).Draw(t, "full")
	if err := m.s.SaveText(ctx, page(a.id, "<p>"+a.full+"</p>")); err != nil {
		t.Fatal(err)
	}
}

// purge removes old articles, also from the acts that can be taken back.
func (m *model) purge(t *rapid.T) {
	p := Purge{Keep: rapid.IntRange(0, 12).Draw(t, "keep"), Unread: rapid.Bool().Draw(t, "unread")}
	var want []feeds.ArticleID
	for i, a := range m.sorted() {
		if i >= p.Keep && !a.starred && (a.read || p.Unread) {
			want = append(want, a.id)
		}
	}
	what, err := m.s.Purgeable(ctx, p)
	if diff := cmp.Diff(want, what.IDs); diff != "" || err != nil {
		t.Fatalf("%+v: %s %v", p, diff, err)
	}
	if n, err := m.s.Purge(ctx, what.IDs, p.Unread, nil); n != len(want) || err != nil {
		t.Fatalf("purged %d of %d, %v", n, len(want), err)
	}
	gone := func(a *modelArticle) bool { return slices.Contains(want, a.id) }
	m.articles = slices.DeleteFunc(m.articles, gone)
	for _, a := range slices.Concat(m.done, m.undone) {
		maps.DeleteFunc(a.before, func(x *modelArticle, _ marks) bool { return gone(x) })
		maps.DeleteFunc(a.after, func(x *modelArticle, _ marks) bool { return gone(x) })
	}
}

func (m *model) endVisit(t *rapid.T) {
	m.visit = m.last
	if err := m.s.EndVisit(ctx, t0); err != nil {
		t.Fatal(err)
	}
}

// overview compares all counters.
func (m *model) overview(t *rapid.T) {
	o, err := m.s.Overview(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []Counts
	count := func(in func(*modelArticle) bool) {
		var c Counts
		for _, a := range m.articles {
			if !in(a) {
				continue
			}
			c.Total++
			if !a.read {
				c.Unread++
			}
			if a.arrival > m.visit {
				c.New++
			}
		}
		want = append(want, c)
	}
	count(func(*modelArticle) bool { return true })
	got = append(got, o.All)
	for _, b := range o.Briefings {
		count(func(a *modelArticle) bool { return a.briefing == b.ID })
		got = append(got, b.Counts)
	}
	for _, f := range o.Feeds {
		count(func(a *modelArticle) bool { return a.feed == f.ID })
		got = append(got, f.Counts)
	}
	count((*modelArticle).watched)
	got = append(got, o.Watches[0].Counts)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// TestModel does what readers do, in any order, and compares with the model.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := &clock{t0}
		dir := t.TempDir()
		s, err := Open(ctx, dir, Options{Now: c.now, Catalog: small})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		m := &model{s: s, clock: c}
		if err := s.Subscribe(ctx, "security", nil); err != nil {
			rt.Fatal(err)
		}
		for _, name := range []string{"a", "b", "c"} {
			m.feeds = append(m.feeds, addFeed(rt, s, name))
		}
		if err := s.AddBriefing(ctx, feeds.Briefing{ID: "iraq", Title: "My Iraq", Group: feeds.Mine}); err != nil {
			rt.Fatal(err)
		}
		m.watch = addWatch(rt, s, "T", modelWatch).ID
		fillAll(rt, s)
		rt.Repeat(map[string]func(*rapid.T){
			"save": m.save, "list": m.list, "mark": m.mark, "mark all": m.markAll,
			"undo": m.undo, "redo": m.redo, "end visit": m.endVisit, "overview": m.overview,
			"purge": m.purge, "full text": m.fullText,
		})
		if err := s.Close(); err != nil {
			rt.Fatal(err)
		}
		verify(rt, dir)
	})
}
