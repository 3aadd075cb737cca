package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/store"
)

func feedsCommand(a *app) *cobra.Command {
	var asJSON bool
	listing := func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(s session) error { return a.listFeeds(cmd.Context(), s, asJSON) })
	}
	cmd := &cobra.Command{
		Use: "feeds", Short: "List, add and remove feeds, with their health", GroupID: groupLists, Args: exactly(0), RunE: listing,
		Example: "sitrep feeds\nsitrep feeds add https://example.org/rss.xml --briefing iraq\nsitrep feeds remove 12",
	}
	all := &cobra.Command{Use: "list", Short: "List the subscribed feeds: number, state, unread, title, address, what is wrong", Args: exactly(0), RunE: listing}
	for _, c := range []*cobra.Command{cmd, all} {
		c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	}
	cmd.AddCommand(all, addFeedCommand(a), removeFeedCommand(a))
	return cmd
}

type feedResult struct {
	ID        feeds.FeedID `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Source    string       `json:"source"`
	Lang      string       `json:"lang"`
	Briefings []string     `json:"briefings"`
	State     string       `json:"state"` // "unchecked" before the first request
	Reason    string       `json:"reason"`
	Checked   string       `json:"checked"`
	NextDue   string       `json:"next_due"`
	Newest    string       `json:"newest"`
	Errors    int          `json:"errors"`
	Articles  int          `json:"articles"`
	Unread    int          `json:"unread"`
}

func (a *app) listFeeds(ctx context.Context, s session, asJSON bool) error {
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	t := a.table(s.setter())
	defer t.end()
	for _, f := range over.Feeds {
		if asJSON {
			if err := a.object(feedJSON(f)); err != nil {
				return err
			}
			continue
		}
		t.row(strconv.FormatInt(int64(f.ID), 10), stateWord(f.Health), strconv.Itoa(f.Unread), f.Name(), f.URL, f.Health.Reason)
	}
	if len(over.Feeds) == 0 && !asJSON {
		a.say("Nothing is subscribed. Try sitrep briefings subscribe iraq, or sitrep import FILE.")
	}
	return nil
}

func feedJSON(f store.FeedState) feedResult {
	briefings := f.Briefings
	if briefings == nil {
		briefings = []string{}
	}
	return feedResult{
		ID: f.ID, URL: f.URL, Title: f.Title, Source: f.Source, Lang: f.Lang, Briefings: briefings,
		State: stateWord(f.Health), Reason: f.Health.Reason, Errors: f.Health.Errors,
		Checked: stamp(f.Health.Checked), NextDue: stamp(f.Health.NextDue), Newest: stamp(f.Health.Newest),
		Articles: f.Total, Unread: f.Unread,
	}
}

func stateWord(h feeds.Health) string {
	if h.State == feeds.Unchecked {
		return "unchecked"
	}
	return string(h.State)
}

func addFeedCommand(a *app) *cobra.Command {
	var f feeds.Feed
	var words []string
	cmd := &cobra.Command{
		Use:   "add URL",
		Short: "Subscribe a feed by its address",
		Long: "Subscribe a feed by its address, under All or as a briefing's own. An address on this\n" +
			"machine or the local network is allowed, because you typed it.",
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			link, err := feedAddress(args[0])
			if err != nil {
				return err
			}
			f.URL = link
			return a.with(cmd.Context(), func(s session) error { return a.addFeed(cmd.Context(), s, f, words) })
		},
	}
	cmd.Flags().StringVar(&f.Title, "title", "", "its name (default: what the feed says)")
	cmd.Flags().StringVar(&f.Source, "source", "", "the outlet's name")
	cmd.Flags().StringVar(&f.Lang, "lang", "", "language of its articles, like ar")
	cmd.Flags().StringArrayVar(&words, "briefing", nil, "a briefing that owns it; may be repeated")
	return cmd
}

// feedAddress accepts http and https addresses only; without a scheme it takes
// https.
func feedAddress(s string) (string, error) {
	if !strings.Contains(s, "://") && strings.Contains(s, ".") {
		s = "https://" + s
	}
	if !feeds.ValidAddress(s) {
		return "", usage("%q is no http or https address of a feed", s)
	}
	return s, nil
}

func (a *app) addFeed(ctx context.Context, s session, f feeds.Feed, words []string) error {
	var ids []string
	for _, word := range words {
		b, err := s.briefing(ctx, word)
		if err != nil {
			return err
		}
		ids = append(ids, b.ID)
	}
	id, added, err := s.AddFeed(ctx, f, ids)
	switch {
	case err != nil:
		return err
	case !added:
		a.say("Feed %d is subscribed already.", id)
		return nil
	}
	a.say("Subscribed as feed %d. sitrep refresh fetches it.", id)
	return nil
}

func removeFeedCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NUMBER or URL",
		Short: "Unsubscribe a feed; its articles stay",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error {
				f, err := s.feed(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := s.RemoveFeed(cmd.Context(), f.ID); err != nil {
					return err
				}
				a.say("%s is no longer fetched; its %s stay in the store.", f.Name(), count(f.Total, "article", "articles"))
				return nil
			})
		},
	}
}

// feed finds a subscribed feed by its number or address.
func (s session) feed(ctx context.Context, word string) (store.FeedState, error) {
	over, err := s.Overview(ctx)
	if err != nil {
		return store.FeedState{}, err
	}
	i := slices.IndexFunc(over.Feeds, func(f store.FeedState) bool {
		return f.URL == word || fmt.Sprint(f.ID) == word
	})
	if i < 0 {
		return store.FeedState{}, usage("no subscribed feed has the number or address %q; sitrep feeds lists them", word)
	}
	return over.Feeds[i], nil
}
