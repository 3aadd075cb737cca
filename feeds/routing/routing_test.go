package routing

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/spelling"
)

// rules are small enough to keep in mind while reading the tests.
var rules = []feeds.Briefing{
	{ID: "iraq", Group: feeds.Regions, Rule: feeds.RuleMatch,
		Terms: []feeds.Term{
			{Lang: "en", Text: "Iraq"}, {Lang: "en", Text: "Iraqi"}, {Lang: "en", Text: "Basra"},
			{Lang: "en", Text: "dinar", Weak: true}, {Lang: "en", Text: "Kurdistan Region of Iraq"},
			{Lang: "ar", Text: "العراق"}, {Lang: "ar", Text: "بغداد"}, {Lang: "ar", Text: "البنك المركزي"},
			{Lang: "tr", Text: "Irak"}, {Lang: "tr", Text: "Bağdat"}, {Lang: "he", Text: "בגדאד"},
			{Lang: "fa", Text: "عراق"}, {Lang: "ckb", Text: "عێراق"}, {Lang: "kmr", Text: "Bexda"},
		},
		Vetoes: []feeds.Term{{Lang: "en", Text: "crossword"}, {Lang: "en", Text: "Iraq veteran", Weak: true}}},
	{ID: "jordan", Group: feeds.Regions, Rule: feeds.RulePair,
		Terms: []feeds.Term{
			{Lang: "en", Text: "Amman"}, {Lang: "en", Text: "Jordan", Weak: true},
			{Lang: "en", Text: "Kingdom of Jordan", Sufficient: true},
		}},
	{ID: "oil", Group: feeds.Industries, Rule: feeds.RuleTopicAndRegion,
		Terms: []feeds.Term{
			{Lang: "en", Text: "crude"}, {Lang: "en", Text: "refinery"}, {Lang: "en", Text: "gas", Weak: true},
			{Lang: "en", Text: "OPEC", Sufficient: true}, {Lang: "en", Text: "OPEC+"},
		},
		Vetoes: []feeds.Term{{Lang: "en", Text: "crude joke", Weak: true}}},
	{ID: "am", Group: feeds.Topics, Rule: feeds.RuleNone, Terms: []feeds.Term{{Lang: "en", Text: "Iraq"}}},
}

func text(lang, title, summary string, own ...string) Text {
	return Text{Title: []byte(spelling.Fold(title)), Summary: []byte(spelling.Fold(summary)), Lang: lang, Own: own}
}

