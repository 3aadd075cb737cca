package vault

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// quick is a cost for tests.
var quick = Cost{Passes: 1, Memory: 64, Threads: 1}

func TestWrongPassphraseIsToldFromDamage(t *testing.T) {
	f, k, err := New([]byte("parole d'été"), quick)
	if err != nil {
		t.Fatal(err)
	}
	b := f.Bytes()
	read, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := read.Unwrap([]byte("parole d'e\u0301te\u0301")); err != nil || !again.Same(k) || again.ID() != k.ID() {
		t.Errorf("the pass phrase, composed otherwise: %v", err)
	}
	if _, err := read.Unwrap([]byte("parole d'ete")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("another pass phrase: %v", err)
	}
	for i := range b {
		bad := bytes.Clone(b)
		bad[i] ^= 1
		again, err := Parse(bad)
		if err == nil && !bytes.Equal(again.Bytes(), b) {
			t.Errorf("byte %d changed, and it was not noticed", i)
		}
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
	for i := range len(b) - 2 {
		if _, err := Parse(b[:i]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

// What is in front of the wrapped key cannot be changed by who knows how to
// compute the sum.
func TestHeadIsBound(t *testing.T) {
	f, _, err := New([]byte("open"), quick)
	if err != nil {
		t.Fatal(err)
	}
	f.ID = "other"
	read, err := Parse(f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.Unwrap([]byte("open")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("a changed head: %v", err)
	}
	f.Cost = Cost{Passes: 1, Memory: 1 << 31, Threads: 1}
	if _, err := Parse(f.Bytes()); !errors.Is(err, ErrDamaged) {
		t.Errorf("a cost that no machine bears: %v", err)
	}
}

func TestNewPassphraseKeepsKey(t *testing.T) {
	_, k, err := New([]byte("one"), quick)
	if err != nil {
		t.Fatal(err)
	}
	f, err := k.Wrapped([]byte("two"), quick)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Unwrap([]byte("one")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("the old pass phrase: %v", err)
	}
	if again, err := f.Unwrap([]byte("two")); err != nil || !again.Same(k) {
		t.Errorf("the new pass phrase: %v", err)
	}
}

func TestNotes(t *testing.T) {
	_, k, err := New([]byte("one"), quick)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := k.Seal("note", []byte("Wire"))
	if err != nil || bytes.Contains(sealed, []byte("Wire")) {
		t.Fatalf("sealed %q, %v", sealed, err)
	}
	if plain, err := k.Open("note", sealed); err != nil || string(plain) != "Wire" {
		t.Errorf("opened %q, %v", plain, err)
	}
	if _, err := k.Open("other", sealed); !errors.Is(err, ErrDamaged) {
		t.Errorf("opened for another use: %v", err)
	}
	if _, err := k.Open("note", sealed[:5]); !errors.Is(err, ErrDamaged) {
		t.Errorf("opened a piece: %v", err)
	}
	secret := k.secret
	if said := fmt.Sprintf("%v %+v %#v", k, k, k); strings.Contains(said, string(secret[:])) || strings.Contains(said, fmt.Sprint(secret[0])+", ") {
		t.Errorf("printed: %s", said)
	}
	k.Erase()
	if k.secret != [keySize]byte{} {
		t.Error("the key is still there")
	}
}

// A guess is slow, an answer to a person is not.
func TestUsualCost(t *testing.T) {
	begun := time.Now()
	f, _, err := New([]byte("open"), Usual())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Parse(f.Bytes()); err != nil {
		t.Error(err)
	}
	t.Logf("%v for one pass phrase", time.Since(begun))
}
