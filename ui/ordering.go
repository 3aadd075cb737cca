package ui

import (
	"context"
	"strconv"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
)

// ordering is the question who puts right-to-left text in order here, us or the
// terminal. Only a reader of it can tell: a terminal does not say, and tmux
// hides what the terminal around it does. The question takes a few lines above
// the footer and leaves all keys but its own to what they do anyway.
type ordering struct {
	wanted bool      // nobody has said it: ask at the first right-to-left text
	sample safe.Text // a headline to show both ways; empty while not asking
}

// orderingLines is the height of the question.
const orderingLines = 4

func (o ordering) height() int {
	if o.sample.IsEmpty() {
		return 0
	}
	return orderingLines
}

// askOrdering asks once there is right-to-left text on the screen and the reader
// does nothing else.
func (m *model) askOrdering() tea.Cmd {
	if !m.ordering.wanted || !m.started || m.prompt != nil || len(m.overlays) > 0 || m.areas.shape == tooSmall {
		return nil
	}
	for _, s := range m.headlines() {
		if text.Direction(safe.New(s)) == text.RTL {
			m.ordering = ordering{sample: safe.New(s)}
			return m.relayout()
		}
	}
	return nil
}

// headlines are the titles on the screen.
func (m *model) headlines() []string {
	var out []string
	if m.reading.shown != nil && !m.areas.reading.Empty() {
		out = append(out, m.reading.shown.article.Title)
	}
	if m.areas.list.Empty() {
		return out
	}
	from := clamp(m.list.top, 0, len(m.list.rows))
	for _, r := range m.list.rows[from:min(len(m.list.rows), from+m.areas.list.Dy())] {
		out = append(out, r.Title)
	}
	return out
}

// orderingSample is asked with where nothing on the screen reads from right to
// left: "What is the news today?" in Arabic.
const orderingSample = "ما هي أخبار اليوم؟"

// startOrdering asks because the reader wants to answer.
func (m *model) startOrdering() tea.Cmd {
	m.ordering = ordering{wanted: true}
	cmd := m.askOrdering()
	if m.ordering.height() > 0 {
		return cmd
	}
	m.ordering = ordering{sample: safe.New(orderingSample)}
	return m.relayout()
}

// answerOrdering takes the keys that answer the question.
func (m *model) answerOrdering(key string, in intent) (tea.Cmd, bool) {
	if m.ordering.height() == 0 || len(m.overlays) > 0 {
		return nil, false
	}
	switch {
	case key == "1":
		return m.orderBy(text.App), true
	case key == "2":
		return m.orderBy(text.Terminal), true
	case in == doClose:
		m.ordering = ordering{}
		m.say("Right-to-left text stays as it is. :" + string(doOrdering) + " asks again.")
		return m.relayout(), true
	}
	return nil, false
}

// orderBy has text ordered by mode from now on.
func (m *model) orderBy(mode text.Mode) tea.Cmd {
	m.ordering = ordering{}
	back := m.do.bidi(false)
	m.set.text.Bidi, m.do.hosts.bidi = mode, mode
	m.reading.stale = true
	who := "sitrep"
	if mode == text.Terminal {
		who = "the terminal"
	}
	m.say("Right-to-left text is ordered by " + who + " here. :" + string(doOrdering) + " asks again.")
	if m.set.orderSet {
		m.say("Right-to-left text is ordered by " + who + " until you leave. Then bidi in the settings file counts again.")
	}
	return tea.Batch(tea.Sequence(back, m.do.bidi(true), tea.ClearScreen), m.relayout(), m.do.keepOrdering(mode))
}

// drawOrdering gives the lines of the question.
func (m *model) drawOrdering() []string {
	if m.ordering.height() == 0 {
		return nil
	}
	w := m.width
	question := roomiest(w-6, "Which of these lines reads from right to left as it should?", "Which line reads as it should?")
	out := []string{m.theme.Accent.On(ruleLine(question, w, m.signs))}
	for i, mode := range []text.Mode{text.App, text.Terminal} {
		set := m.set.text
		set.Bidi = mode
		out = append(out, m.theme.Strong.On(" "+strconv.Itoa(i+1)+"  ")+set.Line(m.ordering.sample, w-5, text.RTL)+" ")
	}
	hint := roomiest(w, " 1 or 2 answers · esc later · :"+string(doOrdering)+" asks again", " 1 or 2 answers · esc later")
	return append(out, m.theme.Dim.On(m.fit(hint, w)))
}

// orderingKey is where the answer is kept, for each kind of terminal by itself.
func orderingKey(getenv func(string) string) string {
	var names []string
	for _, name := range []string{"TERM_PROGRAM", "TERM"} {
		names = append(names, getenv(name))
	}
	return "bidi " + strings.Join(names, " ")
}

// The answers as they are kept.
const (
	orderedHere    = "app"
	orderedOutside = "terminal"
)

func (c commands) keepOrdering(mode text.Mode) tea.Cmd {
	answer := orderedHere
	if mode == text.Terminal {
		answer = orderedOutside
	}
	return func() tea.Msg {
		if err := c.store.SetSetting(c.ctx, orderingKey(c.hosts.getenv), answer); err != nil {
			return warningMsg{err}
		}
		return nil
	}
}

// warningMsg is what went wrong with something that has no result.
type warningMsg struct{ err error }

func (r warningMsg) apply(m *model) tea.Cmd {
	m.warn(sentence(r.err))
	return nil
}

// Ordering returns who puts right-to-left text in order on this terminal, as the
// reader answered; false if nobody did.
func Ordering(ctx context.Context, s *store.Store, getenv func(string) string) (text.Mode, bool) {
	switch answer, err := s.Setting(ctx, orderingKey(getenv)); {
	case err != nil:
		return text.App, false // who reads on meets the error
	case answer == orderedHere:
		return text.App, true
	case answer == orderedOutside:
		return text.Terminal, true
	}
	return text.App, false
}
