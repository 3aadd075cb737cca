package store

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
)

// The segments of the first level, one a batch, are merged here, for the same
// reason that they are written here; FTS5 merges the larger ones by itself, in
// steps. Anything in a segment that this file does not know leaves the work to
// FTS5.

// Bounds of merging.
const (
	fanIn = 16 // segments of a level that are merged into one of the next
	// backlog is how many segments of the first level are left to a quieter moment:
	// each costs a search some microseconds a word.
	backlog      = 128
	mergedAtOnce = 32 // segments of the first level, a fifth of a second
)

// mergeFirst merges the segments of the first level when there are enough, and
// reports whether it did.
func (s *Store) mergeFirst(c *conn) (merged bool, err error) {
	err = s.commit(c, fetchable, func(c *conn) error {
		st, err := readStructure(c)
		if err != nil || len(st.levels) == 0 || len(st.levels[0].segments) < fanIn || st.levels[0].merging > 0 {
			return err
		}
		old := st.levels[0].segments
		old = old[:min(len(old), mergedAtOnce)]
		id, _, err := st.free()
		if err != nil {
			return err
		}
		joined, err := mergeSegments(c, id, old)
		if err != nil {
			return err
		}
		for _, g := range old {
			if err := removeSegment(c, g); err != nil {
				return err
			}
		}
		st.levels[0].segments = slices.Clone(st.levels[0].segments[len(old):])
		if joined.last > 0 {
			st.add(1, joined)
		}
		merged = true
		return c.exec("UPDATE search_data SET block = ? WHERE id = ?", st.bytes(), structureRow)
	})
	return merged, err
}

func readStructure(c *conn) (*structure, error) {
	block, ok, err := c.blob("SELECT block FROM search_data WHERE id = ?", structureRow)
	if err != nil || !ok {
		return nil, errors.Join(err, missing(ok))
	}
	return parseStructure(block)
}

// removeSegment deletes what is stored of a segment.
func removeSegment(c *conn, g segment) error {
	if err := c.exec("DELETE FROM search_data WHERE id >= ? AND id < ?", leafRow(g.id, 0), leafRow(g.id+1, 0)); err != nil {
		return err
	}
	if g.tombstonePages > 0 {
		if err := c.exec("DELETE FROM search_data WHERE id >= ? AND id < ?", tombstoneRow(g.id, 0), tombstoneRow(g.id, g.tombstonePages)); err != nil {
			return err
		}
	}
	return c.exec("DELETE FROM search_idx WHERE segid = ?", int64(g.id))
}

// leafRow is the row of search_data that holds a leaf.
func leafRow(segment, leaf uint64) int64 { return int64(segment<<37 | leaf) }

// skipsRow is the row that holds the index of the doclist of a leaf's last word.
func skipsRow(segment, leaf uint64) int64 { return int64(segment<<37 | 1<<36 | leaf) }

// tombstoneRow is the row that holds a page of removed articles of a segment.
func tombstoneRow(segment, page uint64) int64 { return int64((segment+1<<16)<<37 | page) }

// mergeSegments writes the segment id with all that the old ones hold and that
// was not removed since.
func mergeSegments(c *conn, id uint64, old []segment) (segment, error) {
	out := segment{id: id, first: 1, origin1: old[0].origin1, origin2: old[len(old)-1].origin2}
	var readers []*segmentReader
	for _, g := range old {
		r, err := newSegmentReader(c, g)
		if err != nil {
			return out, err
		}
		if r.word != nil {
			readers = append(readers, r)
		}
		out.articles += g.articles - min(g.articles, g.removed)
	}
	m := merger{out: newSegmentWriter(segmentTables{c, id})}
	for len(readers) > 0 {
		if err := m.word(readers); err != nil {
			return out, err
		}
		readers = slices.DeleteFunc(readers, func(r *segmentReader) bool { return r.word == nil })
	}
	leaves, err := m.out.finish()
	out.last = uint64(leaves)
	return out, err
}

// merger writes what several readers have, word by word.
type merger struct {
	out     *segmentWriter
	first   []byte
	entries []posting
	lists   []byte // the positions of entries
	packed  []byte
}

// posting is one article of a doclist, and where its positions are.
type posting struct {
	row        uint64
	start, end int
}

// word writes the first word of all readers and moves those that have it on.
func (m *merger) word(readers []*segmentReader) error {
	first := readers[0].word
	for _, r := range readers[1:] {
		if bytes.Compare(r.word, first) < 0 {
			first = r.word
		}
	}
	m.first = append(m.first[:0], first...) // readers reuse theirs
	m.entries, m.lists = m.entries[:0], m.lists[:0]
	for _, r := range readers {
		if !bytes.Equal(r.word, m.first) {
			continue
		}
		if err := r.doclist(m); err != nil {
			return err
		}
		if err := r.next(); err != nil {
			return err
		}
	}
	if len(m.entries) == 0 {
		return nil // all of them were removed
	}
	slices.SortFunc(m.entries, func(a, b posting) int { return cmp.Compare(a.row, b.row) })
	before := uint64(0)
	m.packed = m.packed[:0]
	for _, e := range m.entries {
		m.packed = appendVarint(m.packed, e.row-before)
		m.packed = appendVarint(m.packed, uint64(e.end-e.start)*2)
		m.packed = append(m.packed, m.lists[e.start:e.end]...)
		before = e.row
	}
	return m.out.add(m.first, m.packed)
}
