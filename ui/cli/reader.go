package cli

import (
	"context"
	"os"
	"strings"
	"time"

	"sitrep/feeds/discover"
	"sitrep/store/config"
	"sitrep/ui"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// reader opens the screen at a briefing, a watch or what a query finds. literal says
// that the words stood behind "--" and are no misspelt command; plain asks for the
// reader in lines.
func (a *app) reader(ctx context.Context, args []string, literal, plain bool) error {
	words := strings.Join(args, " ")
	if len(args) == 1 && !literal {
		if err := a.misspelt(ctx, args[0]); err != nil {
			return err
		}
	}
	terminal := isTerminal(a.stdin) && isTerminal(a.stdout)
	if plain || terminal && os.Getenv("TERM") == "dumb" {
		return a.with(ctx, func(s session) error { return a.linearReader(ctx, s, words) })
	}
	if !terminal {
		return usage("the reader needs a terminal, or --plain; sitrep search, count, show and export print to anything, sitrep help lists all commands")
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
			return a.inSandbox(ctx, "", func(inner *app) error { return inner.reader(ctx, nil, false, false) })
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

// misspelt refuses a word that is nearly a command, unless a briefing or watch is
// called so.
func (a *app) misspelt(ctx context.Context, word string) error {
	near := config.Nearest(word, names(newRoot(a)), 2)
	if near == "" {
		return nil
	}
	found, err := a.isName(ctx, word)
	if err != nil || found {
		return err
	}
	return usage("there is no command %q; did you mean sitrep %s? To search for the word, write sitrep -- %s", word, near, word)
}

// isName reports whether a briefing or watch is called so, and makes no store to
// find that out.
func (a *app) isName(ctx context.Context, word string) (found bool, err error) {
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
		if _, found = named(all, word); found || err != nil {
			return err
		}
		watches, err := s.Watches(ctx)
		_, found = namedWatch(watches, word)
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
	defer a.letPages(s, &o)()
	damage, checked := checkLater(ctx, s)
	defer checked()
	o.Damage = damage
	return ui.Run(ctx, o)
}

// letPages gives the reader what gets pages, unless nothing may be fetched. The
// function that it returns closes the connections.
func (a *app) letPages(s session, o *ui.Options) (end func()) {
	if s.settings.Offline {
		return func() {}
	}
	client := s.client()
	o.Pages = s.getter(client, a.now).page
	return func() { client.Close() }
}

// linearReader runs the reader in lines. Text is in logical order unless the
// settings say that sitrep orders it: what reads the lines out does it itself.
func (a *app) linearReader(ctx context.Context, s session, words string) error {
	o, err := a.screen(ctx, s, words)
	if err != nil {
		return err
	}
	if o.Bidi = text.Off; s.settings.Bidi == config.BidiApp {
		o.Bidi = text.App
	}
	o.ASCII = true
	defer a.letPages(s, &o)()
	margins := 4
	return ui.Linear(ctx, o, a.stdin, a.stdout, min(width(a.stdout, o.Measure+margins), o.Measure+margins), !isTerminal(a.stdin))
}

// checkDelay keeps the check of a store that was not closed away from the first
// frame and the keys that follow it.
const checkDelay = 10 * time.Second

// checkLater checks the store's file beside the screen if the store was left
// without being closed. The channel gets what is wrong, if anything is; the
// function ends the check.
func checkLater(ctx context.Context, s session) (damage <-chan string, end func()) {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	found := make(chan string, 1)
	go func() {
		defer close(done)
		defer func() { _ = recover() }() // a check must not cost anybody the screen
		select {
		case <-time.After(checkDelay):
			// What stops it now is met again next time.
			if problem, err := s.CheckUnclean(ctx); err == nil && problem != "" {
				found <- problem
			}
		case <-ctx.Done():
		}
	}()
	return found, func() { stop(); <-done }
}

// screen turns settings and arguments into what the reader needs.
func (a *app) screen(ctx context.Context, s session, words string) (ui.Options, error) {
	c, err := a.fullCatalog(s.paths)
	if err != nil {
		return ui.Options{}, err
	}
	o := ui.Options{
		Store: s.Store, Refresh: s.refresh, Login: s.keepLogin, Catalog: c, Where: s.paths.Store,
		Offline: s.settings.Offline, RefreshOnStart: s.settings.RefreshOnStart, RefreshEvery: time.Duration(s.settings.RefreshEvery),
		LockAfter: time.Duration(s.settings.LockAfter), Demo: a.demo != nil,
		BidiSet: s.settings.Bidi != config.BidiAuto, ASCII: s.settings.ASCII, Measure: s.settings.Measure, Mouse: s.settings.Mouse,
		Hyperlinks: hyperlinks(s.settings.Hyperlinks, os.Getenv),
		NoColor:    s.settings.Theme == config.ThemeNone || os.Getenv("NO_COLOR") != "",
		Keys:       map[string][]string{}, Now: a.now,
		SaveDir: s.paths.Saved(s.settings), Home: s.paths.Home, PipeFormat: string(s.settings.PipeFormat),
		Discover: func(ctx context.Context, address string) ([]discover.Candidate, error) {
			return a.discover(ctx, s, c, address)
		},
	}
	mode, known := a.screenBidi(ctx, s)
	o.Bidi, o.AskBidi = mode, !known
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
	if err != nil {
		return o, err
	}
	watches, err := s.Watches(ctx)
	if b, ok := named(all, words); ok {
		o.Briefing = b.ID
	} else if w, ok := namedWatch(watches, words); ok {
		o.Watch = w.ID
	} else {
		o.Query = words
	}
	return o, err
}
