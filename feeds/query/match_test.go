package query

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sitrep/feeds/spelling"
)

func sample() *Doc {
	return &Doc{
		Title: "Iraq's oil exports resume through Ceyhan", Author: "Ali al-Kadhimi, AFP",
		Body:  "The pipeline to Türkiye’nin Ceyhan port was shut. وزير النفط العراقي قال إنّ التصدير استؤنف. Dubai Über 東京で",
		Feeds: []string{"Rudaw English"}, Source: "Rudaw", Lang: "en", Country: "IQ",
		Briefings: []string{"iraq", "oil-gas"}, Tags: []string{"Oil & Gas"},
		At: time.Date(2026, 11, 20, 12, 0, 0, 0, baghdad), Starred: true, HasImage: true,
	}
}

func TestMatch(t *testing.T) {
	for in, want := range map[string]bool{
		"":                               true,
		"iraq":                           true,
		"IRAQ'S OIL":                     true,
		"iraqi":                          false,
		"ira*":                           true,
		"ira":                            false,
		"oil pipeline":                   true, // title and body
		`"oil pipeline"`:                 false,
		`"oil exports"`:                  true,
		`"exports oil"`:                  false,
		"kadhimi":                        true,
		"al-kadhimi":                     true,
		"al-afp":                         false,
		"title:kadhimi":                  false,
		"author:kadhimi":                 true,
		"title:(oil -pipeline)":          true,
		"العراقى":                        true,
		"وزير-النفط":                     true,
		"استونف":                         true,
		"turkiye":                        true,
		"東京":                             true,
		"京東":                             false,
		"-oil":                           false,
		"-gas -coal":                     true,
		"gas OR oil":                     true,
		"near:2(oil ceyhan)":             false,
		"near:3(oil ceyhan)":             true,
		"near:3(ceyhan oil)":             true,
		"near:0(oil exports)":            true,
		"near:0(exports oil)":            true,
		"near:0(oil oil)":                true,
		`near:1("oil exports" through)`:  true,
		"near:100(kadhimi pipeline)":     false,
		"title:near:9(pipeline ceyhan)":  false,
		"body:near:9(pipeline ceyhan)":   true,
		"=Über":                          true,
		"=über":                          false,
		"=Uber":                          false,
		"uber":                           true,
		"=Iraq":                          true,
		"=Ira":                           false,
		"=Ira*":                          true,
		`="oil exports"`:                 true,
		`="Oil exports"`:                 false,
		"title:=Über":                    false,
		"=東京":                            true,
		"is:unread":                      true,
		"is:read":                        false,
		"is:starred":                     true,
		"is:updated":                     false,
		"has:image":                      true,
		"has:enclosure":                  false,
		"has:notes":                      false,
		"has:fulltext":                   false,
		"source:rudaw":                   true,
		"source:rud":                     false,
		"source:rud*":                    true,
		"feed:english":                   true,
		`feed:"english rudaw"`:           false,
		"briefing:iraq":                  true,
		"briefing:oil-gas":               true,
		"briefing:oil":                   false,
		"briefing:oil*":                  true,
		"tag:oil-gas":                    true,
		"lang:EN":                        true,
		"lang:(ar OR fa)":                false,
		"country:iq":                     true,
		"on:2026-11-20":                  true,
		"after:2026-11-21":               false,
		"before:2026-11-21 after:7d":     true,
		"before:yesterday":               true,
		"on:2026-11-20T12:00":            true,
		"before:2026-11-20T12:00":        false,
		`-"oil exports" OR author:(afp)`: true,
	} {
		q, err := Parse(in, options)
		if err != nil {
			t.Errorf("Parse(%q): %v", in, err)
			continue
		}
		if got := Match(q.Expr, sample()); got != want {
			t.Errorf("Match(%q) = %v, want %v", in, got, want)
		}
	}
	if !Match(And{Word{Text: "!!"}, Near{Words: []string{"?"}}}, &Doc{}) {
		t.Error("words that fold to nothing do not match")
	}
}

func TestSetFolded(t *testing.T) {
	d := &Doc{}
	d.SetFolded([]byte("iraq"), []byte("green zone"), nil)
	if !Match(Phrase{Text: "Green Zone"}, d) || Match(Word{Text: "Iraq", In: Body}, d) {
		t.Error("folded columns are not used")
	}
}

// slowText is Match of one text term by comparing lists of words.
func slowText(column, text string, prefix bool) []int {
	have, want := strings.Fields(spelling.Fold(column)), strings.Fields(spelling.Fold(text))
	var at []int
	for i := 0; i+len(want) <= len(have); i++ {
		last := len(want) - 1
		if slices.Equal(have[i:i+last], want[:last]) &&
			(have[i+last] == want[last] || prefix && strings.HasPrefix(have[i+last], want[last])) {
			at = append(at, i)
		}
	}
	return at
}

// slowNear tries all combinations of places.
func slowNear(column string, words []string, distance int) bool {
	var try func(i int, starts, ends []int) bool
	try = func(i int, starts, ends []int) bool {
		if i == len(words) {
			last := slices.Max(starts)
			for _, e := range ends {
				if last-e > distance {
					return false
				}
			}
			return true
		}
		for _, at := range slowText(column, words[i], false) {
			n := len(strings.Fields(spelling.Fold(words[i])))
			if try(i+1, append(slices.Clone(starts), at), append(slices.Clone(ends), at+n)) {
				return true
			}
		}
		return false
	}
	return try(0, nil, nil)
}

func TestMatchText(t *testing.T) {
	words := []string{"a", "b", "c", "ab", "a-b", "b c", "A'b", "Bağ", "bağdat"}
	some := func(lo, hi int) *rapid.Generator[string] {
		return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), lo, hi), func(w []string) string { return strings.Join(w, " ") })
	}
	rapid.Check(t, func(t *rapid.T) {
		d := &Doc{Title: some(0, 4).Draw(t, "title"), Body: some(0, 12).Draw(t, "body")}
		text, prefix := some(1, 3).Draw(t, "text"), rapid.Bool().Draw(t, "prefix")
		want := len(slowText(d.Title, text, prefix)) > 0 || len(slowText(d.Body, text, prefix)) > 0
		if got := Match(Word{Text: text, Prefix: prefix}, d); got != want {
			t.Fatalf("Match(%q, prefix %v) = %v", text, prefix, got)
		}
		near := Near{Distance: rapid.IntRange(0, 4).Draw(t, "distance"), Words: rapid.SliceOfN(some(1, 2), 2, 3).Draw(t, "near")}
		want = slowNear(d.Title, near.Words, near.Distance) || slowNear(d.Body, near.Words, near.Distance)
		if got := Match(near, d); got != want {
			t.Fatalf("Match(%s) = %v", near, got)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	d := sample()
	d.Body = strings.Repeat(d.Body+" ", 20)
	q, _ := Parse(`iraq "crude exports" near:5(oil minister) -title:gas source:rudaw`, options)
	for b.Loop() {
		Match(q.Expr, d)
	}
}
