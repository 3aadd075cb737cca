package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/catalog"
	"sitrep/feeds/routing"
)

// Salvaged says what was saved of a damaged store.
type Salvaged struct {
	Articles int
	Aside    string // where the damaged store is
}

// table is one whose rows nothing else holds. Of tables with row ids the kinds
// of the values tell in a page without branches which table it is of; the row id
// itself is stored as null.
type table struct {
	name, columns string
	key           string // in which order rows are read
	kinds         string // "" for a table without row ids
}

// tables in the order in which they are saved. Counters, words, the lists of
// watches and the search index are made again, chrome is learnt again.
var tables = [...]table{
	{"settings", "key, value", "key", ""},
	{"feeds", "id, catalog, url, title, source, publisher, site, lang, country, paywall, disabled, edited, private, seeded, fulltext, outline, access", "id", "NTTTTTTTTIIIIIITT"},
	{"fetches", "feed, etag, last_modified, body_hash, pace, hint, quiet, moved, moved_since, moved_times, state, reason, checked, next_due, newest, items, errors, bytes, status, body_length", "feed", "NTTIIIITIITTIIIIIIII"},
	{"briefings", "num, id, position, own, fulltext", "num", "NTITI"},
	{"subscriptions", "briefing, feed, own, removed", "briefing %s, feed", ""},
	{"articles", "id, story_id, feed, at, flags, lang, title, source, link, tags", "id", "NIIIITTTTT"},
	{"texts", "arrival, revision, content, guid, base, authors, image, comments, enclosures, published, updated, zone, first_seen, html", "arrival", "NIITTTTTTIIIIT"},
	{"fulltexts", "arrival, fetched, published, url, title, byline, html", "arrival", "NIITTTT"},
	{"pages", "arrival, asked, since, due, tries, reason", "arrival", "NIIIIT"},
	{"revisions", "id, article, revision, until, content, title, base, authors, updated, html", "id", "NIIIITTTIT"},
	{"statuses", "article, arrival, arrived, changed, read, starred, updated, backlog", "article", "NIIIIIII"},
	{"sightings", "feed, article, unread, first, content", "feed %s, article", ""},
	{"briefing_articles", "briefing, article, unread, rule_version, terms", "briefing %s, article", ""},
	{"watches", "id, name, query, made, meaning, pending", "id", "NTTIII"},
	{"article_keys", "feed, kind, hash, article", "feed %s, kind %s, hash", ""},
	{"mark_log", "id, step, act, at, undone, n, articles", "id", "NITIIIB"},
}

// insert is the statement that keeps a row unless its key is taken.
func (t table) insert() string {
	n := strings.Count(t.columns, ",")
	return fmt.Sprintf("INSERT OR IGNORE INTO %s(%s) VALUES(?%s)", t.name, t.columns, strings.Repeat(", ?", n))
}

// salvage saves what can be read of the store in dir into a new one, sets the
// damaged one aside and puts the new one in its place. It works on a copy: the
// damaged files are only renamed. It needs twice their size on the disk meanwhile.
func salvage(ctx context.Context, dir string, o Options) (out Salvaged, err error) {
	lock, err := reserve(ctx, dir)
	if err != nil {
		return out, err
	}
	defer lock.Unlock()
	path := filepath.Join(dir, fileName)
	work, fresh := path+".salvage", path+".restore"
	for _, file := range []string{work, fresh} {
		removeDatabase(file)
		defer removeDatabase(file)
	}
	if err := takeCopy(ctx, path, work); err != nil {
		return out, classify(path, fmt.Errorf("salvage store: %w", err))
	}
	if err := empty(fresh, o.Key); err != nil {
		return out, classify(path, err)
	}
	if err := saveRows(ctx, work, fresh, o.Key); err != nil {
		return out, classify(path, fmt.Errorf("salvage store: %w", err))
	}
	if err := complete(ctx, dir, filepath.Base(fresh), o); err != nil {
		return out, fmt.Errorf("salvage store: %w", err)
	}
	if err := examine(ctx, fresh, o.Key, settle); err != nil {
		return out, err
	}
	if out.Articles, err = countedArticles(fresh, o.Key); err != nil {
		return out, err
	}
	s := newStore(dir, fileName, o)
	out.Aside, err = putInPlace(dir, fresh, "damaged", keyChange{}, s.now())
	return out, err
}

