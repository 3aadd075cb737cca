package routing

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/spelling"
)

// slowScan finds what scan finds by trying every written form of every term at
// every word, without a trie.
func slowScan(r *Router, lang, text string, summary bool) []hit {
	l := languageOf(lang)
	var hits []hit
	for from := 0; from < len(text); from++ {
		if text[from] == ' ' || from > 0 && text[from-1] != ' ' {
			continue
		}
		for group, written := range r.written(lang) {
			for _, form := range forms(l, written) {
				if h, ok := formAt(l, text, from, form); ok {
					h.group, h.summary = int32(group), summary
					if !slices.Contains(hits, h) {
						hits = append(hits, h)
					}
				}
			}
		}
	}
	return hits
}

// written returns the strings of a language with their groups, worked out anew
// from the terms.
func (r *Router) written(lang string) map[int]string {
	out := map[int]string{}
	for group, places := range r.groups {
		for _, place := range places {
			folded := spelling.Fold(r.terms[place].text)
			strs := []string{folded}
			if l := languageOf(lang); l.variants != nil {
				strs = append(strs, l.variants(folded)...)
			}
			for _, s := range strs {
				if in, ok := r.roots[lang]; ok && follow(r.trie, in.state, s) == int32(group)+1 {
					out[group] = s
				}
			}
		}
	}
	return out
}

// follow returns the group of the whole string below a state, 0 if none.
func follow(t *trie, state int32, s string) int32 {
	for i := range len(s) {
		if state = t.step(state, s[i]); state == free {
			return 0
		}
	}
	return t.cells[state].out
}

// form is one way to write a term: what stands before it, and the term itself
// with or without more articles inside. stem is its last word without those.
type form struct{ prefix, term, stem string }

func forms(l *language, written string) []form {
	terms, stem := []string{written}, written[strings.LastIndexByte(written, ' ')+1:]
	if l.article != "" {
		words := strings.Split(written, " ")
		terms = []string{words[0]}
		for _, w := range words[1:] {
			var longer []string
			for _, t := range terms {
				longer = append(longer, t+" "+w, t+" "+l.article+w)
			}
			terms = longer
		}
	}
	var out []form
	for _, p := range prefixes(l.tag) {
		for _, t := range terms {
			out = append(out, form{p, t, stem})
		}
	}
	return out
}

func prefixes(lang string) []string {
	switch lang {
	case "ar":
		var out []string
		for _, and := range []string{"", "و", "ف"} {
			for _, in := range []string{"", "ال", "ب", "ك", "ل", "بال", "كال", "لل"} {
				out = append(out, and+in)
			}
		}
		return out
	case "he":
		letters := []string{"", "ה", "ו", "ב", "ל", "מ", "ש", "כ"}
		var out []string
		for _, a := range letters {
			for _, b := range letters {
				for _, c := range letters {
					out = append(out, a+b+c)
				}
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return []string{""}
}

// formAt reports whether the form stands at the word that begins at from.
func formAt(l *language, text string, from int, f form) (hit, bool) {
	rest, ok := strings.CutPrefix(text[from:], f.prefix+f.term)
	if !ok || f.prefix != "" && len(f.term) < 6 {
		return hit{}, false
	}
	ending, _, _ := strings.Cut(rest, " ")
	if ending != "" && (l.ending == nil || len(f.stem) < l.stem || !l.ending([]byte(ending))) {
		return hit{}, false
	}
	to := len(text) - len(rest) + len(ending)
	return hit{from: int32(from), to: int32(to), ending: ending != ""}, true
}

// pieces are what the words of a text are put together from in the property:
// something before a term, the term, something behind it.
var pieces = map[string][3][]string{
	"en": {{"", "", "x"}, {"iraq", "iraqi", "basra", "kurdistan region of iraq", "crude joke", "refiner", "refinery", "opec", "x"},
		{"", "", "s", "es", "ies", "x"}},
	"ar": {{"", "و", "ف", "ب", "ك", "ل", "ال", "لل", "وال", "بال", "ولل", "وب", "فو", "س"},
		{"العراق", "عراق", "بغداد", "البنك المركزي", "بنك المركزي", "بنك مركزي", "البنك مركزي", "بنك البنك", "قم"},
		{"", "", "ي", "يه", "ات", "x"}},
	"he": {{"", "ה", "ו", "ב", "ושב", "מה", "כש", "שמהב", "נ"}, {"בגדאד", "בית ספר", "בית הספר", "בית", "עד"}, {"", "", "י", "ית", "x"}},
	"tr": {{"", "", "x"}, {"irak", "bagdat", "x"}, {"", " ta", "li", "lari", "linin"}},
}

func drawText(t *rapid.T, lang string) string {
	p := pieces[lang]
	words := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		word := ""
		for _, part := range p {
			word += rapid.SampledFrom(part).Draw(t, "part")
		}
		return word
	}), 0, 8).Draw(t, "words")
	return spelling.Fold(strings.Join(words, " "))
}

