package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/routing"
)

func addWatch(t rapid.TB, s *Store, name, text string) feeds.Watch {
	t.Helper()
	w, err := s.AddWatch(ctx, feeds.Watch{Name: name, Query: text})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func fillAll(t rapid.TB, s *Store) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = s.FillWatches(ctx, time.Second); err != nil {
			t.Fatal(err)
		}
	}
}

// inWatch returns the titles that a watch lists.
func inWatch(t testing.TB, s *Store, w feeds.Watch) string {
	t.Helper()
	rows, err := s.List(ctx, Scope{Watch: w.ID}, Window{})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(titles(rows))
}

// countedIn returns what the first pane says of a watch.
func countedIn(t testing.TB, s *Store, w feeds.Watch) string {
	t.Helper()
	o, err := s.Overview(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range o.Watches {
		if x.ID == w.ID {
			return fmt.Sprintf("%s: %d/%d/%d %v", x.Name, x.Unread, x.New, x.Total, x.Filling)
		}
	}
	return "none"
}

func TestWatch(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "wire")
	save(t, s, answer(f, t0))
	reports := []item{
		{guid: "1", title: "Drone over Basra", html: "<p>Nothing else.</p>", at: t0.Add(-3 * time.Hour)},
		{guid: "2", title: "Budget passed", html: "<p>No drones in it.</p>", at: t0.Add(-2 * time.Hour)},
	}
	save(t, s, answer(f, t0, reports...))
	w := addWatch(t, s, " Drones  ", "drone* -budget sort:oldest")
	if w.Name != "Drones" || w.Query != "drone* -budget" || !w.Made.Equal(t0) || w.ID == 0 {
		t.Errorf("%+v", w)
	}
	if got := countedIn(t, s, w); got != "Drones: 0/0/0 true" {
		t.Error(got)
	}
	fillAll(t, s)
	if got := countedIn(t, s, w); got != "Drones: 1/1/1 false" {
		t.Error(got)
	}
	// What comes is counted as it comes, a changed text as it changes.
	reports[1].html = "<p>No budget: a drone came.</p>"
	reports[0].html = "<p>It was for the budget.</p>"
	save(t, s, answer(f, t0, append(reports, item{guid: "3", title: "Dronestrike", at: t0.Add(-time.Hour)})...))
	if got := inWatch(t, s, w); got != "[Dronestrike]" {
		t.Error(got)
	}
	if n, err := s.MarkAll(ctx, Scope{Watch: w.ID, UnreadOnly: true}, Read); n != 1 || err != nil {
		t.Error(n, err)
	}
	if got := countedIn(t, s, w); got != "Drones: 0/1/1 false" {
		t.Error(got)
	}
	if _, err := s.Undo(ctx); err != nil {
		t.Error(err)
	}
	if n, err := s.ScopeCount(ctx, Scope{Watch: w.ID, UnreadOnly: true}); n != 1 || err != nil {
		t.Error(n, err)
	}
	w.Query = "passed"
	if err := s.ChangeWatch(ctx, w); err != nil {
		t.Fatal(err)
	}
	fillAll(t, s)
	if got := inWatch(t, s, w); got != "[Budget passed]" {
		t.Error(got)
	}
	if err := s.RemoveWatch(ctx, w.ID); err != nil {
		t.Fatal(err)
	}
	if got := countedIn(t, s, w); got != "none" || one(t, s, "SELECT count(*) FROM watch_articles") != 0 || one(t, s, "SELECT count(*) FROM watches") != 0 {
		t.Error(got)
	}
	verified(t, s)
}

func TestWatchIsRefused(t *testing.T) {
	s, _ := openTest(t)
	w := addWatch(t, s, "النفط", "oil")
	for _, x := range []struct {
		name, text string
		err        any
	}{
		{"نفط", "", new(*query.SyntaxError)},
		{"oil", "oil is:unread", new(*query.SyntaxError)},
		{"ألنَفط", "gas", new(*Taken)},
	} {
		if _, err := s.AddWatch(ctx, feeds.Watch{Name: x.name, Query: x.text}); !errors.As(err, x.err) {
			t.Errorf("%s %s: %v", x.name, x.text, err)
		}
	}
	if _, err := s.AddWatch(ctx, feeds.Watch{Query: "oil"}); err == nil {
		t.Error("a watch without a name")
	}
	w.Query = "gas" // its own name is free for it
	if err := s.ChangeWatch(ctx, w); err != nil {
		t.Error(err)
	}
	if err := s.ChangeWatch(ctx, feeds.Watch{ID: 99, Name: "x", Query: "x"}); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if err := s.RemoveWatch(ctx, 99); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}

