package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

// Save implements refresh.Archive: one transaction in which it is decided which
// stored articles the entries are, and in which everything that counts or finds
// them changes too.
func (s *Store) Save(ctx context.Context, b refresh.Batch) (saved refresh.Saved, err error) {
	defer func() { s.saved.Store(time.Now().UnixNano()) }()
	err = s.withWriter(ctx, func(c *conn) error {
		v := &saver{c: c, now: b.Now, counters: deltas{}, readWatchers: s.watchers, outlets: map[feeds.FeedID]*saverFeed{}, nums: map[string]int64{}, postings: &s.postings}
		if err := s.commit(c, fetchable, func(c *conn) error { return v.save(b) }); err != nil {
			return err
		}
		saved = v.saved
		s.countWords(v)
		if s.words != nil && len(s.words.words) > maxTally {
			err = s.flushWords(c)
		}
		if err == nil && v.index.crowded { // keep pace with what is written
			_, err = s.merge(c, 2*v.index.leaves, v.index.first)
		}
		return err
	})
	return saved, err
}

// backlogAge is how old an article may be when its feed is asked for the first
// time and still arrive unread.
const backlogAge = 48 * time.Hour

// saver is one transaction of Save.
type saver struct {
	c        *conn
	now      time.Time
	counters deltas
	outlets  map[feeds.FeedID]*saverFeed
	nums     map[string]int64 // briefings.num by id
	reading  map[string]bool  // briefings whose new articles' pages are wanted

	fresh    []*change // new articles, in the order they were met
	pending  map[feedKey]feeds.ArticleID
	changes  []*change // to stored articles
	visitEnd int64

	first, last int64 // arrival numbers: before this transaction and after it
	saved       refresh.Saved

	readWatchers func(c *conn) ([]watcher, error)
	watchers     []watcher
	merged       map[feeds.ArticleID]bool // stored articles that were met again: whether their text changed

	postings  *postings // of the new articles
	index     indexWriter
	wordsUpTo int64
	edits     int64     // keyWordsEdit
	recounted []recount // changed texts that are not in the words table yet
	flush     bool      // FTS5 has words of changed texts in memory
}

// saverFeed is what saving needs to know of a feed.
type saverFeed struct {
	id       feeds.FeedID
	outlet   string
	title    string
	source   string
	country  string
	urls     []string // its site and its own address
	siblings []feeds.FeedID
	seeded   bool
	fullText bool                     // the pages of its new articles are wanted
	taken    map[feeds.ArticleID]bool // by items of this batch
	seen     map[int64]bool           // items met in this batch, by all of their keys
}

// feedKey is a key within a feed.
type feedKey struct {
	feed feeds.FeedID
	kind feeds.KeyKind
	hash int64
}

// change is what one entry does to one article.
type change struct {
	id      feeds.ArticleID // 0 until a new article gets its own
	feed    *saverFeed
	entry   *refresh.Entry
	order   int // position among new articles, in the order of the answer
	at      time.Time
	undated bool
	joins   []*change // entries of other feeds that are the same new article
	status  arrived   // of a new article, once it is written
}

func (v *saver) save(b refresh.Batch) error {
	var err error
	if v.first, err = lastArrival(v.c); err != nil {
		return err
	}
	v.last = v.first
	if v.wordsUpTo, err = numberSetting(v.c, keyWordsUpTo); err != nil {
		return err
	}
	if v.edits, err = numberSetting(v.c, keyWordsEdit); err != nil {
		return err
	}
	if v.visitEnd, err = numberSetting(v.c, keyVisitEnd); err != nil {
		return err
	}
	if v.reading, err = fullBriefings(v.c); err != nil {
		return err
	}
	if v.watchers, err = v.readWatchers(v.c); err != nil {
		return err
	}
	v.merged = map[feeds.ArticleID]bool{}
	v.pending = make(map[feedKey]feeds.ArticleID, 4*b.Articles)
	for i := range b.Outcomes {
		if err := v.outcome(&b.Outcomes[i]); err != nil {
			return err
		}
	}
	if err := v.number(); err != nil {
		return err
	}
	v.postings.reset()
	if err := v.write(); err != nil {
		return err
	}
	if err := v.writeIndex(); err != nil {
		return err
	}
	for i := range b.Outcomes {
		if err := v.finish(&b.Outcomes[i]); err != nil {
			return err
		}
	}
	if err := v.watch(); err != nil {
		return err
	}
	return v.counters.apply(v.c)
}