func sorted(hits []hit) []hit {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.group, b.group))
	})
	return slices.Compact(hits)
}

func TestScanAgainstSlowScan(t *testing.T) {
	with := slices.Clone(rules)
	with[0].Terms = append(slices.Clone(rules[0].Terms),
		feeds.Term{Lang: "ar", Text: "بنك مركزي"}, feeds.Term{Lang: "ar", Text: "قم"},
		feeds.Term{Lang: "he", Text: "בית ספר"}, feeds.Term{Lang: "he", Text: "בית"}, feeds.Term{Lang: "he", Text: "עד"})
	r := Compile(with)
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "ar", "he", "tr"}).Draw(t, "lang")
		text := drawText(t, lang)
		d := r.newDecision()
		d.scan(r.roots[lang], []byte(text), false)
		if got, want := sorted(d.hits), sorted(slowScan(r, lang, text, false)); !slices.Equal(got, want) {
			t.Fatalf("%s %q: %v, want %v", lang, text, got, want)
		}
	})
}

// checkMatches holds for any text whatever.
func checkMatches(t interface{ Errorf(string, ...any) }, r *Router, in Text) {
	got := r.Route(in)
	last := -1
	for _, m := range got {
		i, ok := r.index[m.Briefing]
		if !ok || i <= last {
			t.Errorf("%v: briefings unknown or out of order", got)
		}
		last = i
		if m.Terms == nil && !slices.Contains(in.Own, m.Briefing) || m.Terms != nil && len(m.Terms) == 0 {
			t.Errorf("%s gets in without a reason", m.Briefing)
		}
	}
	for _, id := range in.Own {
		if _, ok := r.index[id]; ok && !slices.ContainsFunc(got, func(m Match) bool { return m.Briefing == id }) {
			t.Errorf("an article of %s's own feed is not in it", id)
		}
	}
	if in.Own != nil {
		in.Own = nil
		for _, m := range r.Route(in) {
			if !slices.ContainsFunc(got, func(o Match) bool { return slices.Equal(o.Terms, m.Terms) && o.Briefing == m.Briefing }) {
				t.Errorf("%v is gone in an own feed", m)
			}
		}
	}
}

func TestRouteProperties(t *testing.T) {
	r := Compile(rules)
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "ar", "he", "tr", "", "de"}).Draw(t, "lang")
		words := lang
		if _, ok := pieces[words]; !ok {
			words = "en"
		}
		checkMatches(t, r, Text{
			Title:   []byte(drawText(t, words)),
			Summary: []byte(drawText(t, words)),
			Lang:    lang,
			Own:     rapid.SampledFrom([][]string{nil, {"iraq"}, {"oil", "am"}, {"moon"}}).Draw(t, "own"),
		})
	})
}

func FuzzRoute(f *testing.F) {
	r := Compile(rules)
	f.Add("iraq crude", "exports of basra", "en")
	f.Add("وبالعراق", "للبنك المركزي", "ar")
	f.Add("\xff\xd8", " ", "")
	f.Fuzz(func(t *testing.T, title, summary, lang string) {
		checkMatches(t, r, Text{Title: []byte(title), Summary: []byte(summary), Lang: lang, Own: []string{"iraq"}})
		checkMatches(t, r, text(lang, title, summary))
	})
}
