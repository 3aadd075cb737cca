package cli

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/export"
	"sitrep/feeds/opml"
	"sitrep/store"
	"sitrep/ui"
)

// exportFlags are what `sitrep export` takes.
type exportFlags struct {
	format string
	full   bool
	feed   bool // texts as the feeds gave them
}

func exportCommand(a *app) *cobra.Command {
	var flags exportFlags
	cmd := &cobra.Command{
		Use:   "export [QUERY]",
		Short: "Print subscriptions as OPML, or articles as Markdown, text, JSON, HTML or mail",
		Long: "Without a query, print the subscriptions as OPML. With one, print the articles that it finds:\n" +
			"title, source, both times, link and the beginning of the text, or all of it with --full.",
		Example: "sitrep export > subscriptions.opml\nsitrep export --format md 'is:starred after:today'\nsitrep export --format json briefing:iraq",
		GroupID: groupLists,
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.format == "" {
				flags.format = "md"
				if len(args) == 0 {
					flags.format = "opml"
				}
			}
			return a.export(cmd.Context(), args, flags)
		},
	}
	cmd.Flags().StringVar(&flags.format, "format", "", "opml, md, text, json, html or mbox (default: opml, with a query md)")
	cmd.Flags().BoolVar(&flags.full, "full", false, "the whole text of each article in md and text")
	cmd.Flags().BoolVar(&flags.feed, "feed-text", false, "the texts as the feeds gave them, also where full texts are stored")
	return cmd
}

// printer is the form of the functions of package export.
type printer func(io.Writer, iter.Seq[export.Item], export.Options) error

// formats are the ways to print articles.
func formats() map[string]printer {
	return map[string]printer{"md": export.Markdown, "text": export.Text, "json": export.JSON, "html": export.HTML, "mbox": export.Mbox}
}

func (a *app) export(ctx context.Context, args []string, flags exportFlags) error {
	if flags.format == "opml" {
		if len(args) > 0 {
			return usage("OPML holds subscriptions, not articles: leave the query out or choose another --format")
		}
		return a.with(ctx, func(s session) error { return a.exportFeeds(ctx, s) })
	}
	print, ok := formats()[flags.format]
	if !ok {
		return usage("there is no format %q; write opml, md, text, json, html or mbox", flags.format)
	}
	q, err := a.query(args)
	if err != nil {
		return err
	}
	return a.with(ctx, func(s session) error {
		var failed error
		items := func(yield func(export.Item) bool) {
			failed = s.each(ctx, q, 0, func(r store.Row) error {
				it, _, err := ui.Item(ctx, s.Store, r.ID, flags.feed)
				if err == nil && !yield(it) {
					err = errStop
				}
				return err
			})
		}
		err := print(a.out, items, export.Options{Location: time.Local, Full: flags.full})
		if failed != nil && failed != errStop {
			return failed
		}
		return err
	})
}

// errStop ends an iteration that its caller has seen enough of.
var errStop = io.EOF

func (a *app) exportFeeds(ctx context.Context, s session) error {
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	outlines, err := s.Outlines(ctx)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, b := range over.Briefings {
		titles[b.ID] = b.Title
	}
	var subs []opml.Subscription
	for _, f := range over.Feeds {
		sub := opml.Subscription{URL: feeds.WithoutLogin(f.URL), Title: f.Title, Site: f.Site, Lang: f.Lang, Attributes: outlines[f.ID]}
		for _, id := range f.Briefings {
			sub.Folders = append(sub.Folders, titles[id]) // "News / Iraq" is a folder in a folder again
		}
		slices.Sort(sub.Folders)
		subs = append(subs, sub)
	}
	return opml.Write(a.out, "sitrep subscriptions", subs)
}
