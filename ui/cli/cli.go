// Package cli is the command line: one file per command, and Main, which reads
// the arguments and answers with an exit code. Everything the reader's screen
// does can be scripted here. It holds no rule of its own about news: it calls
// feeds and store, prints through feeds/safe, and never draws a screen.
//
// Exit codes are a promise: 0 done, 1 failed, 2 wrong usage or settings, 3 done
// in part. Output is silent where nobody looks: a command that only does
// something prints to a terminal, not to cron.
package cli

import (
	"bufio"
	"context"
	"io"
	"log"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"sitrep/store"
	"sitrep/store/config"
	"sitrep/ui"
)

// app is one run of the program: where it reads and writes, and what the global
// flags say.
type app struct {
	stdin  io.Reader
	out    *bufio.Writer // standard output; Main flushes it
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time

	offline bool   // --offline
	store   string // --store: the store's directory, "" for the usual place
	demo    *sandbox
	keys    map[string]*store.Key // of what was opened in this run, by its place
}

// Main runs the command line args, without the program's name, and returns the
// exit code.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// net/http logs what a server says without being asked, which is no word of
	// ours, and in the middle of the screen.
	log.SetOutput(io.Discard)
	a := &app{stdin: stdin, out: bufio.NewWriterSize(stdout, 64<<10), stdout: stdout, stderr: stderr, now: time.Now, keys: map[string]*store.Key{}}
	defer a.forget()
	return a.run(ctx, args)
}

// run executes one command line and prints what went wrong.
func (a *app) run(ctx context.Context, args []string) int {
	err := execute(ctx, newRoot(a), args)
	if flushed := a.out.Flush(); err == nil && flushed != nil {
		err = flushed
	}
	return a.report(err)
}

// isTerminal reports whether a person looks at w, or types into it.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// width returns the cells in a line of the terminal behind w, fallback if it is
// none.
func width(w any, fallback int) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(f.Fd()); err == nil && n > 0 {
			return n
		}
	}
	return fallback
}

// ring is the keyring of this session.
func (a *app) ring() *config.Keyring { return config.OpenKeyring() }

// settings reads the settings file.
func (a *app) settings() (config.Settings, config.Paths, error) {
	paths, err := config.Locate()
	if err != nil {
		return config.Settings{}, paths, err
	}
	if a.store != "" {
		paths.Store = a.store
	}
	s, err := config.Load(paths.Settings, ui.Actions()...)
	s.Offline = a.offline || s.Offline && a.demo == nil // the samples need no network
	return s, paths, err
}
