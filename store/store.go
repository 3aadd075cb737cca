package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/catalog"
	"sitrep/feeds/spelling"
)

// Store is an open store. Its methods may be called from several goroutines and
// return ctx's error when ctx ends first; an act that has begun to write ends
// as a whole. Errors of SQLite arrive as Locked, ReadOnly, Damaged and Full
// where they mean that.
type Store struct {
	dir, path string
	now       func() time.Time
	zone      *time.Location
	readOnly  bool
	key       *Key   // nil for a store that is not encrypted
	vfs       string // of SQLite, "" for the usual one; of the key if there is one
	shipped   func() (*catalog.Catalog, error)
	groups    func() (*spelling.Groups, error) // its spellings
	guesses   guesses
	presence  *flock.Flock // nil for a store that is read without rights

	writer writer
	mover  mover
	lists  chan *conn // one connection for lists; nil until it is used
	finds  chan *conn // two for searches

	// Of this process's bulk writing; who has the writer may use them.
	words    *tally
	postings postings

	saved atomic.Int64 // when Save ended last, in nanoseconds since 1970
}

// Options of Open.
type Options struct {
	ReadOnly bool             // for a store that must not be changed; acts fail
	Key      *Key             // opens an encrypted store, and makes one that is absent encrypted; nil for a plain one
	Now      func() time.Time // the clock, time.Now when nil
	Zone     *time.Location   // of the dates in watches, time.Local when nil
	Catalog  *catalog.Catalog // briefings and feeds that ids refer to; nil for the shipped ones
	vfs      string           // see Store.vfs: tests put faults there
}

// Open opens the store in dir, the file sitrep.db, and makes both when they are
// absent. A file that is not ours, newer, damaged or not writable is refused
// with one of the errors that have a Sentence, and left as it is.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := newStore(dir, fileName, o)
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	c, err := s.connect(reader)
	if err != nil {
		s.leave()
		return nil, err
	}
	s.start(c)
	return s, nil
}

