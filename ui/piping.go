package ui

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/export"
	"sitrep/feeds/safe"
	"sitrep/ui/child"
	"sitrep/ui/text"
)

// pipeDeadline is how long a program may take with an article.
const pipeDeadline = 30 * time.Second

// pipe gives the article under the cursor to a command, which is asked for when
// none is typed.
func (m *model) pipe(command string) tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		m.say("There is no article here to give to a command.")
		return nil
	}
	if command == "" {
		m.prompt = &prompt{
			label: roomiest(m.width/2-1, "give the article to:", "give it to:"),
			hint:  "a command and its arguments, like wc -w",
			enter: func(m *model, s string) tea.Cmd {
				m.prompt = nil
				if s = strings.TrimSpace(s); s == "" {
					return nil
				}
				return m.pipe(s)
			},
		}
		m.prompt.input.Set(m.piped)
		return nil
	}
	argv, err := child.Split(command)
	if err != nil {
		m.warn(sentence(err))
		return nil
	}
	m.piped = command
	m.say("Running " + isolate(argv[0]) + ".")
	return m.do.pipe(r.ID, m.texts.feed[r.ID], argv, m.set.pipeFormat)
}

// print writes an article in a format; text for one that is not known.
func (c commands) print(it export.Item, format string) ([]byte, error) {
	print := export.Text
	switch format {
	case "md":
		print = export.Markdown
	case "html":
		print = export.HTML
	case "json":
		print = export.JSON
	}
	var b bytes.Buffer
	err := print(&b, slices.Values([]export.Item{it}), export.Options{Location: c.files.zone, Full: true})
	return b.Bytes(), err
}

func (c commands) pipe(id feeds.ArticleID, feed bool, argv []string, format string) tea.Cmd {
	return func() tea.Msg {
		it, _, err := Item(c.ctx, c.store, id, feed)
		if err != nil {
			return pipedMsg{name: argv[0], err: err}
		}
		input, err := c.print(it, format)
		if err != nil {
			return pipedMsg{name: argv[0], err: err}
		}
		out, err := child.Run(c.ctx, argv, input, pipeDeadline)
		return pipedMsg{argv[0], outputLines(out), len(out) == child.MaxOutput, err}
	}
}

// outputLines are the lines of a program's output that are not blank at the ends,
// made safe.
func outputLines(out []byte) (lines []string) {
	for s := range strings.Lines(string(out)) {
		s = strings.ReplaceAll(strings.TrimRight(s, "\r\n"), "\t", "    ")
		lines = append(lines, safe.New(s).String())
	}
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	for len(lines) > 0 && blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// pipedMsg is what came of a program that was given an article.
type pipedMsg struct {
	name  string
	lines []string
	cut   bool // there may have been more
	err   error
}

func (r pipedMsg) apply(m *model) tea.Cmd {
	failed := ""
	if r.err != nil {
		if r.err == context.Canceled {
			return nil
		}
		failed = sentence(r.err)
		m.warn(failed)
	}
	switch {
	case len(r.lines) == 0 && r.err == nil:
		m.say(isolate(r.name) + " has the article and said nothing.")
	case len(r.lines) == 0:
	case len(r.lines) == 1 && r.err != nil:
		m.warn(failed + " " + isolate(r.lines[0]))
	case len(r.lines) == 1:
		m.say(isolate(r.lines[0]))
	default:
		if r.cut {
			r.lines = append(r.lines, "", fmt.Sprintf("Only the first %d kB are shown.", child.MaxOutput>>10))
		}
		m.note = note{}
		m.push(&output{lines: r.lines, name: r.name, failed: failed})
	}
	return nil
}

// output shows what a program printed.
type output struct {
	name   string
	failed string // why it failed, "" if it did not
	lines  []string
	top    int

	wrapped []string // lines in the width below
	width   int
}

func (o *output) key(m *model, _ string, in intent) tea.Cmd {
	if in == doSpace {
		in = doPageDown
	}
	o.top += steps(in, m.height-4)
	switch {
	case in == doCopy:
		return m.clip(strings.Join(o.lines, "\n"), "Copied what "+isolate(o.name)+" printed.")
	case closes(in):
		m.pop()
	}
	return nil
}

func (o *output) draw(m *model, w, h int) []string {
	if o.width != w {
		o.wrapped, o.width = nil, w
		if o.failed != "" {
			for _, l := range m.paragraph(o.failed, w, 1) {
				o.wrapped = append(o.wrapped, m.theme.Alarm.On(l))
			}
		}
		for _, s := range o.lines {
			o.wrapped = append(o.wrapped, outputLine(m.set.text, s, w)...)
		}
	}
	o.top = clamp(o.top, 0, max(0, len(o.wrapped)-h))
	return sheet(o.wrapped[o.top:min(len(o.wrapped), o.top+h)], w, h)
}

// outputLine wraps one line of output, at the right if it reads from right to left.
func outputLine(set text.Setter, s string, w int) (lines []string) {
	room, dir := max(1, w-2), set.Direction(safe.New(s))
	for _, l := range set.Wrap([]text.Run{{Text: safe.New(s)}}, room, dir) {
		lines = append(lines, " "+alignLine(l, room, dir))
	}
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

func (o *output) hint(m *model) string {
	return fmt.Sprintf("%s · j k move · %s copies · esc closes", isolate(o.name), m.keys.key(doCopy))
}
