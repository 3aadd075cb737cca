package page

import (
	"strconv"
	"strings"

	"sitrep/feeds/address"
	"sitrep/feeds/document"
	"sitrep/feeds/safe"
)

// noBreak keeps the number of a link on the line of its last word.
const noBreak = "\u00a0"

// key tells the links of a page apart; "" for text that is none.
func key(s *document.Span) string {
	switch {
	case s.Link != "":
		return s.Link
	case s.Note != "":
		return "#" + s.Note
	}
	return ""
}

// isLink reports whether s is part of a link.
func isLink(s *document.Span) bool { return s.Link != "" || s.Note != "" }

// sameLink reports whether two neighbours are parts of one link, or of none.
func sameLink(a, b *document.Span) bool { return a.Link == b.Link && a.Note == b.Note }

// isLinkEnd reports whether the link that span i belongs to ends with it.
func isLinkEnd(spans []document.Span, i int) bool {
	return isLink(&spans[i]) && (i+1 == len(spans) || !sameLink(&spans[i], &spans[i+1]))
}

// linkText returns all text of the link that ends with span i.
func linkText(spans []document.Span, i int) string {
	from := i
	for from > 0 && sameLink(&spans[from-1], &spans[i]) {
		from--
	}
	return spanText(spans[from : i+1])
}

// linkAt returns the number of the link that span i is part of, 0 for none;
// before is that of the span before.
func (l *layouter) linkAt(spans []document.Span, i, before int) int {
	switch {
	case !isLink(&spans[i]):
		return 0
	case i > 0 && sameLink(&spans[i-1], &spans[i]):
		return before
	}
	end := i
	for !isLinkEnd(spans, end) {
		end++
	}
	name := linkText(spans, end)
	if isBlank(name) {
		return 0
	}
	return l.number(&spans[i], name)
}

// reference puts the number of a link behind its text, which ends with span i.
// A link without text has none. One that shows another host than it leads to
// says where that is.
func (l *layouter) reference(spans []document.Span, i int) {
	name := linkText(spans, i)
	if isBlank(name) {
		return
	}
	n := l.number(&spans[i], name)
	if n == 0 {
		return
	}
	label := strconv.Itoa(n)
	if l.page.Links[n-1].Deceives() {
		label += ":" + noBreak + shownHost(spans[i].Link)
	}
	l.add(noBreak+"["+label+"]", (LinkRef | l.quoteStyle()).of(n))
}

func isBlank(name string) bool { return strings.Trim(name, " \n"+noBreak) == "" }

// number returns the number of a link, 0 beyond maxLinks. Equal addresses share
// one.
func (l *layouter) number(s *document.Span, name string) int {
	k := key(s)
	n, known := l.numbers[k]
	if !known {
		if len(l.page.Links) == maxLinks {
			return 0
		}
		n = len(l.page.Links) + 1
		l.numbers[k] = n
		l.page.Links = append(l.page.Links, Link{Number: n, URL: safe.New(s.Link).String(), Name: s.Note,
			Text: safe.New(strings.TrimSpace(name)), Login: safe.New(l.logins[s.Link])})
	}
	if link := &l.page.Links[n-1]; link.Claim.IsEmpty() && s.Link != "" {
		link.Claim = safe.New(address.Claim(name, s.Link))
	}
	return n
}

// shownHost is the host of an address as it is shown.
func shownHost(link string) string {
	host, _ := address.Host(link)
	return strings.TrimPrefix(host, "www.")
}
