package ui

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func TestTarget(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://a.example/x?a=b#c", "https://a.example/x?a=b#c"},
		{"HTTP://a.example/ä b\x1b\x07\u009b", "HTTP://a.example/%C3%A4%20b%1B%07%C2%9B"},
		{"mailto:desk@a.example", "mailto:desk@a.example"},
		{"javascript:alert(1)", ""}, {"file:///etc/passwd", ""}, {"", ""}, {"//a.example", ""},
		{"https://a.example/" + strings.Repeat("x", 2065), "https://a.example/" + strings.Repeat("x", 2065)},
		{"https://a.example/" + strings.Repeat("x", 2066), ""},
		{"https://a.example/" + strings.Repeat("ش", 400), ""},
	} {
		if got, ok := target(tt.in); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("target(%q) = %q, %v", tt.in, got, ok)
		}
	}
}

const linked = `<p>See <a href="https://a.example/long">a link whose text is long enough to stand on two lines of a narrow pane, at least</a>, ` +
	`<a href="https://evil.example/">https://bank.example/</a> and <a href="#n">a note</a>.</p><p id=n>صاروخان قرب <a href="https://b.example/ش">المطار</a></p>`

// The text of links and their addresses lead there; a link that claims to lead
// elsewhere does not. Lines stay as wide as they were.
func TestHyperlinks(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: linked, ago: time.Hour, briefings: []string{"iraq"}, link: "https://wire.example/1"})
	d := start(t, s, 140, 30, func(o *Options) { o.Hyperlinks = true })
	plain := start(t, s, 140, 30)
	d.press("enter")
	plain.press("enter")
	for i, l := range d.m.screen() {
		if ansi.StringWidth(l) != 140 {
			t.Errorf("line %d has %d cells", i, ansi.StringWidth(l))
		}
		if p := ansi.Strip(plain.m.screen()[i]); ansi.Strip(l) != p {
			t.Errorf("line %d is\n%q, without hyperlinks\n%q", i, ansi.Strip(l), p)
		}
	}
	screen := strings.Join(d.m.screen(), "\n")
	for _, want := range []string{"\x1b]8;id=1;https://a.example/long\x1b\\", "\x1b]8;id=4;https://b.example/%D8%B4\x1b\\", "\x1b]8;;https://wire.example/1\x1b\\"} {
		if !strings.Contains(screen, want) {
			t.Errorf("no %q on the screen", want)
		}
	}
	if n := strings.Count(screen, "\x1b]8;id=1;"); n < 3 {
		t.Errorf("link 1 has %d parts, want both lines of its text, its number, its address", n)
	}
	for _, line := range d.m.reading.shown.lines {
		if strings.Contains(line, "bank.example") && strings.Contains(line, "evil.example") && strings.Contains(line, "]8;id=2") {
			t.Errorf("the text of a deceptive link leads on: %q", line)
		}
	}
	if strings.Contains(strings.Join(plain.m.screen(), ""), "\x1b]8") {
		t.Error("hyperlinks although they are off")
	}
}

// M5: a link whose text names another host shows both before it is opened.
func TestM5BothHosts(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: linked, ago: time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 140, 30)
	d.press("enter")
	if got := d.screen(); !strings.Contains(got, "https://bank.example/") || !strings.Contains(got, "[2: evil.example]") {
		t.Errorf("the text does not show both hosts:\n%s", got)
	}
	d.press("2")
	if foot := ansi.Strip(d.m.bottom()[0]); !strings.Contains(foot, "https://evil.example/") {
		t.Errorf("the footer does not show where link 2 leads: %q", foot)
	}
}

// tape is what a program writes, for tests that read along.
type tape struct {
	sync.Mutex
	bytes.Buffer
	last time.Time
}

func (o *tape) Write(p []byte) (int, error) {
	o.Lock()
	defer o.Unlock()
	o.last = time.Now()
	return o.Buffer.Write(p)
}

func (o *tape) text() string {
	o.Lock()
	defer o.Unlock()
	return o.Buffer.String()
}

// run runs the renderer on a driver's model.
func (d *driver) run(t testing.TB, w, h int) (*tea.Program, *tape) {
	t.Helper()
	out := &tape{}
	p := tea.NewProgram(d.m, tea.WithInput(nil), tea.WithOutput(out), tea.WithWindowSize(w, h), tea.WithFPS(framesPerSecond),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	done := make(chan struct{})
	go func() { defer close(done); _, _ = p.Run() }()
	t.Cleanup(func() { p.Kill(); <-done })
	return p, out
}

// Hyperlinks come through the renderer as they are.
func TestHyperlinksSurviveTheRenderer(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: linked, ago: time.Hour, briefings: []string{"iraq"}, link: "https://wire.example/1"})
	d := start(t, s, 140, 30, func(o *Options) { o.Hyperlinks = true })
	d.press("enter")
	_, out := d.run(t, 140, 30)
	// The renderer may end strings with BEL or ST.
	want := regexp.MustCompile(`\x1b\]8;id=1;https://a\.example/long(\x07|\x1b\\)`)
	for end := time.Now().Add(5 * time.Second); !want.MatchString(out.text()); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no hyperlink in %q", out.text())
		}
	}
	closed := regexp.MustCompile(`\x1b\]8;;(\x07|\x1b\\)`)
	if !closed.MatchString(out.text()) {
		t.Error("a hyperlink is not closed")
	}
}
