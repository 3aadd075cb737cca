package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/store"
	"sitrep/store/vault"
)

// sealedStore makes an encrypted store with nothing in it.
func sealedStore(t *testing.T) *store.Store {
	t.Helper()
	dir := t.TempDir()
	how := store.Sealing{Passphrase: []byte("open sesame"), Cost: vault.Cost{Passes: 1, Memory: 64, Threads: 1}}
	k, _, err := store.Encrypt(context.Background(), dir, store.Options{}, how, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), dir, store.Options{Now: func() time.Time { return testNow }, Key: k})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); k.Erase() })
	return s
}

// TestLock locks an encrypted store by its command, and a plain one not at all.
func TestLock(t *testing.T) {
	plain, _ := newStore(t, threeArticles()...)
	d := start(t, plain, 120, 24)
	d.press(":")
	d.write("lock")
	d.press("enter")
	d.sees("not encrypted, so that a lock would keep nobody out")
	if d.quit {
		t.Fatal("it locked")
	}
	d.press(":")
	d.write("encrypt")
	d.press("enter")
	if !d.quit || d.m.result != Encrypt {
		t.Errorf("quit %v, result %v", d.quit, d.m.result)
	}

	d = start(t, sealedStore(t), 120, 24)
	d.press("esc :")
	d.write("encrypt")
	d.press("enter")
	if d.quit {
		t.Fatal("it would encrypt twice")
	}
}

// TestIdleLock locks when nobody touches a key for long enough.
func TestIdleLock(t *testing.T) {
	idle := func(o *Options) { o.LockAfter = time.Minute }
	d := start(t, sealedStore(t), 120, 24, idle)
	d.now = d.now.Add(50 * time.Second)
	d.press("j")
	d.now = d.now.Add(59 * time.Second)
	d.poll()
	if d.quit {
		t.Fatal("locked too early")
	}
	d.now = d.now.Add(time.Second)
	d.poll()
	if !d.quit || d.m.result != Locked {
		t.Errorf("quit %v, result %v", d.quit, d.m.result)
	}

	plain, _ := newStore(t)
	d = start(t, plain, 120, 24, idle)
	d.now = d.now.Add(time.Hour)
	d.poll()
	if d.quit {
		t.Error("a plain store locked")
	}
}

// poll is what happens each second.
func (d *driver) poll() {
	d.do(pollMsg{}.apply(d.m))
}

// TestFirstScreenOffersEncryption once, and not of what is encrypted.
func TestFirstScreenOffersEncryption(t *testing.T) {
	s, err := store.Open(context.Background(), t.TempDir(), store.Options{Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := start(t, s, 120, 24)
	d.sees("e encrypts it")
	d.press("e")
	if !d.quit || d.m.result != Encrypt {
		t.Errorf("quit %v, result %v", d.quit, d.m.result)
	}
	for _, d := range []*driver{start(t, sealedStore(t), 120, 24), start(t, s, 120, 24, func(o *Options) { o.Demo = true })} {
		if strings.Contains(d.screen(), "encrypts it") {
			t.Error(d.screen())
		}
		d.press("e")
		if d.quit {
			t.Error("e left the first screen")
		}
	}
}

// TestLockScreen shows no letter of what is typed, and forgets it.
func TestLockScreen(t *testing.T) {
	var tried []string
	m := &lockScreen{width: 80, height: 24, try: func(p []byte) error {
		tried = append(tried, string(p))
		if string(p) != "öffne dich" {
			return &store.WrongPassphrase{}
		}
		return nil
	}}
	send := func(msg tea.Msg) tea.Cmd {
		_, cmd := m.Update(msg)
		return cmd
	}
	write := func(s string) {
		for _, r := range s {
			send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	submit := func() {
		cmd := send(keyPress("enter"))
		if view := m.View().Content; strings.Contains(view, "ffne") || !strings.Contains(view, "Opening") {
			t.Errorf("while it opens:\n%s", view)
		}
		if len(m.typed) > 0 || strings.Contains(string(m.typed[:cap(m.typed)]), "ffne") {
			t.Errorf("%q is kept", m.typed[:20])
		}
		send(cmd())
	}
	if send(keyPress("enter")); len(tried) > 0 {
		t.Error("nothing was tried")
	}
	write("öffne mich")
	if strings.Contains(m.View().Content, "mich") {
		t.Error("letters are shown")
	}
	submit()
	if !strings.Contains(m.View().Content, "not the pass phrase") || m.opened {
		t.Errorf("after a wrong one:\n%s", m.View().Content)
	}
	write("öffnö")
	send(keyPress("backspace"))
	write("e ")
	send(tea.PasteMsg{Content: "dich\n"})
	submit()
	if !m.opened || len(tried) != 2 {
		t.Errorf("tried %q", tried)
	}
	m = &lockScreen{try: func([]byte) error { return errors.New("no") }}
	if cmd := send(keyPress("ctrl+c")); cmd == nil || m.opened {
		t.Error("ctrl-c does not leave")
	}
}
