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
		m.warn("Only web addresses are opened; " + m.keys.key(doCopy) + " copies " + r.link)
		return nil
	}
	if r.err != nil {
		m.warn("No browser could be started. The link: " + r.link)
		return nil
	}
	m.say("Opened " + address.Show(r.link))
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
	link = safe.New(link).String() // one line: a line end would run a command where it is pasted
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

// bidi tells the terminal that the order of right-to-left text is ours
// (ECMA-48 BDSM reset, "explicit"), or gives it back.
func (c commands) bidi(ours bool) tea.Cmd {
	if c.hosts.bidi != text.App {
		return nil
	}
	if ours {
		return tea.Raw("\x1b[8l")
	}
	return tea.Raw("\x1b[8h")
}
