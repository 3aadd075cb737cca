package ui

import (
	"reflect"
	"time"

	"sitrep/feeds"
	"sitrep/store"
)

// kept are the articles that were laid out last, so that going back to one shows
// it in the same frame. The store is asked all the same whether it has changed.
// They are forgotten when the colours change.
type kept struct{ pages []*laidOut }

// keptPages and keptLines bound what is kept.
const (
	keptPages = 12
	keptLines = 50_000
)

// layoutKey is what the lines of an article depend on beside its text and the
// colours.
type layoutKey struct {
	id             feeds.ArticleID
	width, measure int
	find, prefer   string
	minute         int64 // its age is told in minutes
}

func (q *pageRequest) key(id feeds.ArticleID) layoutKey {
	return layoutKey{id, q.width, q.measure, q.find, q.prefer, q.now.Truncate(time.Minute).Unix()}
}

// keep notes that o is shown; of an article whose layout grows the last one
// counts.
func (k *kept) keep(o *laidOut) {
	lines := 0
	pages := []*laidOut{o}
	for _, p := range k.pages {
		if lines += len(p.lines); len(pages) < keptPages && lines < keptLines && p.key != o.key {
			pages = append(pages, p)
		}
	}
	k.pages = pages
}

// find returns what was laid out for a request, nil if it was not or is gone.
func (k *kept) find(key layoutKey) *laidOut {
	for _, p := range k.pages {
		if p.key == key {
			return p
		}
	}
	return nil
}

// keptPage returns the article under the cursor if it is laid out as it would be
// now.
func (m *model) keptPage() *laidOut {
	q := m.pageRequest()
	return m.reading.kept.find(q.key(m.reading.want))
}

// isOf reports whether o shows what the store has: the text and what stands
// above and below it.
func (o *laidOut) isOf(a feeds.Article, routed []store.Routed, seen []feeds.Feed) bool {
	return o != nil && reflect.DeepEqual(o.article, a) && reflect.DeepEqual(o.routed, routed) && reflect.DeepEqual(o.seen, seen)
}
