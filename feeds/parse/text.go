package parse

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds/document"
)

// maxTitle is the largest title in bytes; more is no title.
const maxTitle = 2 << 10

// title returns the lifted text as plain text.
func (l lift) title(atom bool) string {
	s := l.string()
	switch {
	case l.form == markupForm, strings.Contains(l.typ, "html"):
		return plainTitle(stripTags(s))
	case atom && l.mode == "base64":
		return plainTitle(fromBase64(s))
	case atom && l.typ != "" && l.mode == "":
		return plainTitle(s) // Atom 1.0 text: what stands there is meant
	}
	return guessTitle(s, !atom || l.mode == "escaped")
}

// guessTitle makes plain text of a title that may be text or HTML. With twice
// set a reference that is still there was encoded twice.
func guessTitle(s string, twice bool) string {
	if looksLikeHTML(s) && (twice || strings.IndexByte(s, '<') < 0) {
		s = stripTags(s)
	}
	return plainTitle(s)
}

// plainTitle puts a text on one line and cuts what is no title any more.
func plainTitle(s string) string {
	s = oneLine(s)
	if len(s) <= maxTitle {
		return s
	}
	return cut(s, maxTitle) + "…"
}

// cut returns the beginning of s, at most n bytes, ending before a space when
// one is near, else before a base character.
func cut(s string, n int) string {
	for n > 0 {
		r, size := utf8.DecodeRuneInString(s[n:])
		if (r != utf8.RuneError || size != 1) && !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			break
		}
		n--
	}
	if i := strings.LastIndexByte(s[:n], ' '); i > n*2/3 {
		n = i
	}
	return strings.TrimRight(s[:n], " ,;:–—-")
}

// oneLine collapses white space to single spaces and trims it.
func oneLine(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		c := s[i]
		clean = c != '\n' && c != '\t' && c != '\r' && c != 0xC2 && (c != ' ' || i > 0 && i < len(s)-1 && s[i-1] != ' ')
	}
	if clean {
		return strings.TrimFunc(s, unicode.IsSpace)
	}
	return strings.Join(strings.Fields(s), " ")
}

// string returns the text with its references decoded once.
func (l lift) string() string {
	if l.raw == nil {
		return l.text
	}
	if l.form == cdataForm || l.form == plainForm && bytes.IndexByte(l.raw, '&') < 0 {
		return string(bytes.TrimSpace(l.raw))
	}
	return string(bytes.TrimSpace(l.appendTo(make([]byte, 0, len(l.raw)))))
}

// html returns the lifted text as the publisher's HTML, and the base address
// and language that a wrapping <div> sets.
func (l lift) html(atom bool) (markup, base, lang string) {
	base, lang = l.base, l.lang
	s := l.string()
	if !atom {
		return s, base, lang
	}
	switch {
	case l.mode == "base64", isBinary(l.typ):
		if s = fromBase64(s); strings.Contains(l.typ, "html") || looksLikeHTML(s) {
			return s, base, lang
		}
		return textToHTML(s), base, lang
	case l.form == markupForm:
		return unwrap(unprefix(s), base, lang)
	case strings.Contains(l.typ, "xhtml"):
		if looksLikeHTML(s) {
			return unwrap(s, base, lang)
		}
	case strings.Contains(l.typ, "html"):
		return s, base, lang
	case (l.typ == "" || l.mode == "escaped") && looksLikeHTML(s):
		return s, base, lang
	}
	return textToHTML(s), base, lang
}

// textToHTML writes plain text as HTML that shows the same.
func textToHTML(s string) string {
	if s == "" {
		return ""
	}
	escaped := appendEscaped(make([]byte, 0, len(s)+16), s)
	return string(bytes.ReplaceAll(escaped, []byte("\n"), []byte("<br>\n")))
}

// isBinary tells the media types whose content is base64 by RFC 4287, 4.1.3.3.
func isBinary(typ string) bool {
	return strings.Contains(typ, "/") && !strings.HasPrefix(typ, "text/") &&
		!strings.HasSuffix(typ, "+xml") && !strings.HasSuffix(typ, "/xml") && !strings.Contains(typ, "html")
}

