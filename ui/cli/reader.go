package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"sitrep/feeds/discover"
	"sitrep/store"
	"sitrep/store/config"
	"sitrep/ui"
	"sitrep/ui/theme"
)

// reader opens the screen at a briefing or at what a query finds. literal says
// that the words stood behind "--" and are no misspelt command.
func (a *app) reader(ctx context.Context, args []string, literal bool) error {
	words := strings.Join(args, " ")
	if len(args) == 1 && !literal {
		if err := a.misspelt(ctx, args[0]); err != nil {
			return err
		}
	}
	if !isTerminal(a.stdin) || !isTerminal(a.stdout) {
		return usage("the reader needs a terminal; sitrep search, count, show and export print to anything, sitrep help lists all commands")
	}
	if os.Getenv("TERM") == "dumb" {
		return usage("this terminal cannot place text (TERM is dumb), which the reader needs; sitrep search and show print articles to it")
	}
	for {
		var result ui.Result
		err := a.with(ctx, func(s session) (err error) {
			result, err = a.openReader(ctx, s, words)
			return err
		})
		if err != nil || ctx.Err() != nil {
			return err
		}
		words = "" // the screen comes back where it was left
		switch result {
		case ui.Samples:
			return a.inSandbox(ctx, "", func(inner *app) error { return inner.reader(ctx, nil, false) })
		case ui.Locked:
			if opened, err := a.locked(ctx); err != nil || !opened {
				return err
			}
		case ui.Encrypt:
			if err := a.encryptBetween(ctx); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

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

// misspelt refuses a word that is nearly a command, unless a briefing is called
// so.
func (a *app) misspelt(ctx context.Context, word string) error {
	near := config.Nearest(word, names(newRoot(a)), 2)
	if near == "" {
		return nil
	}
	found, err := a.isBriefing(ctx, word)
	if err != nil || found {
		return err
	}
	return usage("there is no command %q; did you mean sitrep %s? To search for the word, write sitrep -- %s", word, near, word)
}

// isBriefing makes no store to find that out.
func (a *app) isBriefing(ctx context.Context, word string) (found bool, err error) {
	_, paths, err := a.settings()
	if err != nil {
		return false, err
	}
	c, err := a.fullCatalog(paths)
	if err != nil {
		return false, err
	}
	if _, found = named(c.Briefings, word); found {
		return true, nil
	}
	if _, err := os.Stat(paths.Store); err != nil {
		return false, nil
	}
	err = a.with(ctx, func(s session) error {
		all, err := s.Briefings(ctx)
		_, found = named(all, word)
		return err
	})
	return found, err
}

// openReader runs the screen.
func (a *app) openReader(ctx context.Context, s session, words string) (ui.Result, error) {
	o, err := a.screen(ctx, s, words)
	if err != nil {
		return ui.Quit, err
	}
	checking := checkLater(ctx, s)
	defer checking()
	return ui.Run(ctx, o)
}

// checkDelay keeps the check of a store that was not closed away from the first
// frame and the keys that follow it.
const checkDelay = 10 * time.Second

// checkLater checks the store's file beside the screen if the store was left
// without being closed; doctor tells what came of it. The function that it
// returns ends that.
func checkLater(ctx context.Context, s session) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }() // a check must not cost anybody the screen
		select {
		case <-time.After(checkDelay):
			_ = s.CheckUnclean(ctx) // what stops it now is met again next time
		case <-ctx.Done():
		}
	}()
	return func() { stop(); <-done }
}

// screen turns settings and arguments into what the reader needs.
func (a *app) screen(ctx context.Context, s session, words string) (ui.Options, error) {
	c, err := a.fullCatalog(s.paths)
	if err != nil {
		return ui.Options{}, err
	}
	o := ui.Options{
		Store: s.Store, Refresh: s.refresh, Catalog: c, Where: s.paths.Store,
		Offline: s.settings.Offline, RefreshOnStart: s.settings.RefreshOnStart, LockAfter: time.Duration(s.settings.LockAfter), Demo: a.demo != nil,
		Bidi: bidiMode(s.settings.Bidi, os.Getenv, false), ASCII: s.settings.ASCII, Measure: s.settings.Measure, Mouse: s.settings.Mouse,
		NoColor: s.settings.Theme == config.ThemeNone || os.Getenv("NO_COLOR") != "",
		Keys:    map[string][]string{}, Now: a.now,
		Discover: func(ctx context.Context, address string) ([]discover.Candidate, error) {
			return a.discover(ctx, s, c, address)
		},
	}
	if o.Demo {
		o.RefreshEvery = demoEvery
	}
	switch s.settings.Theme {
	case config.ThemeDark:
		o.Ground = theme.Dark
	case config.ThemeLight:
		o.Ground = theme.Light
	}
	for action, keys := range s.settings.Keys {
		o.Keys[action] = keys
	}
	if words == "" {
		return o, nil
	}
	all, err := s.Briefings(ctx)
	if b, ok := named(all, words); ok {
		o.Briefing = b.ID
	} else {
		o.Query = words
	}
	return o, err
}
