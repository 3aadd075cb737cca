package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/fulltext"
)

// Full texts lie beside the feeds' texts and never replace one: a revision of the
// feed's keeps the page's. For searches both are the article's body.

var _ fulltext.Archive = (*Store)(nil)

// FullText is the article page's own body.
type FullText struct {
	HTML      string    // sanitised, addresses absolute; "" when none is stored
	URL       string    // of the page
	Title     string    // as the page has it
	Byline    string    //
	Published time.Time // as the page dates it, zero when it does not
	Fetched   time.Time
	Wanted    bool   // the page will be asked for with the next refresh
	Reason    string // a sentence: why there is none though it was asked for
}

// fullHTML is the full text of a text t, ” when there is none.
const fullHTML = "coalesce((SELECT html FROM fulltexts WHERE arrival = t.arrival), '')"

// appendBody appends the visible text of an article's body: the feed's, then the
// page's.
func appendBody(dst []byte, html, full string) []byte {
	dst = document.AppendText(dst, html)
	if full == "" {
		return dst
	}
	return document.AppendText(append(dst, '\n'), full)
}

// FullText returns what is known of an article's page. An article of which
// nothing is gives the zero value.
func (s *Store) FullText(ctx context.Context, id feeds.ArticleID) (f FullText, err error) {
	err = s.snapshot(ctx, func(c *conn) error {
		arrival, ok, err := c.number("SELECT arrival FROM statuses WHERE article = ?", id)
		if err != nil || !ok {
			return err
		}
		const stored = "SELECT html, url, title, byline, published, fetched FROM fulltexts WHERE arrival = ?"
		err = c.each(stored, []any{arrival}, func(st *sqlite3.Stmt) error {
			f = FullText{
				HTML: st.ColumnText(0), URL: st.ColumnText(1), Title: st.ColumnText(2), Byline: st.ColumnText(3),
				Published: fromUnix(st.ColumnInt64(4)), Fetched: fromUnix(st.ColumnInt64(5)),
			}
			return errStop
		})
		if err != nil {
			return err
		}
		const page = "SELECT " + isWanted + `, p.reason FROM pages p JOIN statuses s ON s.arrival = p.arrival
			JOIN articles a ON a.id = s.article WHERE p.arrival = ?2`
		return c.each(page, []any{s.now().Add(-wantedFor), arrival}, func(st *sqlite3.Stmt) error {
			f.Wanted, f.Reason = st.ColumnBool(0), st.ColumnText(1)
			return errStop
		})
	})
	return f, err
}

// SaveText implements fulltext.Archive: one transaction in which the text, its
// words, the lists of watches and the queue change together. An article that was
// purged meanwhile stays away.
func (s *Store) SaveText(ctx context.Context, t fulltext.Text) error {
	return s.withWriter(ctx, func(c *conn) error {
		v := textSaver{c: c, text: t}
		err := s.commit(c, fetchable, func(c *conn) error {
			watchers, err := s.watchers(c)
			if err != nil {
				return err
			}
			return v.save(watchers)
		})
		if err != nil {
			return fmt.Errorf("store full text of %v: %w", t.Article, err)
		}
		if s.words != nil && len(v.later.words) > 0 {
			s.words.change(v.later)
		}
		return nil
	})
}

// textSaver is one transaction of SaveText.
type textSaver struct {
	c     *conn
	text  fulltext.Text
	later recount // words that are not in the table yet
}

func (v *textSaver) save(watchers []watcher) error {
	t := &v.text
	old, ok, err := foldStored(v.c, t.Article)
	if err != nil || !ok {
		return err
	}
	st, err := readArrived(v.c, t.Article)
	if err != nil {
		return err
	}
	err = v.c.exec(`INSERT OR REPLACE INTO fulltexts(arrival, fetched, published, url, title, byline, html)
		VALUES(?, ?, ?, ?, ?, ?, ?)`, st.arrival, t.Fetched, t.Page.Published, t.URL, t.Page.Title, t.Page.Byline, t.Page.HTML)
	if err != nil {
		return err
	}
	if err := v.c.exec("DELETE FROM pages WHERE arrival = ?", st.arrival); err != nil {
		return err
	}
	if err := v.c.exec("UPDATE articles SET flags = flags | ? WHERE id = ?", int(flagFullText), t.Article); err != nil {
		return err
	}
	if v.later.edits, err = numberSetting(v.c, keyWordsEdit); err != nil {
		return err
	}
	v.later.arrival = st.arrival
	if v.later.words, err = reindex(v.c, t.Article, st.arrival, old); err != nil {
		return err
	}
	if err := learnChrome(v.c, t); err != nil || len(watchers) == 0 {
		return err
	}
	lists, err := newWatchLists(v.c)
	if err != nil {
		return err
	}
	if err := lists.look(watchers, t.Article); err != nil {
		return err
	}
	return lists.counters.apply(v.c)
}

// Words counts the words of the text.
func (f FullText) Words() int {
	return len(strings.Fields(string(document.AppendText(nil, f.HTML))))
}
