package store

import (
	"errors"

	"github.com/ncruces/go-sqlite3"
)

// Rows of the table search_data that are no leaves.
const (
	averagesRow  = 1
	structureRow = 10
)

// indexWriter adds new articles to the search index, see segment.go.
type indexWriter struct {
	postings *postings
	leaves   int  // written
	crowded  bool // the index has so many segments that searches get slow
}

// crowd is how many segments of the first level, one a batch, are left alone: to
// merge them costs about as much as to write them, and can be done when idle.
const crowd = 64

// write stores what was collected as one segment.
func (x *indexWriter) write(c *conn) error {
	if len(x.postings.rows) == 0 {
		return nil
	}
	block, ok, err := c.blob("SELECT block FROM search_data WHERE id = ?", structureRow)
	if err != nil || !ok {
		return errors.Join(err, missing(ok))
	}
	st, err := parseStructure(block)
	if err != nil {
		return err
	}
	id, origin, err := st.free()
	if err != nil {
		return err
	}
	if x.leaves, err = x.segment(c, id); err != nil {
		return err
	}
	if x.leaves > 0 { // there was a word
		st.add(segment{id: id, first: 1, last: uint64(x.leaves), origin1: origin, origin2: origin, articles: uint64(len(x.postings.rows))})
		x.crowded = st.crowded()
		if err := c.exec("UPDATE search_data SET block = ? WHERE id = ?", st.bytes(), structureRow); err != nil {
			return err
		}
	}
	return x.sizes(c, origin)
}

func missing(ok bool) error {
	if ok {
		return nil
	}
	return errStructure
}

// segment stores the leaves of a segment and the branches to them.
func (x *indexWriter) segment(c *conn, id uint64) (last int, err error) {
	w := newSegmentWriter(
		func(leaf int, block []byte) error {
			return c.exec("INSERT INTO search_data(id, block) VALUES(?, ?)", int64(id)<<37|int64(leaf), block)
		},
		func(leaf int, shortest []byte) error {
			return c.exec("INSERT INTO search_idx(segid, term, pgno) VALUES(?, ?, ?)", int64(id), shortest, int64(leaf)<<1)
		})
	err = x.postings.sorted(func(word []byte, places []place) error {
		return w.append(word, x.postings.rows, places)
	})
	if err != nil {
		return 0, err
	}
	return w.finish()
}

// sizes stores the number of words in each column, of each article and in all,
// which rank results.
func (x *indexWriter) sizes(c *conn, origin uint64) error {
	var sums [indexColumns]uint64
	var block []byte
	for i, size := range x.postings.sizes {
		block = block[:0]
		for column, n := range size {
			block = appendVarint(block, uint64(n))
			sums[column] += uint64(n)
		}
		err := c.exec("INSERT INTO search_docsize(id, sz, origin) VALUES(?, ?, ?)", int64(x.postings.rows[i]), block, int64(origin))
		if err != nil {
			return err
		}
	}
	old, _, err := c.blob("SELECT block FROM search_data WHERE id = ?", averagesRow)
	if err != nil {
		return err
	}
	r := numberReader{b: old}
	block = appendVarint(block[:0], r.next()+uint64(len(x.postings.rows)))
	for _, n := range sums {
		block = appendVarint(block, r.next()+n)
	}
	return c.exec("UPDATE search_data SET block = ? WHERE id = ?", block, averagesRow)
}

// blob is number for a blob column.
func (c *conn) blob(sql string, args ...any) (b []byte, ok bool, err error) {
	err = c.each(sql, args, func(s *sqlite3.Stmt) error {
		b, ok = s.ColumnBlob(0, nil), true
		return errStop
	})
	return b, ok, err
}
