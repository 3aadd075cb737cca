package store

import (
	"context"
	"errors"
)

// writer is the one connection of this process that writes, opened by the first
// act. turn holds one token: who takes it may write.
type writer struct {
	turn chan struct{}
	conn *conn
	full bool // synchronous is FULL
}

// durability says what a commit has to survive.
type durability bool

const (
	kept      durability = true  // power loss: what only the reader knows
	fetchable durability = false // the end of the process: what can be fetched again
)

// write runs f in a transaction. Waiting for the turn and for other processes
// ends with ctx; f does not.
func (s *Store) write(ctx context.Context, d durability, f func(c *conn) error) error {
	return s.withWriter(ctx, func(c *conn) error { return s.commit(c, d, f) })
}

// commit is write for who holds the writing connection already.
func (s *Store) commit(c *conn, d durability, f func(c *conn) error) error {
	if err := s.writer.sync(d); err != nil {
		return err
	}
	if err := inTransaction(c, func() error { return f(c) }); err != nil {
		return err
	}
	return s.shorten(c)
}

// withWriter lends the writing connection to f, outside a transaction.
func (s *Store) withWriter(ctx context.Context, f func(c *conn) error) error {
	if s.readOnly {
		return &ReadOnly{s.path, errors.New("opened for reading only")}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case _, ok := <-s.writer.turn:
		if !ok {
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.writer.turn <- struct{}{} }()
	if s.writer.conn == nil {
		c, err := s.connect(author)
		if err != nil {
			return err
		}
		if err := c.WALAutoCheckpoint(0); err != nil {
			c.Close()
			return err
		}
		s.writer.conn, s.writer.full = c, false
	}
	s.writer.conn.SetInterrupt(ctx)
	defer s.writer.conn.SetInterrupt(background)
	return s.explain(ctx, f(s.writer.conn))
}

// sync sets what the next commit survives. In WAL, FULL syncs the journal at
// each commit; NORMAL only before it is moved into the file.
func (w *writer) sync(d durability) error {
	full := d == kept
	if full == w.full {
		return nil
	}
	mode := "NORMAL"
	if full {
		mode = "FULL"
	}
	if err := w.conn.Exec("PRAGMA synchronous = " + mode); err != nil {
		return err
	}
	w.full = full
	return nil
}
