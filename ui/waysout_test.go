package ui

import (
	"strings"
	"testing"
	"time"
)

// An article without text names the keys that there are.
func TestWaysOut(t *testing.T) {
	s, _ := newStore(t, sample{title: "Headline only", ago: time.Hour, briefings: iraq})
	d := start(t, s, 140, 30, func(o *Options) { o.Keys = map[string][]string{"full-text": {"X"}, "browser": {}} })
	d.press("enter")
	d.sees("The feed gives no text for this article. X gets its page.")
	d.seesNot("opens the browser")
	wants(t, talk(t, s, "1\nq\n"), "The feed gives no text for this article. x gets its page, o opens the")
	if said := (waysOut{"x", "o"}).fromNothing(""); strings.Contains(said, "opens") {
		t.Errorf("an article without a link: %q", said)
	}
}
