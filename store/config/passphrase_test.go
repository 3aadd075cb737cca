package config

import "testing"

func TestKeyring(t *testing.T) {
	k := &Keyring{&fakeRing{kept: map[string]string{}}}
	if _, err := k.Get("one"); err == nil {
		t.Error("an empty keyring gives a pass phrase")
	}
	if err := k.Put("one", []byte("open")); err != nil {
		t.Fatal(err)
	}
	if p, err := k.Get("one"); string(p) != "open" || err != nil {
		t.Errorf("%q %v", p, err)
	}
	for range 2 {
		if err := k.Delete("one"); err != nil {
			t.Error(err)
		}
	}
	none := &Keyring{}
	_, err := none.Get("one")
	for _, err := range []error{err, none.Put("one", nil), none.Delete("one")} {
		if err == nil {
			t.Error("no keyring works")
		}
	}
}
