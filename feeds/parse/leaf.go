package parse

import (
	"strings"
	"time"
)

// leaf writes an element that holds nothing but text, and reports false when
// the element at hand is none. Dates are written in one form; long texts are
// lifted.
func (t *tidier) leaf(e element) bool {
	start := t.pos
	b, ok := t.scanText(e.name)
	if !ok {
		t.pos = start
		return false
	}
	if e.silent {
		return true
	}
	_, rest := local(e.name)
	switch kind := leafOf(rest); {
	case kind == dateLeaf:
		text := string(t.decode(b))
		if at, ok := parseDate(text, t.zoneLang(e)); ok {
			text = at.Format(time.RFC3339)
		}
		t.writeLeaf(e, text)
	case kind == addressLeaf || kind == idLeaf:
		text := strings.TrimSpace(string(t.decode(b)))
		if kind == addressLeaf && e.base != "" && text != "" {
			text = resolve(e.base, text)
		}
		t.liftLeaf(e, lift{text: text})
	case len(b.raw) >= longText:
		t.liftLeaf(e, lift{body: b})
	default:
		text := string(t.decode(b))
		if kind == langLeaf && t.item < 0 {
			t.lang = strings.TrimSpace(text)
		}
		t.writeLeaf(e, text)
	}
	return true
}

func (t *tidier) liftLeaf(e element, l lift) {
	t.writeStart(e, t.attrs, false)
	t.push(e, l)
	t.out = append(append(append(t.out, "</"...), e.name...), '>')
}

func (t *tidier) writeLeaf(e element, text string) {
	t.writeStart(e, t.attrs, false)
	t.out = appendEscaped(t.out, text)
	t.out = append(append(append(t.out, "</"...), e.name...), '>')
}

func (t *tidier) decode(b body) []byte {
	t.text = b.appendTo(t.text[:0])
	return t.text
}

func (t *tidier) zoneLang(e element) string {
	if t.lang != "" {
		return t.lang
	}
	return e.lang
}

// leafKind is what the name of a leaf says of its text.
type leafKind int

const (
	plainLeaf leafKind = iota
	dateLeaf
	addressLeaf
	idLeaf
	langLeaf
)

func leafOf(name []byte) leafKind {
	switch strings.ToLower(string(name[:min(len(name), 16)])) {
	case "pubdate", "published", "updated", "date", "lastbuilddate", "issued", "modified", "created":
		return dateLeaf
	case "link", "url", "uri", "icon", "logo", "comments", "origlink", "homepage":
		return addressLeaf
	case "guid", "id":
		return idLeaf
	case "language":
		return langLeaf
	}
	return plainLeaf
}
