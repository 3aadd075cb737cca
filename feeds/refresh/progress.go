package refresh

import (
	"time"

	"sitrep/feeds"
)

// Progress is where a run stands. It is small and has no pointers into the
// run, so that an archive can hand it to other processes as JSON.
type Progress struct {
	Started   time.Time `json:"started"`
	Done      int       `json:"done"`  // feeds asked and saved
	Total     int       `json:"total"` // feeds of this run
	New       int       `json:"new"`   // articles
	Updated   int       `json:"updated"`
	Unchanged int       `json:"unchanged"` // feeds that had nothing new
	Failed    int       `json:"failed"`    // feeds
	Bytes     int64     `json:"bytes"`     // of bodies, as sent
	Feed      string    `json:"feed"`      // title of the feed last done
	Pages     int       `json:"pages"`     // of articles asked, after the feeds
	AllPages  int       `json:"all_pages"` // that are to be asked in this run
	Texts     int       `json:"texts"`     // full texts stored
}

// Failure is one feed that gave nothing, and why.
type Failure struct {
	Feed     feeds.FeedID
	Title    string
	State    feeds.HealthState
	Sentence string
}

// Event is one message about a run. Events coalesce: what is not yet taken is
// replaced by what is newer, so one event may stand for many.
type Event struct {
	Progress
	Saved    bool      // something was committed since the last event
	Failures []Failure // since the last event
	Attached bool      // another process's run, which this one follows
	Final    bool      // the run has ended; no event comes after it
}

// Summary is what a run did.
type Summary struct {
	Progress
	Failures []Failure
	Took     time.Duration
	Attached bool  // another process's run was followed to its end
	Offline  bool  // stopped because there is no network; nothing was blamed for it
	Proxy    bool  // with Offline: it is the proxy that cannot be used
	Spent    bool  // stopped because the run's byte budget is used up
	Left     int   // feeds that were not asked because the run stopped
	Err      error // why it stopped early, nil when all feeds were asked
}
