package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// standing reads the arguments as a query that can be watched.
func (a *app) standing(args []string) (query.Expr, error) {
	text, err := a.queryText(args)
	if err != nil {
		return nil, err
	}
	return query.ParseStanding(text, a.queryOptions())
}

func addWatchCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "add NAME QUERY",
		Short:   "Watch what a query finds; - reads the query from standard input",
		Example: "sitrep watch add Drones 'drone* OR مسيرة'",
		Args:    atLeast(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := a.standing(args[1:])
			if err != nil {
				return err
			}
			w, err := newWatch(args[0], e)
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error {
				if w, err = s.AddWatch(cmd.Context(), w); err != nil {
					return err
				}
				return a.fill(cmd.Context(), s, w)
			})
		},
	}
}

func newWatch(name string, e query.Expr) (w feeds.Watch, err error) {
	w.Query = e.String()
	if w.Name, err = feeds.WatchName(name); err != nil {
		return w, usage("%w", err)
	}
	return w, nil
}

// fill looks at everything stored for a watch and says what came of it. What an
// interruption leaves is looked at later, by whichever sitrep runs.
func (a *app) fill(ctx context.Context, s session, w feeds.Watch) error {
	for more := true; more; {
		var err error
		more, err = s.FillWatches(ctx, time.Second)
		if errors.Is(err, context.Canceled) {
			return inPart("interrupted: %s is kept, and older articles are looked at later", w.Name)
		}
		if err != nil {
			return err
		}
	}
	over, err := s.Overview(ctx)
	for _, x := range over.Watches {
		if x.ID == w.ID {
			a.say("%s watches %s: %s, %d unread.", x.Name, x.Query, count(x.Total, "article", "articles"), x.Unread)
		}
	}
	return err
}

func setWatchCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "set NAME QUERY", Short: "Give a watch another query", Args: atLeast(2), ValidArgsFunction: completeWatches(a),
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := a.standing(args[1:])
			if err != nil {
				return err
			}
			return a.changeWatch(cmd.Context(), args[0], func(w *feeds.Watch) { w.Query = e.String() })
		},
	}
}

func renameWatchCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "rename NAME NEW-NAME", Short: "Give a watch another name", Args: exactly(2), ValidArgsFunction: completeWatches(a),
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := feeds.WatchName(args[1])
			if err != nil {
				return usage("%w", err)
			}
			return a.changeWatch(cmd.Context(), args[0], func(w *feeds.Watch) { w.Name = name })
		},
	}
}

func (a *app) changeWatch(ctx context.Context, name string, change func(*feeds.Watch)) error {
	return a.with(ctx, func(s session) error {
		w, err := s.watch(ctx, name)
		if err != nil {
			return err
		}
		change(&w)
		if err := s.ChangeWatch(ctx, w); err != nil {
			return err
		}
		return a.fill(ctx, s, w)
	})
}

func removeWatchCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Remove a watch; its articles stay", Args: exactly(1), ValidArgsFunction: completeWatches(a),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error {
				w, err := s.watch(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := s.RemoveWatch(cmd.Context(), w.ID); err != nil {
					return err
				}
				a.say("%s is removed. It watched %s.", w.Name, w.Query)
				return nil
			})
		},
	}
}
