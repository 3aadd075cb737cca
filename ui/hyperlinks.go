package ui

import (
	"strconv"
	"strings"

	"sitrep/ui/page"
)

// maxTarget is the longest address that terminals take (the specification of
// OSC 8 names what VTE and iTerm2 allow).
const maxTarget = 2083

// hyperlink makes s lead to an address where the terminal follows links (OSC 8).
// Parts with one number, not 0, are one link to it, though they stand on several
// lines. An address that may not be opened, or that is too long, leaves s alone.
func (q *pageRequest) hyperlink(address string, number int, s string) string {
	if !q.hyperlinks || s == "" {
		return s
	}
	to, ok := target(address)
	if !ok {
		return s
	}
	id := ""
	if number > 0 {
		id = "id=" + strconv.Itoa(number)
	}
	return "\x1b]8;" + id + ";" + to + "\x1b\\" + s + "\x1b]8;;\x1b\\"
}

// target returns an address as an escape sequence may hold it: of http, https
// or mailto, with all bytes encoded that are not printable ASCII.
func target(address string) (string, bool) {
	scheme, _, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
	default:
		return "", false
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c < 0x21 || c > 0x7e {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String(), b.Len() <= maxTarget
}

// paintLine draws one line of a page in the theme's styles. The text and the
// number of a link lead where it does, unless the text claims another place.
func (q *pageRequest) paintLine(l page.Line, links []page.Link) string {
	var b strings.Builder
	for _, s := range l {
		style := page.Style(s.Style)
		part := paintOf(style, q.theme).On(s.Text)
		if n := style.Link(); n > 0 && n <= len(links) && !links[n-1].Deceives() {
			part = q.hyperlink(links[n-1].URL, n, part)
		}
		b.WriteString(part)
	}
	return b.String()
}
