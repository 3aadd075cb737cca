package cli

import (
	"bufio"
	"context"
	"fmt"
	"runtime/debug"

	"sitrep/store"
	"sitrep/ui"
)

// locked forgets the key of the store, which is closed, until somebody gives the
// pass phrase. It reports false when nobody did.
func (a *app) locked(ctx context.Context) (opened bool, err error) {
	_, paths, err := a.settings()
	if err != nil {
		return false, err
	}
	if err := a.keys[paths.Store].Erase(); err != nil {
		return false, err
	}
	delete(a.keys, paths.Store)
	debug.FreeOSMemory() // articles that were shown lie about in it
	return ui.Unlock(ctx, ui.LockScreen{Input: a.stdin, Output: a.stdout}, func(p []byte) error {
		k, err := store.Unlock(paths.Store, p)
		a.keep(paths.Store, k)
		return err
	})
}

// encryptBetween encrypts the store while the screen is away.
func (a *app) encryptBetween(ctx context.Context) error {
	if err := a.encrypt(ctx, encryptFlags{}); err != nil {
		if ctx.Err() != nil {
			return err
		}
		a.report(err)
	}
	fmt.Fprint(a.out, "Press enter to go on to the reader. ")
	if err := a.out.Flush(); err != nil {
		return err
	}
	_, err := bufio.NewReader(a.stdin).ReadString('\n')
	return err
}
