package store

import (
	"context"
	"time"

	"sitrep/feeds"
)

// Version is one text of an article: an earlier one, or the present one.
type Version struct {
	Number int       // 1 is the first text
	Since  time.Time // when it was first seen
	Until  time.Time // when the next text replaced it, zero for the present one
	Title  string
	HTML   string
	Base   string
}

// Versions returns all texts of an article, the first one first and the present
// one last.
func (s *Store) Versions(ctx context.Context, id feeds.ArticleID) (all []Version, err error) {
	var a feeds.Article
	var earlier []Revision
	err = s.snapshot(ctx, func(c *conn) error {
		if a, _, err = articleOf(c, id); err != nil {
			return err
		}
		earlier, err = revisionsOf(c, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	last := Version{Number: 1, Since: a.FirstSeen, Title: a.Title, HTML: a.HTML, Base: a.Base}
	for _, r := range earlier {
		all = append(all, Version{Number: r.Number, Since: last.Since, Until: r.Until, Title: r.Title, HTML: r.HTML, Base: r.Base})
		last.Number, last.Since = r.Number+1, r.Until
	}
	return append(all, last), nil
}
