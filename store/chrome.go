package store

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/extract"
	"sitrep/feeds/fulltext"
	"sitrep/feeds/spelling"
)

// maxHosts is how many hosts' pages are known at a time; those that were read
// longest ago are forgotten.
const maxHosts = 200

// Chrome implements fulltext.Archive.
func (s *Store) Chrome(ctx context.Context, host string) (known *extract.Chrome, err error) {
	err = s.read(ctx, func(c *conn) error {
		known, err = chromeOf(c, host)
		return err
	})
	return known, err
}

// learning is what is known of a host's pages, and from which pages.
type learning struct {
	chrome    *extract.Chrome
	headlines []string // folded
}

// chromeOf reads what is known of a host.
func chromeOf(c *conn, host string) (*extract.Chrome, error) {
	l, err := readLearning(c, host)
	return l.chrome, err
}

// readLearning forgets what cannot be read: it is learnt again.
func readLearning(c *conn, host string) (learning, error) {
	l := learning{chrome: &extract.Chrome{}}
	err := c.each("SELECT known, headlines FROM chrome WHERE host = ?", []any{host}, func(s *sqlite3.Stmt) error {
		if l.chrome.UnmarshalBinary(s.ColumnBlob(0, nil)) != nil {
			l.chrome = &extract.Chrome{}
			return nil
		}
		if lines := s.ColumnText(1); lines != "" {
			l.headlines = strings.Split(lines, "\n")
		}
		return nil
	})
	return l, err
}

// lesson is from how many pages a host's chrome is learnt before what has not
// repeated on them is forgotten.
const lesson = 12

// add learns from a page, and reports whether it did. Reports of one event share
// whole paragraphs of background, which are no chrome: a page teaches only when
// its headline has no word in common with those that taught before.
func (l *learning) add(page *extract.Result) bool {
	headline := spelling.Fold(page.Title)
	if headline == "" || slices.ContainsFunc(l.headlines, func(other string) bool { return related(headline, other) }) {
		return false
	}
	l.chrome.Add(page)
	if l.headlines = append(l.headlines, headline); len(l.headlines) == lesson {
		l.chrome.Settle()
		l.headlines = nil
	}
	return true
}

// telling is the least length in characters of a word that tells what a headline
// is about.
const telling = 4

// related reports whether two folded headlines share a telling word.
func related(a, b string) bool {
	other := strings.Fields(b)
	for word := range strings.FieldsSeq(a) {
		if utf8.RuneCountInString(word) >= telling && !spelling.IsStopword(word) && slices.Contains(other, word) {
			return true
		}
	}
	return a == b
}

// learnChrome adds a page to what is known of its host.
func learnChrome(c *conn, t *fulltext.Text) error {
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	l, err := readLearning(c, u.Hostname())
	if err != nil || !l.add(t.Page) {
		return err
	}
	known, err := l.chrome.MarshalBinary()
	if err != nil {
		return err
	}
	err = c.exec(`INSERT INTO chrome(host, learnt, headlines, known) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE
		SET learnt = excluded.learnt, headlines = excluded.headlines, known = excluded.known`,
		u.Hostname(), t.Fetched, strings.Join(l.headlines, "\n"), known)
	if err != nil {
		return err
	}
	return c.exec("DELETE FROM chrome WHERE host NOT IN (SELECT host FROM chrome ORDER BY learnt DESC, host LIMIT ?)", maxHosts)
}
