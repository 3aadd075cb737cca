package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/store/config"
)

// wipeWord is what has to be typed, so that no habit of saying yes does it.
const wipeWord = "wipe"

func wipeCommand(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "wipe",
		Short: "Destroy the store, its key, its backups and its secrets",
		Long: "Destroy what sitrep keeps: first the key of an encrypted store, without which nothing of it can\n" +
			"be read again, here or in a copy; then the store, its journals, the backups in its folder, the\n" +
			"secrets of feeds, the log and the pass phrase in the keyring. It does not ask for the pass\n" +
			"phrase. Type the word \"wipe\" when it asks; where there is nobody to ask it needs --yes.\n\n" +
			"The settings file and briefings of your own stay. So do backups that you put elsewhere, and a\n" +
			"plain store on an SSD may stay readable to who takes the disk apart.",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.wipe(cmd.Context(), yes) },
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func (a *app) wipe(ctx context.Context, yes bool) error {
	// A fault in the settings file must not keep the store alive.
	_, paths, settingsErr := a.settings()
	if paths.Store == "" {
		return settingsErr
	}
	sealed, err := store.Encrypted(paths.Store)
	sealed = sealed || err != nil // a damaged key file is one, too
	ring, _ := store.KeyringName(paths.Store)
	if !yes {
		if err := a.confirmWipe(paths.Store); err != nil {
			return err
		}
	}
	out, err := store.Wipe(ctx, paths.Store)
	if ring != "" {
		err = errors.Join(err, a.ring().Delete(ring))
	}
	if a.demo == nil { // the log is not the samples'
		if e := os.Remove(paths.Log); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	a.explainWipe(out, sealed, paths)
	if err != nil {
		return inPart("not everything could be removed: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return nil
}

// explainWipe says what is gone, and what cannot be promised.
func (a *app) explainWipe(out store.Wiped, sealed bool, paths config.Paths) {
	if out.Files == 0 {
		a.print("There was nothing in %s.", paths.Store)
		return
	}
	a.print("Removed %s from %s, %s among them.", count(out.Files, "file", "files"), paths.Store, count(out.Keys, "key file", "key files"))
	switch {
	case sealed:
		a.print("What was encrypted cannot be read again, unless somebody has a copy of a key file and the pass phrase: backups elsewhere have one. An SSD may keep old blocks, of the key file too; they help nobody without the pass phrase.")
	default:
		a.print("There was no key to destroy. The store was overwritten once, but an SSD or a file system with snapshots may keep old blocks of it. Only a store that was encrypted from the start can be wiped for sure.")
	}
	if out.Open {
		a.print("Another sitrep still has the store open, with its key in memory. Close it.")
	}
	a.print("Not touched: %s, briefings of your own, backups elsewhere, what the terminal and the shell remember.", paths.Settings)
}

func (a *app) confirmWipe(dir string) error {
	if !isTerminal(a.stdin) || !isTerminal(a.stdout) {
		return usage("nothing was removed: there is nobody to ask; --yes wipes without asking")
	}
	fmt.Fprintf(a.out, "This destroys everything in %s, for good. Type %s to do it: ", safe.New(dir), wipeWord)
	if err := a.out.Flush(); err != nil {
		return err
	}
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n')
	if strings.TrimSpace(answer) != wipeWord {
		return errors.New("nothing was removed")
	}
	return nil
}
