package store

import (
	"encoding/binary"
	"errors"
	"os"
	"slices"

	"github.com/ncruces/go-sqlite3"
)

// The first pages of a store say where each table begins. When they are damaged,
// those of a new store are put in their place: the same statements make the same
// pages, whether a store was made, or copied by VACUUM. Which of the two it was
// shows in where the tables really begin.

// openDamaged opens a copy of a damaged store, nil if SQLite cannot read even a
// list of its tables, which is no error.
func openDamaged(work string, k *Key) (*conn, error) {
	if c := opened(work, k); c != nil {
		return c, nil
	}
	for _, vacuumed := range []bool{false, true} {
		plan := work + ".plan"
		defer removeDatabase(plan)
		removeDatabase(plan)
		if err := drawPlan(plan, k, vacuumed); err != nil {
			return nil, err
		}
		restored, err := layPlan(plan, work, k)
		if err != nil {
			return nil, err
		}
		if c := opened(work, k); c != nil && startsMatch(c, work, k) {
			return c, nil
		} else if c != nil {
			c.Close()
		}
		if err := restored(); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// opened opens a file in which all tables are listed.
func opened(path string, k *Key) *conn {
	c, err := connect(path, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		return nil
	}
	for _, t := range tables {
		if n, _, err := c.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", t.name); n != 1 || err != nil {
			c.Close()
			return nil
		}
	}
	return c
}

// drawPlan makes an empty store, as it is made or as VACUUM copies it.
func drawPlan(plan string, k *Key, vacuumed bool) (err error) {
	if err := empty(plan, k); err != nil || !vacuumed {
		return err
	}
	c, err := connect(plan, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		return err
	}
	return errors.Join(c.Exec("VACUUM"), settle(c), c.Close())
}

// layPlan copies the pages that hold the list of tables, and returns what takes
// that back.
func layPlan(plan, work string, k *Key) (restored func() error, err error) {
	from, err := openQuarry(plan, k)
	if err != nil {
		return nil, err
	}
	defer from.file.Close()
	to, err := openQuarry(work, k)
	if err != nil {
		return nil, err
	}
	defer to.file.Close()
	before := map[uint32][]byte{}
	after := map[uint32][]byte{}
	for _, n := range schemaPages(from) {
		old, page := make([]byte, pageSize), make([]byte, pageSize)
		if !to.read(n, old) || !from.read(n, page) {
			continue
		}
		before[n], after[n] = old, page
	}
	if first := after[1]; first != nil {
		binary.BigEndian.PutUint32(first[28:], to.pages)
		clear(first[32:40]) // the list of free pages is unknown
	}
	if err := writePages(work, k, after); err != nil {
		return nil, err
	}
	return func() error { return writePages(work, k, before) }, nil
}

func writePages(path string, k *Key, pages map[uint32][]byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	for n, page := range pages {
		at := int64(n-1) * pageSize
		written := slices.Clone(page)
		k.encryptPage(written, at)
		if _, err := f.WriteAt(written, at); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// schemaPages are the pages of the list of tables: the first one and, when that
// is a branch, those that it leads to. A store has no more levels.
func schemaPages(q *quarry) []uint32 {
	page := make([]byte, pageSize)
	if !q.read(1, page) {
		return nil
	}
	pages := []uint32{1}
	if page[fileHeader] != branchPage {
		return pages
	}
	cells := int(binary.BigEndian.Uint16(page[fileHeader+3:]))
	for i := range cells {
		at := binary.BigEndian.Uint16(page[fileHeader+12+2*i:])
		pages = append(pages, binary.BigEndian.Uint32(page[at:]))
	}
	return append(pages, binary.BigEndian.Uint32(page[fileHeader+8:]))
}

// The kinds of pages that a table or index may begin with.
const (
	branchPage      = 5
	indexBranchPage = 2
	indexLeafPage   = 10
)

// startsMatch reports whether tables and indexes begin where they are said to:
// but for a few damaged ones.
func startsMatch(c *conn, work string, k *Key) bool {
	q, err := openQuarry(work, k)
	if err != nil {
		return false
	}
	defer q.file.Close()
	right, all := 0, 0
	err = c.each("SELECT rootpage, type = 'index' OR sql LIKE '%WITHOUT ROWID%' FROM sqlite_schema WHERE rootpage > 1", nil, func(s *sqlite3.Stmt) error {
		kinds := []byte{leafPage, branchPage}
		if s.ColumnBool(1) {
			kinds = []byte{indexLeafPage, indexBranchPage}
		}
		all++
		if q.read(uint32(s.ColumnInt64(0)), q.page) && slices.Contains(kinds, q.page[0]) {
			right++
		}
		return nil
	})
	return err == nil && all > 0 && right*10 >= all*8
}
