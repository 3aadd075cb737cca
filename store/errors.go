package store

import (
	"errors"
	"fmt"

	"sitrep/feeds"
)

// ErrNotFound is returned for an article, feed or briefing that is not there.
var ErrNotFound = errors.New("not found")

// ErrNothing is returned by Undo and Redo when there is no act left.
var ErrNothing = errors.New("nothing to take back")

// errNoFeed is an answer of a feed that is not in the store.
func errNoFeed(id feeds.FeedID) error { return fmt.Errorf("save feed %d: %w", id, ErrNotFound) }

// Each of the errors of Open leaves the file as it is and has a Sentence for
// the reader: what is the matter and what to try.

// NotOurs is a file at the store's place that another program made.
type NotOurs struct {
	Path string
	What string // what it is: "a folder", "a database of another program"
}

func (e *NotOurs) Error() string { return fmt.Sprintf("open store %s: it is %s", e.Path, e.What) }

// Sentence tells the reader.
func (e *NotOurs) Sentence() string {
	return fmt.Sprintf("%s is %s, not a sitrep store. Move it away or choose another folder for the store; nothing was changed.", e.Path, e.What)
}

// Newer is a store that a later version of sitrep made.
type Newer struct {
	Path       string
	Have, Know int // schema versions
}

func (e *Newer) Error() string {
	return fmt.Sprintf("open store %s: schema %d is newer than %d", e.Path, e.Have, e.Know)
}

// Sentence tells the reader.
func (e *Newer) Sentence() string {
	return fmt.Sprintf("The store %s was made by a newer sitrep (schema %d, this one knows %d). Install the newer version to read it; nothing was changed.", e.Path, e.Have, e.Know)
}

// Locked is a store that another process kept locked for longer than we wait.
type Locked struct {
	Path string
	Err  error
}

func (e *Locked) Error() string { return fmt.Sprintf("open store %s: locked: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *Locked) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *Locked) Sentence() string {
	return fmt.Sprintf("The store %s is locked by another program. Close it or try again in a moment.", e.Path)
}

// ReadOnly is a store that may not be written.
type ReadOnly struct {
	Path string
	Err  error
}

func (e *ReadOnly) Error() string { return fmt.Sprintf("open store %s: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *ReadOnly) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *ReadOnly) Sentence() string {
	return fmt.Sprintf("The store %s cannot be written: this user may not change the file or its folder. Check their permissions and whether the disk is mounted read-only.", e.Path)
}

// NoPlace is a folder for the store that does not exist and cannot be made.
type NoPlace struct {
	Path string
	Err  error
}

func (e *NoPlace) Error() string { return fmt.Sprintf("open store %s: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *NoPlace) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *NoPlace) Sentence() string {
	return fmt.Sprintf("The folder of the store %s cannot be made: something on the way to it is no folder. Choose another one with --store.", e.Path)
}

// Damaged is a store that cannot be read as one.
type Damaged struct {
	Path string
	Err  error
}

func (e *Damaged) Error() string { return fmt.Sprintf("open store %s: damaged: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *Damaged) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *Damaged) Sentence() string {
	return fmt.Sprintf("The store %s is damaged (%v). It was left as it is. sitrep repair sets it aside and saves what can be read of it.", e.Path, e.Err)
}

// Busy is a store that another process writes much to, so that no other such
// work may begin.
type Busy struct{ Path string }

func (e *Busy) Error() string {
	return fmt.Sprintf("write store %s: another process refreshes", e.Path)
}

// Sentence tells the reader.
func (e *Busy) Sentence() string {
	return "Another sitrep is refreshing this store, and only one at a time can write so much. Try again when it is done; nothing was changed."
}

// IndexDamaged is a search index that cannot be read. What is stored is not
// affected: the index is made from it.
type IndexDamaged struct {
	Path string
	Err  error
}

func (e *IndexDamaged) Error() string {
	return fmt.Sprintf("search store %s: index damaged: %v", e.Path, e.Err)
}

// Unwrap returns the cause.
func (e *IndexDamaged) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *IndexDamaged) Sentence() string {
	return "The search index is damaged, so that nothing can be found for now. Reading goes on; sitrep repair makes the index again from the stored articles."
}

// indexTrouble says of a search that met damage that it is the index's: lists
// find out when it is not.
func indexTrouble(path string, err error) error {
	var damaged *Damaged
	if errors.As(err, &damaged) {
		return &IndexDamaged{path, damaged.Err}
	}
	return err
}

// Orphan is the journal of a store whose main file is gone. It may hold the
// last acts of the reader, so that it is not written over.
type Orphan struct{ Path string }

func (e *Orphan) Error() string { return fmt.Sprintf("open store: journal %s has no store", e.Path) }

// Sentence tells the reader.
func (e *Orphan) Sentence() string {
	return fmt.Sprintf("%s belongs to a store that is no longer beside it. Put the store back, or move this file away to start with a new one.", e.Path)
}

// Full is a disk that took no more.
type Full struct{ Err error }

func (e *Full) Error() string { return fmt.Sprintf("write store: disk full: %v", e.Err) }

// Unwrap returns the cause.
func (e *Full) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *Full) Sentence() string {
	return "The disk is full: nothing more can be stored. What was stored before is safe; free some space and try again."
}

// DiskFailed is a disk, or a connection to one, that reads or writes no more.
type DiskFailed struct{ Err error }

func (e *DiskFailed) Error() string { return fmt.Sprintf("use store: disk failed: %v", e.Err) }

// Unwrap returns the cause.
func (e *DiskFailed) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *DiskFailed) Sentence() string {
	return fmt.Sprintf("The disk that holds the store does not read or write any more (%v). What was stored before is not touched; check the disk, and copy the store to another one with sitrep backup.", e.Err)
}
