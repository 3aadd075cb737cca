package ui

import (
	"context"
	"io"
	"os"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/store"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// Options say what the reader shows and how.
type Options struct {
	Store    *store.Store
	Refresh  Refresher        // runs a refresh with the caller's client and rules
	Discover Discoverer       // finds the feeds of a site; nil for never
	Pages    PageGetter       // gets the pages of articles; nil where nothing is fetched
	Login    LoginKeeper      // keeps what stood in an address; nil where none can be typed
	Catalog  *catalog.Catalog // briefings and feeds to choose from

	Briefing string        // id to open at, "" for where the reader left
	Watch    feeds.WatchID // to open at, 0 for none
	Query    string        // to search at once, "" for none
	Where    string        // the data folder as the first screen names it

	Offline        bool // never touch the network
	RefreshOnStart bool
	RefreshEvery   time.Duration // between looks at what is due while the reader is open, 0 for never
	LockAfter      time.Duration // without a key, an encrypted store is locked; 0 for never
	Damage         <-chan string // gets what a check finds wrong with the store's file; may be nil
	Demo           bool          // the samples: no question is asked

	Bidi    text.Mode // who puts right-to-left text in order
	AskBidi bool      // Bidi is a guess: the reader is asked at the first such text
	BidiSet bool      // Bidi is what the settings file says

	ASCII   bool
	Ground  theme.Ground // forced by the settings, Unknown to ask the terminal
	NoColor bool
	Measure int // width of text in the reading view, 0 for the default

	Hyperlinks bool // tell the terminal where links lead
	Mouse      bool
	Keys       map[string][]string // action to keys

	SaveDir    string // where articles are saved
	Home       string // what ~ stands for in a path that is typed, "" if unknown
	PipeFormat string // what a program is given: text, md or json; "" is text

	Now    func() time.Time
	Zone   *time.Location
	Getenv func(string) string
	Input  io.Reader // nil for the terminal
	Output io.Writer // nil for standard output
}

// Result says why the reader ended.
type Result int

// Results of Run.
const (
	Quit    Result = iota
	Samples        // the reader asked for the sample briefings
	Locked         // the store is to be closed and its key forgotten until somebody gives the pass phrase
	Encrypt        // the store is to be encrypted, and the reader shown again
)

// defaultMeasure is the width of text in the reading view, in cells.
const defaultMeasure = 72

// framesPerSecond of the renderer: its ticker is the floor of the time from a
// key to the screen.
const framesPerSecond = 120

// CheckKeys reports whether the [keys] settings can be used, with a sentence
// that says what is wrong.
func CheckKeys(rebind map[string][]string) error {
	_, err := newKeyMap(rebind)
	return err
}

// Actions names what the [keys] settings can bind.
func Actions() []string { return intentNames(defaultBindings()) }

// Run shows the reader until it is left. The error is nil unless the screen
// could not be had.
func Run(ctx context.Context, o Options) (Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	o = withDefaults(o)
	m, err := newReader(ctx, o)
	if err != nil || ctx.Err() != nil {
		return Quit, err
	}
	return m.onScreen(ctx, o)
}

// newReader makes the model of the first screen from what is stored. It is nil
// when ctx has ended.
func newReader(ctx context.Context, o Options) (*model, error) {
	keys, err := newKeyMap(o.Keys)
	if err != nil {
		return nil, err
	}
	m := newModel(newCommands(ctx, o), keys, newSettings(o))
	m.mouse = o.Mouse
	m.theme = theme.New(o.Ground, m.colours)
	first := m.do.start().(startMsg)
	if ctx.Err() != nil {
		return nil, nil
	}
	if first.err != nil {
		return nil, first.err
	}
	m.first = first.apply(m)
	return m, nil
}

// onScreen gives the model the terminal until it is left.
func (m *model) onScreen(ctx context.Context, o Options) (Result, error) {
	// Signals end ctx. Bubble Tea's own handler would wait for ever to tell a
	// program that ctx has ended already.
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(), tea.WithOutput(o.Output), tea.WithFilter(newPieces(time.Now).filter)}
	if o.Input != nil {
		opts = append(opts, tea.WithInput(o.Input))
	}
	// Before the first frame and behind the last, whatever ended the program: a
	// terminal orders each line as it was told when the line was written.
	io.WriteString(o.Output, m.do.hosts.order(true))
	_, err := tea.NewProgram(m, opts...).Run()
	io.WriteString(o.Output, m.do.hosts.order(false))
	m.do.promises.keep()
	if ctx.Err() != nil { // ended from outside: a signal, a lost terminal
		m.do.ctx = context.WithoutCancel(ctx)
		m.do.leave(m.position())()
		return m.result, nil
	}
	return m.result, err
}

func withDefaults(o Options) Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Output == nil {
		o.Output = os.Stdout
	}
	if o.Measure == 0 {
		o.Measure = defaultMeasure
	}
	return o
}

func newCommands(ctx context.Context, o Options) commands {
	return commands{ctx: ctx, store: o.Store, promises: &promises{}, now: o.Now, hosts: host{getenv: o.Getenv, bidi: o.Bidi}, damage: o.Damage, refresh: o.Refresh, discover: o.Discover, login: o.Login, pages: o.Pages,
		files: files{dir: o.SaveDir, home: o.Home, zone: o.Zone}, looked: &lookedFor{}}
}

func newSettings(o Options) settings {
	return settings{
		text: text.Setter{Bidi: o.Bidi, ASCII: o.ASCII}, ascii: o.ASCII, measure: o.Measure, zone: o.Zone, now: o.Now,
		offline: o.Offline, refresh: o.RefreshOnStart, every: o.RefreshEvery, demo: o.Demo, sealed: o.Store.Encrypted(), lockAfter: o.LockAfter, where: o.Where, query: o.Query, open: o.Briefing, watch: o.Watch,
		shelf: o.Catalog, forced: o.Ground, plain: o.NoColor, askOrder: o.AskBidi, orderSet: o.BidiSet, pipeFormat: o.PipeFormat, hyperlinks: o.Hyperlinks,
	}
}
