//go:build !race

// Without the race detector, for the reason that run_unix_test.go gives.

package ui

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/refresh"
	"sitrep/feeds/safe/safetest"
	"sitrep/store"
	"sitrep/ui/ptytest"
)

// These tests run the reader on a terminal and look at the bytes that reach it.

// onTerminal runs the reader on a store in a terminal.
func onTerminal(t *testing.T, s *store.Store, w, h int, change ...func(*Options)) (tty *ptytest.Terminal, ended <-chan error) {
	t.Helper()
	tty, err := ptytest.Open(w, h)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	t.Cleanup(tty.Close)
	o := Options{Store: s, Now: func() time.Time { return testNow }, Zone: time.UTC, Offline: true, Mouse: true,
		Input: tty.Program, Output: tty.Program, Getenv: func(string) string { return "" }}
	for _, f := range change {
		f(&o)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := Run(ctx, o)
		done <- err
	}()
	t.Cleanup(func() { stop() })
	tty.Settled(100 * time.Millisecond)
	return tty, done
}

// ends waits for the reader to end.
func ends(t *testing.T, ended <-chan error, within time.Duration) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(within):
		t.Fatal("the reader goes on")
		return nil
	}
}

// walk shows much of the screen: lists, articles, links, search, help, health.
const walk = "jjjj\r GLj\x1bqY\x1bhh+jjllM?j\x1bH\x1bB\x1b:m\x1b/wire\rjj\x1b\x1bf\"a\"\r\x1bwtest\x1b\x1bazyQ"

// U1: on the bytes that reach the terminal: a store full of payloads brings no
// kind of sequence that a harmless one does not.
func TestNothingHostileReachesTheTerminal(t *testing.T) {
	t.Parallel() // it waits most of the time
	kinds := func(texts []string) map[string]string {
		tty, ended := onTerminal(t, soaked(t, texts), 120, 36, hostileWorld(strings.Join(texts, " ")), func(o *Options) { o.Offline = true })
		for _, k := range walk {
			if err := tty.Type(string(k)); err != nil {
				t.Fatal(err)
			}
			time.Sleep(12 * time.Millisecond)
			if k == '\x1b' {
				time.Sleep(80 * time.Millisecond) // until it is no sequence any more
			}
		}
		if err := ends(t, ended, 5*time.Second); err != nil {
			t.Fatal(err)
		}
		tty.Settled(50 * time.Millisecond)
		if !strings.Contains(tty.Output(), "qzFIRST") && len(texts) > 9 {
			t.Error("the payloads were not on the screen")
		}
		return safetest.Sequences(tty.Output())
	}
	// Which ways the renderer moves on a line depends on what a frame happens to
	// hold. What a payload brings comes every time, and never without it.
	harmless, brought := map[string]string{}, map[string]string{}
	for attempt := range 3 {
		maps.Copy(harmless, kinds([]string{"Oil exports resume", "السومرية نيوز", "wire"}))
		hostile := kinds(payloadTexts())
		if attempt == 0 {
			brought = hostile
		}
		maps.DeleteFunc(brought, func(kind, _ string) bool { return harmless[kind] != "" || hostile[kind] == "" })
		if len(brought) == 0 {
			break
		}
	}
	for kind, s := range brought {
		t.Errorf("a payload brings %s: %q", kind, s)
	}
	if len(harmless) < 5 {
		t.Errorf("a harmless run sends only %q", harmless)
	}
}

