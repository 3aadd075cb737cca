package parse

import (
	"bytes"
	"encoding/json"
)

// jsonDoc is a JSON Feed cut into its parts.
type jsonDoc struct {
	fields   map[string]json.RawMessage // of the feed, without items
	items    []json.RawMessage
	hasItems bool
	cut      bool // the end is missing
}

// splitJSON cuts the outermost object into its members, and the items into
// single ones, by brackets and quotes alone: nothing is decoded, nothing is
// recursed into, and what follows a broken place is still found.
func splitJSON(b []byte, itemsKey string) (jsonDoc, error) {
	s := jsonScanner{b: b, pos: 1}
	doc := jsonDoc{fields: map[string]json.RawMessage{}}
	for {
		s.space()
		if s.pos >= len(b) {
			doc.cut = true
			return doc, s.err
		}
		if b[s.pos] == '}' {
			return doc, s.err
		}
		key, ok := s.value()
		if !ok || s.err != nil {
			doc.cut = true
			return doc, s.err
		}
		s.space()
		if jsonText(key) == itemsKey && s.pos < len(b) && b[s.pos] == '[' {
			doc.hasItems = true
			s.pos++
			if !s.elements(&doc) {
				doc.cut = true
				return doc, s.err
			}
			continue
		}
		value, ok := s.value()
		if !ok {
			doc.cut = true
			return doc, s.err
		}
		if len(doc.fields) < 200 {
			doc.fields[jsonText(key)] = value
		}
	}
}

// jsonScanner steps over values.
type jsonScanner struct {
	b   []byte
	pos int
	err error // past a limit

	restarts int // after broken items
}

// elements reads the items up to the end of their array; false when it is cut.
func (s *jsonScanner) elements(doc *jsonDoc) bool {
	for {
		s.space()
		if s.pos >= len(s.b) {
			return false
		}
		if s.b[s.pos] == ']' {
			s.pos++
			return true
		}
		start := s.pos
		v, ok := s.value()
		if s.err != nil {
			return false
		}
		if !ok || !wellFormed(v) {
			if next := s.nextItem(start); next > 0 {
				v, ok, s.pos = s.b[start:next], true, next
			}
		}
		if !ok {
			return false
		}
		if len(doc.items) < maxItems {
			doc.items = append(doc.items, v)
		}
	}
}

func wellFormed(v []byte) bool { return json.Valid(v) || json.Valid(escapeControls(v)) }

// maxRestarts is how often the items may be taken up again after a broken one.
// Each may cost a look at all that follows.
const maxRestarts = 20

// nextItem finds where the item after a broken one begins: behind the first
// "}, {" before the place where its brackets seemed to match. 0 means nowhere.
func (s *jsonScanner) nextItem(start int) int {
	if s.restarts >= maxRestarts {
		return 0
	}
	for i := start + 1; i < s.pos; i++ {
		if s.b[i] != '}' {
			continue
		}
		next := jsonScanner{b: s.b[:s.pos], pos: i + 1}
		comma := bytes.IndexByte(s.b[i+1:min(len(s.b), i+64)], ',') >= 0
		if next.space(); comma && next.pos < s.pos && s.b[next.pos] == '{' {
			s.restarts++
			return next.pos
		}
	}
	return 0
}

// space skips white space and the signs between values.
func (s *jsonScanner) space() {
	for s.pos < len(s.b) && (isSpace(s.b[s.pos]) || s.b[s.pos] == ',' || s.b[s.pos] == ':') {
		s.pos++
	}
}

// value steps over one value and returns it; ok is false when its end is
// missing.
func (s *jsonScanner) value() (raw json.RawMessage, ok bool) {
	s.space()
	start, depth, parts := s.pos, 0, 0
	for s.pos < len(s.b) {
		c := s.b[s.pos]
		switch c {
		case '"':
			if !s.quoted() {
				return nil, false
			}
			if depth == 0 {
				return s.b[start:s.pos], true
			}
			continue
		case '{', '[':
			if depth++; depth > maxDepth {
				s.err = hostile("its values are nested deeper than %d", maxDepth)
				return nil, false
			}
		case '}', ']':
			if depth == 0 { // ends what is around
				return s.b[start:s.pos], s.pos > start
			}
			if depth--; depth == 0 {
				s.pos++
				return s.b[start:s.pos], true
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return s.b[start:s.pos], true
			}
			if c == ',' {
				if parts++; parts > maxChildren {
					s.err = hostile("one of its values has more than %d parts", maxChildren)
					return nil, false
				}
			}
		}
		s.pos++
	}
	return nil, false
}

// quoted steps over the string at pos.
func (s *jsonScanner) quoted() bool {
	for i := s.pos + 1; i < len(s.b); i++ {
		switch s.b[i] {
		case '\\':
			i++
		case '"':
			s.pos = i + 1
			return true
		}
	}
	s.pos = len(s.b)
	return false
}