// empty makes a store with nothing in it.
func empty(path string, k *Key) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, fileMode)
	if err != nil {
		return err
	}
	f.Close()
	return build(path, k)
}

// saveRows copies all rows that can be read, first as SQLite reaches them, then
// from the leaves that it does not reach.
func saveRows(ctx context.Context, work, fresh string, k *Key) (err error) {
	to, err := connect(fresh, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := to.Exec("PRAGMA synchronous = OFF"); err != nil { // it is synced as a whole
		return err
	}
	return inTransaction(to, func() error {
		if err := reach(ctx, work, k, to); err != nil {
			return err
		}
		if err := carve(ctx, work, k, to); err != nil {
			return err
		}
		n, _, err := to.number("SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM feeds)")
		if err == nil && n == 0 {
			err = errors.New("nothing of it can be read")
		}
		return err
	})
}

// carve copies the rows of leaves; those that are saved already stay as they are.
func carve(ctx context.Context, work string, k *Key, to *conn) error {
	q, err := openQuarry(work, k)
	if err != nil {
		return err
	}
	defer q.file.Close()
	of := map[string]table{}
	for _, t := range tables {
		if t.kinds != "" {
			of[t.kinds] = t
		}
	}
	return q.rows(func(rowid int64, row []value) error {
		t, ok := of[shape(row)]
		if !ok || rowid <= 0 && t.name != "articles" && t.name != "statuses" {
			return ctx.Err()
		}
		args := []any{rowid}
		for _, v := range row[1:] {
			switch v.kind {
			case isInt:
				args = append(args, v.number)
			case isText:
				args = append(args, strings.ToValidUTF8(string(v.bytes), "\uFFFD"))
			default:
				args = append(args, v.bytes)
			}
		}
		return to.exec(t.insert(), args...)
	})
}

// complete makes the new store whole: what belongs together, counters, words and
// search index; and holds it to all that is true of a sound one.
func complete(ctx context.Context, dir, name string, o Options) (err error) {
	s := newStore(dir, name, o)
	s.start(nil)
	defer func() { err = errors.Join(err, s.Close()) }()
	cat, err := s.shipped()
	if err != nil {
		return err
	}
	err = s.write(ctx, fetchable, func(c *conn) error {
		if err := ownAgain(c, cat); err != nil {
			return err
		}
		if err := mend(c); err != nil {
			return err
		}
		if err := c.exec("DELETE FROM settings WHERE key = ?", keyRouted); err != nil {
			return err
		}
		return learnAgain(ctx, c)
	})
	if err != nil {
		return err
	}
	if err := s.withWriter(ctx, s.dropIndex); err != nil {
		return err
	}
	if err := s.tidyAll(ctx); err != nil {
		return err
	}
	if err := s.rerouteAll(ctx); err != nil {
		return err
	}
	f, err := s.Check(ctx)
	if err == nil && !f.Sound() {
		err = errors.New(strings.Join(f.Sentences(), " "))
	}
	return err
}

// ownAgain subscribes the catalogue's own feeds of the subscribed briefings, those
// that the reader removed excepted.
func ownAgain(c *conn, cat *catalog.Catalog) error {
	known, err := briefings(c, cat)
	if err != nil {
		return err
	}
	for _, b := range known {
		if b.position == 0 {
			continue
		}
		if err := ownFeeds(c, cat, b.ID, b.num); err != nil {
			return err
		}
	}
	return nil
}

// rerouteAll puts all articles back into their briefings.
func (s *Store) rerouteAll(ctx context.Context) error {
	briefings, err := s.Briefings(ctx)
	if err != nil {
		return err
	}
	r := routing.Compile(briefings)
	for more := true; more && err == nil; {
		more, err = s.Reroute(ctx, r)
	}
	return err
}
