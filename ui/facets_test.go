package ui

import (
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
)

// shelf are articles of two languages and two months.
func shelf() []sample {
	var out []sample
	for i, title := range []string{"Oil tanker leaves Basra", "Oil talks in Erbil", "Oil prices fall", "أسعار oil ترتفع"} {
		s := sample{title: title, body: "<p>" + strings.Repeat("Some words. ", i), lang: "en", ago: time.Duration(i) * 24 * time.Hour * 12}
		if i == 3 {
			s.lang = "ar"
		}
		if i < 2 {
			s.briefings = []string{"iraq"}
		}
		out = append(out, s)
	}
	return out
}

func TestFacetsStandBesideTheResults(t *testing.T) {
	s, id := newStore(t)
	save(t, s, id, shelf())
	d := start(t, s, 150, 40)
	d.press("/")
	d.write("oil")
	d.sees("Language", "Month", "Nov 2026")
	d.press("enter shift+tab")
	d.focused(focusSide)
	d.sees("enter only these")
	before := d.screen()
	for range 40 { // the languages, wherever they stand
		if strings.Contains(d.m.left().current().narrow, "lang:ar") {
			break
		}
		d.press("j")
	}
	d.press("enter")
	d.focused(focusList)
	d.sees("oil lang:ar: 1 found", "Nothing to narrow", "17 Oct")
	d.seesNot("Oil talks")
	d.exact()
	d.press("esc")
	if d.m.search.active || strings.Contains(d.screen(), "Nov 2026") || !strings.Contains(d.screen(), "All") {
		t.Errorf("after esc:\n%s\nbefore:\n%s", d.screen(), before)
	}
}

func TestFacetsByMouse(t *testing.T) {
	s, id := newStore(t)
	save(t, s, id, shelf())
	d := start(t, s, 150, 40)
	d.press("/")
	d.write("oil")
	d.press("enter")
	for y, l := range d.lines() {
		if strings.Contains(l[:20], " ar ") {
			d.send(tea.MouseClickMsg{X: 3, Y: y, Button: tea.MouseLeft})
			break
		}
	}
	d.sees("oil lang:ar: 1 found")
}

// Where only the results have room, nothing else is asked for.
func TestNoFacetsWithoutRoom(t *testing.T) {
	s, id := newStore(t)
	save(t, s, id, shelf())
	d := start(t, s, 60, 20)
	d.press("/")
	d.write("oil")
	d.press("enter")
	if d.m.search.faceted {
		t.Error("the parts of the results were counted")
	}
	d.press("shift+tab q")
	if d.m.search.active {
		t.Error("q leaves the search open")
	}
}
