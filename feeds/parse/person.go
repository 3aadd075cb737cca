package parse

import (
	"strings"

	"sitrep/feeds"
)

// maxAuthors is the number of authors kept of one article.
const maxAuthors = 20

// person reads a name with or without an address, in the forms that feeds use:
// "a@b.c (Name)", "Name (a@b.c)", "Name <a@b.c>", "a@b.c", "Name", and Atom's
// "<name>Name</name>" where RSS has a plain text.
func person(s string) feeds.Author {
	if _, after, ok := strings.Cut(s, "<name>"); ok {
		s, _, _ = strings.Cut(after, "</name>")
	}
	if s == "None" || s == "null" || s == "undefined" { // by a program that had no name
		return feeds.Author{}
	}
	s = strings.TrimPrefix(guessTitle(s, true), "mailto:")
	name, rest, bracketed := cutBracket(s)
	if !bracketed {
		if isEmail(s) {
			return feeds.Author{Email: s}
		}
		return feeds.Author{Name: s}
	}
	switch {
	case isEmail(name):
		return feeds.Author{Name: rest, Email: name}
	case isEmail(rest):
		return feeds.Author{Name: name, Email: rest}
	case strings.HasPrefix(rest, "http://"), strings.HasPrefix(rest, "https://"):
		return feeds.Author{Name: name, URI: webLink("", rest)}
	}
	return feeds.Author{Name: s}
}

// cutBracket splits "before (inside)" and "before <inside>".
func cutBracket(s string) (before, inside string, ok bool) {
	for _, pair := range []string{"()", "<>"} {
		if i := strings.IndexByte(s, pair[0]); i >= 0 && s[len(s)-1] == pair[1] {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(strings.TrimPrefix(s[i+1:len(s)-1], "mailto:")), true
		}
	}
	return s, "", false
}

func isEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.ContainsAny(s, " \t<>()")
}

// addAuthor appends a person unless it is empty or there already.
func addAuthor(list []feeds.Author, a feeds.Author) []feeds.Author {
	if a == (feeds.Author{}) || len(list) >= maxAuthors {
		return list
	}
	for i, have := range list {
		if a.Name != "" && strings.EqualFold(have.Name, a.Name) || a.Name == "" && have.Email == a.Email {
			if have.Email == "" {
				list[i].Email = a.Email
			}
			if have.URI == "" {
				list[i].URI = a.URI
			}
			return list
		}
	}
	return append(list, a)
}
