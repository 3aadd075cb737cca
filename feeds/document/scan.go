package document

import "strings"

// AppendText appends the visible text of markup to dst: no tags, no scripts,
// entities decoded, white space collapsed, a newline between blocks and a space
// between table cells. It reads markup once, without building a tree, and
// allocates only when dst must grow or an entity is rare. What is appended
// neither starts nor ends with white space.
func AppendText(dst []byte, markup string) []byte {
	t := scanner{s: markup, dst: dst, start: len(dst)}
	for t.i < len(t.s) {
		switch c := t.s[t.i]; {
		case !special[c]:
			t.words()
		case c == '<':
			t.markup()
		case c == '&':
			t.entity()
		default:
			t.i++
			t.space()
		}
	}
	end := len(t.dst)
	for end > t.start && (t.dst[end-1] == ' ' || t.dst[end-1] == '\n') {
		end--
	}
	return t.dst[:end]
}

// scanner is the state of AppendText.
type scanner struct {
	s     string
	i     int
	dst   []byte
	start int // where our text starts in dst
	// What has been searched for in vain is not searched for again, so that
	// hostile markup costs one search and not one for each tag: end tags of
	// unseen elements, of hidden ones, and ends of comments.
	endless        [len(unseenNames)]bool
	hiddenEndless  bool
	commentEndless bool
	painted        bool // a background has been set: white text may be visible
}

// special marks the bytes that text is not simply copied at.
var special = [256]bool{'<': true, '&': true, ' ': true, '\t': true, '\n': true, '\f': true, '\r': true}

// words copies everything up to the next byte that needs care. A single space
// between words needs none.
func (t *scanner) words() {
	s, j := t.s, t.i+1
	for j < len(s) {
		if !special[s[j]] {
			j++
		} else if s[j] == ' ' && j+1 < len(s) && !special[s[j+1]] {
			j += 2
		} else {
			break
		}
	}
	t.dst = append(t.dst, s[t.i:j]...)
	t.i = j
}

// space separates what comes next from the last word.
func (t *scanner) space() {
	if n := len(t.dst); n > t.start && t.dst[n-1] != ' ' && t.dst[n-1] != '\n' {
		t.dst = append(t.dst, ' ')
	}
}

// newline starts a new block.
func (t *scanner) newline() {
	n := len(t.dst)
	if n > t.start && t.dst[n-1] == ' ' {
		n--
	}
	t.dst = t.dst[:n]
	if n > t.start && t.dst[n-1] != '\n' {
		t.dst = append(t.dst, '\n')
	}
}

// markup reads what starts with '<': a tag, a comment, or just a character.
func (t *scanner) markup() {
	if t.i+1 == len(t.s) {
		t.literal()
		return
	}
	switch c := t.s[t.i+1]; {
	case isLetter(c):
		t.startTag()
	case c == '/' && t.i+2 < len(t.s) && isLetter(t.s[t.i+2]):
		k, _ := kindOf(t.s[t.i+2:])
		t.i = t.tagEnd(t.i + 2)
		t.separate(k)
	case c == '!' && strings.HasPrefix(t.s[t.i+2:], "--"):
		t.comment()
	case c == '!', c == '?', c == '/':
		t.i = t.tagEnd(t.i + 1)
	default:
		t.literal()
	}
}

func (t *scanner) literal() {
	t.dst = append(t.dst, t.s[t.i])
	t.i++
}

// comment skips a comment; one that never ends hides the rest, as it does in
// browsers.
func (t *scanner) comment() {
	rest := t.s[t.i+4:]
	for _, empty := range [...]string{">", "->"} {
		if strings.HasPrefix(rest, empty) {
			t.i += 4 + len(empty)
			return
		}
	}
	end := -1
	if !t.commentEndless {
		end = strings.Index(rest, "-->")
		t.commentEndless = end < 0
	}
	if end >= 0 {
		rest = rest[:end]
	}
	if odd := strings.Index(rest, "--!>"); odd >= 0 { // the other end that browsers accept
		t.i += 4 + odd + 4
		return
	}
	if end < 0 {
		t.i = len(t.s)
		return
	}
	t.i += 4 + end + 3
}

// startTag reads a start tag, and what no reader sees with it.
func (t *scanner) startTag() {
	k, name := kindOf(t.s[t.i+1:])
	attributes := t.i + 1 + len(name)
	t.i = t.tagEnd(t.i + 1)
	t.separate(k)
	switch {
	case k == raw:
		if end := indexEndTag(t.s[t.i:], name); end >= 0 {
			t.i = t.tagEnd(t.i + end + 2)
		} else {
			t.i = len(t.s)
		}
	case k >= unseen && !t.endless[k-unseen]:
		if end := indexEndTag(t.s[t.i:], name); end >= 0 {
			t.i = t.tagEnd(t.i + end + 2)
		} else {
			t.endless[k-unseen] = true
		}
	case k < voidWord && t.i-attributes > len(" hidden"):
		t.attributes(name, t.s[attributes:t.i])
	}
}

// attributes reads what stands in a start tag behind its name.
func (t *scanner) attributes(name, inside string) {
	t.painted = t.painted || setsGround(inside)
	if !t.hiddenEndless && isHidden(inside, t.painted) {
		t.skipHidden(name)
	}
}

// skipHidden passes over the content of a hidden element, if it ends.
func (t *scanner) skipHidden(name string) {
	depth := 1
	for i := t.i; ; {
		k := strings.IndexByte(t.s[i:], '<')
		if k < 0 {
			t.hiddenEndless = true
			return
		}
		i += k + 1
		ends := i < len(t.s) && t.s[i] == '/'
		if ends {
			i++
		}
		if _, found := kindOf(t.s[i:]); !strings.EqualFold(found, name) {
			continue
		}
		i = t.tagEnd(i)
		if !ends {
			depth++
		} else if depth--; depth == 0 {
			t.i = i
			return
		}
	}
}

func (t *scanner) separate(k kind) {
	switch k {
	case block:
		t.newline()
	case cell, voidWord:
		t.space()
	}
}

// tagEnd returns the position behind the tag whose inside starts at i. A quote
// that is never closed does not hide the rest.
func (t *scanner) tagEnd(i int) int {
	from := i
	value := false // behind an equals sign
	for ; i < len(t.s); i++ {
		switch c := t.s[i]; {
		case c == '>':
			return i + 1
		case c == '=':
			value = true
		case value && (c == '"' || c == '\''):
			k := strings.IndexByte(t.s[i+1:], c)
			if k < 0 {
				if end := strings.IndexByte(t.s[from:], '>'); end >= 0 {
					return from + end + 1
				}
				return len(t.s)
			}
			i += k + 1
			value = false
		case c != ' ' && c != '\n' && c != '\t' && c != '\r':
			value = false
		}
	}
	return len(t.s)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// indexEndTag returns where "</name" starts in s, in any case, or -1.
func indexEndTag(s, name string) int {
	for i := 0; ; {
		k := strings.Index(s[i:], "</")
		if k < 0 {
			return -1
		}
		i += k
		rest := s[i+2:]
		if len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) &&
			(len(rest) == len(name) || !isLetter(rest[len(name)])) {
			return i
		}
		i += 2
	}
}