// U15: what a terminal answers to questions fires no key, also when it comes
// slowly.
func TestAnswersOfTheTerminalAreNoKeys(t *testing.T) {
	t.Parallel() // it waits most of the time
	s, _ := newStore(t, sample{title: "One report", body: "<p>Text</p>", briefings: []string{"iraq"}})
	tty, ended := onTerminal(t, s, 100, 30)
	tty.Forget()
	for n, answer := range []string{"\x1b[?1;2c", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]10;rgb:0000/0000/0000\a", "\x1b[?2026;2$y", "\x1b[200~AQ\x1b[201~", "\x1b[?2027;0$y",
		"\x1b[>41;354;0c", "\x1bP>|tmux 3.4\x1b\\", "\x1b[24;80R", "\x1bP1+r524742=38\x1b\\", "\x1b[?997;1n", "\x1b[A", "\x1b[I", "\x1b[O", "\x1b]11;rgb:0/f/R\a"} {
		gap := time.Millisecond
		if n%3 == 1 {
			gap = 70 * time.Millisecond // longer than the input reader waits
		}
		for i := range len(answer) {
			if err := tty.Type(answer[i : i+1]); err != nil {
				t.Fatal(err)
			}
			time.Sleep(gap)
		}
	}
	tty.Settled(200 * time.Millisecond)
	out := tty.Output()
	for _, sign := range []string{"commands", "search everything", "Nothing", "Down", "to the end", "Copied", "There is"} {
		if strings.Contains(out, sign) {
			t.Errorf("an answer was taken for keys: %q", out)
		}
	}
	select {
	case err := <-ended:
		t.Errorf("an answer ended the reader: %v", err)
	default:
	}
	if states, err := s.Overview(context.Background()); err != nil || states.All.Unread != 1 {
		t.Errorf("an answer marked something: %d unread, %v", states.All.Unread, err)
	}
	tty.Type("Q")
	if err := ends(t, ended, 3*time.Second); err != nil {
		t.Error(err)
	}
}

// panicking is a result, an overlay and a command that fail in the worst way.
type panicking struct{ where string }

func (p panicking) apply(m *model) tea.Cmd {
	switch p.where {
	case "Update":
		panic("canary in Update")
	case "View":
		m.push(p)
	case "command":
		return func() tea.Msg { panic("canary in a command") }
	case "sequence":
		return tea.Sequence(func() tea.Msg { return nil }, func() tea.Msg { panic("canary in a sequence") })
	case "tick":
		return tea.Tick(time.Millisecond, func(time.Time) tea.Msg { panic("canary in a tick") })
	case "key":
		m.push(p)
	}
	return nil
}

func (p panicking) key(*model, string, intent) tea.Cmd { panic("canary in a key") }
func (p panicking) hint(*model) string                 { return "" }
func (p panicking) draw(m *model, w, h int) []string {
	if p.where == "View" {
		panic("canary in View")
	}
	return sheet(nil, w, h)
}

// U10: a panic anywhere leaves the terminal as it was: its modes, the main
// screen, the cursor, the order of text.
func TestAPanicGivesTheTerminalBack(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<p>Text</p>", briefings: []string{"iraq"}})
	for _, where := range []string{"Update", "View", "command", "sequence", "tick", "key", "refresher"} {
		tty, err := ptytest.Open(80, 24)
		if err != nil {
			t.Skipf("no pseudo-terminal: %v", err)
		}
		before, err := tty.Modes()
		if err != nil {
			t.Fatal(err)
		}
		stderr := silence(t)
		o := withDefaults(Options{Store: s, Now: func() time.Time { return testNow }, Zone: time.UTC, Input: tty.Program, Output: tty.Program,
			Refresh: func(context.Context, refresh.Options) (refresh.Summary, error) { panic("canary in the refresher") }})
		ended := make(chan error, 1)
		go func() {
			m, err := newReader(context.Background(), o)
			if err == nil {
				m.first = tea.Sequence(m.first, func() tea.Msg {
					time.Sleep(100 * time.Millisecond) // with a frame on the screen
					return panicking{where}
				})
				_, err = m.onScreen(context.Background(), o)
			}
			ended <- err
		}()
		tty.Settled(250 * time.Millisecond)
		switch where {
		case "key":
			tty.Type("j")
		case "refresher": // a failed refresh is no reason to leave
			tty.Type("R")
			tty.Settled(150 * time.Millisecond)
			if !strings.Contains(tty.Output(), "canary in the refresher") {
				t.Errorf("the refresher's panic is not told: %q", tty.Output())
			}
			tty.Type("Q")
		}
		err = ends(t, ended, 5*time.Second)
		stderr()
		if err == nil && where != "refresher" {
			t.Errorf("%s: the panic is not reported", where)
		}
		tty.Settled(50 * time.Millisecond)
		if after, err := tty.Modes(); err != nil || after != before {
			t.Errorf("%s: modes are %+v, were %+v (%v)", where, after, before, err)
		}
		out := tty.Output()
		for _, last := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[8h"} {
			if !strings.Contains(out[max(0, strings.LastIndex(out, "\x1b[?1049h")):], last) {
				t.Errorf("%s: %q is not sent at the end", where, last)
			}
		}
		tty.Close()
	}
}

// silence keeps the traces of panics that are caught from the test's output.
func silence(t *testing.T) (restore func()) {
	t.Helper()
	old := os.Stderr
	f, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	os.Stderr = f
	return func() {
		os.Stderr = old
		f.Close()
	}
}

// U14: without colours none is sent, with sixteen no more than those.
func TestColoursAsTheTerminalHasThem(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<h2>H</h2><p>Text <a href='https://wire.example/x'>x</a></p>", briefings: []string{"iraq"}})
	for _, c := range []struct {
		name, term string
		plain      bool
		bad        []string
	}{
		{"none", "xterm-256color", true, []string{"\x1b[3", "\x1b[9", ";3", "38;"}},
		{"sixteen", "xterm", false, []string{"38;5", "38;2", "48;5", "48;2"}},
	} {
		t.Setenv("TERM", c.term)
		t.Setenv("COLORTERM", "")
		tty, ended := onTerminal(t, s, 100, 30, func(o *Options) { o.NoColor = c.plain })
		tty.Type("\r")
		tty.Settled(200 * time.Millisecond)
		tty.Type("Q")
		if err := ends(t, ended, 3*time.Second); err != nil {
			t.Fatal(err)
		}
		for _, seq := range sgr(tty.Output()) {
			if slices.ContainsFunc(c.bad, func(b string) bool { return strings.Contains(seq, b) }) {
				t.Errorf("%s: sends %q", c.name, seq)
			}
		}
	}
}

// sgr returns the colour sequences in what was sent.
func sgr(out string) (all []string) {
	for _, part := range strings.Split(out, "\x1b[")[1:] {
		if end := strings.IndexFunc(part, func(r rune) bool { return r >= 0x40 && r < 0x7f }); end > 0 && part[end] == 'm' {
			all = append(all, "\x1b["+part[:end+1])
		}
	}
	return all
}
