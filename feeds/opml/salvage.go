package opml

import (
	"fmt"
	"html"
	"strings"
)

// Limits of what is passed over in a damaged file.
const (
	maxDamage = 1000     // places
	maxTag    = 16 << 10 // bytes of one that are looked through for an address
)

// readAll reads a file and goes on behind what is damaged, at the next outline.
// What is read twice because of that is at most the length of the file.
func (p *reader) readAll(data string) {
	again, start, line := len(data), 0, 1
	for damage := 0; ; damage++ {
		began, failed, err := p.read(data[start:])
		if err == nil {
			return
		}
		line += strings.Count(data[start:start+began], "\n")
		start += began
		again -= failed - began
		length := nextOutline(data[start:])
		saved := p.salvage(data[start : start+min(length, maxTag)])
		if start+length == len(data) || again < 0 || damage == maxDamage {
			p.skip("the rest of the file", "the file is damaged or cut off there")
			return
		}
		what := fmt.Sprintf("what begins in line %d", line)
		if saved {
			p.skip(what, "is damaged; only the address in it was taken")
		} else {
			p.skip(what, "is damaged; what follows was read")
		}
		line += strings.Count(data[start:start+length], "\n")
		start += length
	}
}

// nextOutline returns where the next outline begins behind the first sign of s,
// the length of s when there is none.
func nextOutline(s string) int {
	const tag = "<outline"
	for i := 1; ; i++ {
		n := strings.IndexByte(s[min(i, len(s)):], '<')
		if n < 0 {
			return len(s)
		}
		i += n
		if len(s)-i >= len(tag) && strings.EqualFold(s[i:i+len(tag)], tag) {
			return i
		}
	}
}

// salvage takes the address out of a damaged outline.
func (p *reader) salvage(tag string) bool {
	feed := value(tag, "xmlurl")
	if feed == "" {
		return false
	}
	s := Subscription{URL: feed, Title: text(value(tag, "text"))}
	if at := p.at(); at.depth > 0 {
		s.Folders = []string{at.path}
	}
	p.opml = true
	n := len(p.list.Subscriptions)
	p.add(s)
	return len(p.list.Subscriptions) > n
}

// value returns what is quoted behind the name of an attribute, "" when it is not
// closed.
func value(tag, name string) string {
	i := strings.Index(asciiLower(tag), name)
	if i < 0 {
		return ""
	}
	rest := strings.TrimLeft(tag[i+len(name):], " \t\r\n")
	rest, ok := strings.CutPrefix(rest, "=")
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !ok || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	v, _, closed := strings.Cut(rest[1:], rest[:1])
	if !closed || strings.ContainsAny(v, "<>\n") {
		return ""
	}
	return html.UnescapeString(v)
}

// asciiLower keeps the place of every byte.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
