package ui

import (
	"reflect"
	"strings"
	"time"

	"charm.land/bubbletea/v2"
)

// pieces drops what is left of an escape sequence that came in pieces. A key, a
// movement of the mouse and an answer of the terminal arrive as a sequence; when
// the line is so slow that one is cut, the input reader takes its rest for keys:
// an arrow would end in A, "mark this list read", and the background colour
// would press r, g, b, : and /. No key that sitrep binds follows esc in such a
// way.
type pieces struct {
	now   func() time.Time
	at    piece
	since time.Time // of the last piece
	first bool      // nothing came behind the introducer yet
	given string    // parameters of CSI so far, or the end of what was pasted
	size  int
}

// piece is the part of a sequence that is awaited (ECMA-48, 5.4 and 5.6).
type piece int

const (
	noPiece    piece = iota
	introducer       // esc came: [ ] P or O makes it a sequence
	parameters       // of CSI, up to its final byte
	osc              // a command string, up to BEL or ST
	dcs
	terminator // esc came inside of a string: \ ends it
	ss3        // one letter
	pasted     // what began to be pasted, up to its end
)

const (
	pieceGap  = 500 * time.Millisecond // a longer pause ends a sequence
	pasteGap  = 5 * time.Second        // and a longer one a paste
	pieceMost = 4096                   // no answer is longer, in keys
)

// pasteBegins are the parameters of the sequence before pasted text, which ends
// with ~.
const pasteBegins = "200"

func newPieces(now func() time.Time) *pieces { return &pieces{now: now} }

// filter is for tea.WithFilter: nil drops the message.
func (p *pieces) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.PasteEndMsg); ok {
		p.at = noPiece
	}
	k, isKey := msg.(tea.KeyPressMsg)
	start, isBroken := broken(msg)
	if !isKey && !isBroken {
		return msg
	}
	now := p.now()
	if gap := now.Sub(p.since); gap > pasteGap || gap > pieceGap && p.at != pasted {
		p.at = noPiece
	}
	p.since = now
	switch {
	case isBroken:
		p.begin(start)
	case p.belongs(k.String()):
		return nil
	}
	return msg
}

// broken returns the beginning of a sequence that the input reader gave up on: a
// type of its own, which nothing else here is like.
func broken(msg tea.Msg) (string, bool) {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.String {
		return "", false
	}
	return v.String(), strings.HasPrefix(v.String(), "\x1b") && v.Len() > 1
}

// begin takes the beginning of a sequence up to where it broke off.
func (p *pieces) begin(s string) {
	p.enter(map[byte]piece{'[': parameters, ']': osc, 'P': dcs, 'O': ss3}[s[1]])
	for _, r := range s[2:] {
		p.belongs(string(r))
	}
}

func (p *pieces) enter(at piece) { p.at, p.first, p.given, p.size = at, true, "", 0 }

// belongs reports whether a key is a piece of the sequence, and goes on to the
// next.
func (p *pieces) belongs(key string) bool {
	if p.at == pasted {
		p.inPaste(key)
		return true
	}
	if p.size++; p.size > pieceMost {
		p.at = noPiece
	}
	first := p.first
	p.first = false
	if key == "space" {
		key = " "
	}
	switch p.at {
	case introducer:
		if at, ok := map[string]piece{"[": parameters, "]": osc, "P": dcs, "O": ss3}[key]; ok {
			p.enter(at)
			return true
		}
	case parameters:
		if len(key) == 1 && key[0] < 0x7f {
			p.parameter(key)
			return true
		}
	case ss3:
		p.at = noPiece
		return len(key) == 1
	case osc, dcs:
		return p.inString(key, first)
	case terminator:
		p.at = noPiece
		return key == `\`
	}
	return p.starts(key)
}

// parameter takes a byte of CSI, of which the final one ends it.
func (p *pieces) parameter(key string) {
	switch {
	case key[0] < '@':
		p.given += key
	case key == "~" && p.given == pasteBegins:
		p.enter(pasted)
	default:
		p.at = noPiece
	}
}

// inPaste looks for the end of a paste, which may come in pieces as well.
func (p *pieces) inPaste(key string) {
	p.given += key
	p.given = p.given[max(0, len(p.given)-len("alt+[201~")):]
	if strings.HasSuffix(p.given, "esc[201~") || strings.HasSuffix(p.given, "alt+[201~") {
		p.at = noPiece
	}
}

// inString is belongs within a command string. Its first character tells a
// string from keys that somebody presses.
func (p *pieces) inString(key string, first bool) bool {
	begins := map[piece]string{osc: "0123456789", dcs: "0123456789>+!$=?"}[p.at]
	switch {
	case first && !strings.Contains(begins, key):
		return p.starts(key)
	case key == "ctrl+g" || key == `alt+\`:
		p.at = noPiece
		return true
	case key == "esc":
		p.at = terminator
		return true
	case len(key) == 1:
		return true
	}
	return p.starts(key)
}

// starts reports whether a key is the beginning of a sequence, and no key that
// anything is bound to. esc may be one, and is a key as well.
func (p *pieces) starts(key string) bool {
	p.at = noPiece
	switch key {
	case "esc":
		p.enter(introducer)
		return false
	case "alt+[":
		p.enter(parameters)
	case "alt+]":
		p.enter(osc)
	case "alt+P", "alt+shift+p":
		p.enter(dcs)
	case "alt+O", "alt+shift+o":
		p.enter(ss3)
	}
	return p.at != noPiece
}