func fromBase64(s string) string {
	decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		return s
	}
	decoded, _ = clean(decoded)
	return string(decoded)
}

// unprefix removes the prefix of elements written as <xhtml:p>.
func unprefix(s string) string {
	if len(s) < 2 || s[0] != '<' {
		return s
	}
	name := tagName([]byte(s[1:min(len(s), 80)]))
	prefix, rest := local(name)
	if len(prefix) == 0 || len(rest) == 0 {
		return s
	}
	p := string(prefix) + ":"
	return strings.NewReplacer("<"+p, "<", "</"+p, "</").Replace(s)
}

// unwrap removes the <div> around XHTML, which is no part of it by RFC 4287,
// 3.1.1.3.
func unwrap(s, base, lang string) (string, string, string) {
	if !strings.HasPrefix(s, "<div") || !strings.HasSuffix(s, "</div>") {
		return s, base, lang
	}
	t := tidier{in: []byte(s), base: base}
	_, empty, ok := t.readTag()
	if !ok || empty {
		return s, base, lang
	}
	if !closesLast(s[t.pos:]) {
		return s, base, lang
	}
	e := t.enter([]byte("div"), false)
	if e.base != "" {
		base = e.base
	}
	if e.lang != "" {
		lang = e.lang
	}
	return strings.TrimSpace(s[t.pos : len(s)-len("</div>")]), base, lang
}

// closesLast tells whether the first </div> without its own <div> in s is the
// one at its end.
func closesLast(s string) bool {
	depth := 1
	for i := 0; ; {
		n := strings.IndexByte(s[i:], '<')
		if n < 0 {
			return false
		}
		i += n
		switch {
		case strings.HasPrefix(s[i:], "<div>"), strings.HasPrefix(s[i:], "<div "):
			depth++
		case strings.HasPrefix(s[i:], "</div>"):
			if depth--; depth == 0 {
				return i == len(s)-len("</div>")
			}
		}
		i++
	}
}

// looksLikeHTML tells whether a text that may be either was written as HTML: it
// has a tag that HTML knows, or a reference.
func looksLikeHTML(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '<':
			if isHTMLTag(s[i+1:]) {
				return true
			}
		case '&':
			end := strings.IndexByte(s[i:min(len(s), i+maxEntity)], ';')
			if end < 2 {
				continue
			}
			if _, ok := appendReference(nil, []byte(s[i+1:i+end])); ok {
				return true
			}
		}
	}
	return false
}

// isHTMLTag tells whether rest, just after a <, is a start or end tag of HTML.
func isHTMLTag(rest string) bool {
	rest = strings.TrimPrefix(rest, "/")
	n := 0
	for n < len(rest) && n < 12 && (isLetter(rest[n]) || isDigit(rest[n])) {
		n++
	}
	if n == 0 || n == len(rest) || !isSpace(rest[n]) && rest[n] != '>' && rest[n] != '/' {
		return false
	}
	return htmlTags[strings.ToLower(rest[:n])] && strings.IndexByte(rest[n:min(len(rest), 1<<10)], '>') >= 0
}

// htmlTags are the elements that feeds put into titles and texts.
var htmlTags = func() map[string]bool {
	tags := map[string]bool{}
	for tag := range strings.FieldsSeq(`a abbr acronym address article aside audio b bdi bdo big blockquote br
		caption center cite code col dd del details dfn div dl dt em embed figcaption figure font footer form
		h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li link main map mark meta nav nobr noscript
		object ol p param picture pre q s samp script section small source span strike strong style sub summary
		sup svg table tbody td tfoot th thead time tr tt u ul var video wbr`) {
		tags[tag] = true
	}
	return tags
}()

// stripTags returns the visible text of an HTML title.
func stripTags(s string) string { return string(document.AppendText(nil, s)) }
