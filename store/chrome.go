package store

import (
	"context"
	"net/url"

	"sitrep/feeds/extract"
	"sitrep/feeds/fulltext"
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

// chromeOf reads what is known of a host. What cannot be read is forgotten: it is
// learnt again.
func chromeOf(c *conn, host string) (*extract.Chrome, error) {
	known := &extract.Chrome{}
	b, _, err := c.blob("SELECT known FROM chrome WHERE host = ?", host)
	if err == nil && known.UnmarshalBinary(b) != nil {
		known = &extract.Chrome{}
	}
	return known, err
}

// learnChrome adds a page to what is known of its host.
func learnChrome(c *conn, t *fulltext.Text) error {
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	known, err := chromeOf(c, u.Hostname())
	if err != nil {
		return err
	}
	known.Add(t.Page)
	b, err := known.MarshalBinary()
	if err != nil {
		return err
	}
	err = c.exec("INSERT INTO chrome(host, learnt, known) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET learnt = excluded.learnt, known = excluded.known",
		u.Hostname(), t.Fetched, b)
	if err != nil {
		return err
	}
	return c.exec("DELETE FROM chrome WHERE host NOT IN (SELECT host FROM chrome ORDER BY learnt DESC, host LIMIT ?)", maxHosts)
}
