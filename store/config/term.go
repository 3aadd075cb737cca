package config

import (
	"errors"
	"strings"

	"sitrep/feeds"
)

// A term is written as its text, with three optional marks before it: the
// language of the texts that it may match in and a colon, then "~" for a weak
// term or "!" for a sufficient one: "Basra", "ar:البصرة", "~strike", "en:!Hormuz".

// ParseTerm reads a term as FormatTerm writes it. Without a language it matches
// in texts of every language.
func ParseTerm(s string) (feeds.Term, error) {
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
		return feeds.Term{}, errors.New("a term is empty")
	}
	return t, nil
}

// FormatTerm writes a term as the user's briefing files have it.
func FormatTerm(t feeds.Term) string {
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

// isLanguage reports whether s has the form of a primary language tag.
func isLanguage(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}
