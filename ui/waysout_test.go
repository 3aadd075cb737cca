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
	got := talk(t, s, "1\nq\n")
	wants(t, got, "The feed gives no text for this article. o opens the browser.")
	if strings.Contains(got, "gets its page") {
		t.Error("a command is named that the reader in lines does not have")
	}
	if said := (waysOut{"x", "o"}).fromNothing(""); strings.Contains(said, "opens") {
		t.Errorf("an article without a link: %q", said)
	}
}
