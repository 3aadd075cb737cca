package refresh

import (
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"sitrep/feeds"
)

// Bounds of the time between two requests to a feed. Only a publisher's
// Retry-After reaches beyond the longest.
const (
	MinInterval  = 15 * time.Minute
	MaxInterval  = 24 * time.Hour
	usualPace    = 2 * time.Hour      // taken for a feed of which nothing is known
	maxHint      = 4 * time.Hour      // a publisher's wish for caching counts up to here
	goneInterval = 7 * 24 * time.Hour // after 410
)

// history is what the next due time is made of.
type history struct {
	feed   feeds.FeedID
	pace   time.Duration // usual time between two articles, 0 when unknown
	newest time.Time     // date of the newest article, zero when unknown
	hint   time.Duration // Cache-Control, Expires or ttl
	retry  time.Duration // Retry-After
	errors int           // consecutive failures
	gone   bool          // 410
	quiet  feeds.Quiet   // skipHours and skipDays
}

// next says when a feed is to be asked again: twice as often as it usually
// publishes, less often the longer it has been silent or failing, never before
// the publisher wants it. Equal input gives equal results; feeds are spread by
// up to a tenth so that they do not all come due at once.
func next(now time.Time, h history) time.Time {
	if h.gone {
		return now.Add(goneInterval)
	}
	pace := h.pace
	if pace == 0 {
		pace = usualPace
	}
	if silent := now.Sub(h.newest) / 5; !h.newest.IsZero() && silent > pace {
		pace = silent
	}
	wait := pace / 2
	if h.errors > 0 {
		wait = max(wait, 30*time.Minute<<min(h.errors-1, 6))
	}
	wait = max(wait, min(h.hint, maxHint))
	wait = min(max(wait, MinInterval), MaxInterval)
	wait += wait / 1000 * time.Duration(spread(h.feed, now))
	at := now.Add(max(min(max(wait, MinInterval), MaxInterval), h.retry))
	if end := h.quiet.After(at); end.After(at) { // spread there, too
		at = end.Add(time.Duration(spread(h.feed, now)+100) * 3 * time.Second)
	}
	return at
}

// spread returns -100 to 100, another one for each feed and hour.
func spread(feed feeds.FeedID, now time.Time) int64 {
	f := fnv.New32a()
	_, _ = f.Write(strconv.AppendInt(strconv.AppendInt(nil, int64(feed), 10), now.Unix()/3600, 36))
	return int64(f.Sum32()%201) - 100
}

// paceOf returns the usual time between two articles, by the newest twenty with
// a date; 0 when there are too few to tell.
func paceOf(articles []feeds.Article, now time.Time) time.Duration {
	var dates []time.Time
	for i := range articles {
		if at := articles[i].Published; !at.IsZero() && !at.After(now.Add(time.Hour)) {
			dates = append(dates, at)
		}
	}
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	dates = dates[:min(len(dates), 20)]
	if len(dates) < 3 {
		return 0
	}
	return max(dates[0].Sub(dates[len(dates)-1])/time.Duration(len(dates)-1), time.Minute)
}

// newestOf returns the latest date that makes sense, zero when there is none.
func newestOf(articles []feeds.Article, now time.Time) (newest time.Time) {
	for i := range articles {
		if at := articles[i].Published; at.After(newest) && !at.After(now.Add(time.Hour)) {
			newest = at
		}
	}
	return newest
}
