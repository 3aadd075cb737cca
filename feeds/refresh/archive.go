package refresh

import (
	"context"
	"errors"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/parse"
	"sitrep/feeds/routing"
)

// Archive is what a refresh needs of a store. Due, Known and Running may be
// called from several goroutines at once, also while Save runs; Save is called
// from one goroutine only, never twice at the same time.
type Archive interface {
	// Claim takes the lock that one bulk writer at a time holds among all
	// processes. It returns ErrBusy at once when another one holds it; a lock
	// whose owner died is free.
	Claim(ctx context.Context) (Claim, error)

	// Running returns the last progress that another process's refresh
	// reported, and false when none runs.
	Running(ctx context.Context) (Progress, bool, error)

	// Due returns the feeds to ask, those of Selection.First before the rest,
	// each part by the time it has been due. Disabled feeds are never due.
	Due(ctx context.Context, s Selection) ([]Job, error)

	// Known returns for each identity what is stored of that item in that feed,
	// in the same order and number. It is a cheap read that saves work: Save
	// decides again within its transaction.
	Known(ctx context.Context, feed feeds.FeedID, items []Identity) ([]Known, error)

	// Save stores a batch in one transaction: all or nothing.
	Save(ctx context.Context, b Batch) (Saved, error)
}

// ErrBusy is returned by Claim while another process refreshes.
var ErrBusy = errors.New("claim archive: another process refreshes")

// Claim is the lock of the one bulk writer.
type Claim interface {
	// Report shows the progress to other processes. It is called about twice a
	// second, must not write to the database and may lose reports.
	Report(p Progress)
	// Release gives the lock up; a second call does nothing.
	Release() error
}

// Selection says which feeds to ask.
type Selection struct {
	Now       time.Time
	First     []string       // briefings whose feeds go first: the open one
	All       bool           // due or not
	Briefings []string       // only feeds of these, all when empty
	Feeds     []feeds.FeedID // only these, due or not, when not empty
}

// Job is one feed to ask.
type Job struct {
	Feed feeds.Feed
	Own  []string // the briefings that own it: its articles belong to them whatever their text
	// AllowPrivate is set when the user subscribed to that very host (typed, or
	// imported and listed to them), so that it may be on the local network.
	AllowPrivate bool
	Access       feeds.Access // what the reader set for asking it
	State        State
}

// State is what is kept of a feed from one refresh to the next. The pipeline
// works out the new one as a whole; the archive stores it and gives it back.
type State struct {
	ETag         string
	LastModified string
	BodyHash     int64         // of the last body whose items were all saved, 0 for none
	Pace         time.Duration // the usual time between two of its articles, 0 when unknown
	Hint         time.Duration // how long the publisher wants to be left alone after an answer (ttl), 0 when unsaid
	Quiet        feeds.Quiet   // when it wants no requests
	Moved        string        // where 301 and 308 lead, "" when nowhere
	MovedSince   time.Time     // first answer that said so
	MovedTimes   int           // answers in a row that said so
	Health       feeds.Health
}

// Identity is what an item is recognised by.
type Identity struct {
	Keys []feeds.Key
}

// Known is what is stored of an item.
type Known struct {
	Article feeds.ArticleID // 0 when the item is new to this feed
	Content int64           // Entry.Content of its newest revision
}

// Batch is one transaction.
type Batch struct {
	Now      time.Time
	Outcomes []Outcome
	Articles int // in all outcomes together; at most MaxBatch
}

// MaxBatch is the largest number of articles in a batch.
const MaxBatch = 250

// Outcome is what asking one feed once brought. A feed with many new articles
// comes in several outcomes, one after the other.
type Outcome struct {
	Feed feeds.FeedID
	// More is set on all but the last outcome of one answer: save the articles,
	// leave the feed's state alone, so that a refresh which dies in between
	// asks for the rest again.
	More  bool
	State State // the whole new state; to be stored unless More
	// Address is the feed's new one, "" while it stays; to be stored unless
	// another feed has it. The permission to be on the local network ends with it.
	Address string
	// Public is set when the feed's host was seen on the public internet: it may
	// not turn up on the local network later.
	Public bool
	// Meta is what the feed says of itself, nil when the answer held no feed.
	// An empty field never replaces a stored one.
	Meta     *parse.Meta
	Articles []Entry // new or changed ones, as published, newest first as a rule
}

// Entry is one article ready to be stored: everything that costs time was done
// by the parse workers.
type Entry struct {
	Article   feeds.Article // Feed, Source and FirstSeen set; ID what Known said, 0 when new
	Keys      []feeds.Key
	Content   int64           // hash of title and visible text
	Title     []byte          // folded for search, as are the next two
	Body      []byte          //
	Author    []byte          // all authors' names
	Briefings []routing.Match // by rules and by feed, in briefing order
}

// Saved is what a transaction changed.
type Saved struct {
	New     int // articles that did not exist before
	Updated int // new revisions of articles
	Joined  int // articles that another feed had brought already
}
