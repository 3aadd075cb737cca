package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"sitrep/store"
)

// passphraseFlags are what `sitrep passphrase` takes.
type passphraseFlags struct{ keyring, noKeyring bool }

func passphraseCommand(a *app) *cobra.Command {
	var flags passphraseFlags
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: "Change the pass phrase of an encrypted store",
		Long: "Change the pass phrase of an encrypted store and of the backups in its folder. The store is not\n" +
			"written again: only the key in its key file is wrapped anew. A copy of the old key file, and\n" +
			"backups elsewhere, still open with the old pass phrase.\n\n" +
			"--keyring keeps the new one in the system's keyring, --no-keyring forgets it there.",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if flags.keyring && flags.noKeyring {
				return usage("--keyring and --no-keyring contradict each other")
			}
			return a.changePassphrase(cmd.Context(), flags)
		},
	}
	cmd.Flags().BoolVar(&flags.keyring, "keyring", false, "keep the new one in the system's keyring")
	cmd.Flags().BoolVar(&flags.noKeyring, "no-keyring", false, "forget it in the system's keyring, and ask at each start")
	return cmd
}

func (a *app) changePassphrase(ctx context.Context, flags passphraseFlags) error {
	p, err := a.place()
	if err != nil {
		return err
	}
	k, err := a.key(ctx, p.settings, p.paths)
	if err != nil {
		return err
	}
	if k == nil {
		return fmt.Errorf("the store %s is not encrypted; sitrep encrypt does that", p.paths.Store)
	}
	passphrase, err := a.newPassphrase(ctx)
	if err != nil {
		return err
	}
	defer clear(passphrase)
	had := k.InKeyring()
	keep := flags.keyring || had != "" && !flags.noKeyring
	old, err := k.SetPassphrase(ctx, p.paths.Store, passphrase, keep)
	if err != nil {
		return err
	}
	a.print("The pass phrase is changed.")
	if len(p.settings.KeyCommand) > 0 {
		a.print("key_command in the settings must print the new one from now on.")
	}
	if len(old) > 0 {
		return inPart("%s keep the old one, because their key files could not be written: %s", count(len(old), "backup", "backups"), list(old))
	}
	if keep {
		return a.putInRing(ctx, p.paths.Store, k, passphrase)
	}
	if had != "" {
		if err := a.ring().Delete(had); err != nil {
			return inPart("the old pass phrase is still in the keyring: %v", err)
		}
	}
	return nil
}

// putInRing keeps the pass phrase in the keyring, or else in the key file that it is
// not there.
func (a *app) putInRing(ctx context.Context, dir string, k *store.Key, passphrase []byte) error {
	err := a.ring().Put(k.InKeyring(), passphrase)
	if err == nil {
		return nil
	}
	if _, e := k.SetPassphrase(ctx, dir, passphrase, false); e != nil {
		return e
	}
	return inPart("the pass phrase is not in the keyring, so that you will be asked for it: %v", err)
}
