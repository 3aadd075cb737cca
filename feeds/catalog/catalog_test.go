package catalog_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/spelling"
)

// languages are those that feeds, terms and spellings may be in.
var languages = []string{"en", "ar", "fa", "ckb", "he", "tr", "kmr", "fr"}

func TestBriefings(t *testing.T) {
	c := shipped(t)
	if len(c.Briefings) != 29 {
		t.Errorf("%d briefings", len(c.Briefings))
	}
	groups := []feeds.Group{feeds.Regions, feeds.Topics, feeds.Industries}
	rules := []feeds.RuleKind{feeds.RuleNone, feeds.RuleMatch, feeds.RulePair, feeds.RuleTopicAndRegion}
	seen, hidden := map[string]bool{}, 0
	for _, b := range c.Briefings {
		if b.ID == "" || seen[b.ID] {
			t.Errorf("id %q is empty or twice there", b.ID)
		}
		seen[b.ID] = true
		if b.Title == "" || strings.Contains(b.Title, "Briefing") || b.Description == "" {
			t.Errorf("%s: title %q, description %q", b.ID, b.Title, b.Description)
		}
		if !slices.Contains(groups, b.Group) || !slices.Contains(rules, b.Rule) {
			t.Errorf("%s: group %q, rule %q", b.ID, b.Group, b.Rule)
		}
		if _, err := time.LoadLocation(b.Zone); err != nil || b.Zone == "" {
			t.Errorf("%s: zone %q: %v", b.ID, b.Zone, err)
		}
		if b.Hidden {
			hidden++
		} else if len(b.Terms) == 0 || b.Rule == feeds.RuleNone {
			t.Errorf("%s: no rule", b.ID)
		}
	}
	if hidden != 5 {
		t.Errorf("%d hidden briefings, want the five editions", hidden)
	}
	place := func(b feeds.Briefing) int {
		if b.Hidden {
			return len(groups)
		}
		return slices.Index(groups, b.Group)
	}
	if !slices.IsSortedFunc(c.Briefings, func(a, b feeds.Briefing) int { return place(a) - place(b) }) {
		t.Error("briefings are not in screen order")
	}
}

// TestTerms keeps prose out of the terms and each of them once.
func TestTerms(t *testing.T) {
	c := shipped(t)
	for _, b := range c.Briefings {
		seen := map[string]string{}
		for i, term := range slices.Concat(b.Terms, b.Vetoes) {
			folded := spelling.Fold(term.Text)
			if utf8.RuneCountInString(folded) < 2 || strings.ContainsAny(term.Text, "()~;:") || len(strings.Fields(term.Text)) > 5 {
				t.Errorf("%s: term %q", b.ID, term.Text)
			}
			if !slices.Contains(languages, term.Lang) {
				t.Errorf("%s: %q is in language %q", b.ID, term.Text, term.Lang)
			}
			if wrongScript(term) {
				t.Errorf("%s: %q is not written in %s", b.ID, term.Text, term.Lang)
			}
			key := term.Lang + folded
			if i >= len(b.Terms) {
				key += " veto"
			}
			if other, twice := seen[key]; twice {
				t.Errorf("%s: %q and %q are the same term", b.ID, other, term.Text)
			}
			seen[key] = term.Text
		}
	}
}

func wrongScript(t feeds.Term) bool {
	table := map[string]*unicode.RangeTable{
		"ar": unicode.Arabic, "fa": unicode.Arabic, "ckb": unicode.Arabic, "he": unicode.Hebrew,
	}[t.Lang]
	if table == nil {
		table = unicode.Latin
	}
	for _, r := range t.Text {
		if unicode.IsLetter(r) && !unicode.Is(table, r) {
			return true
		}
	}
	return false
}

