package ui

import (
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/refresh"
	"sitrep/store"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// model is the whole state of the screen. Its parts are plain structs; only
// what is asynchronous comes as a message.
type model struct {
	do   commands
	keys keyMap
	set  settings

	width, height int
	areas         areas
	focus         focus
	zen           bool
	mouse         bool
	sideWidth     int // wanted widths, 0 = default
	listWidth     int

	ground  theme.Ground
	colours theme.Colours
	theme   theme.Theme
	signs   signs

	over     store.Overview
	known    map[string]feeds.Briefing // every briefing there is
	places   map[string]*time.Location // zones of briefings
	side     sidePane
	list     listPane
	reading  readingPane
	texts    texts
	restore  position // where the reader left, until the lists are there
	search   searching
	prompt   *prompt // the line being typed, nil when none
	overlays []overlay

	ordering ordering // the question who orders right-to-left text

	run       running
	tidying   tidying
	asked     time.Time // when what is due was asked by the clock
	note      note
	onward    bool // space goes to the next briefing
	filling   bool // the store was empty at the start: lists fill as feeds arrive
	noNetwork bool // the last refresh found no network
	backfill  bool // stored articles are being looked at for watches
	acts      map[intent]action
	count     int  // a number typed before a key: 10j
	started   bool // the first overview has arrived
	result    Result
	touched   time.Time // when a key or the mouse was used last
	piped     string    // the command that an article was piped to last
	first     tea.Cmd   // what the first screen still needs
}

// settings is what the settings file and the command line say to the screen.
type settings struct {
	text      text.Setter
	ascii     bool
	measure   int
	zone      *time.Location
	now       func() time.Time
	offline   bool
	refresh   bool          // refresh what is due at start
	every     time.Duration // between looks at what is due, 0 for never
	demo      bool
	sealed    bool          // the store is encrypted
	lockAfter time.Duration // without a key; 0 for never
	where     string        // the data folder, for the first screen
	query     string        // what the command line asked to find
	open      string        // the briefing that the command line named
	watch     feeds.WatchID // the watch that it named
	shelf     *catalog.Catalog
	forced    theme.Ground // by the settings file
	plain     bool         // no colours
	askOrder  bool         // nobody has said who orders right-to-left text
	orderSet  bool         // the settings file says who orders right-to-left text

	pipeFormat string // what a program is given
	hyperlinks bool   // the terminal is told where links lead
}

// note is a short message in the footer; it stays until the next key.
type note struct {
	text  string
	alarm bool
}

// running is the refresh that is under way, ours or another process's.
type running struct {
	on       bool
	ours     bool
	quiet    bool // started by the clock: nothing is said at its end
	stop     func()
	progress refresh.Progress
}

func newModel(do commands, keys keyMap, set settings) *model {
	m := &model{
		do: do, keys: keys, set: set, acts: actions(),
		focus:   focusList,
		mouse:   true,
		touched: set.now(),
		signs:   signsFor(set.ascii),
		theme:   theme.New(theme.Unknown, theme.Many),
		places:  map[string]*time.Location{},
		known:   map[string]feeds.Briefing{},
		side:    sidePane{open: map[string]bool{}},

		ordering: ordering{wanted: set.askOrder},
		texts:    texts{getting: map[feeds.ArticleID]func(){}},
	}
	return m
}

// ground is the background to paint for: what the settings say, else what the
// terminal answered.
func (s settings) ground(answered theme.Ground) theme.Ground {
	if s.forced != theme.Unknown {
		return s.forced
	}
	return answered
}

// Init asks for what the first screen still needs.
func (m *model) Init() tea.Cmd {
	return tea.Batch(m.first, tea.RequestBackgroundColor, m.do.poll(), m.do.warm())
}

// style is what panes draw with now.
func (m *model) style(f focus) rowStyle {
	return rowStyle{
		theme: m.theme, signs: m.signs, text: m.set.text,
		now: m.set.now().In(m.set.zone), zone: m.set.zone,
		focused: m.focus == f && len(m.overlays) == 0,
		tall:    m.areas.shape != medium || m.list.search,
	}
}

// relayout divides the screen anew and asks for what became visible.
func (m *model) relayout() tea.Cmd {
	m.areas = layout(arrangement{width: m.width, height: m.height, focus: m.focus, zen: m.zen, side: m.sideWidth, list: m.listWidth, below: m.ordering.height()})
	return m.show()
}

// say puts a message into the footer.
func (m *model) say(s string) { m.note = note{text: s} }

// warn puts what went wrong into the footer.
func (m *model) warn(s string) { m.note = note{text: s, alarm: true} }

// scope is the list that the briefings pane selects.
func (m *model) scope() store.Scope {
	it := m.side.current()
	sc := store.Scope{MaxArrival: m.over.Arrival}
	switch it.kind {
	case sideBriefing:
		sc.Briefing = it.briefing
	case sideFeed:
		sc.Feed = it.feed
	case sideWatch:
		sc.Watch = it.watch
	}
	return sc
}
