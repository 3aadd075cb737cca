package cli

import (
	"os"
	"strconv"

	"sitrep/store/config"
	"sitrep/ui/text"
)

// setter puts text on lines of a terminal.
func (s session) setter() text.Setter {
	return text.Setter{ASCII: s.settings.ASCII, Bidi: bidiMode(s.settings.Bidi, os.Getenv, true)}
}

// bidiMode says who orders right-to-left text. Some terminals do it themselves
// and cannot be told to leave it. Those built on VTE can, but only a full screen
// tells them: lines that scroll away must stay as the terminal will draw them.
func bidiMode(b config.Bidi, getenv func(string) string, lines bool) text.Mode {
	switch b {
	case config.BidiApp:
		return text.App
	case config.BidiTerminal:
		return text.Terminal
	case config.BidiOff:
		return text.Off
	}
	vte, _ := strconv.Atoi(getenv("VTE_VERSION"))
	switch {
	case getenv("TERM_PROGRAM") == "Apple_Terminal", getenv("KONSOLE_VERSION") != "", getenv("MLTERM") != "":
		return text.Terminal
	case lines && vte >= 5800: // orders text since 0.58
		return text.Terminal
	}
	return text.App
}
