package ui

import (
	"charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sitrep/ui/theme"
)

// result is what a command brings back. apply changes the model and may ask
// for more; it drops itself when it comes too late.
type result interface {
	apply(m *model) tea.Cmd
}

// Update sorts messages: the screen's, the keyboard's, and the results of our
// own commands, which apply themselves.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		m.touched = m.set.now()
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m, m.relayout()
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.PasteMsg:
		return m, m.paste(msg.Content)
	case tea.MouseClickMsg:
		return m, m.click(msg.Mouse())
	case tea.MouseWheelMsg:
		return m, m.wheel(msg.Mouse())
	case tea.BackgroundColorMsg:
		m.ground = theme.Light
		if msg.IsDark() {
			m.ground = theme.Dark
		}
		return m, m.repaint()
	case tea.ColorProfileMsg:
		m.colours = coloursOf(msg.Profile)
		if m.set.plain {
			m.colours = theme.None
		}
		return m, m.repaint()
	case tea.ResumeMsg:
		return m, tea.Sequence(m.do.bidi(true), tea.ClearScreen)
	case result:
		return m, tea.Batch(msg.apply(m), m.askOrdering())
	}
	return m, nil
}

func coloursOf(p colorprofile.Profile) theme.Colours {
	switch {
	case p <= colorprofile.ASCII:
		return theme.None
	case p == colorprofile.ANSI:
		return theme.Sixteen
	}
	return theme.Many
}

// repaint rebuilds the theme and lays the article out anew in it.
func (m *model) repaint() tea.Cmd {
	m.theme = theme.New(m.set.ground(m.ground), m.colours)
	m.reading.shown, m.reading.kept = nil, kept{}
	return m.show()
}

// press finds out what a key is for: the prompt, the top overlay, a number, or
// the table of intents.
func (m *model) press(k tea.KeyPressMsg) tea.Cmd {
	m.note = note{}
	m.tidying.quiet = 0
	if m.prompt != nil {
		return m.typed(k)
	}
	key := keyOf(k)
	in, ok := m.keys.byKey[key]
	m.onward = m.onward && in == doSpace
	switch n := len(m.overlays); {
	case n > 0 && (in == doQuit || in == doInterrupt):
		return m.quit()
	case n > 0:
		return m.overlays[n-1].key(m, key, in)
	case m.areas.shape == tooSmall:
		if in == doQuit || in == doInterrupt || in == doBack {
			return m.quit()
		}
		return nil
	}
	if cmd, taken := m.answerOrdering(key, in); taken {
		return cmd
	}
	if c := m.choosing(); c != nil && in != doQuit && in != doInterrupt && in != doHelp {
		return m.quoteKey(c, in)
	}
	if cmd, taken := m.compareKey(key, in); taken {
		return cmd
	}
	if cmd, taken := m.digit(key); taken {
		return cmd
	}
	n := max(1, m.count)
	m.count = 0
	if !ok {
		return m.unbound(key)
	}
	return m.perform(in, n)
}

// samplesKey leads from an empty store to the samples, as on the first screen.
const samplesKey = "d"

// unbound is a key that no intent has: it does nothing, except for the way to
// the samples while there is nothing to read.
func (m *model) unbound(key string) tea.Cmd {
	if key == samplesKey && m.over.All.Total == 0 && !m.set.demo {
		return m.perform(doSamples, 1)
	}
	return nil
}

// digit collects a number: how often to move in a list, or which link while
// reading.
func (m *model) digit(key string) (tea.Cmd, bool) {
	isDigit := len(key) == 1 && key[0] >= '0' && key[0] <= '9'
	if m.focus == focusReading {
		return m.linkDigit(key, isDigit)
	}
	if !isDigit || key == "0" && m.count == 0 {
		return nil, false
	}
	m.count = min(m.count*10+int(key[0]-'0'), 100000)
	return nil, true
}

// linkDigit collects a link's number; enter then opens it and y copies it.
func (m *model) linkDigit(key string, isDigit bool) (tea.Cmd, bool) {
	r := &m.reading
	if isDigit && (key != "0" || r.digits != "") && r.shown != nil && len(r.shown.links) > 0 {
		r.digits += key
		if len(r.digits) > 4 {
			r.digits = ""
		}
		return nil, true
	}
	if r.digits == "" {
		return nil, false
	}
	l, ok := r.link()
	typed := r.digits
	r.digits = ""
	switch in := m.keys.byKey[key]; {
	case in != doOpen && in != doCopy && in != doBrowser:
		return nil, in == doClose
	case !ok:
		m.warn("There is no link " + typed + " in this article.")
		return nil, true
	case l.URL == "":
		return m.jumpTo(l), true
	case in == doCopy:
		return m.copy(l.URL), true
	default:
		return m.openLink(l), true
	}
}

// paste goes into the prompt; outside one it is not taken for keys.
func (m *model) paste(s string) tea.Cmd {
	if m.prompt == nil {
		m.say("Pasted text is not taken for keys: " + m.keys.key(doSearch) + " or another prompt takes it.")
		return nil
	}
	m.prompt.input.Insert(s)
	return m.prompt.changed(m)
}