func TestRoute(t *testing.T) {
	r := Compile(rules)
	iraq := func(terms ...string) []Match { return []Match{{"iraq", terms}} }
	for _, tt := range []struct {
		name string
		in   Text
		want []Match
	}{
		{"nothing", text("en", "Weather stays mild", "Rain on Sunday"), nil},
		{"empty", text("", "", ""), nil},
		{"title", text("en", "Iraq votes", ""), iraq("Iraq")},
		{"one in the summary is not enough", text("en", "A vote", "In Iraq"), nil},
		{"two in the summary are", text("en", "A vote", "In Iraq, near Basra"), iraq("Iraq", "Basra")},
		{"twice the same is one", text("en", "A vote", "Iraq, Iraq and Iraq"), nil},
		{"whole words", text("en", "Iraqology and Basran", ""), nil},
		{"plural and possessive", text("en", "Iraq’s vote", ""), iraq("Iraq")},
		{"plural", text("en", "Iraqis vote", ""), iraq("Iraqi")},
		{"weak alone", text("en", "The dinar falls", "dinar"), nil},
		{"weak beside a strong one", text("en", "The dinar falls", "In Iraq"), iraq("dinar", "Iraq")},
		{"the longer term counts", text("en", "A vote", "In the Kurdistan Region of Iraq"), nil},
		{"veto", text("en", "Iraq in our crossword", ""), nil},
		{"veto spares own feeds", text("en", "Iraq in our crossword", "", "iraq"), iraq()},
		{"weak veto takes its words away", text("en", "Iraq veteran wins", ""), nil},
		{"and only them", text("en", "Iraq veteran returns to Basra", ""), iraq("Basra")},
		{"own feed without a term", text("en", "Weather", "", "iraq"), iraq()},
		{"own feed with terms", text("en", "Iraq votes", "", "iraq"), iraq("Iraq")},
		{"an edition owns too", text("en", "Weather", "", "am"), []Match{{"am", nil}}},
		{"unknown owner", text("en", "Weather", "", "moon"), nil},

		{"pair", text("en", "Jordan opens bridge", "Ministers met in Amman"), []Match{{"jordan", []string{"Jordan", "Amman"}}}},
		{"half a pair", text("en", "Amman opens bridge", ""), nil},
		{"sufficient in a pair", text("en", "Kingdom of Jordan votes", ""), []Match{{"jordan", []string{"Kingdom of Jordan"}}}},

		{"topic without region", text("en", "Crude slips", ""), nil},
		{"topic and region", text("en", "Crude slips", "Exports from Iraq"), []Match{{"oil", []string{"crude", "Iraq"}}}},
		{"both in the title", text("en", "Iraq crude slips", ""), []Match{{"iraq", []string{"Iraq"}}, {"oil", []string{"crude", "Iraq"}}}},
		{"plural in -ies", text("en", "Refineries reopen in Iraq", ""), []Match{{"iraq", []string{"Iraq"}}, {"oil", []string{"refinery", "Iraq"}}}},
		{"sufficient topic", text("en", "OPEC meets", ""), []Match{{"oil", []string{"OPEC"}}}},
		{"a weak region is none", text("en", "Crude slips", "In Jordan"), nil},
		{"own feed needs no region", text("en", "Crude slips", "", "oil"), []Match{{"oil", nil}}},
		{"masked topic", text("en", "Crude joke angers Iraq", ""), iraq("Iraq")},

		{"arabic prefixes", text("ar", "وبالعراق", ""), iraq("العراق")},
		{"arabic li-al", text("ar", "زيارة للعراق", ""), iraq("العراق")},
		{"arabic wa-li-al", text("ar", "وللعراق", ""), iraq("العراق")},
		{"arabic adjective", text("ar", "القائد العراقي", ""), iraq("العراق")},
		{"arabic bi", text("ar", "ببغداد", ""), iraq("بغداد")},
		{"arabic phrase with prefix", text("ar", "والبنك المركزي", ""), iraq("البنك المركزي")},
		{"arabic word inside another", text("ar", "استعراقية", ""), nil},
		{"hebrew prefixes", text("he", "ושבבגדאד", ""), iraq("בגדאד")},
		{"turkish apostrophe", text("tr", "Bağdat'ın Irak'ta", ""), iraq("Bağdat", "Irak")},
		{"turkish ending", text("tr", "Iraklı bakan", ""), iraq("Irak")},
		{"persian ending", text("fa", "هیئت عراقی", ""), iraq("عراق")},
		{"sorani ending", text("ckb", "لە عێراقدا", ""), iraq("عێراق")},
		{"kurmanji ending", text("kmr", "Li Bexdayê", ""), iraq("Bexda")},

		{"terms of another language", text("tr", "Iraq", ""), nil},
		{"a language without terms", text("de", "Iraq", ""), nil},
		{"region subtag", text("en-GB", "Iraq votes", ""), iraq("Iraq")},
		{"unknown language", text("", "Iraq votes on the budget after months", ""), iraq("Iraq")},
		{"declared English, printed Arabic", text("en-us", "وفد من بغداد في زيارة إلى المدينة", ""), iraq("بغداد")},
		{"ku in Arabic letters", text("ku", "عێراق", ""), iraq("عێراق")},
		{"ku in Latin letters", text("ku", "Bexda", ""), iraq("Bexda")},
		{"old tag of Hebrew", text("iw", "בגדאד", ""), iraq("בגדאד")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, r.Route(tt.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOnlyTheBeginningCounts(t *testing.T) {
	r := Compile(rules)
	long := strings.Repeat("weather ", summaryLength/8)
	if got := r.Route(text("en", "A vote", long+"in Iraq, near Basra")); got != nil {
		t.Errorf("the end of a long text lets it into %v", got)
	}
	if got := r.Route(text("en", "A vote", "In Iraq, near Basra "+long)); len(got) != 1 {
		t.Errorf("%v", got)
	}
	for n, want := range map[int]string{0: "", 3: "", 4: "iraq", 6: "iraq", 10: "iraq votes"} {
		if got := string(beginning([]byte("iraq votes"), n)); got != want {
			t.Errorf("first %d bytes: %q, want %q", n, got, want)
		}
	}
}

func TestRouteConcurrently(t *testing.T) {
	r := Compile(rules)
	in := text("en", "Iraq crude slips", "Exports from Basra")
	want := r.Route(in)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if got := r.Route(in); !cmp.Equal(want, got) {
					t.Errorf("%v, want %v", got, want)
				}
				r.Route(text("en", "Weather", "Rain"))
			}
		})
	}
	wg.Wait()
}

