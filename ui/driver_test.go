package ui

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/refresh"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
	"sitrep/store"
	"sitrep/ui/text"
)

// The tests of the screen are stories: press keys, expect lines, expect focus.
// A driver runs the model's commands to their end on a real store in a
// temporary folder, with a fixed clock.

var testNow = time.Date(2026, 11, 22, 6, 7, 0, 0, time.UTC)

type driver struct {
	t     testing.TB
	m     *model
	store *store.Store
	now   time.Time
	quit  bool
	raw   []string // escape sequences sent past the renderer
	clip  string
}

// sample is an article of a test store.
type sample struct {
	title, body, lang string
	ago               time.Duration
	briefings         []string
	link              string
	files             []feeds.Enclosure
}

// newStore makes a store with one feed in the briefing iraq and the articles.
func newStore(t testing.TB, articles ...sample) (*store.Store, feeds.FeedID) {
	t.Helper()
	s, err := store.Open(context.Background(), t.TempDir(), store.Options{Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	ctx := context.Background()
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	id, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://wire.example/feed", Title: "Test Wire", Source: "Test Wire", Lang: "en"}, []string{"iraq"})
	if err != nil {
		t.Fatal(err)
	}
	// A feed's first answer arrives read when it is old; this one asks it before.
	save(t, s, id, nil)
	save(t, s, id, articles)
	return s, id
}

// save stores articles as a refresh would.
func save(t testing.TB, s *store.Store, feed feeds.FeedID, articles []sample) {
	t.Helper()
	out := refresh.Outcome{Feed: feed, State: refresh.State{Health: feeds.Health{State: feeds.OK, Checked: testNow}}}
	for i, a := range articles {
		link := a.link
		if link == "" {
			link = fmt.Sprintf("https://wire.example/%d-%d", len(a.title), i)
		}
		art := feeds.Article{Feed: feed, Source: "Test Wire", GUID: link + a.title, Link: link, Title: a.title,
			HTML: a.body, Base: link, Lang: a.lang, Published: testNow.Add(-a.ago), FirstSeen: testNow, Enclosures: a.files}
		body := spelling.AppendFold(nil, document.AppendText(nil, a.body))
		e := refresh.Entry{Article: art, Keys: feeds.Keys(&art, body), Content: int64(i + 1 + len(a.body)<<8),
			Title: spelling.AppendFold(nil, []byte(a.title)),
			Body:  body}
		for _, b := range a.briefings {
			e.Briefings = append(e.Briefings, routing.Match{Briefing: b})
		}
		out.Articles = append(out.Articles, e)
	}
	claim, err := s.Claim(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	if _, err := s.Save(context.Background(), refresh.Batch{Now: testNow, Outcomes: []refresh.Outcome{out}, Articles: len(out.Articles)}); err != nil {
		t.Fatal(err)
	}
}

// start opens the reader on a store at a size.
func start(t testing.TB, s *store.Store, w, h int, change ...func(*Options)) *driver {
	t.Helper()
	d := &driver{t: t, store: s, now: testNow}
	o := Options{Store: s, Now: func() time.Time { return d.now }, Zone: time.UTC, Measure: 72, Mouse: true,
		Getenv:  func(string) string { return "" },
		Refresh: func(context.Context, refresh.Options) (refresh.Summary, error) { return refresh.Summary{}, nil },
		Bidi:    text.App, Where: "~/.local/share/sitrep"}
	for _, f := range change {
		f(&o)
	}
	o = withDefaults(o)
	keys, err := newKeyMap(o.Keys)
	if err != nil {
		t.Fatal(err)
	}
	d.m = newModel(newCommands(context.Background(), o), keys, newSettings(o))
	first := d.m.do.start().(startMsg)
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	d.do(first.apply(d.m))
	return d
}

// send gives a message to the model and runs what comes of it.
func (d *driver) send(msg tea.Msg) {
	_, cmd := d.m.Update(msg)
	d.do(cmd)
}

// do runs a command and all that follow from it. The poll that repeats for
// ever is left out.
func (d *driver) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	var msg tea.Msg
	select {
	case msg = <-done:
	case <-time.After(10 * time.Second):
		d.t.Fatal("a command did not end")
	}
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.do(c)
		}
	case tea.QuitMsg:
		d.quit = true
	case pollMsg:
	case tea.RawMsg:
		d.raw = append(d.raw, fmt.Sprint(msg.Msg))
	default:
		if cmds, ok := sequence(msg); ok {
			for _, c := range cmds {
				d.do(c)
			}
			return
		}
		d.clipboard(msg)
		d.send(msg)
	}
}

