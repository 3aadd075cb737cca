package ui

import (
	"errors"
	"os/exec"
	"strings"

	"charm.land/bubbletea/v2"
	"github.com/cli/browser"

	"sitrep/feeds/address"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// host is what lies around the program: the environment, and the terminal's
// own order of right-to-left text.
type host struct {
	getenv func(string) string
	bidi   text.Mode
}

// display reports whether a browser could show a window here.
func (h host) display() bool {
	if h.getenv("SSH_CONNECTION") == "" && h.getenv("SSH_TTY") == "" {
		return true
	}
	return h.getenv("DISPLAY") != "" || h.getenv("WAYLAND_DISPLAY") != ""
}

// browsedMsg is what came of opening a link.
type browsedMsg struct {
	link string
	err  error
	ssh  bool
}

func (r browsedMsg) apply(m *model) tea.Cmd {
	if r.ssh {
		return m.copy(r.link)
	}
	if errors.Is(r.err, errNotWeb) {
		m.warn("Only web addresses are opened; " + m.keys.key(doCopy) + " copies " + address.Show(r.link).String())
		return nil
	}
	if r.err != nil {
		m.warn("No browser could be started. The link: " + address.Show(r.link).String())
		return nil
	}
	m.say("Opened " + address.Show(r.link).String())
	return nil
}

// errNotWeb refuses an address that is not for a browser, like mailto:.
var errNotWeb = errors.New("not a web address")

// browse opens a link; over ssh without a display it is copied and shown
// instead. Only http and https addresses are handed out.
func (c commands) browse(link string) tea.Cmd {
	return func() tea.Msg {
		if !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
			return browsedMsg{link: link, err: errNotWeb}
		}
		if !c.hosts.display() {
			return browsedMsg{link: link, ssh: true}
		}
		browser.Stdout, browser.Stderr = nil, nil
		return browsedMsg{link: link, err: browser.OpenURL(link)}
	}
}

// copy puts a link on the clipboard: the terminal's, and inside tmux also
// tmux's own buffer.
func (m *model) copy(link string) tea.Cmd {
	link = address.Show(link).String() // one line: a line end would run a command where it is pasted
	return m.clip(link, "Copied "+link)
}

// clip puts a text on the clipboard, safe line by line, and says so.
func (m *model) clip(text, said string) tea.Cmd {
	m.say(said)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = safe.New(l).String()
	}
	text = strings.Join(lines, "\n")
	return tea.Batch(tea.SetClipboard(text), m.do.tmux(text))
}

func (c commands) tmux(s string) tea.Cmd {
	if c.hosts.getenv("TMUX") == "" {
		return nil
	}
	return func() tea.Msg {
		cmd := exec.CommandContext(c.ctx, "tmux", "load-buffer", "-")
		cmd.Stdin = strings.NewReader(s)
		_ = cmd.Run()
		return nil
	}
}

// What tells a terminal that cells stand as they are sent, from left to right
// (ECMA-48 BDSM reset, "explicit", and SCP 1), and what gives their order back
// (terminal-wg, "BiDi in Terminal Emulators": the escape sequences). Terminals
// that order nothing ignore both.
const (
	explicitOrder = "\x1b[8l\x1b[1 k"
	implicitOrder = "\x1b[0 k\x1b[8h"
)

// order returns what to send before cells that we put in order, or behind them;
// nothing where that is not ours to do.
func (h host) order(ours bool) string {
	switch {
	case h.bidi != text.App:
		return ""
	case ours:
		return explicitOrder
	}
	return implicitOrder
}

// bidi sends that order through the program.
func (c commands) bidi(ours bool) tea.Cmd {
	s := c.hosts.order(ours)
	if s == "" {
		return nil
	}
	return tea.Raw(s)
}
