package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/zalando/go-keyring"
)

// fakeRing is a keyring in memory that can be broken.
type fakeRing struct {
	kept   map[string]string
	broken error
}

func (r *fakeRing) Set(service, user, secret string) error {
	if r.broken == nil {
		r.kept[service+" "+user] = secret
	}
	return r.broken
}

func (r *fakeRing) Get(service, user string) (string, error) {
	secret, ok := r.kept[service+" "+user]
	switch {
	case r.broken != nil:
		return "", r.broken
	case !ok:
		return "", keyring.ErrNotFound
	}
	return secret, nil
}

func (r *fakeRing) Delete(service, user string) error {
	delete(r.kept, service+" "+user)
	return r.broken
}

func TestSecretsInTheKeyring(t *testing.T) {
	dir := t.TempDir()
	r := &fakeRing{kept: map[string]string{}}
	s := &Secrets{file: filepath.Join(dir, "secrets.json"), ring: r}
	key, err := s.Put("canary")
	if err != nil || !strings.HasPrefix(key, inRing) || strings.Contains(key, "canary") {
		t.Fatalf("%q, %v", key, err)
	}
	if got, err := s.Get(key); err != nil || got != "canary" {
		t.Errorf("%q, %v", got, err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("files %v", files)
	}
	r.broken = errors.New("canary is locked")
	if _, err := s.Get(key); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("locked: %v", err)
	}
	late, err := s.Put("other")
	if err != nil || !strings.HasPrefix(late, inFile) {
		t.Errorf("a locked keyring: %q, %v", late, err)
	}
	r.broken = nil
	if err := s.Delete(key); err != nil || len(r.kept) != 0 {
		t.Errorf("%v, %v", err, r.kept)
	}
	if _, err := s.Get(key); !errors.Is(err, ErrNoSecret) {
		t.Errorf("forgotten: %v", err)
	}
	if _, err := (&Secrets{file: s.file}).Get(key); err == nil {
		t.Error("no keyring, and a secret")
	}
}

func TestSecretsInAFile(t *testing.T) {
	s := &Secrets{file: filepath.Join(t.TempDir(), "secrets.json")}
	a, err := s.Put("one")
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Put("two")
	if err != nil || a == b {
		t.Fatalf("%q, %q, %v", a, b, err)
	}
	if info, err := os.Stat(s.file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if got, err := s.Get(b); err != nil || got != "two" {
		t.Errorf("%q, %v", got, err)
	}
	for _, key := range []string{a, a, b} {
		if err := s.Delete(key); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(s.file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty file is left: %v", err)
	}
	if err := os.WriteFile(s.file, []byte(`{"canary`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(a); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("a damaged file: %v", err)
	}
	if _, err := s.Put("three"); err == nil {
		t.Error("a damaged file was replaced")
	}
}

// Processes that keep secrets at the same time lose none of each other's.
func TestSecretsOfSeveralProcesses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secrets.json")
	keys := make([]string, 20)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			var err error
			if keys[i], err = (&Secrets{file: file}).Put(strconv.Itoa(i)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i, key := range keys {
		if got, err := (&Secrets{file: file}).Get(key); err != nil || got != strconv.Itoa(i) {
			t.Errorf("%d: %q, %v", i, got, err)
		}
	}
}

// turned is a cipher for tests: every byte upside down.
type turned struct{}

func (turned) SealNote(b []byte) ([]byte, error) {
	out := make([]byte, len(b))
	for i := range b {
		out[i] = ^b[i]
	}
	return out, nil
}

func (t turned) OpenNote(b []byte) ([]byte, error) { return t.SealNote(b) }

// TestSealedSecrets takes the file into the clear and back.
func TestSealedSecrets(t *testing.T) {
	dir := t.TempDir()
	open := func(c Cipher) *Secrets { return &Secrets{file: secretsFile(dir), cipher: c} }
	key, err := open(nil).Put("canary")
	if err != nil || PlainSecrets(dir) == "" {
		t.Fatal(key, err)
	}
	if err := open(nil).Rewrite(turned{}); err != nil || PlainSecrets(dir) != "" {
		t.Fatalf("sealing: %v", err)
	}
	if b, _ := os.ReadFile(secretsFile(dir)); strings.Contains(string(b), "canary") {
		t.Errorf("the file tells %q", b)
	}
	if _, err := open(nil).Get(key); err == nil || errors.Is(err, ErrNoSecret) {
		t.Errorf("read without the cipher: %v", err)
	}
	other, err := open(turned{}).Put("second")
	if err != nil {
		t.Fatal(err)
	}
	if err := open(turned{}).Rewrite(nil); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{key: "canary", other: "second"} {
		if got, err := open(turned{}).Get(key); got != want || err != nil { // the file says how it is
			t.Errorf("%q %v", got, err)
		}
	}
	if err := (&Secrets{file: filepath.Join(dir, "none.json")}).Rewrite(turned{}); err != nil {
		t.Errorf("nothing to rewrite: %v", err)
	}
}
