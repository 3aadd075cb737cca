package config

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/zalando/go-keyring"
)

// Secrets keeps what must not stand in the store: in the system's keyring, or
// where there is none in a file that only this user can read.
type Secrets struct {
	file   string
	ring   ring
	cipher Cipher // of the file, nil for a plain one
}

// Cipher encrypts the file beside an encrypted store.
type Cipher interface {
	SealNote(plain []byte) ([]byte, error)
	OpenNote(sealed []byte) ([]byte, error)
}

// sealedMark begins a file that is encrypted.
const sealedMark = "sitrep: encrypted as the store is\n"

// ring is the system's keyring.
type ring interface {
	Set(service, user, secret string) error
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

// The keys begin with the place where the secret is.
const (
	inRing = "keyring:"
	inFile = "file:"
)

// ErrNoSecret is returned for a key under which nothing is kept.
var ErrNoSecret = errors.New("nothing is kept for it; sitrep feeds set gives it anew")

// OpenSecrets returns the secrets of the store in dir; c is nil for one that is not
// encrypted. Nothing is read or made yet.
func OpenSecrets(dir string, c Cipher) *Secrets {
	s := &Secrets{file: secretsFile(dir), cipher: c}
	if hasRing() {
		s.ring = patient{systemRing{}}
	}
	return s
}

func secretsFile(dir string) string { return filepath.Join(dir, "secrets.json") }

// PlainSecrets returns the file of secrets that anybody can read beside the store
// in dir, "" when there is none.
func PlainSecrets(dir string) string {
	data, err := os.ReadFile(secretsFile(dir))
	if err != nil || bytes.HasPrefix(data, []byte(sealedMark)) {
		return ""
	}
	return secretsFile(dir)
}

// Rewrite encrypts the file with another cipher, or writes it in the clear with
// nil. Without a file it does nothing.
func (s *Secrets) Rewrite(to Cipher) error {
	if _, err := os.Stat(s.file); errors.Is(err, fs.ErrNotExist) {
		s.cipher = to
		return nil
	}
	return s.change(func(map[string]string) { s.cipher = to })
}

// Put keeps a secret and returns its key.
func (s *Secrets) Put(secret string) (key string, err error) {
	key = rand.Text()
	if s.ring != nil && s.ring.Set(name, key, secret) == nil {
		return inRing + key, nil
	}
	return inFile + key, s.change(func(all map[string]string) { all[key] = secret })
}

// Get returns a secret. The error holds none and can be shown.
func (s *Secrets) Get(key string) (string, error) {
	if id, ok := strings.CutPrefix(key, inRing); ok {
		if s.ring == nil {
			return "", errors.New("the system's keyring cannot be reached from here")
		}
		secret, err := s.ring.Get(name, id)
		switch {
		case errors.Is(err, keyring.ErrNotFound):
			return "", ErrNoSecret
		case err != nil:
			return "", errors.New("the system's keyring does not open")
		}
		return secret, nil
	}
	all, err := s.read()
	if err != nil {
		return "", err
	}
	secret, ok := all[strings.TrimPrefix(key, inFile)]
	if !ok {
		return "", ErrNoSecret
	}
	return secret, nil
}

// Delete forgets a secret; one that is not there is no error.
func (s *Secrets) Delete(key string) error {
	if id, ok := strings.CutPrefix(key, inRing); ok {
		if s.ring == nil {
			return errors.New("the system's keyring cannot be reached from here")
		}
		if err := s.ring.Delete(name, id); err != nil && !errors.Is(err, keyring.ErrNotFound) {
			return errors.New("the system's keyring does not open")
		}
		return nil
	}
	if _, err := s.Get(key); errors.Is(err, ErrNoSecret) {
		return nil
	}
	return s.change(func(all map[string]string) { delete(all, strings.TrimPrefix(key, inFile)) })
}

// lockTime is how long another process may take to change the file.
const lockTime = 5 * time.Second

// change reads the file, changes what it holds and writes it; two processes do so
// one after the other, so that neither loses what the other one keeps.
func (s *Secrets) change(f func(all map[string]string)) error {
	lock := flock.New(s.file+".lock", flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), lockTime)
	defer cancel()
	switch _, err := lock.TryLockContext(ctx, 10*time.Millisecond); {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("write secrets: another process does not let go of %s", s.file)
	case err != nil:
		return fmt.Errorf("write secrets: %w", cause(err))
	}
	defer func() { _ = lock.Close() }()
	all, err := s.read()
	if err != nil {
		return err
	}
	f(all)
	return s.write(all)
}

func (s *Secrets) read() (map[string]string, error) {
	all := map[string]string{}
	data, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read secrets: %w", cause(err))
	}
	if sealed, ok := bytes.CutPrefix(data, []byte(sealedMark)); ok {
		if s.cipher == nil {
			return nil, fmt.Errorf("read secrets: %s is encrypted, and the store is not", s.file)
		}
		if data, err = s.cipher.OpenNote(sealed); err != nil {
			return nil, fmt.Errorf("read secrets: %s is encrypted with the key of another store, or damaged", s.file)
		}
	}
	if json.Unmarshal(data, &all) != nil { // its own words might repeat a secret
		return nil, fmt.Errorf("read secrets: %s is damaged", s.file)
	}
	return all, nil
}

// write replaces the file as a whole; it is 0600 from its first byte.
func (s *Secrets) write(all map[string]string) error {
	if len(all) == 0 {
		return os.Remove(s.file)
	}
	data, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write secrets: %w", err)
	}
	if s.cipher != nil {
		if data, err = s.cipher.SealNote(data); err != nil {
			return fmt.Errorf("write secrets: %w", err)
		}
		data = append([]byte(sealedMark), data...)
	}
	f, err := os.CreateTemp(filepath.Dir(s.file), ".secrets-*") // 0600
	if err != nil {
		return fmt.Errorf("write secrets: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), s.file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write secrets: %w", err)
	}
	return nil
}

// systemRing is the keyring of this user's session.
type systemRing struct{}

func (systemRing) Set(service, user, secret string) error { return keyring.Set(service, user, secret) }

func (systemRing) Get(service, user string) (string, error) { return keyring.Get(service, user) }

func (systemRing) Delete(service, user string) error { return keyring.Delete(service, user) }

// hasRing tells whether there can be a keyring. On Linux it is asked over the
// session's bus; without one the library would start a bus for it, which nobody
// wants of a program in cron.
func hasRing() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid()))
	return err == nil
}

// ringTime is how long the keyring may take. A locked one asks the user, who may
// not be there.
const ringTime = 20 * time.Second

// patient is a ring that is not waited for for ever. The library takes no
// context, so the call that was given up goes on until the program ends.
type patient struct{ ring }

var errRingTime = errors.New("ask keyring: it does not answer")

func (p patient) Set(service, user, secret string) error {
	_, err := within(func() (string, error) { return "", p.ring.Set(service, user, secret) })
	return err
}

func (p patient) Get(service, user string) (string, error) {
	return within(func() (string, error) { return p.ring.Get(service, user) })
}

func (p patient) Delete(service, user string) error {
	_, err := within(func() (string, error) { return "", p.ring.Delete(service, user) })
	return err
}

func within(call func() (string, error)) (string, error) {
	type result struct {
		secret string
		err    error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- result{err: fmt.Errorf("keyring: %v", p)}
			}
		}()
		secret, err := call()
		done <- result{secret, err}
	}()
	select {
	case r := <-done:
		return r.secret, r.err
	case <-time.After(ringTime):
		return "", errRingTime
	}
}
