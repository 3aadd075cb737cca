package opml

import (
	"io"
	"strings"
)

// ReadNewsboatURLs reads the urls file of newsboat: a line is an address and tags,
// which may be quoted; "~Title" is the feed's title, "!" hides a feed, # starts
// a comment (newsboat manual, "urls file"). Feeds that are programs or searches
// are named in Skipped.
func ReadNewsboatURLs(r io.Reader) (List, error) {
	data, err := readText(r)
	if err != nil {
		return List{}, err
	}
	var c collector
	for line := range strings.Lines(data) {
		fields := split(strings.TrimSpace(line))
		if len(fields) == 0 {
			continue
		}
		s := Subscription{URL: fields[0]}
		for _, f := range fields[1:] {
			switch f = text(f); {
			case strings.HasPrefix(f, "~"):
				s.Title = strings.TrimSpace(f[1:])
			case strings.HasPrefix(f, "!"):
				c.skip("the mark "+f+" of "+s.URL, "feeds are not hidden here")
			case f != "":
				s.Folders = append(s.Folders, f)
			}
		}
		c.add(s)
	}
	return c.list, nil
}

// split cuts a line into words as newsboat does: double quotes keep spaces, and a
// backslash in them the sign after it. A word that starts with # ends the line.
func split(line string) []string {
	var out []string
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" || line[0] == '#' {
			return out
		}
		var word string
		word, line = cutWord(line)
		out = append(out, word)
	}
}

// cutWord returns the first word of a line and what follows it.
func cutWord(line string) (word, rest string) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted && i+1 < len(line):
			i++
			b.WriteByte(line[i])
		case (c == ' ' || c == '\t') && !quoted:
			return b.String(), line[i:]
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ""
}
