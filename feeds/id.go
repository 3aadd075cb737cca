package feeds

import (
	"strconv"
	"time"
)

// FeedID numbers a subscribed feed in the store.
type FeedID int64

// StoryID is the ArticleID of the article that founded the story.
type StoryID int64

// ArticleID orders articles by their effective date: minutes since
// 2000-01-01 UTC, shifted left by SequenceBits, plus a sequence within the
// minute. A larger id is a newer article.
type ArticleID int64

// SequenceBits is the width of the sequence within a minute.
const SequenceBits = 12

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// FirstID returns the smallest id of the minute that t lies in; a date before
// 2000 gives the smallest id of all.
func FirstID(t time.Time) ArticleID {
	return ArticleID(max(0, int64(t.Sub(epoch)/time.Minute)) << SequenceBits)
}

// Minute returns the start of the minute that the id stands for.
func (id ArticleID) Minute() time.Time {
	return epoch.Add(time.Duration(int64(id)>>SequenceBits) * time.Minute)
}

// String returns the id as commands print and accept it: base 36.
func (id ArticleID) String() string { return strconv.FormatInt(int64(id), 36) }

// ParseArticleID is the inverse of ArticleID.String.
func ParseArticleID(s string) (ArticleID, error) {
	n, err := strconv.ParseInt(s, 36, 64)
	return ArticleID(n), err
}
