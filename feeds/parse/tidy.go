package parse

import "bytes"

// tidier reads an XML feed once, from front to back, and writes the skeleton
// that gofeed gets to see: the same elements, balanced and quoted, with titles,
// texts and bodies lifted out and a short mark in their place. So gofeed never
// meets a byte that it could choke on, and its cost does not depend on how long
// the articles are. Every step moves forward: the work is linear in the input.
type tidier struct {
	in   []byte
	pos  int
	out  []byte
	open []element

	native string // prefix of the root element, the feed's own vocabulary
	atom   bool
	base   string // address of the document
	lang   string // the feed's language

	lifts []lift
	attrs []attr
	text  []byte // scratch

	item     int // number of the open item, -1 outside
	items    int // items so far
	itemAt   int // index in open of the open item
	itemOut  int // len(out) and len(lifts) where it began
	itemLift int
	inItem   int // elements written within it

	nodes    int
	written  int
	entities int
	missing  [3]bool // terminators that do not occur any more, see until
	openDecl bool    // a declaration had no end

	mended    bool // tags that did not match, or bytes that made no sense
	dropped   bool // parts left out for their number
	truncated bool // the end is missing
}

// element is an open element.
type element struct {
	name     []byte // as written
	base     string // xml:base in scope, "" for none
	lang     string // xml:lang in scope
	scoped   int    // namespace declarations in scope
	children int
	mixed    int  // bytes of text written between its children
	silent   bool // not written, nor anything in it
}

// attr is an attribute of the start tag being read; the value is undecoded.
type attr struct{ name, value []byte }

// run reads the whole document, whose root element starts at t.pos.
func (t *tidier) run() error {
	t.item = -1
	for t.pos < len(t.in) {
		i := bytes.IndexByte(t.in[t.pos:], '<')
		if i < 0 {
			t.pos = len(t.in)
			break
		}
		t.mixedText(t.in[t.pos : t.pos+i])
		t.pos += i
		if err := t.markup(); err != nil {
			return err
		}
		if len(t.out) > len(t.in)+maxSwell {
			return hostile("it swells when it is read")
		}
		if len(t.open) == 0 && t.nodes > 0 {
			return nil
		}
	}
	t.finish()
	return nil
}

// markup reads what starts with the < at t.pos.
func (t *tidier) markup() error {
	rest := t.in[t.pos:]
	switch {
	case len(rest) < 2:
		t.pos++
	case rest[1] == '/':
		t.endTag()
	case bytes.HasPrefix(rest, commentOpen):
		t.skip(endComment)
	case bytes.HasPrefix(rest, cdataOpen):
		t.cdata()
	case rest[1] == '!':
		return t.declaration()
	case rest[1] == '?':
		t.skip(endPI)
	case isNameStart(rest[1]):
		return t.startTag()
	default:
		t.mended = true
		t.mixedText(rest[:1])
		t.pos++
	}
	return nil
}

var (
	commentOpen = []byte("<!--")
	cdataOpen   = []byte("<![CDATA[")
)

// terminator is the end of a construct that hides markup.
type terminator int

const (
	endComment terminator = iota
	endCDATA
	endPI
)

var terminators = [...][]byte{endComment: []byte("-->"), endCDATA: []byte("]]>"), endPI: []byte("?>")}

// until returns the offset of the terminator after position from, -1 if there
// is none. A failed search is remembered: none is made twice.
func (t *tidier) until(end terminator, from int) int {
	if t.missing[end] {
		return -1
	}
	i := bytes.Index(t.in[from:], terminators[end])
	if i < 0 {
		t.missing[end] = true
		return -1
	}
	return from + i
}

// skip moves past the terminator; where that is missing past the next >.
func (t *tidier) skip(end terminator) {
	from := min(t.pos+2, len(t.in))
	if end == endComment {
		from = min(t.pos+4, len(t.in))
	}
	if i := t.until(end, from); i >= 0 {
		t.pos = i + len(terminators[end])
		return
	}
	t.mended = true
	t.pos = t.past('>')
}

