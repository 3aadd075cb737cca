package ui

import (
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
)

// given is what the input reader makes of a sequence that it gave up on.
type given string

// through sends messages through the filter, each a while after the one before,
// and returns the keys that are left.
func through(gap time.Duration, msgs ...tea.Msg) string {
	now := testNow
	p := newPieces(func() time.Time { now = now.Add(gap); return now })
	var left []string
	for _, m := range msgs {
		if k, ok := p.filter(nil, m).(tea.KeyPressMsg); ok {
			left = append(left, k.String())
		}
	}
	return strings.Join(left, " ")
}

// typed makes key presses of characters; \x1b is esc, \a is ctrl+g.
func typed(s string) (msgs []tea.Msg) {
	for _, r := range s {
		switch r {
		case '\x1b':
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyEscape})
		case '\a':
			msgs = append(msgs, tea.KeyPressMsg{Code: 'g', Mod: tea.ModCtrl})
		case ' ':
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		default:
			msgs = append(msgs, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return msgs
}

func alt(r rune) tea.Msg { return tea.KeyPressMsg{Code: r, Mod: tea.ModAlt} }

// U15: the pieces of a sequence, wherever it was cut, are no keys.
func TestPiecesOfSequencesAreNoKeys(t *testing.T) {
	for _, c := range []struct {
		name string
		msgs []tea.Msg
		left string
	}{
		{"device attributes", typed("\x1b[?1;2cj"), "esc j"},
		{"background", typed("\x1b]11;rgb:ffff/AAAA/0000\x1b\\j"), "esc j"},
		{"background with BEL", typed("\x1b]11;rgb:ffff/AAAA/0000\aj"), "esc j"},
		{"version", typed("\x1bP>|tmux 3.4\x1b\\j"), "esc j"},
		{"arrow", typed("\x1b[Aj"), "esc j"},
		{"arrow of application mode", typed("\x1bOAj"), "esc j"},
		{"mouse", typed("\x1b[<0;3;4Mj"), "esc j"},
		{"cut behind the introducer", append([]tea.Msg{alt('[')}, typed("Aj")...), "j"},
		{"string cut behind the introducer", append([]tea.Msg{alt(']')}, typed("11;rgb:A/r\x1b\\j")...), "j"},
		{"cut in the parameters", append([]tea.Msg{given("\x1b[<0;3")}, typed(";4Mj")...), "j"},
		{"cut in a string", append([]tea.Msg{given("\x1b]11;rg")}, typed("b:f/r\x1b\\j")...), "j"},
		{"string ended by alt", append(append([]tea.Msg{given("\x1b]11;rg")}, typed("b:f/r")...), alt('\\'), typed("j")[0]), "j"},
		{"two in a row", typed("\x1b[?1;2c\x1b[Aj"), "esc esc j"},

		{"paste whose beginning was cut", append(append(typed("\x1b[200~"), typed("AQr\x1b[2~")...), tea.PasteEndMsg{}, typed("j")[0]), "esc j"},
		{"paste in pieces throughout", typed("\x1b[200~AQ\x1b[201~j"), "esc j"},
		{"paste cut in its beginning", append(append([]tea.Msg{given("\x1b[20")}, typed("0~AQr")...), tea.PasteEndMsg{}, typed("j")[0]), "j"},
		{"esc and keys", typed("\x1bjAr"), "esc j A r"},
		{"esc twice", typed("\x1b\x1bq"), "esc esc q"},
		{"no string", typed("\x1b]r"), "esc r"},
		{"keys alone", typed("[]PO/:"), "[ ] P O / :"},
		{"a named key ends it", append(typed("\x1b[1;"), tea.KeyPressMsg{Code: tea.KeyEnter}, typed("j")[0]), "esc enter j"},
	} {
		if got := through(100*time.Millisecond, c.msgs...); got != c.left {
			t.Errorf("%s: %q is left, want %q", c.name, got, c.left)
		}
	}
	if got := through(time.Second, typed("\x1b[A")...); got != "esc [ A" {
		t.Errorf("after a second each they are keys that somebody pressed: %q", got)
	}
	if got := through(time.Millisecond, typed("\x1b]1"+strings.Repeat("x", 2*pieceMost))...); !strings.Contains(got, "x") {
		t.Error("a string without an end takes all keys for ever")
	}
}
