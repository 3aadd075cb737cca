package store

import (
	"context"
	"os"
)

// Sizes are what the store takes on the disk, in bytes.
type Sizes struct {
	File    int64 // the store itself
	Index   int64 // of it the search index
	Free    int64 // of it what was removed: used again before the file grows
	Journal int64 // the file beside it, that commits are in first
}

// Sizes measures the store without reading it.
func (s *Store) Sizes(ctx context.Context) (out Sizes, err error) {
	if info, err := os.Stat(s.path + "-wal"); err == nil {
		out.Journal = info.Size()
	}
	err = s.snapshot(ctx, func(c *conn) error {
		pages, _, err := c.number("PRAGMA page_count")
		if err != nil {
			return err
		}
		free, _, err := c.number("PRAGMA freelist_count")
		if err != nil {
			return err
		}
		out.File, out.Free = pages*pageSize, free*pageSize
		st, err := readStructure(c)
		if err != nil {
			return err
		}
		for _, l := range st.levels {
			for _, g := range l.segments {
				out.Index += int64(g.last-g.first+1+g.tombstonePages) * pageSize
			}
		}
		return nil
	})
	return out, err
}
