package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/store/config"
)

// encryptFlags are what `sitrep encrypt` takes.
type encryptFlags struct{ keyring, yes bool }

func encryptCommand(a *app) *cobra.Command {
	var flags encryptFlags
	cmd := &cobra.Command{
		Use:   "encrypt",
		Short: "Encrypt the store under a pass phrase",
		Long: "Encrypt the store, its journal and later backups. The encrypted copy is checked and counted\n" +
			"before it takes the store's place; then the plain file is overwritten and removed, and you are\n" +
			"asked about plain backups. Ended at any moment, it leaves one whole store; run it again.\n\n" +
			"The pass phrase is asked for at each start, unless key_command in the settings prints it or\n" +
			"--keyring keeps it in the system's keyring. There is no way in without it: whoever loses it\n" +
			"loses the articles, the marks and the backups.",
		Example: "sitrep encrypt\nsitrep encrypt --keyring",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.encrypt(cmd.Context(), flags) },
	}
	cmd.Flags().BoolVar(&flags.keyring, "keyring", false, "keep the pass phrase in the system's keyring")
	cmd.Flags().BoolVar(&flags.yes, "yes", false, "remove plain backups without asking")
	return cmd
}

func decryptCommand(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "decrypt",
		Short: "Make an encrypted store a plain one again",
		Long: "Write the store in the clear, checked and counted, and remove the encrypted one and its key.\n" +
			"Backups stay encrypted, each with its own key file and the pass phrase of now.",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.decrypt(cmd.Context(), yes) },
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// place is what a command that works on the closed store knows of it.
type place struct {
	settings config.Settings
	paths    config.Paths
	options  store.Options
}

func (a *app) place() (place, error) {
	settings, paths, err := a.settings()
	if err != nil {
		return place{}, err
	}
	c, err := a.catalog(paths)
	return place{settings, paths, store.Options{Now: a.now, Catalog: c}}, err
}

// hear tells somebody who waits what is done next.
func (a *app) hear(what string) {
	if isTerminal(a.stderr) {
		fmt.Fprintln(a.stderr, safe.New(what))
	}
}

func (a *app) encrypt(ctx context.Context, flags encryptFlags) error {
	p, err := a.place()
	if err != nil {
		return err
	}
	sealed, err := store.Encrypted(p.paths.Store)
	if err != nil {
		return err
	}
	if sealed {
		a.print("The store %s is encrypted already.", p.paths.Store)
		return a.endEncrypting(ctx, p, flags.yes)
	}
	passphrase, err := a.chosenPassphrase(ctx, p.settings)
	if err != nil {
		return err
	}
	defer clear(passphrase)
	had := store.Exists(p.paths.Store)
	how := store.Sealing{Passphrase: passphrase, InKeyring: flags.keyring}
	k, n, err := store.Encrypt(ctx, p.paths.Store, p.options, how, a.hear)
	if err != nil {
		return err
	}
	a.keep(p.paths.Store, k)
	a.print("The store is encrypted: %s, checked and counted.", count(n, "article", "articles"))
	a.print("Only the pass phrase opens it. Whoever loses it loses everything in it, the backups too.")
	if had {
		a.print(shredded)
	}
	if flags.keyring {
		err = a.putInRing(ctx, p.paths.Store, k, passphrase)
	}
	return errors.Join(err, a.endEncrypting(ctx, p, flags.yes))
}

// endEncrypting encrypts the secrets of feeds and removes plain copies: what an
// earlier run may have left.
func (a *app) endEncrypting(ctx context.Context, p place, yes bool) error {
	if config.PlainSecrets(p.paths.Store) != "" {
		k, err := a.key(ctx, p.settings, p.paths)
		if err == nil {
			err = secretsOf(p.paths, nil).Rewrite(k)
		}
		if err != nil {
			return inPart("the secrets of feeds are still in the clear: %s", sentence(err))
		}
		a.print("The secrets of feeds are encrypted with it.")
	}
	return a.removePlain(p.paths.Store, yes)
}

// shredded says what became of the plain file, and what may be left of it.
const shredded = "The plain file was overwritten and removed. On an SSD, or where the file system keeps snapshots, blocks of it may stay until they are used again: only a disk that was encrypted before keeps nothing of it."

// chosenPassphrase is what key_command prints, or what somebody types.
func (a *app) chosenPassphrase(ctx context.Context, settings config.Settings) ([]byte, error) {
	if len(settings.KeyCommand) == 0 {
		a.hear("Choose a pass phrase: several words that nobody else would put together. There is no way into the store without it.")
		return a.newPassphrase(ctx)
	}
	p, err := printSecret(ctx, settings.KeyCommand)
	if err != nil {
		return nil, fmt.Errorf("key_command in the settings: %w; nothing was changed", err)
	}
	if len(p) < least {
		return nil, fmt.Errorf("what key_command prints is shorter than %d letters; nothing was changed", least)
	}
	return []byte(p), nil
}

// removePlain removes what anybody can read beside an encrypted store, once
// somebody agreed.
func (a *app) removePlain(dir string, yes bool) error {
	plain, err := store.PlainCopies(dir)
	if err != nil || len(plain) == 0 {
		return err
	}
	a.print("%s beside it can still be read by anybody:", count(len(plain), "file", "files"))
	for _, c := range plain {
		a.print("  %s (%s, %s)", c.Path, size(c.Size), day(c.Taken))
	}
	if !yes {
		if err := a.agree("Overwrite and remove them?"); err != nil {
			return inPart("they were left; sitrep encrypt --yes removes them")
		}
	}
	for _, c := range plain {
		if err := store.Shred(c.Path); err != nil {
			return inPart("%s could not be removed: %v", filepath.Base(c.Path), err)
		}
	}
	a.print("Removed %s.", count(len(plain), "file", "files"))
	return nil
}

func (a *app) decrypt(ctx context.Context, yes bool) error {
	p, err := a.place()
	if err != nil {
		return err
	}
	if p.options.Key, err = a.key(ctx, p.settings, p.paths); err != nil {
		return err
	}
	if p.options.Key == nil {
		a.print("The store %s is not encrypted.", p.paths.Store)
		return nil
	}
	if !yes && !isTerminal(a.stdin) {
		return usage("the store stays encrypted: there is nobody to ask; --yes decrypts without asking")
	}
	if !yes && a.agree("Whoever has this disk can then read the store. Write it in the clear?") != nil {
		return errors.New("the store stays encrypted")
	}
	// First: without the key they could not be read again.
	if err := secretsOf(p.paths, p.options.Key).Rewrite(nil); err != nil {
		return err
	}
	n, err := store.Decrypt(ctx, p.paths.Store, p.options, a.hear)
	if err != nil {
		return errors.Join(err, secretsOf(p.paths, nil).Rewrite(p.options.Key))
	}
	a.print("The store is in the clear: %s, checked and counted.", count(n, "article", "articles"))
	if id := p.options.Key.InKeyring(); id != "" {
		if err := a.ring().Delete(id); err != nil {
			return inPart("the pass phrase is still in the keyring: %v", err)
		}
	}
	return nil
}
