package routing

import (
	"strings"

	"sitrep/feeds/spelling"
)

// languageFor returns the tag of the language whose terms apply to the text:
// the article's own if its letters agree with that, else what they look like.
// Feeds often declare en-US and print Arabic.
func languageFor(t Text) string {
	text := t.Title
	if len(text) == 0 {
		text = t.Summary
	}
	s := scriptOf(text)
	tag := primary(t.Lang, s)
	if tag == "" {
		return guess(t, s)
	}
	for i := range languages {
		if languages[i].tag == tag && languages[i].script != s {
			return guess(t, s)
		}
	}
	return tag
}

// primary returns the first part of a BCP 47 tag as the catalogue writes it.
func primary(tag string, s script) string {
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	switch tag = strings.ToLower(tag); tag {
	case "und", "mul", "zxx":
		return ""
	case "iw":
		return "he"
	case "ku", "kur":
		if s == arabic {
			return "ckb"
		}
		return "kmr"
	}
	return tag
}

// guess tells the language by the text, the commonest of its script when that
// is no use: names of places in English are much the same in other languages.
func guess(t Text, s script) string {
	tag := spelling.Language(string(t.Title) + " " + string(t.Summary))
	for i := range languages {
		if languages[i].tag == tag && languages[i].script == s {
			return tag
		}
	}
	switch s {
	case arabic:
		return "ar"
	case hebrew:
		return "he"
	case latin:
		return "en"
	}
	return ""
}
