package parse

import (
	"bytes"
	"strings"
)

// body is the inside of an element as written.
type body struct {
	raw  []byte
	form form
}

// form says what a body consists of.
type form int

const (
	plainForm  form = iota // text with references
	cdataForm              // one CDATA section; raw is its inside
	mixedForm              // text, CDATA sections and comments
	markupForm             // elements as well
)

// lift is a text kept from gofeed: where it stood and what its attributes said.
type lift struct {
	body
	text string // the finished text of an address or id; body is empty then
	item int    // number of its item, -1 for the feed's own
	typ  string // Atom's type attribute
	mode string // Atom 0.3's mode attribute
	base string // xml:base in scope, "" for none
	lang string // xml:lang in scope
}

// appendTo appends the text of b with its references decoded once; CDATA
// sections and markup stay as they are.
func (b body) appendTo(dst []byte) []byte {
	switch b.form {
	case plainForm:
		return appendDecoded(dst, b.raw)
	case cdataForm:
		return append(dst, b.raw...)
	}
	raw := b.raw
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '<')
		if i < 0 {
			i = len(raw)
		}
		if b.form == markupForm {
			dst = append(dst, raw[:i]...)
		} else {
			dst = appendDecoded(dst, raw[:i])
		}
		raw = raw[i:]
		switch {
		case bytes.HasPrefix(raw, cdataOpen):
			inside, rest, _ := bytes.Cut(raw[len(cdataOpen):], terminators[endCDATA])
			dst, raw = append(dst, inside...), rest
		case bytes.HasPrefix(raw, commentOpen):
			_, raw, _ = bytes.Cut(raw[len(commentOpen):], terminators[endComment])
		case len(raw) > 0:
			dst, raw = append(dst, '<'), raw[1:]
		}
	}
	return dst
}

// scanText reads the text of a leaf named name up to and with its end tag. ok
// is false when it holds an element, or ends otherwise.
func (t *tidier) scanText(name []byte) (b body, ok bool) {
	start, i := t.pos, t.pos
	sections := 0
	for {
		n := bytes.IndexByte(t.in[i:], '<')
		if n < 0 {
			return b, false
		}
		i += n
		rest := t.in[i:]
		switch {
		case bytes.HasPrefix(rest, endOpen):
			closing, next := t.endName(i)
			if !bytes.EqualFold(closing, name) {
				return b, false
			}
			t.pos = next
			return newBody(t.in[start:i], sections > 0), true
		case bytes.HasPrefix(rest, cdataOpen):
			end := t.until(endCDATA, i+len(cdataOpen))
			if end < 0 {
				return b, false
			}
			i = end + len(terminators[endCDATA])
		case bytes.HasPrefix(rest, commentOpen):
			end := t.until(endComment, i+len(commentOpen))
			if end < 0 {
				return b, false
			}
			i = end + len(terminators[endComment])
		default:
			return b, false
		}
		sections++
	}
}

var endOpen = []byte("</")

// newBody finds the cheapest form of an inside without elements.
func newBody(raw []byte, sections bool) body {
	if !sections {
		return body{raw, plainForm}
	}
	trimmed := bytes.TrimSpace(raw)
	if inside, ok := bytes.CutPrefix(trimmed, cdataOpen); ok {
		if end := bytes.Index(inside, terminators[endCDATA]); end == len(inside)-len(terminators[endCDATA]) {
			return body{inside[:end], cdataForm}
		}
	}
	return body{raw, mixedForm}
}

// lift takes the whole inside of a title or text out of the document, whatever
// markup is in it, up to its end tag or to where its item ends.
func (t *tidier) lift(e element) {
	l := lift{typ: strings.ToLower(t.attr("type")), mode: strings.ToLower(t.attr("mode"))}
	kept := t.attrs[:0]
	for _, a := range t.attrs {
		if bytes.HasPrefix(a.name, []byte("xmlns")) {
			kept = append(kept, a)
		}
	}
	t.attrs = kept
	if !e.silent {
		t.writeStart(e, t.attrs, false)
	}
	start := t.pos
	end, markup, sections := t.contentEnd(e.name)
	if end < 0 { // cut: the item goes, see finish
		t.open = append(t.open, e)
		t.pos = len(t.in)
		return
	}
	if e.silent {
		return
	}
	if markup {
		l.body = body{t.in[start:end], markupForm}
	} else {
		l.body = newBody(t.in[start:end], sections)
	}
	t.push(e, l)
	t.out = append(append(append(t.out, "</"...), e.name...), '>')
}

