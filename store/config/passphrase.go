package config

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// Keyring is the system's keyring, as the place for the pass phrases of encrypted
// stores.
type Keyring struct{ ring ring }

// errNoRing is what all calls return where there is no keyring.
var errNoRing = errors.New("there is no keyring that can be reached from here")

// OpenKeyring returns the keyring of this session. Nothing is asked of it yet.
func OpenKeyring() *Keyring {
	if !hasRing() {
		return &Keyring{}
	}
	return &Keyring{patient{systemRing{}}}
}

// Put keeps a pass phrase under the name that the store gives it. Errors of all
// three can be shown, and hold no secret.
func (k *Keyring) Put(id string, passphrase []byte) error {
	if k.ring == nil {
		return errNoRing
	}
	if k.ring.Set(name, storeUser+id, string(passphrase)) != nil {
		return errors.New("the system's keyring takes nothing")
	}
	return nil
}

// Get returns the pass phrase that was kept under a name.
func (k *Keyring) Get(id string) ([]byte, error) {
	if k.ring == nil {
		return nil, errNoRing
	}
	secret, err := k.ring.Get(name, storeUser+id)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return nil, errors.New("the keyring holds no pass phrase for this store")
	case err != nil:
		return nil, errors.New("the system's keyring does not open")
	}
	return []byte(secret), nil
}

// Delete forgets a pass phrase; one that is not there is no error.
func (k *Keyring) Delete(id string) error {
	if k.ring == nil {
		return errNoRing
	}
	if err := k.ring.Delete(name, storeUser+id); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return errors.New("the system's keyring does not open")
	}
	return nil
}

// storeUser begins the names of stores among those of feeds' secrets.
const storeUser = "store-"
