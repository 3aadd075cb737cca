package ui

import (
	"strings"
	"testing"

	"charm.land/bubbletea/v2"
)

func TestEveryIntentHasAnAction(t *testing.T) {
	acts := actions()
	for _, b := range defaultBindings() {
		if acts[b.intent] == nil {
			t.Errorf("%s has no action", b.intent)
		}
		delete(acts, b.intent)
	}
	for in := range acts {
		t.Errorf("%s has no binding, so that neither help nor palette know it", in)
	}
}

func TestRebinding(t *testing.T) {
	m, err := newKeyMap(map[string][]string{"star": {"b", "ctrl+s"}})
	if err != nil {
		t.Fatal(err)
	}
	if m.byKey["b"] != doStar || m.byKey["ctrl+s"] != doStar {
		t.Errorf("b and ctrl+s should star, got %v, %v", m.byKey["b"], m.byKey["ctrl+s"])
	}
	if _, still := m.byKey["s"]; still {
		t.Error("s should be free after star moved")
	}
	if got := m.key(doStar); got != "b" {
		t.Errorf("the screen shows %q for star", got)
	}
}

func TestRebindingTakesAKeyFromItsDefault(t *testing.T) {
	m, err := newKeyMap(map[string][]string{"star": {"o"}})
	if err != nil {
		t.Fatal(err)
	}
	if m.byKey["o"] != doStar {
		t.Errorf("o does %v", m.byKey["o"])
	}
}

func TestRebindingFaults(t *testing.T) {
	for _, c := range []struct {
		bind map[string][]string
		want string
	}{
		{map[string][]string{"sing": {"x"}}, `no action "sing"`},
		{map[string][]string{"star": {"x"}, "mark": {"x"}}, `"x" is bound to both`},
	} {
		if _, err := newKeyMap(c.bind); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %q", c.bind, err, c.want)
		}
	}
}

func TestKeysUnderOtherLayouts(t *testing.T) {
	for _, c := range []struct {
		name string
		key  tea.Key
		want string
	}{
		{"latin", tea.Key{Code: 'j', Text: "j"}, "j"},
		{"shifted", tea.Key{Code: 'g', Text: "G", Mod: tea.ModShift}, "G"},
		{"arabic by place", tea.Key{Code: 'ت', Text: "ت", BaseCode: 'j'}, "j"},
		{"arabic by letter", tea.Key{Code: 'ت', Text: "ت"}, "j"},
		{"hebrew by letter", tea.Key{Code: 'ח', Text: "ח"}, "j"},
		{"kurdish kaf", tea.Key{Code: 'ک', Text: "ک"}, "k"},
		{"turkish dotless i", tea.Key{Code: 'ı', Text: "ı"}, "i"},
		{"arabic with shift", tea.Key{Code: 'ـ', Text: "ـ"}, "J"},
		{"arabic vowel sign", tea.Key{Code: 0x650, Text: "\u0650"}, "A"},
		{"arabic question mark", tea.Key{Code: '؟', Text: "؟"}, "?"},
		{"arabic digit", tea.Key{Code: '٣', Text: "٣"}, "3"},
		{"persian digit", tea.Key{Code: '۳', Text: "۳"}, "3"},
		{"shift by place", tea.Key{Code: 'ل', Text: "لأ", BaseCode: 'g', Mod: tea.ModShift}, "G"},
		{"control", tea.Key{Code: 'd', Mod: tea.ModCtrl}, "ctrl+d"},
	} {
		if got := keyOf(tea.KeyPressMsg(c.key)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// e and t are kept for editions and trends, which there are none of yet: a key
// that does nothing is in no help.
func TestKeysKeptForLater(t *testing.T) {
	m, err := newKeyMap(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"e", "t"} {
		if in, bound := m.byKey[k]; bound {
			t.Errorf("%s is bound to %s", k, in)
		}
	}
}