// TestMatchesStayApart makes sure that appending to one match leaves the next alone.
func TestMatchesStayApart(t *testing.T) {
	got := Compile(rules).Route(text("en", "Iraq crude slips", ""))
	_ = append(got[0].Terms, "more")
	if got[1].Terms[0] != "crude" {
		t.Errorf("%v", got)
	}
}

func TestVersion(t *testing.T) {
	was := Compile(rules).Version()
	if again := Compile(rules).Version(); again != was {
		t.Errorf("equal rules have versions %d and %d", was, again)
	}
	for name, change := range map[string]func(*feeds.Briefing){
		"term":   func(b *feeds.Briefing) { b.Terms[0].Text = "Irak" },
		"weak":   func(b *feeds.Briefing) { b.Terms[0].Weak = true },
		"veto":   func(b *feeds.Briefing) { b.Vetoes = b.Vetoes[:1] },
		"rule":   func(b *feeds.Briefing) { b.Rule = feeds.RulePair },
		"group":  func(b *feeds.Briefing) { b.Group = feeds.Mine },
		"lang":   func(b *feeds.Briefing) { b.Terms[0].Lang = "fr" },
		"strong": func(b *feeds.Briefing) { b.Terms[0].Sufficient = true },
	} {
		changed := slices.Clone(rules)
		changed[0].Terms = slices.Clone(changed[0].Terms)
		change(&changed[0])
		if Compile(changed).Version() == was {
			t.Errorf("another %s has the same version", name)
		}
	}
	renamed := slices.Clone(rules)
	renamed[0].Title = "Iraq desk"
	if Compile(renamed).Version() != was {
		t.Error("a title is no rule")
	}
}

func TestCompileOddTerms(t *testing.T) {
	r := Compile([]feeds.Briefing{
		{ID: "odd", Rule: feeds.RuleMatch, Terms: []feeds.Term{
			{Lang: "en", Text: ""}, {Lang: "en", Text: "!!!"}, {Lang: "", Text: "x"}, {Lang: "de", Text: "Lage im Irak"},
		}},
		{ID: "odd", Rule: "new kind", Terms: []feeds.Term{{Lang: "en", Text: "Iraq"}}},
	})
	if got := r.Route(text("de", "Die Lage im Irak", "")); len(got) != 1 || got[0].Briefing != "odd" {
		t.Errorf("%v", got)
	}
	if got := r.Route(text("en", "Iraq", "")); got != nil {
		t.Errorf("an unknown rule lets in %v", got)
	}
	if got := Compile(nil).Route(text("en", "Iraq", "", "iraq")); got != nil {
		t.Errorf("no rules let in %v", got)
	}
}
