package cli

import (
	"strings"

	"sitrep/store/config"
)

// hyperlinks says whether the terminal is told where links lead (OSC 8). Nearly
// all skip over what they do not know; those listed show it or break over it.
func hyperlinks(when config.When, getenv func(string) string) bool {
	if when != config.WhenAuto {
		return when == config.WhenOn
	}
	term := getenv("TERM")
	switch {
	case getenv("INSIDE_EMACS") != "", strings.HasPrefix(term, "vt"), strings.HasPrefix(term, "screen") && getenv("TMUX") == "":
		return false
	}
	return term != "" && term != "dumb" && term != "linux" && term != "cons25"
}