// TestFillInSteps fills a watch of more articles than a step takes, while another
// process does, too, and dies.
func TestFillInSteps(t *testing.T) {
	dir := t.TempDir()
	s, other := openAt(t, dir, &clock{t0}), openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "wire")
	const n = 2*filledAtOnce + 300
	for i := 0; i < n; i += 250 {
		items := make([]item, 250)
		for j := range items {
			items[j] = item{guid: fmt.Sprint(i + j), title: fmt.Sprint("Oil report ", i+j), at: t0.Add(-time.Duration(i+j) * time.Minute)}
		}
		save(t, s, answer(f, t0, items...))
	}
	w := addWatch(t, s, "oil", "oil")
	steps := 0
	for more := true; more; steps++ {
		var err error
		if more, err = []*Store{s, other}[steps%2].FillWatches(ctx, 0); err != nil {
			t.Fatal(err)
		}
		rows, err := s.List(ctx, Scope{Watch: w.ID}, Window{Limit: 3})
		if err != nil || len(rows) != 3 || rows[0].Title != "Oil report 0" {
			t.Fatal("the newest are not first", titles(rows), err)
		}
	}
	if total := one(t, s, "SELECT total FROM counters WHERE kind = 3"); total != n+200 || steps != 4 {
		t.Error(total, steps)
	}
	// One that is removed by a process which is killed at once goes later.
	if err := s.write(ctx, kept, func(c *conn) error { return c.exec("UPDATE watches SET name = ''") }); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Tidy(ctx, time.Minute); err != nil {
		t.Error(err)
	}
	if left := one(t, s, "SELECT (SELECT count(*) FROM watch_articles) + (SELECT count(*) FROM watches)"); left != 0 {
		t.Error(left)
	}
	other.Close()
	verified(t, s)
}

