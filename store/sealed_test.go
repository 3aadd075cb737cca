package store

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"sitrep/store/vault"
)

// memory is a file for a journal in the clear and for an encrypted one.
type memory struct {
	vfs.File
	b []byte
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(m.b)) {
		return 0, io.EOF
	}
	n := copy(p, m.b[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	if grow := off + int64(len(p)) - int64(len(m.b)); grow > 0 {
		m.b = append(m.b, make([]byte, grow)...)
	}
	return copy(m.b[off:], p), nil
}

func testKey(t testing.TB) *Key {
	f, k, err := vault.New(sealing.Passphrase, sealing.Cost)
	if err != nil {
		t.Fatal(err)
	}
	out := newKey(f, k, "")
	t.Cleanup(func() { out.Erase() })
	return out
}

// TestJournalUnits writes and reads pieces of any size at any place of a journal
// and of one in the clear, which must agree.
func TestJournalUnits(t *testing.T) {
	k := testKey(t)
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		plain, sealed := &memory{}, &memory{}
		j := newSealedJournal(sealed, k.pages)
		for range 60 {
			off := r.Int64N(int64(len(plain.b)) + 1)
			piece := make([]byte, 1+r.IntN(3*pageSize))
			for i := range piece {
				piece[i] = byte(r.UintN(256))
			}
			plain.WriteAt(piece, off)
			if n, err := j.WriteAt(piece, off); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
			at := r.Int64N(int64(len(plain.b)))
			want := make([]byte, min(r.Int64N(2*pageSize), int64(len(plain.b))-at))
			got := make([]byte, len(want))
			plain.ReadAt(want, at)
			if _, err := j.ReadAt(got, at); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("seed %d: %d bytes at %d differ, %v", seed, len(want), at, err)
			}
		}
	}
}

// TestUnitsStay appends a frame to a journal: what was there is not written again.
func TestUnitsStay(t *testing.T) {
	f := &memory{}
	j := newSealedJournal(f, testKey(t).pages)
	write := func(size int) {
		if _, err := j.WriteAt(make([]byte, size), int64(len(f.b))); err != nil {
			t.Fatal(err)
		}
	}
	write(journalHeader)
	for range 5 {
		before := bytes.Clone(f.b)
		write(frameHeader)
		write(pageSize)
		if !bytes.HasPrefix(f.b, before) {
			t.Fatal("an earlier unit changed")
		}
	}
	if want := journalHeader + 5*frameSize; len(f.b) != want {
		t.Errorf("%d bytes, a journal in the clear has %d", len(f.b), want)
	}
}

// TestDecryptedPages compares our reading of an encrypted file with SQLite's.
func TestDecryptedPages(t *testing.T) {
	dir := t.TempDir()
	k := sealedLibrary(t, dir, 40)
	f, err := os.Open(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	head := make([]byte, 5000)
	if _, err := k.decrypt(f).ReadAt(head, 0); err != nil || !strings.HasPrefix(string(head), magic) {
		t.Errorf("%q %v", head[:16], err)
	}
	part := make([]byte, 300)
	if _, err := k.decrypt(f).ReadAt(part, 4000); err != nil || !bytes.Equal(part, head[4000:4300]) {
		t.Errorf("a part: %v", err)
	}
	page := bytes.Clone(head[:pageSize])
	info, _ := f.Stat()
	if n, err := k.decrypt(f).ReadAt(head, info.Size()-100); err == nil {
		t.Errorf("%d bytes beyond the end", n)
	}
	k.encryptPage(page, 0)
	raw := make([]byte, pageSize)
	f.ReadAt(raw, 0)
	if !bytes.Equal(page, raw) {
		t.Error("a page that is written is another one than SQLite's")
	}
}

// TestAppendBesideReaders reads the newest commit while the next one is appended:
// with the journal in blocks of 4096 bytes, as vfs/adiantum has it, readers got
// garbage here within seconds.
func TestAppendBesideReaders(t *testing.T) {
	k := testKey(t)
	path := filepath.Join(t.TempDir(), "t.db")
	if err := os.WriteFile(path, nil, fileMode); err != nil {
		t.Fatal(err)
	}
	open := func() *conn {
		c, err := connect(path, k, sqlite3.OPEN_READWRITE, author)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	w := open()
	defer w.Close()
	text := strings.Repeat("a", 3000)
	for _, sql := range []string{"PRAGMA journal_mode = WAL", "CREATE TABLE t(x, y)", "INSERT INTO t VALUES(1, '" + text + "')"} {
		if err := w.Exec(sql); err != nil {
			t.Fatal(err)
		}
	}
	end := time.Now().Add(time.Second)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			c := open()
			defer c.Close()
			for reads := 0; time.Now().Before(end); reads++ {
				got, _, err := c.text("SELECT y FROM t")
				if err != nil || got != text {
					t.Errorf("read %d: another text, %v", reads, err)
					return
				}
			}
		})
	}
	for n := 0; time.Now().Before(end); n++ {
		if err := w.Exec("UPDATE t SET x = x + 1"); err != nil {
			t.Fatal(err)
		}
		if n%500 == 0 {
			w.WALCheckpoint("main", sqlite3.CHECKPOINT_PASSIVE) // readers may be in the way
		}
	}
	wg.Wait()
}
