package config

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"sitrep/feeds"
)

// A term is written as its text, with three optional marks before it: the
// language of the texts that it may match in and a colon, then "~" for a weak
// term or "!" for a sufficient one: "Basra", "ar:البصرة", "~strike", "en:!Hormuz".

// ParseTerms reads a term as FormatTerms writes it. Without a language it stands
// for one term in each language of its script.
func ParseTerms(s string) ([]feeds.Term, error) {
	var t feeds.Term
	s = strings.TrimSpace(s)
	if lang, rest, ok := strings.Cut(s, ":"); ok && isLanguage(lang) {
		t.Lang, s = lang, strings.TrimSpace(rest)
	}
	switch {
	case strings.HasPrefix(s, "~"):
		t.Weak, s = true, s[1:]
	case strings.HasPrefix(s, "!"):
		t.Sufficient, s = true, s[1:]
	}
	if t.Text = strings.TrimSpace(s); t.Text == "" {
		return nil, errors.New("a term is empty")
	}
	if t.Lang != "" {
		return []feeds.Term{t}, nil
	}
	var out []feeds.Term
	for _, lang := range languagesOf(t.Text) {
		t.Lang = lang
		out = append(out, t)
	}
	return out, nil
}

// languagesOf lists the languages that routing tells apart in the script of s.
func languagesOf(s string) []string {
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }):
		return []string{"ar", "fa", "ckb"}
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hebrew, r) }):
		return []string{"he"}
	}
	return []string{"en", "tr", "fr", "kmr"}
}

// FormatTerms writes terms as the user's briefing files have them.
func FormatTerms(terms []feeds.Term) []string {
	out := []string{}
	for i := 0; i < len(terms); {
		t, n := terms[i], spread(terms[i:])
		if n > 1 {
			t.Lang = ""
		}
		out = append(out, formatTerm(t))
		i += n
	}
	return out
}

// spread returns how many of the first terms came of one written without a
// language, 1 if the first has its own.
func spread(terms []feeds.Term) int {
	langs := languagesOf(terms[0].Text)
	if len(terms) < len(langs) {
		return 1
	}
	want := terms[0]
	for i, lang := range langs {
		want.Lang = lang
		if terms[i] != want {
			return 1
		}
	}
	return len(langs)
}

func formatTerm(t feeds.Term) string {
	s := t.Text
	switch {
	case t.Weak:
		s = "~" + s
	case t.Sufficient:
		s = "!" + s
	}
	if t.Lang != "" {
		s = t.Lang + ":" + s
	}
	return s
}

// isLanguage reports whether s is the tag of a language that routing knows.
func isLanguage(s string) bool {
	return slices.Contains([]string{"ar", "ckb", "en", "fa", "fr", "he", "kmr", "tr"}, s)
}
