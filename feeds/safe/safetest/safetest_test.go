package safetest

import (
	"strings"
	"testing"

	"sitrep/feeds/safe"
)

// TestNewStandsEveryPayload is the heart of case U1: nothing of a payload is
// obeyed, and neither word around it is swallowed.
func TestNewStandsEveryPayload(t *testing.T) {
	if n := len(Payloads()); n < 60 {
		t.Errorf("%d payloads, want 60 at least", n)
	}
	for _, p := range Payloads() {
		if Check(p.Text, false) == nil && p.Name != "newline" {
			t.Errorf("%s: the check finds nothing in the payload itself", p.Name)
		}
		got := safe.New(p.Text).String()
		if err := Check(got, false); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if !strings.HasPrefix(got, First) || !strings.HasSuffix(strings.TrimSuffix(got, "\u2069"), Last) {
			t.Errorf("%s swallowed a word: %q", p.Name, got)
		}
	}
}

func TestSequences(t *testing.T) {
	for sent, want := range map[string]string{
		"a\x1b[?1049hb": "CSI ?h", "\x1b[38;5;1mx": "CSI m", "\x1b[1 k": "CSI  k", "\x1b]0;t\ax": "OSC 0", "\x1b]8;;u\x1b\\x": "OSC 8",
		"\x1bP$q\x1b\\x": "DCS $q", "\x1bc": "ESC c", "\x1b(0": "ESC (0", "\x1b]0;t": "open", "\x1b[12": "open", "\u009b2J": "C1", "\b": "control H", "\x7f": "control _",
	} {
		kinds := Sequences(sent)
		if _, ok := kinds[want]; !ok || len(kinds) != 1 {
			t.Errorf("Sequences(%q) = %q, want %s", sent, kinds, want)
		}
	}
}
