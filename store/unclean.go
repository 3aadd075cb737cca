package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// uncleanName is an empty file that says since when the store is to be checked:
// a process that had it open was killed, or the machine lost its power. SQLite
// takes both; disks that lie about what they wrote do not show otherwise.
const uncleanName = "sitrep.unclean"

// note keeps the sign of an unclean end, also when the next one ends cleanly.
func note(dir string) {
	f, err := os.OpenFile(filepath.Join(dir, uncleanName), os.O_CREATE|os.O_RDONLY, fileMode)
	if err == nil {
		f.Close()
	}
}

// Checked is what the last check of the store's file said.
type Checked struct {
	At      time.Time // zero: never
	Problem string    // "" when nothing was wrong
	// Unclean is when the store was found left without being closed, zero when
	// it was not, or was checked since.
	Unclean time.Time
}

// LastCheck returns what is known of the last check.
func (s *Store) LastCheck(ctx context.Context) (out Checked, err error) {
	if info, err := os.Stat(filepath.Join(s.dir, uncleanName)); err == nil {
		out.Unclean = info.ModTime()
	}
	err = s.read(ctx, func(c *conn) error {
		at, err := numberSetting(c, keyCheck)
		if err != nil {
			return err
		}
		out.At = fromUnix(at)
		out.Problem, err = setting(c, keyProblem)
		return err
	})
	return out, err
}

// CheckUnclean runs SQLite's quick_check if the store was left without being
// closed since the last one, on a connection of its own, and keeps what it said.
// It returns that, "" when nothing is wrong. It reads the whole file: never on
// the way to the first frame. It ends with ctx.
func (s *Store) CheckUnclean(ctx context.Context) (problem string, err error) {
	path := filepath.Join(s.dir, uncleanName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || s.readOnly {
		return "", nil
	}
	return s.CheckFile(ctx)
}

// CheckFile runs SQLite's quick_check, keeps what it said and returns it, "" when
// nothing is wrong.
func (s *Store) CheckFile(ctx context.Context) (problem string, err error) {
	if problem, err = s.quickCheck(ctx); err != nil || s.readOnly {
		return problem, err
	}
	if problem != "" {
		return problem, s.keepCheck(ctx, problem)
	}
	return "", s.keepSound(ctx)
}

// keepSound keeps that nothing was wrong.
func (s *Store) keepSound(ctx context.Context) error {
	if err := s.keepCheck(ctx, ""); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(s.dir, uncleanName)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// quickCheck returns what SQLite finds wrong first, "" for nothing.
func (s *Store) quickCheck(ctx context.Context) (problem string, err error) {
	c, err := s.connect(reader)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.SetInterrupt(ctx)
	problem, _, err = c.text("PRAGMA quick_check(1)")
	var damaged *Damaged
	switch err = s.explain(ctx, err); {
	case errors.As(err, &damaged):
		return damaged.Err.Error(), nil
	case problem == "ok":
		problem = ""
	}
	return plain(problem), err
}

func (s *Store) keepCheck(ctx context.Context, problem string) error {
	return s.write(ctx, fetchable, func(c *conn) error {
		if err := setNumber(c, keyCheck, unix(s.now())); err != nil {
			return err
		}
		return setSetting(c, keyProblem, problem)
	})
}
