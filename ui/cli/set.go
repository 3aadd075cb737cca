package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
	"sitrep/feeds/safe"
	"sitrep/store/config"
)

func setFeedCommand(a *app) *cobra.Command {
	var flags accessFlags
	var full onOff
	cmd := &cobra.Command{
		Use:   "set NUMBER or URL",
		Short: "Set how a feed is asked: login, header fields, certificate, size, full texts",
		Long: "Set how one feed is asked, or without flags print what is set. What is secret goes into the\n" +
			"system's keyring, or where there is none into secrets.json beside the store, which only you\n" +
			"can read; it is sent to the feed's own host only and never printed. A command runs without a\n" +
			"shell before the feed is asked, and the first line that it prints is the secret.\n\n" +
			"With --fulltext on, each refresh gets the pages of the feed's new unread articles, too.",
		Example: "sitrep feeds set 12 --user me --password-command 'pass show news.example'\n" +
			"printf %s \"$TOKEN\" | sitrep feeds set 12 --token-stdin\n" +
			"sitrep feeds set 12 --header 'X-Key: abc' --header 'Accept-Language: ar'\n" +
			"sitrep feeds set 12 --trust\nsitrep feeds set 12 --fulltext on\nsitrep feeds set 12 --forget",
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error {
				if full != "" {
					if err := a.setFeedFullText(cmd.Context(), s, args[0], full); err != nil || !flags.given(cmd) {
						return err
					}
				}
				return a.setFeed(cmd.Context(), s, &flags, args[0], flags.given(cmd))
			})
		},
	}
	flags.add(cmd)
	full.add(cmd)
	cmd.Flags().BoolVar(&flags.forget, "forget", false, "take back first all that was set")
	return cmd
}

func (a *app) setFeed(ctx context.Context, s session, flags *accessFlags, word string, given bool) error {
	f, err := s.feed(ctx, word)
	if err != nil {
		return err
	}
	if !given {
		if f.FullText {
			a.say("The pages of its new articles come with each refresh.")
		}
		return a.printAccess(ctx, s, f.ID)
	}
	jobs, err := s.Due(ctx, refresh.Selection{Now: a.now(), Feeds: []feeds.FeedID{f.ID}})
	if err != nil {
		return err
	}
	private := len(jobs) == 1 && jobs[0].AllowPrivate
	if err := a.apply(ctx, s, flags, f.ID, f.URL, private); err != nil {
		return err
	}
	a.say("Set for %s.", f.Title)
	return nil
}

// printAccess prints what is set for a feed, and no secret.
func (a *app) printAccess(ctx context.Context, s session, id feeds.FeedID) error {
	access, err := s.Access(ctx, id)
	if err != nil {
		return err
	}
	if access.IsZero() {
		a.say("Nothing is set for this feed.")
		return nil
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(a.out, "%-11s %s\n", safe.New(name), safe.New(value))
		}
	}
	line("host", access.Host)
	line("user", access.User)
	line("headers", strings.Join(access.Headers, ", "))
	if len(access.Command) > 0 {
		line("printed by", filepath.Base(access.Command[0]))
	}
	if access.Key != "" {
		place, _, _ := strings.Cut(access.Key, ":")
		line("kept in", place)
	}
	line("certificate", access.Pin)
	if access.MaxBytes > 0 {
		line("size", config.Size(access.MaxBytes).String())
	}
	return nil
}