func TestFeeds(t *testing.T) {
	c := shipped(t)
	if len(c.Feeds) != 250 {
		t.Errorf("%d feeds", len(c.Feeds))
	}
	ids, addresses := map[string]bool{}, map[string]bool{}
	for _, f := range c.Feeds {
		if f.Catalog == "" || ids[f.Catalog] || addresses[f.URL] {
			t.Errorf("%s %s: empty or twice there", f.Catalog, f.URL)
		}
		ids[f.Catalog], addresses[f.URL] = true, true
		for _, address := range []string{f.URL, f.Site} {
			if !validAddress(address) {
				t.Errorf("%s: address %q", f.Catalog, address)
			}
		}
		if f.ID != 0 || f.Title == "" || f.Source == "" || f.Scope == "" || !slices.Contains(languages, f.Lang) {
			t.Errorf("%s: %+v", f.Catalog, f)
		}
		if !slices.Contains([]string{"news", "wire", "government", "think-tank", "data", "blog", "podcast"}, f.Kind) {
			t.Errorf("%s: kind %q", f.Catalog, f.Kind)
		}
		if !slices.Contains([]string{"yes", "no", "unknown"}, f.FullText) {
			t.Errorf("%s: full text %q", f.Catalog, f.FullText)
		}
		if f.Disabled != (f.Confidence == catalog.Low) {
			t.Errorf("%s: confidence %s, disabled %t", f.Catalog, f.Confidence, f.Disabled)
		}
		checkBriefings(t, c, f)
	}
}

func validAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		!strings.ContainsFunc(address, func(r rune) bool { return r > unicode.MaxASCII || r <= ' ' })
}

func checkBriefings(t *testing.T, c *catalog.Catalog, f catalog.Feed) {
	visible := false
	all := slices.Concat(f.Own, f.Offered)
	for i, id := range all {
		b, ok := c.Briefing(id)
		if !ok || slices.Contains(all[:i], id) {
			t.Errorf("%s: briefing %q is unknown or twice there", f.Catalog, id)
		}
		visible = visible || !b.Hidden
		if b.Hidden && i < len(f.Own) {
			t.Errorf("%s: owned by the edition %s", f.Catalog, id)
		}
	}
	if !visible {
		t.Errorf("%s: good for no briefing on screen", f.Catalog)
	}
}

// TestEveryBriefingHasFeeds makes sure that ticking a briefing brings news.
func TestEveryBriefingHasFeeds(t *testing.T) {
	c := shipped(t)
	enabled := func(list []catalog.Feed) (n int) {
		for _, f := range list {
			if !f.Disabled {
				n++
			}
		}
		return n
	}
	for _, b := range c.Briefings {
		own, general := enabled(c.Own(b.ID)), enabled(c.General(b.ID))
		t.Logf("%-25s %3d own %3d general", b.ID, own, general)
		if !b.Hidden && own == 0 || own+general < 8 {
			t.Errorf("%s: %d own and %d general feeds", b.ID, own, general)
		}
		for _, f := range c.General(b.ID) {
			if slices.Contains(f.Own, b.ID) {
				t.Errorf("%s: %s is both own and general", b.ID, f.Catalog)
			}
		}
	}
}

func TestSourcesAreOutlets(t *testing.T) {
	c := shipped(t)
	n := map[string]int{}
	for _, f := range c.Feeds {
		n[f.Source]++
	}
	for source, want := range map[string]int{"The National": 4, "Haaretz": 3, "The Guardian": 5, "BBC News": 4, "Shafaq News": 3, "Anadolu Agency": 3} {
		if n[source] != want {
			t.Errorf("%s has %d feeds, want %d", source, n[source], want)
		}
	}
}

func TestSpellings(t *testing.T) {
	c := shipped(t)
	if len(c.Spellings) != 307 {
		t.Errorf("%d groups", len(c.Spellings))
	}
	ids := map[string]bool{}
	for _, g := range c.Spellings {
		if g.ID == "" || ids[g.ID] || len(g.Names) < 2 {
			t.Errorf("group %q is empty, twice there or has one name: %v", g.ID, g.Names)
		}
		ids[g.ID] = true
		if !slices.Contains([]string{"place", "org", "name-part", "particle"}, g.Kind) {
			t.Errorf("%s: kind %q", g.ID, g.Kind)
		}
		for i, n := range g.Names {
			if !slices.Contains(languages, n.Lang) || spelling.Fold(n.Text) == "" || strings.ContainsAny(n.Text, "():") {
				t.Errorf("%s: name %v", g.ID, n)
			}
			if slices.Contains(g.Names[:i], n) {
				t.Errorf("%s: %v is twice there", g.ID, n)
			}
		}
	}
}

func TestApproxBytes(t *testing.T) {
	c := shipped(t)
	var total int64
	for _, f := range c.Own("iraq") {
		total += f.ApproxBytes()
	}
	if total < 50<<10 || total > 1<<20 {
		t.Errorf("Iraq's own feeds take %d bytes", total)
	}
}

func BenchmarkShipped(b *testing.B) {
	for b.Loop() {
		if _, err := catalog.Shipped(); err != nil {
			b.Fatal(err)
		}
	}
}
