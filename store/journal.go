package store

import (
	"errors"
	"os"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// SQLite appends commits to a journal (its write-ahead log) and moves them into
// the file at a checkpoint, which waits for the disk several times. During bulk
// writing that is done beside the writer, so that what is left to do when the
// journal has to be emptied, for which the writer has to stand still, is little.
const (
	// maxJournal is the size at which the journal is emptied. SQLite's own limit
	// counts pages and never shortens it: two steady writers would let it grow
	// for ever.
	maxJournal = 32 << 20
	// moveEvery is how much the journal grows between two moves beside the writer.
	moveEvery = 6 << 20
	// checkpointWait is how long emptying waits for readers.
	checkpointWait = 50 * time.Millisecond
)

// mover moves the journal into the file beside the writer. Its methods are
// called by who has the writer.
type mover struct {
	conn *conn         // opened by the first move; of the one who moves
	idle chan struct{} // a token while nobody moves
	next int64         // size of the journal at which the next move begins
}

func newMover() mover {
	m := mover{idle: make(chan struct{}, 1), next: moveEvery}
	m.idle <- struct{}{}
	return m
}

// shorten keeps the journal short. Readers that still use it make that
// impossible for now; a later commit tries again.
func (s *Store) shorten(c *conn) error {
	info, err := os.Stat(s.path + "-wal")
	if err != nil || info.Size() < s.mover.next {
		return nil
	}
	if info.Size() < maxJournal {
		s.mover.next = info.Size() + moveEvery
		s.moveBeside()
		return nil
	}
	s.mover.wait()
	if err := c.BusyTimeout(checkpointWait); err != nil {
		return err
	}
	_, _, err = c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	switch {
	case err == nil:
		s.mover.next = moveEvery
	case errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED):
		err = nil
	}
	return errors.Join(err, c.BusyTimeout(busyTimeout))
}

// moveBeside starts to move what the journal holds now, unless that is being
// done. A move that fails, even in a panic, is no loss: the journal is moved when
// it is emptied.
func (s *Store) moveBeside() {
	select {
	case <-s.mover.idle:
	default:
		return
	}
	go func() {
		defer func() { s.mover.idle <- struct{}{} }()
		defer func() { _ = recover() }()
		if s.mover.conn == nil {
			c, err := s.connect(author)
			if err != nil {
				return
			}
			s.mover.conn = c
		}
		_, _, _ = s.mover.conn.WALCheckpoint("main", sqlite3.CHECKPOINT_PASSIVE)
	}()
}

// wait returns when nobody moves.
func (m *mover) wait() { m.idle <- <-m.idle }

// close ends moving for good.
func (m *mover) close() error {
	<-m.idle
	return m.conn.Close()
}
