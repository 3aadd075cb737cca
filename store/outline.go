package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/opml"
)

// keepOutline stores what a list said of a feed, in place of what an earlier one
// did.
func keepOutline(c *conn, id feeds.FeedID, attrs []opml.Attribute) error {
	text, err := json.Marshal(attrs)
	if err != nil {
		return fmt.Errorf("keep attributes of feed %d: %w", id, err)
	}
	return c.exec("UPDATE feeds SET outline = ?1 WHERE id = ?2 AND outline <> ?1", string(text), id)
}

// Outlines returns what imported lists said of feeds and only other readers
// understand; feeds of which they said nothing are not in it.
func (s *Store) Outlines(ctx context.Context) (out map[feeds.FeedID][]opml.Attribute, err error) {
	out = map[feeds.FeedID][]opml.Attribute{}
	err = s.read(ctx, func(c *conn) error {
		return c.each("SELECT id, outline FROM feeds WHERE outline <> ''", nil, func(st *sqlite3.Stmt) error {
			var attrs []opml.Attribute
			id := feeds.FeedID(st.ColumnInt64(0))
			if err := json.Unmarshal([]byte(st.ColumnText(1)), &attrs); err != nil {
				return fmt.Errorf("read attributes of feed %d: %w", id, err)
			}
			out[id] = attrs
			return nil
		})
	})
	return out, err
}
