package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds/catalog"
	"sitrep/feeds/demo"
	"sitrep/feeds/refresh"
)

// sandbox is what a command line sees inside a demo: the shipped briefings
// without their feeds, so that nothing but the samples is ever fetched.
type sandbox struct{ catalog *catalog.Catalog }

// patience is how long a command inside a demo waits for the samples; their slow
// source takes a little less.
const patience = 3 * time.Second

func demoCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo [--keep DIR] [COMMAND...]",
		Short: "Try everything on sample briefings, with no network",
		Long: "Open the reader on sample briefings, served from inside the program on this machine, in a\n" +
			"temporary store. With a command, fetch the samples, run the command on them and remove the\n" +
			"store. --keep DIR keeps the store in DIR for the next time.",
		Example:            "sitrep demo\nsitrep demo search embassy\nsitrep demo --keep /tmp/samples count is:unread",
		GroupID:            groupRead,
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			keep, rest, err := keepFlag(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 && (rest[0] == "-h" || rest[0] == "--help") {
				return cmd.Help()
			}
			return a.inSandbox(cmd.Context(), keep, func(inner *app) error { return inner.tryOut(cmd.Context(), rest) })
		},
	}
}

// keepFlag reads the one flag that belongs to demo itself; the rest is another
// command line.
func keepFlag(args []string) (dir string, rest []string, err error) {
	switch {
	case len(args) > 0 && strings.HasPrefix(args[0], "--keep="):
		dir, rest = strings.TrimPrefix(args[0], "--keep="), args[1:]
	case len(args) > 1 && args[0] == "--keep":
		dir, rest = args[1], args[2:]
	case len(args) > 0 && args[0] == "--keep":
	default:
		return "", args, nil
	}
	if dir == "" {
		return "", nil, usage("--keep needs a directory")
	}
	return dir, rest, nil
}

// inSandbox serves the samples while do runs on a store of theirs in dir, or in a
// temporary directory when dir is "".
func (a *app) inSandbox(ctx context.Context, dir string, do func(*app) error) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "sitrep-demo-"); err != nil {
			return fmt.Errorf("make temporary store: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	shipped, err := catalog.Shipped()
	if err != nil {
		return err
	}
	inner := *a
	inner.store = dir
	inner.demo = &sandbox{&catalog.Catalog{Briefings: shipped.Briefings, Spellings: shipped.Spellings}}
	var server *demo.Server
	err = inner.with(ctx, func(s session) error {
		server, err = subscribeSamples(ctx, s, a.now())
		return err
	})
	if err != nil {
		return err
	}
	defer server.Close()
	return do(&inner)
}

// demoEvery is how often the reader asks the samples again, so that those which
// come later arrive while somebody looks.
const demoEvery = 20 * time.Second

// demoAddress is the setting of a kept store that holds where its samples were:
// elsewhere they would be other feeds.
const demoAddress = "demo.address"

// subscribeSamples serves the samples and subscribes them, which a kept store may
// have done before.
func subscribeSamples(ctx context.Context, s session, now time.Time) (*demo.Server, error) {
	address, err := s.Setting(ctx, demoAddress)
	if err != nil {
		return nil, err
	}
	if address == "" {
		if err := unused(ctx, s); err != nil {
			return nil, err
		}
	}
	server, err := demo.Serve(ctx, now, demo.WithAddress(address))
	if err != nil {
		return nil, fmt.Errorf("the samples cannot be served on this machine; end another demo that runs, or use another --keep directory: %v", err)
	}
	err = s.SetSetting(ctx, demoAddress, strings.TrimPrefix(server.URL(), "http://")) // first: it marks the store
	for _, id := range server.Briefings() {
		err = errors.Join(err, s.Subscribe(ctx, id, nil))
	}
	for _, f := range server.Feeds() {
		_, _, failed := s.AddFeed(ctx, f.Feed, f.Briefings)
		err = errors.Join(err, failed)
	}
	if err != nil {
		server.Close()
		return nil, err
	}
	return server, nil
}

// unused refuses a store that somebody reads with: samples are not mixed into
// their news.
func unused(ctx context.Context, s session) error {
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	if len(over.Feeds)+len(over.Briefings)+over.All.Total > 0 {
		return usage("%s holds a store of your own, not one of the samples; give --keep another directory", s.paths.Store)
	}
	return nil
}

// tryOut runs a command line on the samples.
func (a *app) tryOut(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "demo" {
		return usage("a demo cannot hold another one")
	}
	root := newRoot(a)
	if found, _, err := root.Find(args); err == nil && found != root && reads(found) {
		if err := a.fetchSamples(ctx); err != nil {
			return err
		}
	}
	return execute(ctx, root, args)
}

// reads reports whether a command looks at articles, which have to be fetched for
// it first.
func reads(cmd *cobra.Command) bool {
	for cmd.Parent().HasParent() {
		cmd = cmd.Parent()
	}
	return !slices.Contains([]string{"refresh", "config", "version", "help", "man", "completion"}, cmd.Name())
}

func (a *app) fetchSamples(ctx context.Context) error {
	return a.with(ctx, func(s session) error {
		limited, stop := context.WithTimeout(ctx, patience)
		defer stop()
		_, err := s.refresh(limited, refresh.Options{Now: a.now})
		if limited.Err() != nil && ctx.Err() == nil {
			return nil // the slow source was too slow: go on without it
		}
		return err
	})
}