// newStore returns a store that is not open yet.
func newStore(dir, name string, o Options) *Store {
	s := &Store{
		dir: dir, path: filepath.Join(dir, name),
		now: o.Now, zone: cmp.Or(o.Zone, time.Local), readOnly: o.ReadOnly, key: o.Key, vfs: cmp.Or(o.Key.through(), o.vfs),
		shipped: sync.OnceValues(catalog.Shipped),
		writer:  writer{turn: make(chan struct{}, 1)},
		mover:   newMover(),
		lists:   make(chan *conn, 1),
		finds:   make(chan *conn, 2),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if o.Catalog != nil {
		s.shipped = func() (*catalog.Catalog, error) { return o.Catalog, nil }
	}
	names := catalog.ShippedSpellings
	if o.Catalog != nil {
		names = func() ([]catalog.Group, error) { return o.Catalog.Spellings, nil }
	}
	s.groups = sync.OnceValues(func() (*spelling.Groups, error) {
		all, err := names()
		return spelling.New(all), err
	})
	return s
}

// start lets calls in; c is the connection for lists, nil until one is needed.
func (s *Store) start(c *conn) {
	s.key.hold()
	s.lists <- c
	s.finds <- nil
	s.finds <- nil
	s.writer.turn <- struct{}{}
}

// enter makes sure that there is a store, and says to others that it is open.
func (s *Store) enter(ctx context.Context) error {
	if err := refuseRemote(s.dir); err != nil {
		return err
	}
	if err := s.prepare(); err != nil {
		return err
	}
	lock, unclean, err := attend(ctx, s.dir, s.readOnly)
	if err != nil {
		return err
	}
	s.presence = lock
	if err := ensure(ctx, s.dir, s.key, s.readOnly); err != nil {
		s.leave()
		return err
	}
	if unclean {
		note(s.dir)
	}
	return nil
}

// prepare refuses what is no store before anything is touched, and makes the
// folder of one that is to be made.
func (s *Store) prepare() error {
	if swapBegun(s.dir) {
		return nil
	}
	st, err := inspect(s.path, s.key)
	if err != nil || st != absent || s.readOnly {
		return err
	}
	return classify(s.path, os.MkdirAll(s.dir, dirMode))
}

// leave takes back what enter said.
func (s *Store) leave() error {
	if s.presence == nil {
		return nil
	}
	return s.presence.Unlock()
}

// connect opens one more connection to the store and looks at it as SQLite sees
// it, journal included.
func (s *Store) connect(r role) (*conn, error) {
	flags := sqlite3.OPEN_READONLY
	if !s.readOnly {
		// Readers too: one that may not write cannot build the shared index.
		flags = sqlite3.OPEN_READWRITE
		if err := s.touch(); err != nil {
			return nil, classify(s.path, err)
		}
	}
	c, err := connectThrough(s.vfs, s.path, flags, r)
	if err != nil {
		return nil, classify(s.path, err)
	}
	c.groups, c.guesses = s.groups, &s.guesses
	if r == reader {
		if err := c.Exec("PRAGMA query_only = ON"); err != nil {
			c.Close()
			return nil, classify(s.path, err)
		}
	}
	version, _, err := c.number("PRAGMA user_version")
	switch {
	case err != nil:
		err = classify(s.path, err)
	case version > schemaVersion:
		err = &Newer{s.path, int(version), schemaVersion}
	case version < schemaVersion:
		err = &Damaged{s.path, fmt.Errorf("schema %d in the journal, %d in the file", version, schemaVersion)}
	default:
		return c, nil
	}
	c.Close()
	return nil, err
}

// touch makes sure that the file may be written and that the shared index of
// the journal is ours alone from its first byte: SQLite would make it with the
// mode that the umask allows.
func (s *Store) touch() error {
	f, err := os.OpenFile(s.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	f.Close()
	f, err = os.OpenFile(s.path+"-shm", os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return err
	}
	return f.Close()
}

// Close waits for running calls, then closes the store. Later calls fail.
func (s *Store) Close() error {
	if _, ok := <-s.writer.turn; !ok {
		return nil
	}
	errs := []error{s.flushWords(s.writer.conn), s.mover.close(), s.writer.conn.Close()}
	for range cap(s.lists) {
		errs = append(errs, (<-s.lists).Close())
	}
	for range cap(s.finds) {
		errs = append(errs, (<-s.finds).Close())
	}
	s.key.release()
	close(s.writer.turn)
	close(s.lists)
	close(s.finds)
	return errors.Join(append(errs, s.leave())...)
}

// errClosed is what calls after Close get.
var errClosed = errors.New("use store: it is closed")

// read lends a connection for lists to f.
func (s *Store) read(ctx context.Context, f func(c *conn) error) error {
	return s.lend(ctx, s.lists, f)
}

// find lends a connection for searches to f: a long search must not hold up a
// list, nor a search that is being given up the one that follows it.
func (s *Store) find(ctx context.Context, f func(c *conn) error) error {
	return indexTrouble(s.path, s.lend(ctx, s.finds, f))
}

func (s *Store) lend(ctx context.Context, pool chan *conn, f func(c *conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var c *conn
	var ok bool
	select {
	case c, ok = <-pool:
	case <-ctx.Done():
		return ctx.Err()
	}
	if !ok {
		return errClosed
	}
	defer func() { pool <- c }()
	if c == nil {
		var err error
		if c, err = s.connect(reader); err != nil {
			c = nil
			return err
		}
	}
	c.SetInterrupt(ctx)
	defer c.SetInterrupt(background)
	return s.explain(ctx, f(c))
}

// explain gives ctx's error instead of SQLite's interruption by it.
func (s *Store) explain(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && (errors.Is(err, sqlite3.INTERRUPT) || errors.Is(err, sqlite3.BUSY)) {
		return ctx.Err()
	}
	return classify(s.path, err)
}

// snapshot lends a connection for lists whose reads all see one state.
func (s *Store) snapshot(ctx context.Context, f func(c *conn) error) error {
	return s.read(ctx, func(c *conn) error {
		if err := c.Exec("BEGIN"); err != nil {
			return err
		}
		defer func() {
			c.SetInterrupt(background)
			c.Exec("ROLLBACK")
		}()
		return f(c)
	})
}
