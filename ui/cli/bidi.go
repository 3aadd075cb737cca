package cli

import (
	"context"
	"os"
	"strconv"
	"strings"

	"sitrep/store/config"
	"sitrep/ui"
	"sitrep/ui/text"
)

// setter puts text on lines of a terminal.
func (s session) setter() text.Setter {
	set := text.Setter{ASCII: s.settings.ASCII, Bidi: bidiMode(s.settings.Bidi, os.Getenv, true)}
	if s.settings.Bidi != config.BidiAuto || s.Store == nil {
		return set
	}
	// Who answered that sitrep orders text well did so on a full screen, where a
	// terminal can be told to leave it alone.
	if mode, ok := ui.Ordering(context.Background(), s.Store, os.Getenv); ok && mode == text.Terminal {
		set.Bidi = mode
	}
	return set
}

// screenBidi says who orders right-to-left text on the full screen, and whether
// that is known: from the settings file, else from what the reader answered.
func (a *app) screenBidi(ctx context.Context, s session) (mode text.Mode, known bool) {
	if s.settings.Bidi != config.BidiAuto {
		return bidiMode(s.settings.Bidi, os.Getenv, false), true
	}
	if mode, ok := ui.Ordering(ctx, s.Store, os.Getenv); ok {
		return mode, true
	}
	return bidiMode(config.BidiAuto, os.Getenv, false), a.demo != nil // samples ask nothing
}

// explainOrder says who orders right-to-left text on the full screen, and why.
func (a *app) explainOrder(ctx context.Context, s session) string {
	mode, _ := a.screenBidi(ctx, s)
	who := map[text.Mode]string{text.App: "by sitrep", text.Terminal: "by the terminal", text.Off: "by nobody"}[mode]
	why := "as far as the terminal is known; the reader asks at the first of it"
	if s.settings.Bidi != config.BidiAuto {
		why = "as the settings say"
	} else if _, answered := ui.Ordering(ctx, s.Store, os.Getenv); answered {
		why = "as you answered on this kind of terminal"
	}
	return "right-to-left text " + who + ", " + why
}

// beginsWithIsolate reports whether a line begins with a sign that takes no cell of
// its own. A terminal puts such a sign into the cell before it and drops it where
// there is none, so the line must not begin in the first column.
func beginsWithIsolate(line string) bool {
	return strings.HasPrefix(line, "\u2066") || strings.HasPrefix(line, "\u2067") || strings.HasPrefix(line, "\u2068")
}

// indented is how many cells are left for lines of a terminal that orders them
// itself: the first column may have to stay free.
func (a *app) indented(set text.Setter, cells int) int {
	if set.Bidi == text.Terminal && isTerminal(a.stdout) {
		return max(1, cells-1)
	}
	return cells
}

// isolated joins foreign words into a sentence of ours so that none turns round
// what stands beside it (UAX #9, FSI and PDI). A setter that orders nothing leaves
// the isolates out.
func isolated(words []string, between string) string {
	const first, pop = "\u2068", "\u2069"
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = first + clean(w) + pop
	}
	return strings.Join(out, between)
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
