package store

import (
	"bytes"
	"errors"
	"slices"
)

// structure is the record of FTS5 that lists the segments of the index, level by
// level, the oldest first (ext/fts5/fts5_index.c, "Structure Records", in the
// second version, which tables with contentless_delete have).
type structure struct {
	cookie []byte // of the configuration
	writes uint64 // leaves written to the first level
	levels []level
}

type level struct {
	merging  uint64 // segments that a merge has begun with
	segments []segment
}

type segment struct {
	id                      uint64
	first, last             uint64 // leaves
	origin1, origin2        uint64 // the writes that its articles came with
	tombstonePages, removed uint64
	articles                uint64
}

var structureV2 = []byte{0xff, 0, 0, 1}

// errStructure is a structure record that is not as it should be.
var errStructure = errors.New("read search index: damaged list of segments")

func parseStructure(b []byte) (*structure, error) {
	if len(b) < 8 || !bytes.Equal(b[4:8], structureV2) {
		return nil, errStructure
	}
	s := &structure{cookie: slices.Clone(b[:4])}
	r := numberReader{b: b[8:]}
	levels, total := r.next(), r.next()
	s.writes = r.next()
	for range min(levels, maxSegments) {
		l := level{merging: r.next()}
		for range min(r.next(), maxSegments) {
			l.segments = append(l.segments, segment{
				id: r.next(), first: r.next(), last: r.next(), origin1: r.next(), origin2: r.next(),
				tombstonePages: r.next(), removed: r.next(), articles: r.next(),
			})
			total--
		}
		s.levels = append(s.levels, l)
	}
	if r.damaged || total != 0 {
		return nil, errStructure
	}
	return s, nil
}

// numberReader reads varints.
type numberReader struct {
	b       []byte
	damaged bool
}

func (r *numberReader) next() uint64 {
	if len(r.b) == 0 {
		r.damaged = true
		return 0
	}
	n, size := varint(r.b)
	r.b = r.b[size:]
	return n
}

func (s *structure) bytes() []byte {
	b := append(slices.Clone(s.cookie), structureV2...)
	b = appendVarint(b, uint64(len(s.levels)))
	b = appendVarint(b, uint64(s.segments()))
	b = appendVarint(b, s.writes)
	for _, l := range s.levels {
		b = appendVarint(b, l.merging)
		b = appendVarint(b, uint64(len(l.segments)))
		for _, g := range l.segments {
			for _, n := range []uint64{g.id, g.first, g.last, g.origin1, g.origin2, g.tombstonePages, g.removed, g.articles} {
				b = appendVarint(b, n)
			}
		}
	}
	return b
}

func (s *structure) segments() (n int) {
	for _, l := range s.levels {
		n += len(l.segments)
	}
	return n
}

// maxSegments is what FTS5 can hold (FTS5_MAX_SEGMENT).
const maxSegments = 2000

// free returns an id that no segment has and the origin of the next write.
func (s *structure) free() (id, origin uint64, err error) {
	used := map[uint64]bool{}
	for _, l := range s.levels {
		for _, g := range l.segments {
			used[g.id] = true
			origin = max(origin, g.origin2)
		}
	}
	if len(used) >= maxSegments {
		return 0, 0, errors.New("write search index: it has too many segments")
	}
	for id = 1; used[id]; id++ {
	}
	return id, origin + 1, nil
}

// add puts a segment at the end of a level.
func (s *structure) add(to int, g segment) {
	for len(s.levels) <= to {
		s.levels = append(s.levels, level{})
	}
	s.levels[to].segments = append(s.levels[to].segments, g)
}

// crowded reports whether a level has so many segments that searches get slow,
// and whether it is the first one, where so many are too many.
func (s *structure) crowded(most int) (crowded, first bool) {
	for i, l := range s.levels {
		if i > 0 {
			most = fanIn
		}
		if len(l.segments) >= most || l.merging > 0 {
			return true, i == 0 && l.merging == 0
		}
	}
	return false, false
}
