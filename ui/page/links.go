package page

import (
	"strconv"
	"strings"

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
func (l *Layouter) linkAt(spans []document.Span, i, before int) int {
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
func (l *Layouter) reference(spans []document.Span, i int) {
	name := linkText(spans, i)
	if isBlank(name) {
		return
	}
	n := l.number(&spans[i], name)
	if n == 0 {
		return
	}
	label := strconv.Itoa(n)
	if isDeceptive(&spans[i], name) {
		label += ":" + noBreak + hostOf(spans[i].Link)
	}
	l.add(noBreak+"["+label+"]", (LinkRef | l.quoteStyle()).of(n))
}

func isBlank(name string) bool { return strings.Trim(name, " \n"+noBreak) == "" }

// number returns the number of a link, 0 beyond maxLinks. Equal addresses share
// one.
func (l *Layouter) number(s *document.Span, name string) int {
	k := key(s)
	n, known := l.numbers[k]
	if !known && len(l.page.Links) < maxLinks {
		n = len(l.page.Links) + 1
		l.numbers[k] = n
		l.page.Links = append(l.page.Links, Link{Number: n, URL: safe.New(s.Link).String(), Name: s.Note, Text: safe.New(strings.TrimSpace(name))})
	}
	if n > 0 && isDeceptive(s, name) {
		l.page.Links[n-1].Deceptive = true
	}
	return n
}

// isDeceptive reports whether a link of this text names another host than it
// leads to.
func isDeceptive(s *document.Span, name string) bool {
	if s.Style&document.Disguised != 0 {
		return true
	}
	if !strings.HasPrefix(s.Link, "http") {
		return false
	}
	shown, real := shownHost(name), hostOf(s.Link)
	return shown != "" && shown != real && !strings.HasSuffix(real, "."+shown) && !strings.HasSuffix(shown, "."+real)
}

// shownHost returns the host that a text which looks like an address names, ""
// for any other text.
func shownHost(name string) string {
	name = strings.ToLower(strings.Trim(name, " \n.,;:!?…()[]<>«»\"'“”"+noBreak))
	name = strings.TrimPrefix(strings.TrimPrefix(name, "https://"), "http://")
	if end := strings.IndexAny(name, "/?#…"); end >= 0 {
		name = name[:end]
	}
	if at := strings.LastIndexByte(name, '@'); at >= 0 || strings.ContainsAny(name, " \n"+noBreak) {
		return ""
	}
	name, _, _ = strings.Cut(name, ":")
	name = strings.TrimPrefix(name, "www.")
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || len(name)-dot < 3 || strings.Contains(name, "..") {
		return ""
	}
	for _, c := range name[dot+1:] {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	return name
}

// hostOf returns the host of a web address without its www and port.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	if rest, port, found := strings.Cut(rest, ":"); found && !strings.Contains(port, ":") {
		return strings.ToLower(strings.TrimPrefix(rest, "www."))
	}
	return strings.ToLower(strings.TrimPrefix(rest, "www."))
}
