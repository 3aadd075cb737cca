package parse

import (
	"bytes"
	"net/url"
	"strings"
)

// startTag reads a start tag and decides what becomes of its element: lifted,
// written as a leaf, or opened.
func (t *tidier) startTag() error {
	name, empty, ok := t.readTag()
	if !ok {
		t.pos = len(t.in)
		return nil
	}
	isItem := t.isItem(name)
	if isItem {
		t.leaveStrays()
	} else if parent := t.top(); parent != nil && len(t.open) > 1 && holdsOnlyText(parent.name) {
		t.mended = true
		t.closeTo(len(t.open) - 1)
	}
	if err := t.count(isItem); err != nil {
		return err
	}
	e := t.enter(name, isItem)
	if isItem {
		t.item, t.itemAt, t.itemOut, t.itemLift, t.inItem = t.items, len(t.open), len(t.out), len(t.lifts), 0
		if !e.silent {
			t.items++
		}
	}
	if empty {
		if !e.silent {
			t.writeStart(e, t.attrs, true)
		}
		if isItem {
			t.item = -1
		}
		return nil
	}
	if !isItem && len(t.open) > 0 {
		if t.isContent(name) {
			t.lift(e)
			return nil
		}
		if t.leaf(e) {
			return nil
		}
	}
	about := ""
	if isItem {
		about = t.attr("rdf:about")
	}
	if !e.silent {
		t.writeStart(e, t.attrs, false)
	}
	t.open = append(t.open, e)
	if about != "" && !e.silent {
		t.identify(about)
	}
	return nil
}

// identify writes what RSS 1.0 recognises an item by, the address of its
// resource, as later versions write it.
func (t *tidier) identify(about string) {
	guid := element{name: []byte("guid")}
	t.attrs = append(t.attrs[:0], attr{name: []byte("isPermaLink"), value: []byte("false")})
	t.liftLeaf(guid, lift{text: about})
}

// count holds the document to its limits.
func (t *tidier) count(isItem bool) error {
	if t.nodes++; t.nodes > maxNodes {
		return hostile("it has more than %d elements", maxNodes)
	}
	if len(t.open) >= maxDepth {
		return hostile("its elements are nested deeper than %d", maxDepth)
	}
	if parent := t.top(); parent != nil && !isItem {
		if parent.children++; parent.children > maxChildren {
			return hostile("one of its elements has more than %d children", maxChildren)
		}
	}
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
		return len(prefix) > 0 || t.item >= 0
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
