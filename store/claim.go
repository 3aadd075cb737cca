package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"sitrep/feeds/refresh"
)

// claim is the lock of the bulk writer. The system gives it up when its owner
// ends, however it ends.
type claim struct {
	s    *Store
	lock *flock.Flock
	once sync.Once

	stopTidying func()
}

// Running takes the lock for a moment to see whether it is free; Claim must not
// take that for a refresh.
const (
	claimTries = 5
	claimPause = 4 * time.Millisecond
)

// Claim implements refresh.Archive. It also brings the subscribed feeds of the
// catalogue up to date with the catalogue.
func (s *Store) Claim(ctx context.Context) (refresh.Claim, error) {
	if s.readOnly {
		return nil, &ReadOnly{s.path, errors.New("opened for reading only")}
	}
	lock := flock.New(filepath.Join(s.dir, claimName), flock.SetPermissions(fileMode))
	for try := range claimTries {
		if try > 0 {
			select {
			case <-time.After(claimPause):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		ok, err := lock.TryLock()
		if err != nil {
			return nil, classify(s.path, fmt.Errorf("claim archive: %w", err))
		}
		if ok {
			cl := &claim{s: s, lock: lock, stopTidying: func() {}}
			if err := s.syncCatalog(ctx); err != nil {
				return nil, errors.Join(err, cl.lock.Unlock())
			}
			cl.tidyBesides()
			return cl, nil
		}
	}
	return nil, refresh.ErrBusy
}

// A refresh waits for the network most of the time. After so long without
// anything to save it tidies, looking that often.
const (
	idleAfter = 100 * time.Millisecond
	idleLook  = 50 * time.Millisecond
)

// tidyBesides tidies while there is nothing to save.
func (c *claim) tidyBesides() {
	ctx, stop := context.WithCancel(background)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }() // only speed depends on it
		look := time.NewTicker(idleLook)
		defer look.Stop()
		tidied := int64(-1) // after the save at that time
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
			}
			saved := c.s.saved.Load()
			if saved == tidied || time.Since(time.Unix(0, saved)) < idleAfter {
				continue
			}
			if more, err := c.s.Tidy(ctx, 0); err != nil || !more {
				tidied = saved
			}
		}
	}()
	c.stopTidying = func() { stop(); <-done }
}

// Report puts the progress where other processes read it: a file of its own,
// replaced as a whole.
func (c *claim) Report(p refresh.Progress) {
	b, err := json.Marshal(p)
	if err != nil {
		return
	}
	if b, err = c.s.key.SealNote(b); err != nil {
		return
	}
	path := filepath.Join(c.s.dir, progressName)
	if os.WriteFile(path+".new", b, fileMode) == nil {
		_ = os.Rename(path+".new", path) // reports may be lost
	}
}

// Release writes what is only counted so far and gives the lock up.
func (c *claim) Release() (err error) {
	c.once.Do(func() {
		c.stopTidying()
		err = c.s.withWriter(background, c.s.flushWords)
		if e := os.Remove(filepath.Join(c.s.dir, progressName)); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
		err = errors.Join(err, c.lock.Unlock())
	})
	return err
}

// Running implements refresh.Archive.
func (s *Store) Running(ctx context.Context) (p refresh.Progress, running bool, err error) {
	lock := flock.New(filepath.Join(s.dir, claimName), flock.SetPermissions(fileMode))
	if _, err := os.Stat(lock.Path()); errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	free, err := lock.TryLock()
	if err != nil {
		return p, false, classify(s.path, fmt.Errorf("look at running refresh: %w", err))
	}
	if free {
		return p, false, lock.Unlock()
	}
	b, err := os.ReadFile(filepath.Join(s.dir, progressName))
	if err == nil {
		b, err = s.key.OpenNote(b)
	}
	if err == nil {
		_ = json.Unmarshal(b, &p) // of an older version, perhaps
	}
	return p, true, nil
}

// mergePages is how much of the search index one step of Tidy merges: about
// 50 ms.
const mergePages = 300

// Tidy does work that can wait, in short transactions until the time is used
// up: it ends a rebuild of the search index that was begun, counts words that a
// killed process left uncounted, merges the parts of the index and fills watches.
// It reports whether there is more. Nothing else depends on it but speed; an idle
// program calls it now and then.
func (s *Store) Tidy(ctx context.Context, budget time.Duration) (more bool, err error) {
	end := time.Now().Add(budget)
	for {
		err = s.withWriter(ctx, func(c *conn) error {
			if more, err = s.indexMore(ctx, c); err != nil || more {
				return err
			}
			if s.words == nil { // else they are being counted
				if more, err = s.catchUp(ctx, c); err != nil || more {
					return err
				}
			}
			st, err := readStructure(c)
			if err != nil {
				return err
			}
			crowded, first := st.crowded(fanIn)
			if more = crowded; more {
				more, err = s.merge(c, mergePages, first)
			}
			return err
		})
		if err == nil && !more {
			more, err = s.fillMore(ctx)
		}
		if err != nil || !more || time.Now().After(end) {
			return more, err
		}
	}
}

// merge does a step of merging: all of the first level, or up to so many pages
// of larger segments. It reports whether it found work; FTS5 says so in the
// count of changes (its documentation, 6.8).
func (s *Store) merge(c *conn, pages int, first bool) (worked bool, err error) {
	if first {
		if worked, err = s.mergeFirst(c); !errors.Is(err, errUnknown) {
			return worked, err
		}
	}
	err = s.commit(c, fetchable, func(c *conn) error {
		before := c.TotalChanges()
		err := c.exec("INSERT INTO search(search, rank) VALUES('merge', ?)", pages)
		worked = c.TotalChanges()-before >= 2
		return err
	})
	return worked, err
}
