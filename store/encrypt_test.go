package store

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/store/vault"
)

// sealing has a pass phrase that costs nothing to guess.
var sealing = Sealing{Passphrase: []byte("open sesame"), Cost: vault.Cost{Passes: 1, Memory: 64, Threads: 1}}

// sealedLibrary is library, encrypted; without articles there is nothing in it.
func sealedLibrary(t testing.TB, dir string, n int) *Key {
	t.Helper()
	if n > 0 {
		library(t, dir, n)
	}
	k, articles, err := Encrypt(ctx, dir, options, sealing, nil)
	if err != nil || articles != n {
		t.Fatalf("encrypt: %d articles, %v", articles, err)
	}
	t.Cleanup(func() {
		if err := k.Erase(); err != nil {
			t.Error(err)
		}
	})
	return k
}

// openSealed opens an encrypted store. The test closes it.
func openSealed(t testing.TB, dir string, k *Key) *Store {
	t.Helper()
	s, err := Open(ctx, dir, Options{Now: options.Now, Catalog: small, Key: k})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// files returns the content of every file below dir.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, dir)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// withoutCanaries fails when a word can be read in any file below dir.
func withoutCanaries(t testing.TB, dir string, words ...string) {
	t.Helper()
	for name, content := range files(t, dir) {
		for _, word := range words {
			if strings.Contains(strings.ToLower(content), word) {
				t.Errorf("%s tells %q", name, word)
			}
		}
	}
}

// TestEncrypted refreshes, searches and marks in an encrypted store, in two
// processes' way, and looks for words of it in every file (K9).
func TestEncrypted(t *testing.T) {
	dir := t.TempDir()
	k := sealedLibrary(t, dir, 100)
	a, b := openSealed(t, dir, k), openSealed(t, dir, k)
	canaries := []string{"canaryhost", "canarytitle", "canarybody", "canarytag", "canaryfeed", "ministry", "outlet"}
	f, _, err := a.AddFeed(ctx, feeds.Feed{URL: "https://user:pw@canaryhost.example/feed", Title: "Canaryfeed", Source: "Canaryfeed"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cl, err := a.Claim(ctx)
	if err != nil {
		t.Fatal(err)
	}
	items := numbered("canarytitle", 300, t0)
	for i := range items {
		items[i].html = "<p>" + strings.Repeat("canarybody and more ", 30) + "</p>"
	}
	save(t, a, answer(f, t0, items[:150]...))
	p := progress(7)
	p.Feed = "Canaryfeed"
	cl.Report(p)
	withoutCanaries(t, dir, canaries...)
	if got, running, err := b.Running(ctx); got != p || !running || err != nil {
		t.Errorf("progress: %+v %v %v", got, running, err)
	}
	save(t, a, answer(f, t0, items[150:]...))
	if err := cl.Release(); err != nil {
		t.Fatal(err)
	}
	rows, err := b.List(ctx, Scope{Filter: query.Word{Text: "canarybody"}}, Window{Limit: 400})
	if err != nil || len(rows) != 300 {
		t.Fatalf("%d found, %v", len(rows), err)
	}
	if _, err := b.Mark(ctx, Star, rows[0].ID); err != nil {
		t.Fatal(err)
	}
	withoutCanaries(t, dir, canaries...)
	saved, err := a.Backup(ctx, a.BackupName(t0))
	if err != nil || saved.Articles != 400 {
		t.Errorf("%+v %v", saved, err)
	}
	if findings, err := b.Check(ctx); err != nil || !findings.Sound() {
		t.Errorf("%+v %v", findings, err)
	}
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Fatal(err)
	}
	verifySealed(t, dir, k)
	withoutCanaries(t, dir, canaries...)
	for name := range files(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != fileMode {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

// TestWrongPassphrase opens nothing, and not a byte changes (section 6).
func TestWrongPassphrase(t *testing.T) {
	dir := t.TempDir()
	library(t, dir, 40)
	dear := Sealing{Passphrase: sealing.Passphrase} // at its real cost
	k, _, err := Encrypt(ctx, dir, options, dear, nil)
	if err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	begun := time.Now()
	if _, err := Unlock(dir, []byte("open barley")); !errors.As(err, new(*WrongPassphrase)) {
		t.Errorf("a wrong one: %v", err)
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("it took %v", took)
	}
	if _, err := Open(ctx, dir, options); !errors.As(err, new(*Sealed)) {
		t.Errorf("none: %v", err)
	}
	_, other, err := vault.New([]byte("x"), sealing.Cost)
	if err != nil {
		t.Fatal(err)
	}
	wrong := newKey(nil, other, "")
	defer wrong.Erase()
	if _, err := Open(ctx, dir, Options{Key: wrong}); !errors.As(err, new(*OtherKey)) {
		t.Errorf("the key of another store: %v", err)
	}
	if _, err := Repair(ctx, dir, options, nil); !errors.As(err, new(*Sealed)) {
		t.Errorf("repair without a key: %v", err)
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("changed: %s", diff[:min(len(diff), 400)])
	}
	if err := k.Erase(); err != nil {
		t.Error(err)
	}
	if k, err = Unlock(dir, dear.Passphrase); err != nil {
		t.Fatal(err)
	}
	s := openSealed(t, dir, k)
	if err := k.Erase(); err == nil {
		t.Error("the key of an open store was erased")
	}
	if err := errors.Join(s.Close(), k.Erase()); err != nil {
		t.Error(err)
	}
}

// TestKeyFileLost says what is missing, and changes nothing.
func TestKeyFileLost(t *testing.T) {
	dir := t.TempDir()
	k := sealedLibrary(t, dir, 40)
	key := filepath.Join(dir, fileName+keySuffix)
	content, _ := os.ReadFile(key)
	os.WriteFile(key, bytes.Replace(content, []byte(`"passes": 1`), []byte(`"passes": 2`), 1), fileMode)
	if _, err := Unlock(dir, sealing.Passphrase); !errors.As(err, new(*KeyDamaged)) {
		t.Errorf("damaged: %v", err)
	}
	if _, err := Encrypted(dir); !errors.As(err, new(*KeyDamaged)) {
		t.Errorf("damaged: %v", err)
	}
	os.Remove(key)
	if _, err := Open(ctx, dir, options); !errors.As(err, new(*KeyMissing)) {
		t.Errorf("missing: %v", err)
	}
	if _, err := Unlock(dir, sealing.Passphrase); !errors.As(err, new(*KeyMissing)) {
		t.Errorf("missing: %v", err)
	}
	verifySealed(t, dir, k)
}

func TestNewPassphrase(t *testing.T) {
	dir := t.TempDir()
	k := sealedLibrary(t, dir, 40)
	s := openSealed(t, dir, k)
	saved, err := s.Backup(ctx, s.BackupName(t0))
	if err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)["/"+fileName]
	if old, err := k.SetPassphrase(ctx, dir, []byte("another one"), true); err != nil || old != nil {
		t.Errorf("%v %v", old, err)
	}
	late, err := s.Backup(ctx, s.BackupName(t0.Add(time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if files(t, dir)["/"+fileName] != before {
		t.Error("the store itself was written")
	}
	for _, open := range []func([]byte) (*Key, error){
		func(p []byte) (*Key, error) { return Unlock(dir, p) },
		func(p []byte) (*Key, error) { return UnlockFile(saved.Path, p) },
		func(p []byte) (*Key, error) { return UnlockFile(late.Path, p) },
	} {
		if _, err := open(sealing.Passphrase); !errors.As(err, new(*WrongPassphrase)) {
			t.Errorf("the old one: %v", err)
		}
		again, err := open([]byte("another one"))
		if err != nil {
			t.Fatal(err)
		}
		verifySealed(t, dir, again)
		again.Erase()
	}
	if name, err := KeyringName(dir); name == "" || err != nil {
		t.Errorf("keyring: %q %v", name, err)
	}
	other := testKey(t)
	if _, err := other.SetPassphrase(ctx, dir, []byte("of another store"), false); !errors.As(err, new(*OtherKey)) {
		t.Errorf("the key of another store: %v", err)
	}
}

func TestDecrypt(t *testing.T) {
	dir := t.TempDir()
	k := sealedLibrary(t, dir, 100)
	if _, _, err := Encrypt(ctx, dir, options, sealing, nil); !errors.Is(err, ErrAlready) {
		t.Errorf("encrypt twice: %v", err)
	}
	with := options
	with.Key = k
	if n, err := Decrypt(ctx, dir, with, nil); n != 100 || err != nil {
		t.Fatalf("%d %v", n, err)
	}
	verify(t, dir)
	for name := range files(t, dir) {
		if strings.Contains(name, "key") || strings.Contains(name, "sealed") {
			t.Errorf("%s is left", name)
		}
	}
	if _, err := Decrypt(ctx, dir, with, nil); !errors.Is(err, ErrAlready) {
		t.Errorf("decrypt twice: %v", err)
	}
}

// TestEncryptNothing makes a new store.
func TestEncryptNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	k, n, err := Encrypt(ctx, dir, options, sealing, nil)
	if n != 0 || err != nil {
		t.Fatal(n, err)
	}
	defer k.Erase()
	verifySealed(t, dir, k)
	for _, name := range []string{"", "-wal", "-shm"} {
		os.Remove(filepath.Join(dir, fileName+name))
	}
	if sealed, err := Encrypted(dir); !sealed || err != nil {
		t.Errorf("a store that is gone: %v %v", sealed, err)
	}
	s := openSealed(t, dir, k)
	addFeed(t, s, "canary")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	withoutCanaries(t, dir, "canary")
}

// TestRestoreSealed puts copies in the place of stores of every kind.
func TestRestoreSealed(t *testing.T) {
	plain, one, two := t.TempDir(), t.TempDir(), t.TempDir()
	library(t, plain, 40)
	k1, k2 := sealedLibrary(t, one, 80), sealedLibrary(t, two, 120)
	copies := map[string]string{}
	for name, dir := range map[string]string{"plain": plain, "one": one, "two": two} {
		o := options
		o.Key = map[string]*Key{"one": k1, "two": k2}[name]
		s, err := Open(ctx, dir, o)
		if err != nil {
			t.Fatal(err)
		}
		copies[name] = filepath.Join(t.TempDir(), "copy.db")
		_, err = s.Backup(ctx, copies[name])
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range []struct {
		from, to string
		give     *Key
		articles int
		want     *Key
	}{
		{"one", one, k1, 80, k1},    // its own
		{"plain", one, k1, 40, k1},  // is encrypted
		{"two", one, k2, 120, k2},   // keeps its key
		{"two", plain, k2, 120, k2}, // too
		{"one", t.TempDir(), k1, 80, k1},
	} {
		out, err := Restore(ctx, c.to, copies[c.from], c.give, t0.Add(time.Duration(i)*time.Hour))
		if err != nil || out.Articles != c.articles {
			t.Fatalf("%s: %+v %v", c.from, out, err)
		}
		verifySealed(t, c.to, c.want)
		again, err := Unlock(c.to, sealing.Passphrase)
		if err != nil || !again.vault.Same(c.want.vault) {
			t.Fatalf("%s: %v", c.from, err)
		}
		again.Erase()
	}
	if _, err := Restore(ctx, two, copies["plain"], nil, t0); !errors.As(err, new(*Sealed)) {
		t.Errorf("a plain copy into an encrypted store without its key: %v", err)
	}
	if _, err := Restore(ctx, two, copies["one"], nil, t0); !errors.As(err, new(*Sealed)) {
		t.Errorf("an encrypted copy without its key: %v", err)
	}
	verifySealed(t, two, k2)
}

// TestSalvageSealed damages an encrypted store as TestSalvage does a plain one.
func TestSalvageSealed(t *testing.T) {
	const n = 300
	base := t.TempDir()
	k := sealedLibrary(t, base, n)
	with := options
	with.Key = k
	size := int64(len(files(t, base)["/"+fileName]))
	worst := n
	for seed := range 8 {
		r := rand.New(rand.NewPCG(11, uint64(seed)))
		dir := copyOf(t, base)
		if err := writeKeyFile(filepath.Join(dir, fileName), k.file); err != nil {
			t.Fatal(err)
		}
		at := r.Int64N(size - pageSize)
		if seed == 0 {
			at = 0 // the first page, without which nothing opens
		}
		damage(t, r, filepath.Join(dir, fileName), at, pageSize)
		out, err := Repair(ctx, dir, with, nil)
		if err != nil {
			t.Fatalf("byte %d: %v", at, err)
		}
		verifySealed(t, dir, k)
		kept, err := countedArticles(filepath.Join(dir, fileName), k)
		if err != nil || kept < n*95/100 {
			t.Errorf("byte %d: %d articles of %d left, %v; %v", at, kept, n, err, out.Found)
		}
		worst = min(worst, kept)
		withoutCanaries(t, dir, "ministry", "outlet")
	}
	t.Logf("store of %d kB; the worst damage left %d articles of %d", size>>10, worst, n)
}

func TestWipe(t *testing.T) {
	dir := t.TempDir()
	k := sealedLibrary(t, dir, 40)
	s := openSealed(t, dir, k)
	if _, err := s.Backup(ctx, s.BackupName(t0)); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(dir, secretsName), []byte("{}"), fileMode)
	os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), fileMode)
	out, err := Wipe(ctx, dir)
	if err != nil || !out.Open || out.Keys != 2 || out.Folder {
		t.Errorf("%+v %v", out, err)
	}
	s.Close() // what it says of its files is not the question
	if out, err = Wipe(ctx, dir); err != nil || out.Open {
		t.Errorf("again: %+v %v", out, err)
	}
	if diff := cmp.Diff(map[string]string{"/mine.txt": "mine"}, files(t, dir)); diff != "" {
		t.Error(diff)
	}
	os.Remove(filepath.Join(dir, "mine.txt"))
	if out, err = Wipe(ctx, dir); err != nil || !out.Folder {
		t.Errorf("nothing left: %+v %v", out, err)
	}
}

func TestPlainCopies(t *testing.T) {
	dir := t.TempDir()
	library(t, dir, 40)
	s := openAt(t, dir, &clock{t0})
	saved, err := s.Backup(ctx, s.BackupName(t0))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	k, _, err := Encrypt(ctx, dir, options, sealing, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Erase()
	all, err := PlainCopies(dir)
	if err != nil || len(all) != 1 || all[0].Path != saved.Path {
		t.Errorf("%+v %v", all, err)
	}
	if err := Shred(saved.Path); err != nil {
		t.Error(err)
	}
	if all, err = PlainCopies(dir); len(all) > 0 || err != nil {
		t.Errorf("%+v %v", all, err)
	}
	withoutCanaries(t, dir, "ministry", "outlet")
}
