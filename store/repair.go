package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"sitrep/feeds/refresh"
)

// Repaired says what Repair found and did.
type Repaired struct {
	Found    Findings
	Salvaged *Salvaged // nil unless the store was set aside
	Left     Findings  // what is still wrong afterwards
}

// Repair checks the store in dir and mends what is wrong. The search index, the
// words table, counters and lists are made again in the store, while others read;
// data that are damaged themselves are saved into a new store, and the old one is
// kept under another name: nobody may have it open then (InUse). say, which may
// be nil, hears what is done next. It may be killed at any moment and run again.
func Repair(ctx context.Context, dir string, o Options, say func(string)) (out Repaired, err error) {
	if say == nil {
		say = func(string) {}
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return out, fmt.Errorf("repair store: %w", err)
	}
	if out.Found, err = repairInPlace(ctx, dir, o, say); err != nil {
		return out, err
	}
	if out.Found.Main != "" {
		say("Saving what can be read into a new store.")
		saved, err := salvage(ctx, dir, o)
		if err != nil {
			return out, err
		}
		out.Salvaged = &saved
		return out, nil
	}
	if out.Found.Sound() {
		return out, nil
	}
	say("Checking what was made.")
	s, err := Open(ctx, dir, o)
	if err != nil {
		return out, err
	}
	out.Left, err = s.Check(ctx)
	return out, errors.Join(err, s.settleCheck(ctx, out.Left), s.Close())
}

// settleCheck keeps what the check said.
func (s *Store) settleCheck(ctx context.Context, f Findings) error {
	if !f.Sound() {
		return s.keepCheck(ctx, f.Sentences()[0])
	}
	return s.keepSound(ctx)
}

// repairInPlace checks the store and heals what can be made again. Main of the
// findings is set when that cannot be done here.
func repairInPlace(ctx context.Context, dir string, o Options, say func(string)) (f Findings, err error) {
	s, err := Open(ctx, dir, o)
	var damaged *Damaged
	if errors.As(err, &damaged) {
		return Findings{Main: damaged.Err.Error()}, nil
	}
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	say("Checking the file, the lists, the counters and the words of every text.")
	if f, err = s.Check(ctx); err != nil {
		return f, err
	}
	switch {
	case f.Sound():
		return f, s.keepSound(ctx)
	case f.Main != "":
		return f, nil
	}
	err = s.heal(ctx, f, say)
	if errors.As(err, &damaged) { // the pages of the index cannot be given up
		f.Main, err = damaged.Err.Error(), nil
	}
	var index *IndexDamaged
	if errors.As(err, &index) {
		f.Main, err = index.Err.Error(), nil
	}
	return f, err
}

// heal makes again what can be made from other rows.
func (s *Store) heal(ctx context.Context, f Findings, say func(string)) (err error) {
	claim, err := s.reserveWriting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, claim.Release()) }()
	if f.Lists != "" || f.Counters {
		say("Putting lists and counters in order.")
		act := recountAll
		if f.Lists != "" {
			act = mend
		}
		if err := s.write(ctx, kept, act); err != nil {
			return err
		}
	}
	switch {
	case f.Search != "":
		say("Making the search index again from the stored texts. Reading goes on meanwhile.")
		err = s.withWriter(ctx, s.dropIndex)
	case f.Lists != "" || f.Words:
		say("Counting the words of the stored texts.")
		err = s.withWriter(ctx, func(c *conn) error {
			s.words = nil
			if f.Lists != "" { // articles may have come or gone
				return s.dropIndex(c)
			}
			return s.commit(c, fetchable, dropWords)
		})
	}
	if err != nil {
		return err
	}
	return s.tidyAll(ctx)
}

// reserveWriting is Claim with an error for people.
func (s *Store) reserveWriting(ctx context.Context) (refresh.Claim, error) {
	claim, err := s.Claim(ctx)
	if errors.Is(err, refresh.ErrBusy) {
		return nil, &Busy{s.path}
	}
	return claim, err
}

// tidyAll does all the work that Tidy does in steps.
func (s *Store) tidyAll(ctx context.Context) error {
	for {
		more, err := s.Tidy(ctx, time.Second)
		if err != nil || !more {
			return err
		}
	}
}