// sequence takes apart what tea.Sequence made: a private type of the library.
func sequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	out := make([]tea.Cmd, v.Len())
	for i := range out {
		out[i] = v.Index(i).Interface().(tea.Cmd)
	}
	return out, true
}

// clipboard notes what tea.SetClipboard would send.
func (d *driver) clipboard(msg tea.Msg) {
	if v := reflect.ValueOf(msg); v.Kind() == reflect.String && v.Type().Name() == "setClipboardMsg" {
		d.clip = v.String()
	}
}

// press types keys, named as Bubble Tea names them, separated by spaces.
func (d *driver) press(keys string) {
	d.t.Helper()
	for _, k := range strings.Fields(keys) {
		d.send(keyPress(k))
	}
}

// write types text letter by letter.
func (d *driver) write(s string) {
	for _, r := range s {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func keyPress(name string) tea.KeyPressMsg {
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: special[rest], Mod: tea.ModShift}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// lines is the screen without styles.
func (d *driver) lines() []string {
	var out []string
	for _, l := range strings.Split(d.m.View().Content, "\n") {
		out = append(out, ansi.Strip(l))
	}
	return out
}

func (d *driver) screen() string { return strings.Join(d.lines(), "\n") }

// sees fails unless every text is on the screen.
func (d *driver) sees(want ...string) {
	d.t.Helper()
	s := d.screen()
	for _, w := range want {
		if !strings.Contains(s, w) {
			d.t.Fatalf("the screen lacks %q:\n%s", w, s)
		}
	}
}

// seesNot fails when one of the texts is on the screen.
func (d *driver) seesNot(unwanted ...string) {
	d.t.Helper()
	s := d.screen()
	for _, w := range unwanted {
		if strings.Contains(s, w) {
			d.t.Fatalf("the screen has %q:\n%s", w, s)
		}
	}
}

func (d *driver) focused(f focus) {
	d.t.Helper()
	if d.m.focus != f {
		d.t.Fatalf("the focus is on %v, want %v:\n%s", d.m.focus, f, d.screen())
	}
}

// exact fails unless every line of the screen is exactly as wide as it.
func (d *driver) exact() {
	d.t.Helper()
	lines := d.lines()
	if len(lines) != d.m.height {
		d.t.Fatalf("%d lines, want %d", len(lines), d.m.height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w != d.m.width {
			d.t.Fatalf("line %d is %d cells wide, want %d: %q\n%s", i, w, d.m.width, l, d.screen())
		}
	}
}

func (d *driver) resize(w, h int) { d.send(tea.WindowSizeMsg{Width: w, Height: h}) }

// exactAll is exact for a view that a failure names.
func (d *driver) exactAll(view string) {
	d.t.Helper()
	for i, l := range d.lines() {
		if w := ansi.StringWidth(l); w != d.m.width || len(d.lines()) != d.m.height {
			d.t.Fatalf("%s at %dx%d: line %d is %d cells wide: %q", view, d.m.width, d.m.height, i, w, l)
		}
	}
}

// emptyStore is a store in which nothing is subscribed.
func emptyStore(t *testing.T) (*store.Store, context.Context) {
	t.Helper()
	s, err := store.Open(context.Background(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, context.Background()
}