// past returns the offset after the next c, or the end of the input.
func (t *tidier) past(c byte) int {
	if i := bytes.IndexByte(t.in[t.pos:], c); i >= 0 {
		return t.pos + i + 1
	}
	return len(t.in)
}

// cdata reads a CDATA section between the children of an element.
func (t *tidier) cdata() {
	from := t.pos + len(cdataOpen)
	end := t.until(endCDATA, from)
	if end < 0 {
		t.mended = true
		t.pos = from
		return
	}
	if e := t.top(); e != nil && !e.silent && e.mixed < maxMixed {
		n := len(t.out)
		t.out = appendEscaped(t.out, string(t.in[from:min(end, from+maxMixed)]))
		e.mixed += len(t.out) - n
	}
	t.pos = end + len(terminators[endCDATA])
}

// declaration passes over <!DOCTYPE ...> with its internal subset. Nothing in
// it is ever expanded, opened or fetched.
func (t *tidier) declaration() error {
	depth := 0
	for i := t.pos; i < len(t.in) && !t.openDecl; i++ {
		switch t.in[i] {
		case '<':
			depth++
			if bytes.HasPrefix(t.in[i:], []byte("<!ENTITY")) {
				if t.entities++; t.entities > maxEntities {
					return hostile("it declares thousands of entities")
				}
			}
		case '>':
			if depth--; depth <= 0 {
				t.pos = i + 1
				return nil
			}
		}
	}
	t.openDecl, t.mended = true, true // never search for an end again
	t.pos = t.past('>')
	return nil
}

// mixedText writes text between the children of an element, where it hardly
// ever matters.
func (t *tidier) mixedText(raw []byte) {
	e := t.top()
	if e == nil || e.silent || e.mixed >= maxMixed || blank(raw) {
		return
	}
	raw = raw[:min(len(raw), maxMixed)]
	t.text = appendDecoded(t.text[:0], raw)
	e.mixed += len(raw)
	t.out = appendEscaped(t.out, string(bytes.ToValidUTF8(t.text, nil)))
}

func (t *tidier) top() *element {
	if len(t.open) == 0 {
		return nil
	}
	return &t.open[len(t.open)-1]
}

// endTag reads </name>: it closes the innermost element of that name with all
// in it, or nothing.
func (t *tidier) endTag() {
	name, next := t.endName(t.pos)
	t.pos = next
	for i := len(t.open) - 1; i >= 0; i-- {
		if len(t.open[i].name) == len(name) && bytes.EqualFold(t.open[i].name, name) {
			if i < len(t.open)-1 {
				t.mended = true
			}
			t.closeTo(i)
			return
		}
	}
	t.mended = true
}

// endName returns the name in the end tag at offset at and the offset after it.
func (t *tidier) endName(at int) (name []byte, next int) {
	i := at + 2
	for i < len(t.in) && t.in[i] != '>' && t.in[i] != '<' {
		i++
	}
	name = bytes.TrimSpace(t.in[at+2 : i])
	if i < len(t.in) && t.in[i] == '>' {
		i++
	}
	return name, i
}

// closeTo closes the element at index i of open and all within it.
func (t *tidier) closeTo(i int) {
	for n := len(t.open) - 1; n >= i; n-- {
		if e := &t.open[n]; !e.silent {
			t.out = append(append(append(t.out, "</"...), e.name...), '>')
		}
	}
	t.open = t.open[:i]
	if t.item >= 0 && i <= t.itemAt {
		t.item = -1
	}
}

// finish closes what is open at the end of the input. An item without its end
// was cut: it is left out.
func (t *tidier) finish() {
	if len(t.open) == 0 {
		return
	}
	t.truncated = true
	if t.item >= 0 {
		t.out, t.lifts = t.out[:t.itemOut], t.lifts[:t.itemLift]
		if !t.open[t.itemAt].silent {
			t.items--
		}
		t.open = t.open[:t.itemAt]
		t.item = -1
	}
	t.closeTo(0)
}
