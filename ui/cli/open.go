package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"sitrep/feeds/catalog"
	"sitrep/store"
	"sitrep/store/config"
)

// session is what a command that works with articles holds: the open store and
// the settings.
type session struct {
	*store.Store
	settings config.Settings
	paths    config.Paths
}

// with opens the store, calls do and closes the store.
func (a *app) with(ctx context.Context, do func(session) error) error {
	settings, paths, err := a.settings()
	if err != nil {
		return err
	}
	c, err := a.catalog(paths)
	if err != nil {
		return err
	}
	k, err := a.key(ctx, settings, paths)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, paths.Store, store.Options{Now: a.now, Catalog: c, Key: k})
	if err != nil {
		return err
	}
	err = do(session{s, settings, paths})
	return errors.Join(err, s.Close())
}

// secrets are what feeds want to know, encrypted if the store is.
func (s session) secrets() *config.Secrets { return secretsOf(s.paths, s.Key()) }

// secretsOf is for a closed store; k is nil for a plain one.
func secretsOf(paths config.Paths, k *store.Key) *config.Secrets {
	if k == nil { // not a Cipher that is one
		return config.OpenSecrets(paths.Store, nil)
	}
	return config.OpenSecrets(paths.Store, k)
}

// catalog returns the catalogue with the user's briefing files laid over it; nil
// stands for the shipped one as it is, which the store reads when it needs it.
func (a *app) catalog(paths config.Paths) (*catalog.Catalog, error) {
	if a.demo != nil {
		return a.demo.catalog, nil
	}
	if _, err := os.Stat(paths.Briefings); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	base, err := catalog.Shipped()
	if err != nil {
		return nil, err
	}
	return config.Catalog(paths.Briefings, base)
}

// fullCatalog is catalog for those who read it themselves.
func (a *app) fullCatalog(paths config.Paths) (*catalog.Catalog, error) {
	c, err := a.catalog(paths)
	if err == nil && c == nil {
		return catalog.Shipped()
	}
	return c, err
}
