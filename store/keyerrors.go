package store

import "fmt"

// WrongPassphrase is a pass phrase that does not open the key of a store. The key
// file itself is whole.
type WrongPassphrase struct{ Path string }

func (e *WrongPassphrase) Error() string {
	return fmt.Sprintf("open store %s: wrong pass phrase", e.Path)
}

// Sentence tells the reader.
func (e *WrongPassphrase) Sentence() string {
	return "That is not the pass phrase of this store. Nothing was opened or changed."
}

// Sealed is an encrypted store that was to be opened without its key.
type Sealed struct{ Path string }

func (e *Sealed) Error() string { return fmt.Sprintf("open store %s: it is encrypted", e.Path) }

// Sentence tells the reader.
func (e *Sealed) Sentence() string {
	return fmt.Sprintf("The store %s is encrypted, and its pass phrase was not given. Nothing was opened or changed.", e.Path)
}

// KeyMissing is a store that is encrypted, or looks so, without its key file.
type KeyMissing struct{ Path string }

func (e *KeyMissing) Error() string {
	return fmt.Sprintf("open store %s: the key file %s is missing", e.Path, e.Path+keySuffix)
}

// Sentence tells the reader.
func (e *KeyMissing) Sentence() string {
	return fmt.Sprintf("%s is no readable sitrep store; it looks encrypted, and its key file %s is not there. Put that file back: each backup has a copy of it beside it, under the backup's name with %s. Nothing was changed.",
		e.Path, e.Path+keySuffix, keySuffix)
}

// KeyDamaged is a key file that is not as it was written.
type KeyDamaged struct {
	Path string // of the key file
	Err  error
}

func (e *KeyDamaged) Error() string { return fmt.Sprintf("read key file %s: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *KeyDamaged) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *KeyDamaged) Sentence() string {
	return fmt.Sprintf("The key file %s is damaged, or was made by a newer sitrep, so that no pass phrase opens it. Put a copy of it in its place: each backup has one beside it, under the backup's name with %s. Nothing was changed.",
		e.Path, keySuffix)
}

// OtherKey is a key that does not decrypt the store beside which its file lies.
type OtherKey struct{ Path string }

func (e *OtherKey) Error() string {
	return fmt.Sprintf("open store %s: the key file beside it is not its own", e.Path)
}

// Sentence tells the reader.
func (e *OtherKey) Sentence() string {
	return fmt.Sprintf("The pass phrase opens the key file %s, but that is not the key of %s: it belongs to another store, or all of the store is damaged. Nothing was changed.", e.Path+keySuffix, e.Path)
}

// Unsealed is a store that was to be opened with a key and needs none: somebody
// decrypted it meanwhile.
type Unsealed struct{ Path string }

func (e *Unsealed) Error() string { return fmt.Sprintf("open store %s: it is not encrypted", e.Path) }

// Sentence tells the reader.
func (e *Unsealed) Sentence() string {
	return fmt.Sprintf("The store %s was encrypted a moment ago and no longer is. Try again; nothing was changed.", e.Path)
}
