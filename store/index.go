package store

import (
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
	crowded  bool // searches get slow by the number of segments
	first    bool // and those of the first level are too many
}

// write stores what was collected as one segment.
func (x *indexWriter) write(c *conn) error {
	if len(x.postings.rows) == 0 {
		return nil
	}
	st, err := readStructure(c)
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
		st.add(0, segment{id: id, first: 1, last: uint64(x.leaves), origin1: origin, origin2: origin, articles: uint64(len(x.postings.rows))})
		x.crowded, x.first = st.crowded(backlog)
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
	w := newSegmentWriter(segmentTables{c, id})
	err = x.postings.sorted(func(word []byte, places []place) error {
		return w.append(word, x.postings.rows, places)
	})
	if err != nil {
		return 0, err
	}
	return w.finish()
}

// segmentTables stores a segment in the tables of FTS5.
type segmentTables struct {
	c  *conn
	id uint64
}

func (t segmentTables) leaf(number int, block []byte) error {
	return t.c.exec("INSERT INTO search_data(id, block) VALUES(?, ?)", leafRow(t.id, uint64(number)), block)
}

func (t segmentTables) branch(leaf int, shortest []byte, skips bool) error {
	page := int64(leaf) << 1
	if skips {
		page |= 1
	}
	return t.c.exec("INSERT INTO search_idx(segid, term, pgno) VALUES(?, ?, ?)", int64(t.id), shortest, page)
}

func (t segmentTables) skips(leaf int, block []byte) error {
	return t.c.exec("INSERT INTO search_data(id, block) VALUES(?, ?)", skipsRow(t.id, uint64(leaf)), block)
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
