package parse

import "strings"

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
