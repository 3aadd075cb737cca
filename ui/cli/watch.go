package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/address"
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
	"sitrep/store"
	"sitrep/store/config"
)

func watchCommand(a *app) *cobra.Command {
	var asJSON bool
	listing := func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(s session) error { return a.listWatches(cmd.Context(), s, asJSON) })
	}
	cmd := &cobra.Command{
		Use: "watch", Short: "List, add, change, test and remove watches: queries that count what comes", GroupID: groupLists, Args: exactly(0), RunE: listing,
		Long: "A watch is a saved query that stands in the briefings pane and counts what it finds, as\n" +
			"articles come. It holds articles whatever you did with them, so that its query may ask\n" +
			"neither for marks (is:unread) nor for dates that move (after:7d); all else is as in search.",
		Example: "sitrep watch add 'Green Zone' '\"green zone\" OR المنطقة-الخضراء'\nsitrep watch test 'drone* -sports'\nsitrep watch show 'Green Zone'",
	}
	all := &cobra.Command{Use: "list", Short: "List the watches: name, unread, articles, query", Args: exactly(0), RunE: listing}
	for _, c := range []*cobra.Command{cmd, all} {
		c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	}
	cmd.AddCommand(all, addWatchCommand(a), setWatchCommand(a), renameWatchCommand(a), removeWatchCommand(a), showWatchCommand(a), testWatchCommand(a))
	return cmd
}

type watchResult struct {
	ID       feeds.WatchID `json:"id"`
	Name     string        `json:"name"`
	Query    string        `json:"query"`
	Made     string        `json:"made"`
	Articles int           `json:"articles"`
	Unread   int           `json:"unread"`
	New      int           `json:"new"`
	Filling  bool          `json:"filling"` // older articles are still being looked at
}

func (a *app) listWatches(ctx context.Context, s session, asJSON bool) error {
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	t := a.table(s.setter())
	defer t.end()
	for _, w := range over.Watches {
		if asJSON {
			err := a.object(watchResult{w.ID, clean(w.Name), clean(w.Query), stamp(w.Made), w.Total, w.Unread, w.New, w.Filling})
			if err != nil {
				return err
			}
			continue
		}
		total := count(w.Total, "article", "articles")
		if w.Filling {
			total += " so far"
		}
		t.row(w.Name, strconv.Itoa(w.Unread)+" unread", total, w.Query)
	}
	if len(over.Watches) == 0 && !asJSON {
		a.say("Nothing is watched. Try sitrep watch add 'Green Zone' '\"green zone\"'.")
	}
	return nil
}

// watch finds a watch by its name.
func (s session) watch(ctx context.Context, word string) (feeds.Watch, error) {
	all, err := s.Watches(ctx)
	if err != nil {
		return feeds.Watch{}, err
	}
	if w, ok := namedWatch(all, word); ok {
		return w, nil
	}
	names := make([]string, len(all))
	for i, w := range all {
		names[i] = w.Name
	}
	if near := config.Nearest(word, names, 3); near != "" {
		return feeds.Watch{}, usage("there is no watch %q; did you mean %s?", word, near)
	}
	return feeds.Watch{}, usage("there is no watch %q; sitrep watch lists them", word)
}

// namedWatch compares folded names.
func namedWatch(all []feeds.Watch, word string) (feeds.Watch, bool) {
	folded := spelling.Fold(word)
	i := slices.IndexFunc(all, func(w feeds.Watch) bool {
		return w.Name == word || folded != "" && spelling.Fold(w.Name) == folded
	})
	if i < 0 {
		return feeds.Watch{}, false
	}
	return all[i], true
}

func showWatchCommand(a *app) *cobra.Command {
	flags := searchFlags{}
	unread := false
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Print what a watch lists, as search prints it", Args: exactly(1), ValidArgsFunction: completeWatches(a),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.limit < 0 {
				return usage("--limit %d is negative; 0 stands for no limit", flags.limit)
			}
			return a.with(cmd.Context(), func(s session) error {
				w, err := s.watch(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				sc := store.Scope{Watch: w.ID, UnreadOnly: unread}
				return a.printRows(s, flags, func(win store.Window) ([]store.Row, error) { return s.List(cmd.Context(), sc, win) })
			})
		},
	}
	listFlags(cmd, &flags)
	cmd.Flags().BoolVar(&unread, "unread", false, "only what is unread")
	return cmd
}

// newestShown is how many articles `sitrep watch test` prints.
const newestShown = 5

type watchTest struct {
	Query    string `json:"query"` // as it would be kept
	Articles int    `json:"articles"`
	Newest   []row  `json:"newest"`
}

func testWatchCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "test QUERY", Short: "Print how many stored articles a watch would list, and the newest", Args: atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := a.standing(args)
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error { return a.testWatch(cmd.Context(), s, e, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func (a *app) testWatch(ctx context.Context, s session, e query.Expr, asJSON bool) error {
	n, err := s.Count(ctx, query.Query{Expr: e})
	if err != nil {
		return err
	}
	read := func(w store.Window) ([]store.Row, error) { return s.Search(ctx, query.Query{Expr: e}, w) }
	if !asJSON {
		if _, err := fmt.Fprintln(a.out, count(n, "article", "articles")); err != nil {
			return err
		}
		t := a.table(s.setter())
		defer t.end()
		return eachRow(newestShown, read, func(r store.Row) error {
			t.row(day(r.At), r.Source, r.Title, address.Show(r.Link).String())
			return nil
		})
	}
	r := watchTest{Query: clean(e.String()), Articles: n, Newest: []row{}}
	err = eachRow(newestShown, read, func(x store.Row) error {
		r.Newest = append(r.Newest, rowJSON(x))
		return nil
	})
	if err != nil {
		return err
	}
	return a.object(r)
}
