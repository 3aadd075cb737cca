package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"

	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/store/config"
)

// key returns the key of the store, nil for one that is not encrypted. It is asked
// for once in a run.
func (a *app) key(ctx context.Context, settings config.Settings, paths config.Paths) (*store.Key, error) {
	if k := a.keys[paths.Store]; k != nil {
		return k, nil
	}
	sealed, err := store.Encrypted(paths.Store)
	if err != nil || !sealed {
		return nil, err
	}
	ring, err := store.KeyringName(paths.Store)
	if err != nil {
		return nil, err
	}
	return a.unlock(ctx, settings, paths.Store, ring, func(p []byte) (*store.Key, error) { return store.Unlock(paths.Store, p) })
}

// copyKey returns the key of a copy of a store, or the store's own where the copy
// has none beside it.
func (a *app) copyKey(ctx context.Context, settings config.Settings, paths config.Paths, file string) (*store.Key, error) {
	sealed, err := store.EncryptedFile(file)
	if err != nil {
		return nil, err
	}
	if !sealed {
		return a.key(ctx, settings, paths)
	}
	return a.unlock(ctx, settings, file, "", func(p []byte) (*store.Key, error) { return store.UnlockFile(file, p) })
}

// unlock tries the pass phrase from where it is kept, and keeps the key until the
// end of the run under the name of what it opens.
func (a *app) unlock(ctx context.Context, settings config.Settings, name, ring string, try func([]byte) (*store.Key, error)) (*store.Key, error) {
	k, err := a.tryKept(ctx, settings, ring, try)
	if err != nil || k != nil {
		return a.keep(name, k), err
	}
	if !isTerminal(a.stdin) {
		return nil, fmt.Errorf("%s is encrypted, and there is no terminal to ask for its pass phrase on; let key_command in the settings print it, or keep it in the keyring: sitrep passphrase --keyring", name)
	}
	for range 3 {
		var p []byte
		if p, err = a.prompt(ctx, fmt.Sprintf("Pass phrase of %s: ", name)); err != nil {
			return nil, err
		}
		k, err = try(p)
		clear(p)
		if !isWrong(err) {
			break
		}
		fmt.Fprintln(a.stderr, "That is not it.")
	}
	return a.keep(name, k), err
}

// tryKept tries what nobody has to be asked for. A keyring that does not answer is
// no error where somebody can be asked.
func (a *app) tryKept(ctx context.Context, settings config.Settings, ring string, try func([]byte) (*store.Key, error)) (*store.Key, error) {
	if len(settings.KeyCommand) > 0 {
		p, err := printSecret(ctx, settings.KeyCommand)
		if err != nil {
			return nil, fmt.Errorf("key_command in the settings: %w", err)
		}
		k, err := try([]byte(p))
		if isWrong(err) {
			err = errors.New("what key_command in the settings prints is not the pass phrase of this store; nothing was opened or changed")
		}
		return k, err
	}
	if ring == "" {
		return nil, nil
	}
	p, err := a.ring().Get(ring)
	if err == nil {
		var k *store.Key
		k, err = try(p)
		clear(p)
		if err == nil {
			return k, nil
		}
		if isWrong(err) {
			err = errors.New("what the keyring holds is not the pass phrase of this store")
		}
	}
	if !isTerminal(a.stdin) {
		return nil, fmt.Errorf("%w; there is no terminal to ask on", err)
	}
	fmt.Fprintln(a.stderr, "sitrep:", safe.New(err.Error()))
	return nil, nil
}

func isWrong(err error) bool { return errors.As(err, new(*store.WrongPassphrase)) }

// keep holds a key until forget.
func (a *app) keep(name string, k *store.Key) *store.Key {
	if k != nil {
		a.keys[name] = k
	}
	return k
}

// forget erases the keys of the run. Every store is closed by then; what is not
// was a panic's.
func (a *app) forget() {
	for _, k := range a.keys {
		_ = k.Erase()
	}
	clear(a.keys)
}

// least is the shortest pass phrase that is taken, in bytes: whoever has the disk
// can try a few each second and computer.
const least = 8

// newPassphrase asks for a pass phrase twice.
func (a *app) newPassphrase(ctx context.Context) ([]byte, error) {
	if !isTerminal(a.stdin) {
		return nil, errors.New("there is no terminal to ask for a new pass phrase on; nothing was changed")
	}
	p, err := a.prompt(ctx, "New pass phrase: ")
	if err != nil {
		return nil, err
	}
	if len(p) < least {
		return nil, fmt.Errorf("a pass phrase has %d letters or more, better several words; nothing was changed", least)
	}
	again, err := a.prompt(ctx, "Once more: ")
	if err != nil {
		return nil, err
	}
	defer clear(again)
	if string(p) != string(again) {
		return nil, errors.New("the two differ; nothing was changed")
	}
	return p, nil
}

// prompt reads a line that is not shown. The terminal is as before when ctx ends
// it.
func (a *app) prompt(ctx context.Context, text string) ([]byte, error) {
	f, ok := a.stdin.(*os.File)
	if !ok {
		return nil, errors.New("read pass phrase: no terminal")
	}
	before, err := term.GetState(f.Fd())
	if err != nil {
		return nil, fmt.Errorf("read pass phrase: %w", err)
	}
	if err := a.out.Flush(); err != nil {
		return nil, err
	}
	fmt.Fprint(a.stderr, safe.New(text))
	defer fmt.Fprintln(a.stderr)
	type line struct {
		text []byte
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		p, err := term.ReadPassword(f.Fd())
		typed <- line{p, err}
	}()
	select {
	case l := <-typed:
		return l.text, l.err
	case <-ctx.Done():
		_ = term.Restore(f.Fd(), before)
		return nil, ctx.Err()
	}
}
