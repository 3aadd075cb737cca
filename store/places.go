package store

import (
	"context"
	"fmt"

	"sitrep/feeds"
)

// Place is where somebody left an article: so many passages into it, and so many
// lines into the passage. It means the same at another width. The zero Place is
// the beginning.
type Place struct{ Passage, Line int }

// maxPlaces is how many places are kept, those of the newest articles.
const maxPlaces = 500

// A place is a row of the settings under the id of its article, so that rows stand
// in the order of the articles.
const keyPlace = ".place/"

func placeKey(id feeds.ArticleID) string { return fmt.Sprintf("%s%016x", keyPlace, uint64(id)) }

// Place returns where an article was left.
func (s *Store) Place(ctx context.Context, id feeds.ArticleID) (p Place, err error) {
	err = s.read(ctx, func(c *conn) error {
		value, err := setting(c, placeKey(id))
		if err != nil || value == "" {
			return err
		}
		if _, err := fmt.Sscanf(value, "%d %d", &p.Passage, &p.Line); err != nil || p.Passage < 0 || p.Line < 0 {
			p = Place{} // as if it had not been kept
		}
		return nil
	})
	return p, err
}

// SetPlace keeps where an article was left; the beginning is not kept. Of old
// articles the place is forgotten when there are too many.
func (s *Store) SetPlace(ctx context.Context, id feeds.ArticleID, p Place) error {
	return s.write(ctx, fetchable, func(c *conn) error {
		if p == (Place{}) {
			return c.exec("DELETE FROM settings WHERE key = ?", placeKey(id))
		}
		if err := setSetting(c, placeKey(id), fmt.Sprintf("%d %d", p.Passage, p.Line)); err != nil {
			return err
		}
		const end = ".place0" // the first key behind all of them
		return c.exec(`DELETE FROM settings WHERE key >= ?1 AND key < (
			SELECT key FROM settings WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT 1 OFFSET ?3)`, keyPlace, end, maxPlaces-1)
	})
}
