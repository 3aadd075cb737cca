package parse

import (
	"bytes"
	"net/url"
	"strings"
	"time"
)

// startTag reads a start tag and decides what becomes of its element: lifted,
// written as a leaf, or opened.
func (t *tidier) startTag() error {
	name, empty, ok := t.readTag()
	if !ok {
		t.pos = len(t.in)
		return nil
	}
	if t.nodes++; t.nodes > maxNodes {
		return hostile("it has more than %d elements", maxNodes)
	}
	isItem := t.isItem(name)
	if isItem {
		t.leaveStrays()
	} else if parent := t.top(); parent != nil && len(t.open) > 1 && holdsOnlyText(parent.name) {
		t.mended = true
		t.closeTo(len(t.open) - 1)
	}
	if len(t.open) >= maxDepth {
		return hostile("its elements are nested deeper than %d", maxDepth)
	}
	if parent := t.top(); parent != nil && !isItem {
		if parent.children++; parent.children > maxChildren {
			return hostile("one of its elements has more than %d children", maxChildren)
		}
	}
	e := t.enter(name, isItem)
	if isItem {
		t.item, t.itemAt, t.itemOut, t.itemLift, t.inItem = t.items, len(t.open), len(t.out), len(t.lifts), 0
		if !e.silent {
			t.items++
		}
	}
	switch {
	case empty:
		if !e.silent {
			t.writeStart(e, t.attrs, true)
		}
		if isItem {
			t.item = -1
		}
		return nil
	case isItem || len(t.open) == 0:
	case t.isContent(name):
		return t.lift(e)
	default:
		if done, err := t.leaf(e); done || err != nil {
			return err
		}
	}
	if !e.silent {
		t.writeStart(e, t.attrs, false)
	}
	t.open = append(t.open, e)
	return nil
}

// leaveStrays closes what should not be open where an item begins: the item
// before it, or an element of the feed that lacks its end tag.
func (t *tidier) leaveStrays() {
	at := len(t.open)
	for at > 1 && !isContainer(t.open[at-1].name) {
		at--
	}
	if at > 0 && at < len(t.open) {
		t.mended = true
		t.closeTo(at)
	}
}

// isContainer tells whether items may stand in an element of this name.
func isContainer(name []byte) bool {
	_, rest := local(name)
	switch strings.ToLower(string(rest[:min(len(rest), 8)])) {
	case "channel", "rss", "rdf", "feed", "items":
		return true
	}
	return false
}

// holdsOnlyText tells whether an element of this name never has children, so
// that one which seems to have some lacks its end tag.
func holdsOnlyText(name []byte) bool {
	prefix, rest := local(name)
	return len(prefix) == 0 && leafOf(rest) != plainLeaf
}

// enter returns the element that the tag just read begins, with what it
// inherits and what its attributes say.
func (t *tidier) enter(name []byte, isItem bool) element {
	e := element{name: name}
	if parent := t.top(); parent != nil {
		e.base, e.lang, e.scoped, e.silent = parent.base, parent.lang, parent.scoped, parent.silent
	}
	kept := t.attrs[:0]
	for _, a := range t.attrs {
		switch {
		case string(a.name) == "xml:base":
			e.base = t.rebase(e.base, a.value)
			continue
		case string(a.name) == "xml:lang":
			e.lang = string(appendDecoded(nil, a.value[:min(len(a.value), 64)]))
		case bytes.HasPrefix(a.name, []byte("xmlns")):
			if e.scoped++; e.scoped > maxScoped {
				t.dropped = true
				continue
			}
		}
		kept = append(kept, a)
	}
	t.attrs = kept
	switch {
	case !isName(name), t.written >= maxEmitted, isItem && t.items >= maxItems, t.item >= 0 && !isItem && t.inItem >= maxItemNodes:
		t.dropped, e.silent = true, true
	}
	return e
}

// isItem tells whether an element of this name is an article of the feed.
func (t *tidier) isItem(name []byte) bool {
	prefix, rest := local(name)
	if len(rest) != 4 && len(rest) != 5 || string(prefix) != t.native && len(prefix) != 0 {
		return false
	}
	if t.atom {
		return strings.EqualFold(string(rest), "entry")
	}
	return strings.EqualFold(string(rest), "item")
}

// isContent tells whether an element of this name holds a title or a text,
// whatever markup may be in it.
func (t *tidier) isContent(name []byte) bool {
	prefix, rest := local(name)
	var buf [12]byte
	if len(rest) > len(buf) {
		return false
	}
	word := buf[:copy(buf[:], rest)]
	for i, c := range word {
		if c >= 'A' && c <= 'Z' {
			word[i] = c | 0x20
		}
	}
	switch string(word) {
	case "encoded":
		return true
	case "body":
		return len(prefix) > 0
	case "title", "description", "summary", "content", "subtitle", "tagline", "info":
		switch string(prefix) {
		case "", "atom", "atom10", "atom03", "a", "rss":
			return true
		}
		return string(prefix) == t.native
	}
	return false
}

