package store

import (
	"fmt"
	"testing"

	"sitrep/feeds"
	"sitrep/feeds/routing"
)

func TestReroute(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "world")
	rules := func(terms ...string) *routing.Router {
		t.Helper()
		b := feeds.Briefing{ID: "energy", Title: "Energy", Group: feeds.Mine, Rule: feeds.RuleMatch}
		for _, text := range terms {
			b.Terms = append(b.Terms, feeds.Term{Lang: "en", Text: text})
		}
		if err := s.AddBriefing(ctx, b); err != nil {
			t.Fatal(err)
		}
		return routing.Compile([]feeds.Briefing{b})
	}
	var items []item
	for i := range 600 {
		it := item{guid: fmt.Sprint(i), title: fmt.Sprint("Report ", i), lang: "en", at: t0}
		switch i % 4 {
		case 0:
			it.title = fmt.Sprint("Pipeline opened ", i)
		case 1:
			it.title = fmt.Sprint("Refinery closed ", i)
		}
		items = append(items, it)
	}
	for i := 0; i < len(items); i += 200 {
		save(t, s, answer(f, t0, items[i:i+200]...))
	}
	for step, c := range []struct {
		terms []string
		want  int
	}{
		{[]string{"pipeline"}, 150},
		{[]string{"pipeline", "refinery"}, 300},
		{[]string{"refinery"}, 150},
		{[]string{"dam"}, 0},
	} {
		r := rules(c.terms...)
		steps := 0
		for more := true; more; steps++ {
			var err error
			if more, err = s.Reroute(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		if steps != 3 {
			t.Errorf("%d steps for 600 articles", steps)
		}
		if more, err := s.Reroute(ctx, r); more || err != nil {
			t.Error(more, err)
		}
		rows, err := s.List(ctx, Scope{Briefing: "energy"}, Window{Limit: 1000})
		if err != nil || len(rows) != c.want {
			t.Errorf("step %d: %d articles, want %d, %v", step, len(rows), c.want, err)
		}
	}
	verified(t, s)
}