// TestWatchFollowsNames changes what feeds are called and which briefings own
// them, which changes what is found of all that is stored.
func TestWatchFollowsNames(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "wire")
	save(t, s, answer(f, t0, item{guid: "1", title: "A", at: t0}))
	bySource, byBriefing := addWatch(t, s, "source", "source:gazette"), addWatch(t, s, "briefing", "briefing:iraq")
	fillAll(t, s)
	check := func(want string) {
		t.Helper()
		if got := inWatch(t, s, bySource) + inWatch(t, s, byBriefing); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	check("[][]")
	if err := s.UpdateFeed(ctx, feeds.Feed{ID: f, URL: "https://wire.example/feed", Title: "The Gazette", Source: "The Gazette"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://wire.example/feed"}, []string{"iraq"}); err != nil {
		t.Fatal(err)
	}
	fillAll(t, s)
	check("[A][A]")
	save(t, s, answer(f, t0, item{guid: "2", title: "B", at: t0, briefings: []string{"iraq"}}))
	check("[B A][B A]")
	// Rules that take articles in are followed at once.
	g := addFeed(t, s, "world")
	save(t, s, answer(g, t0, item{guid: "1", title: "Dam report", at: t0.Add(-time.Hour), lang: "en"}))
	b := feeds.Briefing{ID: "water", Title: "Water", Group: feeds.Mine, Rule: feeds.RuleMatch, Terms: []feeds.Term{{Lang: "en", Text: "dam"}}}
	if err := s.AddBriefing(ctx, b); err != nil {
		t.Fatal(err)
	}
	water := addWatch(t, s, "water", "briefing:water")
	fillAll(t, s)
	if _, err := s.Reroute(ctx, routing.Compile([]feeds.Briefing{b})); err != nil {
		t.Fatal(err)
	}
	if got := inWatch(t, s, water); got != "[Dam report]" {
		t.Error(got)
	}
	verified(t, s)
}

// TestWatchKnowsTheTitleThatComes saves a feed that says what it is called only
// at the end of its answer.
func TestWatchKnowsTheTitleThatComes(t *testing.T) {
	s, _ := openTest(t)
	id, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://new.example/feed"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := addWatch(t, s, "w", "feed:herald")
	fillAll(t, s)
	first, last := answer(id, t0, item{guid: "1", title: "A", at: t0}), answer(id, t0, item{guid: "2", title: "B", at: t0})
	first.More = true
	last.Meta.Title = "The Herald"
	save(t, s, first)
	save(t, s, last)
	if got := inWatch(t, s, w); got != "[B]" {
		t.Error(got)
	}
	fillAll(t, s)
	if got := inWatch(t, s, w); got != "[B A]" {
		t.Error(got)
	}
	verified(t, s)
}

// TestWatchFollowsTheZone opens a store with a watch for a day somewhere else.
func TestWatchFollowsTheZone(t *testing.T) {
	dir := t.TempDir()
	open := func(zone *time.Location) *Store {
		s, err := Open(ctx, dir, Options{Now: (&clock{t0}).now, Catalog: small, Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open(time.UTC)
	f := addFeed(t, s, "wire")
	save(t, s, answer(f, t0, item{guid: "1", title: "A", at: time.Date(2026, 11, 21, 22, 30, 0, 0, time.UTC)}))
	w := addWatch(t, s, "day", "on:2026-11-21")
	fillAll(t, s)
	if got := inWatch(t, s, w); got != "[A]" {
		t.Error(got)
	}
	s.Close()
	s = open(time.FixedZone("Baghdad", 3*3600))
	if got := countedIn(t, s, w); got != "day: 1/1/1 true" {
		t.Error(got)
	}
	fillAll(t, s)
	if got := countedIn(t, s, w); got != "day: 0/0/0 false" {
		t.Error(got)
	}
	verified(t, s)
}

// drawStanding draws a query that a watch can have.
func drawStanding(t *rapid.T, label string) query.Expr {
	for range 20 {
		text := drawExpr(t, rapid.IntRange(0, 2).Draw(t, label)).String()
		if e, err := query.ParseStanding(text, query.Options{Now: t0}); err == nil {
			return e
		}
	}
	return query.Word{Text: "oil"}
}

// TestWatchIsSearch holds what watches keep to what their queries find, after
// articles came, changed, were marked and went.
func TestWatchIsSearch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		s, err := Open(ctx, dir, Options{Now: (&clock{t0}).now, Catalog: small, Zone: time.UTC})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		var all []feeds.Watch
		add := func(n int) {
			for range n {
				all = append(all, addWatch(rt, s, fmt.Sprint("w", len(all)), drawStanding(rt, "watch").String()))
			}
		}
		add(3)
		fillAll(rt, s)
		x := fillSearched(rt, s, rapid.IntRange(1, 20).Draw(rt, "articles"))
		add(3)
		for range rapid.IntRange(0, 4).Draw(rt, "acts") {
			some := rapid.SliceOf(rapid.SampledFrom(x.ids)).Draw(rt, "some")
			if _, err := s.Mark(ctx, rapid.SampledFrom([]Act{Read, Star, Unread}).Draw(rt, "act"), some...); err != nil {
				rt.Fatal(err)
			}
			if rapid.Bool().Draw(rt, "fill") {
				fillAll(rt, s)
			}
			if rapid.IntRange(0, 2).Draw(rt, "purge") == 0 {
				if _, err := s.Purge(ctx, some, true, nil); err != nil {
					rt.Fatal(err)
				}
			}
			if w := &all[rapid.IntRange(0, len(all)-1).Draw(rt, "which")]; rapid.Bool().Draw(rt, "change") {
				w.Query = drawStanding(rt, "changed").String()
				if err := s.ChangeWatch(ctx, *w); err != nil {
					rt.Fatal(err)
				}
			}
		}
		more := answer(1, t0, item{guid: "late", title: words(rt, "late", 1, 4), at: t0, briefings: []string{"iraq"}})
		save(rt, s, more)
		o, err := s.Overview(ctx)
		if err != nil {
			rt.Fatal(err)
		}
		for _, w := range o.Watches {
			if !w.Filling { // kept up to date by what was saved alone
				checkWatch(rt, s, w.Watch)
			}
		}
		fillAll(rt, s)
		for _, w := range all {
			checkWatch(rt, s, w)
		}
		if err := s.Close(); err != nil {
			rt.Fatal(err)
		}
		verify(rt, dir)
	})
}

func ids(rows []Row) []feeds.ArticleID {
	out := make([]feeds.ArticleID, len(rows))
	for i, r := range rows {
		out[i] = r.ID
	}
	return out
}

// checkWatches holds all watches to what their queries find, and returns how many
// there are.
func checkWatches(t testing.TB, s *Store) int {
	t.Helper()
	fillAll(t, s)
	o, err := s.Overview(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range o.Watches {
		q, err := query.Parse(w.Query, query.Options{Now: t0})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.Count(ctx, q); n != w.Total || n == 0 || w.Filling || err != nil {
			t.Errorf("%+v, but %d are found, %v", w, n, err)
		}
	}
	return len(o.Watches)
}

func checkWatch(t rapid.TB, s *Store, w feeds.Watch) {
	t.Helper()
	q, err := query.Parse(w.Query, query.Options{Now: t0})
	if err != nil {
		t.Fatal(err)
	}
	want, err := certainly(s, q.Expr)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.List(ctx, Scope{Watch: w.ID}, Window{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if have := ids(got); !slices.Equal(want, have) {
		diff := cmp.Diff(want, have)
		t.Fatalf("%q (- found, + kept): %s", w.Query, diff)
	}
}

// certainly returns what an expression finds as a watch does: with the spellings
// that do not change with the archive.
func certainly(s *Store, e query.Expr) (found []feeds.ArticleID, err error) {
	err = s.find(ctx, func(c *conn) error {
		sel, err := selectFiltered(c, Scope{}, s.certain(e))
		if err != nil {
			return err
		}
		found, err = sel.ids(c, 1000)
		return err
	})
	return found, err
}

// TestWatchOfJoinedFeeds sees an article in a second feed of its outlet, at once
// and later: it is then of both.
func TestWatchOfJoinedFeeds(t *testing.T) {
	s, _ := openTest(t)
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	shipped := func(name string) feeds.FeedID {
		return feeds.FeedID(one(t, s, "SELECT id FROM feeds WHERE catalog = ?", name))
	}
	section, general := shipped("shafaq-security"), shipped("shafaq")
	w := addWatch(t, s, "w", "feed:security")
	fillAll(t, s)
	report := func(n int) item {
		return item{guid: fmt.Sprint(n), link: fmt.Sprintf("https://shafaq.example/%d", n), title: fmt.Sprint("R", n), at: t0.Add(time.Duration(n) * time.Second)}
	}
	save(t, s, answer(general, t0, report(2), report(1)), answer(section, t0, report(1)))
	if got := inWatch(t, s, w); got != "[R1]" {
		t.Error(got)
	}
	save(t, s, answer(section, t0, report(2), report(1)))
	if got := inWatch(t, s, w); got != "[R2 R1]" {
		t.Error(got)
	}
	verified(t, s)
}

// A watch finds a name in all spellings that the catalogue has, and Arabic words
// behind particles, when articles come and in those that are stored.
func TestWatchFindsSpellings(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	texts := []string{"Barzani speaks", "بارزانی وتی", "لقاء في تل أبيب", "إلى بغداد", "وصل وببغداد لجنة", "Nothing of that", "Kazemi is out", "برئاسة الكاظمي"}
	articles := func(round string) (out []item) {
		for i, title := range texts {
			out = append(out, item{guid: fmt.Sprint(round, i), title: title + " " + round, html: long, at: t0})
		}
		return out
	}
	save(t, s, answer(f, t0, articles("first")...))
	want := map[string]int{}
	for i, c := range []struct {
		query string
		n     int
	}{{"barzani", 2}, {"tel aviv", 1}, {"بغداد", 2}, {"kadhimi", 2}, {"-barzani", 6}, {"=barzani", 0}, {`"tel aviv"`, 0}, {"kadhimi OR barzani", 4}} {
		name := fmt.Sprint(i, " ", c.query)
		want[name] = c.n
		if _, err := s.AddWatch(ctx, feeds.Watch{Name: name, Query: c.query}); err != nil {
			t.Fatal(err)
		}
	}
	for rounds := range 2 {
		if rounds == 1 {
			save(t, s, answer(f, t0, articles("second")...))
		}
		fillAll(t, s)
		o, err := s.Overview(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range o.Watches {
			if n := want[w.Name] * (rounds + 1); w.Total != n {
				t.Errorf("%s: %d, want %d", w.Name, w.Total, n)
			}
			checkWatch(t, s, w.Watch)
		}
	}
}
