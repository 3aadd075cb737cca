package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"sitrep/store/vault"
)

// Sealing is how a store is to be encrypted.
type Sealing struct {
	Passphrase []byte
	Cost       vault.Cost // of a guess at it; the zero value is vault.Usual
	InKeyring  bool       // see KeyringName
}

// ErrAlready is returned when a store is encrypted that is, or decrypted that is not.
var ErrAlready = errors.New("convert store: it is so already")

// Encrypt makes the store in dir an encrypted one, or a new one if there is none,
// and returns its key and how many articles it holds. The encrypted copy is checked
// and the rows of all its tables are counted before it takes the store's place, and
// only then the plain file is overwritten and removed: whenever the process is
// killed, there is one whole store, and beside it at worst a plain copy, which
// PlainCopies finds. Nobody may have the store open (InUse).
func Encrypt(ctx context.Context, dir string, o Options, how Sealing, say func(string)) (*Key, int, error) {
	if how.Cost == (vault.Cost{}) {
		how.Cost = vault.Usual()
	}
	f, secret, err := vault.New(how.Passphrase, how.Cost)
	if err != nil {
		return nil, 0, err
	}
	f.Keyring = how.InKeyring
	k := newKey(f, secret, "")
	o.Key = nil
	n, err := convert(ctx, dir, o, conversion{to: k, key: keyChange{file: f}, aside: "plain"}, say)
	if err != nil {
		return nil, 0, errors.Join(err, k.Erase())
	}
	return k, n, nil
}

// Decrypt makes the encrypted store in dir, which o.Key opens, a plain one, by the
// steps of Encrypt, and removes the key file.
func Decrypt(ctx context.Context, dir string, o Options, say func(string)) (articles int, err error) {
	return convert(ctx, dir, o, conversion{key: keyChange{none: true}, aside: "sealed"}, say)
}

// conversion is what a store is to become.
type conversion struct {
	to    *Key // nil for a plain one
	key   keyChange
	aside string // why the present one is set aside
}

// convert puts a copy of the store in its place and removes the one of before.
func convert(ctx context.Context, dir string, o Options, how conversion, say func(string)) (articles int, err error) {
	if say == nil {
		say = func(string) {}
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return 0, fmt.Errorf("convert store: %w", err)
	}
	lock, err := reserve(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer lock.Unlock()
	path := filepath.Join(dir, fileName)
	st, err := inspect(path, o.Key)
	switch {
	case isAlready(err):
		return 0, ErrAlready
	case err == nil && st == older:
		err = upgrade(path, o.Key)
	}
	if err != nil {
		return 0, err
	}
	fresh := path + ".converted"
	removeDatabase(fresh)
	defer removeDatabase(fresh)
	s := newStore(dir, fileName, o)
	if st == absent {
		err = empty(fresh, how.to)
	} else {
		articles, err = s.convertInto(ctx, fresh, how.to, say)
	}
	if err != nil {
		return 0, classify(path, err)
	}
	old, err := putInPlace(dir, fresh, how.aside, how.key, s.now())
	if err != nil || old == "" {
		return articles, err
	}
	say("Removing the store of before.")
	return articles, removeOld(old)
}

func removeOld(path string) error {
	if err := errors.Join(Shred(path), shredFile(path+keySuffix)); err != nil {
		return &Left{path, err}
	}
	return nil
}

func isAlready(err error) bool {
	return errors.As(err, new(*Sealed)) || errors.As(err, new(*Unsealed))
}

// convertInto makes the file fresh a copy of the store under another key, and
// returns how many articles it holds. Nobody else has the store open.
func (s *Store) convertInto(ctx context.Context, fresh string, k *Key, say func(string)) (int, error) {
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_EXCL|os.O_RDWR, fileMode)
	if err != nil {
		return 0, err
	}
	f.Close()
	say("Copying the store.")
	rows, err := s.copyCounted(ctx, fresh, k)
	if err != nil {
		return 0, err
	}
	say("Checking and counting the copy.")
	err = examine(ctx, fresh, k, func(c *conn) error {
		copied, err := countRows(c)
		if err != nil {
			return err
		}
		for table, n := range rows {
			if copied[table] != n {
				return &BadCopy{fresh, fmt.Sprintf("%d rows of %s, the store has %d", copied[table], table, n)}
			}
		}
		return settle(c)
	})
	return int(rows["articles"]), err
}

// copyCounted copies the store and returns how many rows each of its tables has.
// Closing its connection moves the journal into the file.
func (s *Store) copyCounted(ctx context.Context, fresh string, k *Key) (rows map[string]int64, err error) {
	c, err := s.connect(author)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.SetInterrupt(ctx)
	if err := copyInto(c, fresh, k); err != nil {
		return nil, s.explain(ctx, err)
	}
	rows, err = countRows(c)
	return rows, s.explain(ctx, err)
}

// countRows counts the rows of every table, those of the search index among them.
func countRows(c *conn) (map[string]int64, error) {
	var names []string
	err := c.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0", nil, func(s *sqlite3.Stmt) error {
		names = append(names, s.ColumnText(0))
		return nil
	})
	rows := map[string]int64{}
	for _, name := range names {
		if err != nil {
			return nil, err
		}
		rows[name], _, err = c.number(fmt.Sprintf("SELECT count(*) FROM %q", name))
	}
	return rows, err
}