// contentEnd finds the end of the element named name whose inside starts at
// t.pos, and moves past its end tag. end is -1 when the input is cut before.
func (t *tidier) contentEnd(name []byte) (end int, markup, sections bool) {
	depth := 1
	for i := t.pos; ; {
		n := bytes.IndexByte(t.in[i:], '<')
		if n < 0 {
			return -1, markup, sections
		}
		i += n
		rest := t.in[i:]
		if next, ok := t.section(i, name); ok {
			sections, i = true, next
			continue
		}
		if bytes.HasPrefix(rest, endOpen) {
			closing, next := t.endName(i)
			if bytes.EqualFold(closing, name) {
				if depth--; depth == 0 {
					t.pos = next
					return i, markup, sections
				}
			} else if t.endsItem(closing) {
				t.mended, t.pos = true, i
				return i, markup, sections
			}
			markup, i = true, next
			continue
		}
		if t.startsNamed(rest[1:], name) {
			depth++
		} else if t.isItem(tagName(rest[1:])) {
			t.mended, t.pos = true, i
			return i, markup, sections
		}
		markup = markup || len(rest) > 1 && isNameStart(rest[1])
		i++
	}
}

// section steps over the CDATA section or comment at offset i within the
// element named name; ok is false when there is none.
func (t *tidier) section(i int, name []byte) (next int, ok bool) {
	switch rest := t.in[i:]; {
	case bytes.HasPrefix(rest, cdataOpen):
		end := t.until(endCDATA, i)
		if end < 0 {
			return i + len(cdataOpen), true
		}
		if lost := t.lostSection(t.in[i:end], name); lost > 0 {
			t.mended = true
			return i + lost, true
		}
		return end + len(terminators[endCDATA]), true
	case bytes.HasPrefix(rest, commentOpen):
		if end := t.until(endComment, i); end >= 0 {
			return end + len(terminators[endComment]), true
		}
		return i + len(commentOpen), true
	}
	return i, false
}

// endsItem tells whether an end tag closes the open item, or the feed.
func (t *tidier) endsItem(closing []byte) bool {
	return t.item >= 0 && bytes.EqualFold(closing, t.open[t.itemAt].name) ||
		bytes.EqualFold(closing, t.open[0].name)
}

// startsNamed tells whether rest, just after a <, is a start tag of that name
// that is not empty.
func (t *tidier) startsNamed(rest, name []byte) bool {
	if len(rest) <= len(name) || !bytes.EqualFold(rest[:len(name)], name) {
		return false
	}
	switch c := rest[len(name)]; {
	case c == '>':
		return true
	case isSpace(c):
		end := bytes.IndexByte(rest[:min(len(rest), 1<<10)], '>')
		return end > 0 && rest[end-1] != '/'
	}
	return false
}

// lostSection returns where the element ends within a CDATA section that was
// never closed, so that it runs into the next item's; 0 when all is well.
func (t *tidier) lostSection(section, name []byte) int {
	if t.item < 0 {
		return 0
	}
	item := t.open[t.itemAt].name
	at := bytes.Index(section, append([]byte("</"), item...))
	if at < 0 {
		return 0
	}
	next := section[at:]
	next = next[min(len(next), len(item)+3):]
	if next = bytes.TrimLeft(next, " \t\r\n"); len(next) < 2 || next[0] != '<' || !t.isItem(tagName(next[1:])) {
		return 0
	}
	return max(0, bytes.LastIndex(section[:at], append([]byte("</"), name...)))
}

// tagName returns the name that starts rest, just after a <.
func tagName(rest []byte) []byte {
	for i, c := range rest {
		if isSpace(c) || c == '>' || c == '/' {
			return rest[:i]
		}
		if i > 64 {
			break
		}
	}
	return nil
}

// push records a lifted text and leaves its mark.
func (t *tidier) push(e element, l lift) {
	l.item, l.base, l.lang = t.item, e.base, e.lang
	t.out = appendMark(t.out, len(t.lifts))
	t.lifts = append(t.lifts, l)
}

// lifted returns the lift that a string from the skeleton stands for.
func lifted(lifts []lift, s string) (lift, bool) {
	if len(s) < len(markOpen)+len(markClose)+1 || len(s) > 24 {
		return lift{}, false
	}
	digits, ok := strings.CutPrefix(s, markOpen)
	if digits, ok2 := strings.CutSuffix(digits, markClose); ok && ok2 {
		n := 0
		for i := 0; i < len(digits); i++ {
			if !isDigit(digits[i]) {
				return lift{}, false
			}
			n = n*10 + int(digits[i]-'0')
		}
		if len(digits) > 0 && len(digits) < 8 && n < len(lifts) {
			return lifts[n], true
		}
	}
	return lift{}, false
}
