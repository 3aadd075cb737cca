package store

import (
	"time"

	"sitrep/feeds"
	"sitrep/feeds/opml"
	"sitrep/feeds/query"
)

// Counts are kept, never counted: reading them costs the same at any size.
type Counts struct {
	Total  int
	Unread int // not opened
	New    int // arrived since the end of the last visit
}

// BriefingState is a subscribed briefing as the first pane shows it.
type BriefingState struct {
	feeds.Briefing
	Counts
	Feeds    []feeds.FeedID // that it subscribes, own ones first
	FullText bool           // the pages of its new articles are fetched, too
	Problems int            // of these feeds, how many cannot be read now
}

// FeedState is a subscribed feed and how it is.
type FeedState struct {
	feeds.Feed
	Counts
	Health    feeds.Health
	FullText  bool     // the pages of its new articles are fetched, too
	Briefings []string // that subscribe it; none for a feed that only All shows
}

// WatchState is a watch as the first pane shows it.
type WatchState struct {
	feeds.Watch
	Counts
	Filling bool // stored articles are still being looked at; the newest are in
}

// Addition is a feed to subscribe.
type Addition struct {
	feeds.Feed
	Briefings []string // that own it; none for All alone
	// Found is set when the reader chose the feed and did not type or import its
	// host: then it may not lie on the local network.
	Found      bool
	Attributes []opml.Attribute // what a list said beyond that
}

// Added is what became of an Addition.
type Added struct {
	ID  feeds.FeedID
	New bool // false when it was subscribed there before
}

// Overview is what the first screen needs to be drawn.
type Overview struct {
	All       Counts
	Briefings []BriefingState // subscribed ones in the order of the screen
	Feeds     []FeedState     // subscribed ones by source and title
	Watches   []WatchState    // in the order in which they were made
	Checked   time.Time       // when a feed was last asked, zero if never
	Visit     time.Time       // end of the last visit, zero if there was none
	Arrival   int64           // highest arrival number so far
	VisitEnd  int64           // highest arrival number at the end of the last visit
}

// Scope is a list of articles. Its zero value is all of them.
type Scope struct {
	Briefing   string        // id, "" for any
	Feed       feeds.FeedID  // 0 for any
	Watch      feeds.WatchID // 0 for any
	Filter     query.Expr    // nil for none
	Listed     bool          // of names in it only the catalogue's spellings: none are guessed
	UnreadOnly bool
	Starred    bool
	Sort       query.Sort      // "" and newest: newest first; oldest
	UpTo       feeds.ArticleID // only articles up to this id, 0 for no bound
	MaxArrival int64           // only articles that arrived up to here, so that later ones wait; 0 for no bound
	// Keep holds articles that stay in the list although UnreadOnly no longer
	// admits them: what was read in it.
	Keep []feeds.ArticleID
}

// Window is a part of a list.
type Window struct {
	From     feeds.ArticleID // the neighbour of the first row, not in the window; 0 for the list's end
	Limit    int             // at most this many rows, 0 for 100
	Backward bool            // the rows before From instead of those after it, still in the order of the list
}

// Row is an article as lists show it. Strings are as published: they pass
// feeds/safe on their way to a screen.
type Row struct {
	ID      feeds.ArticleID
	Story   feeds.StoryID
	Feed    feeds.FeedID
	Title   string
	Source  string
	Link    string
	Lang    string
	At      time.Time // the date it is ordered by
	Undated bool      // At is when it was first seen
	Arrived time.Time
	Arrival int64 // its number in the order of arrival

	Read, Starred, Updated bool
	FullText, Paywall      bool
	HasImage, HasEnclosure bool

	Snippet string   // from its original text around the hits, "" outside a search
	Marks   [][2]int // byte ranges of the hits in Snippet
}

// Routed is why an article is in a briefing.
type Routed struct {
	Briefing string
	Terms    []string // that matched, as the rules write them; none when its feed belongs to the briefing
}

// Revision is an earlier text of an article.
type Revision struct {
	Number  int       // 1 is the first text
	Until   time.Time // when the next text replaced it
	Title   string
	HTML    string
	Base    string
	Updated time.Time // as the publisher dated it
	Authors []feeds.Author
	Content int64
}

// Act is what the reader does with articles.
type Act string

// The acts.
const (
	Read   Act = "read"
	Unread Act = "unread"
	Star   Act = "star"
	Unstar Act = "unstar"
)

// Undone is an act that was taken back, or done again.
type Undone struct {
	Act Act
	N   int // articles that changed
}
