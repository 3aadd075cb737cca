package store

import (
	"encoding/binary"
	"io"
	"os"
	"strings"
)

// Where the branches of a table are damaged, SQLite cannot reach its leaves. They
// are read here without branches: every page of the file that is a leaf of a
// table with row ids is taken apart, and what table a row is of shows in the
// number and types of its values (SQLite's file format, 1.6 and 2.1). Pages that
// SQLite has freed hold rows that were removed or moved: they are left out.

const (
	leafPage    = 13 // of a table with row ids
	fileHeader  = 100
	maxOverflow = 1 << 16 // pages of one value
)

// kind of a value, as a column of a table holds it.
type kind byte

const (
	isNull kind = 'N'
	isInt  kind = 'I'
	isText kind = 'T'
	isBlob kind = 'B'
)

// value is one column of a carved row.
type value struct {
	kind   kind
	number int64
	bytes  []byte
}

// quarry is a database file that is read page by page.
type quarry struct {
	file  *os.File
	plain io.ReaderAt // the file, decrypted if need be
	pages uint32
	free  map[uint32]bool
	page  []byte
}

func openQuarry(path string, k *Key) (*quarry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	q := &quarry{file: f, plain: k.decrypt(f), pages: uint32(info.Size() / pageSize), free: map[uint32]bool{}, page: make([]byte, pageSize)}
	q.findFree()
	return q, nil
}

// read reads a page into a buffer of its size.
func (q *quarry) read(n uint32, page []byte) bool {
	if n < 1 || n > q.pages {
		return false
	}
	_, err := q.plain.ReadAt(page, int64(n-1)*pageSize)
	return err == nil
}

// madeOfPages reports whether a file without a beginning looks like a store: many
// of its pages are leaves or branches.
func madeOfPages(f io.ReaderAt, size int64) bool {
	const looks = 64
	pages := size / pageSize
	if pages < 8 {
		return false
	}
	found := int64(0)
	head := make([]byte, 8)
	for i := range min(looks, pages-1) {
		n := 1 + i*(pages-1)/min(looks, pages-1)
		if _, err := f.ReadAt(head, n*pageSize); err != nil {
			return false
		}
		free, cells, content := binary.BigEndian.Uint16(head[1:]), binary.BigEndian.Uint16(head[3:]), binary.BigEndian.Uint16(head[5:])
		switch head[0] {
		case leafPage, branchPage, indexLeafPage, indexBranchPage:
			if free < pageSize && cells < pageSize/4 && content >= 8 && content <= pageSize && head[7] <= 60 {
				found++
			}
		}
	}
	return found*4 >= min(looks, pages-1)
}

// findFree walks the list of free pages as far as it is whole.
func (q *quarry) findFree() {
	page := make([]byte, pageSize)
	if !q.read(1, page) {
		return
	}
	for trunk := binary.BigEndian.Uint32(page[32:]); trunk != 0 && !q.free[trunk] && q.read(trunk, page); {
		q.free[trunk] = true
		n := binary.BigEndian.Uint32(page[4:])
		if n > pageSize/4-2 {
			return // no trunk
		}
		for i := range n {
			q.free[binary.BigEndian.Uint32(page[8+4*i:])] = true
		}
		trunk = binary.BigEndian.Uint32(page)
	}
}

// rows calls f for each row of each leaf. What f keeps of the values must be
// copied.
func (q *quarry) rows(f func(rowid int64, row []value) error) error {
	for n := uint32(2); n <= q.pages; n++ {
		if q.free[n] || !q.read(n, q.page) || q.page[0] != leafPage {
			continue
		}
		cells := int(binary.BigEndian.Uint16(q.page[3:]))
		if 8+2*cells > pageSize {
			continue
		}
		for i := range cells {
			at := int(binary.BigEndian.Uint16(q.page[8+2*i:]))
			if at < 8+2*cells || at >= pageSize {
				continue
			}
			rowid, row, ok := q.cell(q.page[at:])
			if !ok {
				continue
			}
			if err := f(rowid, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell takes one row apart. A value that goes on in lost pages ends there.
func (q *quarry) cell(b []byte) (rowid int64, row []value, ok bool) {
	size, n := varint(b)
	if n == 0 || size > maxOverflow*pageSize {
		return 0, nil, false
	}
	b = b[n:]
	id, n := varint(b)
	if n == 0 {
		return 0, nil, false
	}
	b = b[n:]
	local := localSize(int(size))
	if local > len(b) {
		return 0, nil, false
	}
	payload := b[:local]
	if local < int(size) {
		if len(b) < local+4 {
			return 0, nil, false
		}
		payload = q.overflow(append([]byte{}, payload...), int(size), binary.BigEndian.Uint32(b[local:]))
	}
	row, ok = record(payload)
	return int64(id), row, ok
}

// localSize is how much of a row its leaf holds.
func localSize(size int) int {
	const usable = pageSize
	const most, least = usable - 35, (usable-12)*32/255 - 23
	if size <= most {
		return size
	}
	if k := least + (size-least)%(usable-4); k <= most {
		return k
	}
	return least
}

// overflow reads on until the row is whole or its chain of pages breaks.
func (q *quarry) overflow(payload []byte, size int, next uint32) []byte {
	page := make([]byte, pageSize)
	for len(payload) < size && !q.free[next] && q.read(next, page) {
		payload = append(payload, page[4:4+min(size-len(payload), pageSize-4)]...)
		next = binary.BigEndian.Uint32(page)
		if left := size - len(payload); left > 0 && (next == 0 || next > q.pages) {
			payload = payload[:max(0, len(payload)-(pageSize-4))] // this page is not what it was
			break
		}
	}
	return payload
}

// record reads the values of a row. The last one may be cut off, any other not.
func record(b []byte) (row []value, ok bool) {
	header, n := varint(b)
	if n == 0 || header > uint64(len(b)) || header < uint64(n) {
		return nil, false
	}
	types, body := b[n:header], b[header:]
	for len(types) > 0 {
		t, n := varint(types)
		types = types[n:]
		v, size, ok := typed(t, body)
		if !ok {
			return nil, false
		}
		if size > len(body) {
			if len(types) > 0 || v.kind != isText {
				return nil, false
			}
			size = len(body)
		}
		if v.kind == isText || v.kind == isBlob {
			v.bytes = body[:size]
		}
		body = body[size:]
		row = append(row, v)
	}
	return row, len(row) > 0
}

// intSizes are the sizes of the serial types 0 to 9.
var intSizes = [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}

// typed reads a value of a serial type; texts and blobs only by their size.
func typed(t uint64, body []byte) (v value, size int, ok bool) {
	switch {
	case t == 0:
		return value{kind: isNull}, 0, true
	case t == 7 || t == 10 || t == 11: // we store no floats
		return v, 0, false
	case t <= 9:
		if size = intSizes[t]; size > len(body) {
			return v, 0, false
		}
		n := int64(0)
		if t == 9 {
			n = 1
		}
		for i := range size {
			if i == 0 {
				n = int64(int8(body[0]))
			} else {
				n = n<<8 | int64(body[i])
			}
		}
		return value{kind: isInt, number: n}, size, true
	case t > 1<<31:
		return v, 0, false
	case t%2 == 0:
		return value{kind: isBlob}, int(t-12) / 2, true
	}
	return value{kind: isText}, int(t-13) / 2, true
}

// shape is the kinds of a row as a string, to compare with those of tables.
func shape(row []value) string {
	var b strings.Builder
	for _, v := range row {
		b.WriteByte(byte(v.kind))
	}
	return b.String()
}