// writeStart writes a start tag.
func (t *tidier) writeStart(e element, attrs []attr, empty bool) {
	t.written++
	t.inItem++
	t.out = append(append(t.out, '<'), e.name...)
	for _, a := range attrs {
		t.writeAttr(e, a)
	}
	if empty {
		t.out = append(append(append(t.out, "></"...), e.name...), '>')
		return
	}
	t.out = append(t.out, '>')
}

func (t *tidier) writeAttr(e element, a attr) {
	t.out = append(append(append(t.out, ' '), a.name...), `="`...)
	switch {
	case e.base != "" && isAddressAttr(a.name):
		t.text = appendDecoded(t.text[:0], a.value)
		t.out = appendEscaped(t.out, resolve(e.base, string(t.text)))
	case bytes.IndexByte(a.value, '&') < 0 && bytes.IndexByte(a.value, '"') < 0 && bytes.IndexByte(a.value, '<') < 0:
		t.out = append(t.out, a.value...)
	default:
		t.text = appendDecoded(t.text[:0], a.value)
		t.out = appendEscaped(t.out, string(t.text))
	}
	t.out = append(t.out, '"')
}

func isAddressAttr(name []byte) bool {
	switch string(name) {
	case "href", "src", "url", "uri", "rdf:resource":
		return true
	}
	return false
}

// rebase returns the xml:base that value sets within outer.
func (t *tidier) rebase(outer string, value []byte) string {
	if len(value) > maxBase {
		return outer
	}
	if outer == "" {
		outer = t.base
	}
	base := resolve(outer, string(appendDecoded(nil, value)))
	if u, err := url.Parse(base); err != nil || len(base) > maxBase || u.Scheme != "http" && u.Scheme != "https" {
		return outer
	}
	return base
}

// readTag reads the start tag at t.pos with its attributes. ok is false when
// the input ends within it.
func (t *tidier) readTag() (name []byte, empty, ok bool) {
	in, i := t.in, t.pos+1
	for i < len(in) && !isSpace(in[i]) && in[i] != '>' && in[i] != '/' && in[i] != '<' && in[i] != '=' {
		i++
	}
	name = in[t.pos+1 : i]
	t.attrs = t.attrs[:0]
	for i < len(in) {
		switch c := in[i]; {
		case c == '>':
			t.pos = i + 1
			return name, false, true
		case c == '/' && i+1 < len(in) && in[i+1] == '>':
			t.pos = i + 2
			return name, true, true
		case c == '<': // the tag was never closed
			t.mended = true
			t.pos = i
			return name, false, true
		case isSpace(c) || c == '/':
			i++
		default:
			i = t.readAttr(i)
		}
	}
	return name, false, false
}

// readAttr reads the attribute at offset i and returns the offset after it.
func (t *tidier) readAttr(i int) int {
	in, from := t.in, i
	for i < len(in) && !isSpace(in[i]) && in[i] != '=' && in[i] != '>' && in[i] != '/' && in[i] != '<' {
		i++
	}
	a := attr{name: in[from:i]}
	for i < len(in) && isSpace(in[i]) {
		i++
	}
	if i >= len(in) || in[i] != '=' {
		if i == from { // a byte that starts nothing
			i++
		}
		t.addAttr(a)
		return i
	}
	i++
	for i < len(in) && isSpace(in[i]) {
		i++
	}
	if i < len(in) && (in[i] == '"' || in[i] == '\'') {
		quote := in[i]
		i++
		from = i
		for i < len(in) && in[i] != quote && in[i] != '<' {
			i++
		}
		a.value = in[from:i]
		if i < len(in) && in[i] == quote {
			i++
		}
	} else {
		from = i
		for i < len(in) && !isSpace(in[i]) && in[i] != '>' && in[i] != '<' {
			i++
		}
		a.value = in[from:i]
	}
	t.addAttr(a)
	return i
}

func (t *tidier) addAttr(a attr) {
	if len(t.attrs) >= maxAttrs || len(a.value) > maxAttr {
		t.dropped = true
		return
	}
	if !isName(a.name) {
		t.mended = true
		return
	}
	t.attrs = append(t.attrs, a)
}

// attr returns the decoded value of an attribute, "" when it is missing.
func (t *tidier) attr(name string) string {
	for _, a := range t.attrs {
		if string(a.name) == name {
			return strings.TrimSpace(string(appendDecoded(nil, a.value)))
		}
	}
	return ""
}

// leaf writes an element that holds nothing but text, and reports false when
// the element at hand is none. Dates are written in one form; long texts are
// lifted.
func (t *tidier) leaf(e element) (bool, error) {
	start := t.pos
	b, ok := t.scanText(e.name)
	if !ok {
		t.pos = start
		return false, nil
	}
	if e.silent {
		return true, nil
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
	return true, nil
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
