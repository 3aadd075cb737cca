package ui

import (
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// A lock ends the screen: the caller closes the store and forgets its key, so that
// nothing of it is left to be drawn, and shows Unlock until somebody gives the pass
// phrase. Then the reader comes back where it was left.

// idle reports whether nobody has touched a key for as long as the settings say.
// Time that the machine slept counts, which a monotonic clock would leave out.
func (m *model) idle() bool {
	return m.set.sealed && m.set.lockAfter > 0 &&
		m.set.now().Round(0).Sub(m.touched.Round(0)) >= m.set.lockAfter
}

func (m *model) lock() tea.Cmd {
	if !m.set.sealed {
		m.say("The store is not encrypted, so that a lock would keep nobody out. :" + string(doEncrypt) + " encrypts it.")
		return nil
	}
	m.result = Locked
	return m.quit()
}

func (m *model) encrypt() tea.Cmd {
	switch {
	case m.set.demo:
		m.say("The samples are not encrypted; your own store can be.")
		return nil
	case m.set.sealed:
		m.say("The store is encrypted already. :" + string(doLock) + " locks it.")
		return nil
	}
	m.result = Encrypt
	return m.quit()
}

// LockScreen says where a locked reader is shown.
type LockScreen struct {
	Input  io.Reader
	Output io.Writer
}

// Unlock shows a screen with nothing on it but the question for a pass phrase, of
// which no letter is shown. It asks until try returns no error, and reports false
// when somebody left instead.
func Unlock(ctx context.Context, o LockScreen, try func(passphrase []byte) error) (opened bool, err error) {
	m := &lockScreen{try: try}
	p := tea.NewProgram(m, tea.WithContext(ctx), tea.WithInput(o.Input), tea.WithOutput(o.Output), tea.WithoutSignalHandler(), tea.WithFilter(newPieces(time.Now).filter))
	_, err = p.Run()
	clear(m.typed)
	if ctx.Err() != nil {
		return false, nil
	}
	return m.opened, err
}

// lockScreen is the model of Unlock.
type lockScreen struct {
	try           func([]byte) error
	typed         []byte
	said          string // what was wrong with the last try
	trying        bool
	opened        bool
	width, height int
}

// longestPassphrase bounds what a paste can bring, in bytes.
const longestPassphrase = 1024

// triedMsg is what a try brought.
type triedMsg struct{ err error }

// Init implements tea.Model.
func (m *lockScreen) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (m *lockScreen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.PasteMsg:
		m.insert(msg.Content)
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case triedMsg:
		m.trying = false
		if msg.err == nil {
			m.opened = true
			return m, tea.Quit
		}
		m.said = sentence(msg.err)
	}
	return m, nil
}

func (m *lockScreen) press(k tea.KeyPressMsg) tea.Cmd {
	switch key := k.String(); {
	case key == "ctrl+c", key == "ctrl+d" && len(m.typed) == 0:
		return tea.Quit
	case key == "ctrl+z":
		return tea.Suspend
	case m.trying:
	case key == "esc", key == "ctrl+u":
		m.forget()
	case key == "backspace", key == "ctrl+h":
		_, size := utf8.DecodeLastRune(m.typed)
		clear(m.typed[len(m.typed)-size:])
		m.typed = m.typed[:len(m.typed)-size]
	case key == "enter" && len(m.typed) > 0:
		return m.submit()
	default:
		m.insert(k.Text)
	}
	return nil
}

func (m *lockScreen) insert(s string) {
	s = strings.TrimRight(s, "\r\n")
	if m.typed == nil {
		m.typed = make([]byte, 0, longestPassphrase) // never moved, so that it can be cleared
	}
	if !m.trying && len(m.typed)+len(s) <= longestPassphrase {
		m.typed, m.said = append(m.typed, s...), ""
	}
}

func (m *lockScreen) forget() {
	clear(m.typed)
	m.typed = m.typed[:0]
}

// submit tries what was typed; deriving the key takes a fifth of a second.
func (m *lockScreen) submit() tea.Cmd {
	m.trying, m.said = true, ""
	p := append(make([]byte, 0, longestPassphrase), m.typed...)
	m.forget()
	return func() tea.Msg {
		defer clear(p)
		return triedMsg{m.try(p)}
	}
}

const lockQuestion = "  Pass phrase: "

// View implements tea.Model.
func (m *lockScreen) View() tea.View {
	said := m.said
	if m.trying {
		said = "Opening."
	}
	lines := []string{"", "  sitrep is locked: the store is closed, and its key is forgotten.", "", lockQuestion, "", "  " + said, "",
		"  Nothing is shown while you type. enter opens, ctrl-c leaves."}
	for i, l := range lines {
		lines[i], _ = text.Setter{}.Fit(safe.New(l), max(0, m.width))
	}
	v := tea.NewView(strings.Join(lines[:min(len(lines), max(1, m.height))], "\n"))
	v.AltScreen = true
	v.WindowTitle = "sitrep"
	v.Cursor = tea.NewCursor(min(len(lockQuestion), max(0, m.width-1)), 3)
	return v
}