// outcome decides what each entry of an answer is.
func (v *saver) outcome(o *refresh.Outcome) error {
	if len(o.Articles) == 0 {
		return nil
	}
	f, err := v.feed(o.Feed)
	if err != nil {
		return err
	}
	if f.outlet == "" && o.Meta != nil {
		f.outlet = o.Meta.Title // as finish will store it
	}
	for i := range o.Articles {
		e := &o.Articles[i]
		if f.repeated(e.Keys) {
			continue
		}
		if err := v.decide(f, e); err != nil {
			return err
		}
	}
	return nil
}

// feed reads what saving needs to know of a feed, once a transaction.
func (v *saver) feed(id feeds.FeedID) (*saverFeed, error) {
	if f := v.outlets[id]; f != nil {
		return f, nil
	}
	f := &saverFeed{id: id, taken: map[feeds.ArticleID]bool{}, seen: map[int64]bool{}}
	publisher := ""
	err := v.c.each("SELECT source, title, site, url, publisher, seeded, country, fulltext FROM feeds WHERE id = ?", []any{id}, func(s *sqlite3.Stmt) error {
		f.source, f.title, f.country = s.ColumnText(0), s.ColumnText(1), s.ColumnText(6)
		f.outlet = cmp.Or(f.source, f.title)
		for _, u := range []string{s.ColumnText(2), s.ColumnText(3)} {
			if u != "" {
				f.urls = append(f.urls, u)
			}
		}
		publisher = s.ColumnText(4)
		f.seeded, f.fullText = s.ColumnInt64(5) > 0, s.ColumnBool(7)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(f.urls) == 0 {
		return nil, errNoFeed(id)
	}
	if publisher != "" {
		err = v.c.each("SELECT id FROM feeds WHERE publisher = ? AND id <> ?", []any{publisher, id}, func(s *sqlite3.Stmt) error {
			f.siblings = append(f.siblings, feeds.FeedID(s.ColumnInt64(0)))
			return nil
		})
	}
	v.outlets[id] = f
	return f, err
}

// number gives the new articles their ids, oldest first, so that they are
// written in ascending order: of one minute the first of an answer is the
// newest, as feeds are sorted.
func (v *saver) number() error {
	slices.SortStableFunc(v.fresh, func(a, b *change) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(b.order, a.order))
	})
	last, checked := feeds.ArticleID(0), feeds.ArticleID(0)
	for _, ch := range v.fresh {
		id := max(feeds.FirstID(ch.at), last+1)
		if id > checked {
			var err error
			if id, checked, err = v.free(id); err != nil {
				return err
			}
		}
		ch.id, last = id, id
	}
	return nil
}

// free returns the first id from id on that is free together with all that
// follow it up to checked, the end of its minute. Ids of articles that were
// removed stay taken: their statuses are still there.
func (v *saver) free(id feeds.ArticleID) (first, checked feeds.ArticleID, err error) {
	for {
		end := id | (1<<feeds.SequenceBits - 1)
		used, ok, err := v.c.number("SELECT article FROM statuses WHERE article BETWEEN ? AND ? ORDER BY article DESC LIMIT 1", id, end)
		switch {
		case err != nil:
			return 0, 0, err
		case !ok:
			return id, end, nil
		case feeds.ArticleID(used) < end:
			return feeds.ArticleID(used) + 1, end, nil
		}
		id = end + 1 // the minute is full
	}
}

// finish stores what an answer says of its feed.
func (v *saver) finish(o *refresh.Outcome) error {
	if o.More {
		return nil
	}
	if o.Meta != nil {
		if err := v.entitle(o); err != nil {
			return err
		}
		err := v.c.exec(`UPDATE feeds SET title = CASE WHEN title = '' THEN ?1 ELSE title END,
				site = CASE WHEN site = '' THEN ?2 ELSE site END, lang = CASE WHEN lang = '' THEN ?3 ELSE lang END,
				seeded = CASE WHEN seeded = 0 THEN ?4 ELSE seeded END
			WHERE id = ?5 AND (title = '' AND ?1 <> '' OR site = '' AND ?2 <> '' OR lang = '' AND ?3 <> '' OR seeded = 0)`,
			o.Meta.Title, o.Meta.Link, o.Meta.Lang, v.now, o.Feed)
		if err != nil {
			return err
		}
	}
	if err := v.place(o); err != nil {
		return err
	}
	st, h := o.State, o.State.Health
	return v.c.exec(`INSERT OR REPLACE INTO fetches(feed, etag, last_modified, body_hash, pace, hint, quiet, moved, moved_since, moved_times,
			state, reason, checked, next_due, newest, items, errors, bytes, status, body_length)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.Feed, st.ETag, st.LastModified, st.BodyHash, st.Pace, st.Hint, int64(st.Quiet), st.Moved, st.MovedSince, st.MovedTimes,
		string(h.State), h.Reason, h.Checked, h.NextDue, h.Newest, h.Items, h.Errors, h.BytesUsed, h.Status, h.BodyLength)
}
