package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/discover"
	"sitrep/store"
)

func feedsCommand(a *app) *cobra.Command {
	var asJSON bool
	listing := func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(s session) error { return a.listFeeds(cmd.Context(), s, asJSON) })
	}
	cmd := &cobra.Command{
		Use: "feeds", Short: "List, find, add, set, check and remove feeds, with their health", GroupID: groupLists, Args: exactly(0), RunE: listing,
		Example: "sitrep feeds\nsitrep feeds discover shafaq.com\nsitrep feeds add https://example.org/rss.xml --briefing iraq\nsitrep feeds remove 12\nsitrep feeds check",
	}
	all := &cobra.Command{Use: "list", Short: "List the subscribed feeds: number, state, unread, title, address, reason", Args: exactly(0), RunE: listing}
	for _, c := range []*cobra.Command{cmd, all} {
		c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	}
	cmd.AddCommand(all, addFeedCommand(a), setFeedCommand(a), removeFeedCommand(a), checkFeedsCommand(a), discoverFeedsCommand(a))
	return cmd
}

type feedResult struct {
	ID         feeds.FeedID `json:"id"`
	URL        string       `json:"url"`
	Title      string       `json:"title"`
	Source     string       `json:"source"`
	Lang       string       `json:"lang"`
	Briefings  []string     `json:"briefings"`
	State      string       `json:"state"` // "unchecked" before the first request
	Reason     string       `json:"reason"`
	Checked    string       `json:"checked"`
	NextDue    string       `json:"next_due"`
	Newest     string       `json:"newest"`
	Errors     int          `json:"errors"`
	Articles   int          `json:"articles"`
	Unread     int          `json:"unread"`
	Status     int          `json:"status"`      // of HTTP, 0 when the last request got no answer
	Items      int          `json:"items"`       // in the last answer
	BodyLength int          `json:"body_length"` // average of an item, in characters
	Bytes      int64        `json:"bytes"`       // of all answers' bodies, as sent
	FullText   bool         `json:"fulltext"`    // the pages of its new articles come with each refresh
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
		t.row(strconv.FormatInt(int64(f.ID), 10), f.Health.State.Word(), strconv.Itoa(f.Unread), f.Name(), f.URL, f.Health.Sentence(time.Local))
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
		State: f.Health.State.Word(), Reason: f.Health.Sentence(time.Local), Errors: f.Health.Errors,
		Checked: stamp(f.Health.Checked), NextDue: stamp(f.Health.NextDue), Newest: stamp(f.Health.Newest),
		Articles: f.Total, Unread: f.Unread,
		Status: f.Health.Status, Items: f.Health.Items, BodyLength: f.Health.BodyLength, Bytes: f.Health.BytesUsed, FullText: f.FullText,
	}
}

func addFeedCommand(a *app) *cobra.Command {
	var f feeds.Feed
	var words []string
	var access accessFlags
	cmd := &cobra.Command{
		Use:   "add URL",
		Short: "Subscribe a feed by its address or its site's",
		Long: "Subscribe a feed by its address, under All or as a briefing's own. For a site's address its\n" +
			"only feed is subscribed; when it has several they are listed, nothing is subscribed, and the\n" +
			"exit code is 2. An address that ends like a feed's is taken without a look at it. An address\n" +
			"on this machine or the local network is allowed, because you typed it.",
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			typed, err := access.typed(cmd, args[0])
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error {
				id, err := a.addFeed(cmd.Context(), s, typed, f, words)
				if err != nil || !typed.set {
					return err
				}
				return a.apply(cmd.Context(), s, &access, id, typed.address, true)
			})
		},
	}
	cmd.Flags().StringVar(&f.Title, "title", "", "its name (default: what the feed says)")
	cmd.Flags().StringVar(&f.Source, "source", "", "the outlet's name")
	cmd.Flags().StringVar(&f.Lang, "lang", "", "language of its articles, like ar")
	cmd.Flags().StringArrayVar(&words, "briefing", nil, "a briefing that owns it; may be repeated")
	access.add(cmd)
	return cmd
}

// feedAddress accepts http and https addresses only; without a scheme it takes
// https.
func feedAddress(typed string) (string, error) {
	address, ok := discover.Normal(typed)
	if !ok {
		return "", usage("%q is no http or https address of a feed", typed)
	}
	return address, nil
}

func (a *app) addFeed(ctx context.Context, s session, typed typedFeed, f feeds.Feed, words []string) (feeds.FeedID, error) {
	var ids []string
	for _, word := range words {
		b, err := s.briefing(ctx, word)
		if err != nil {
			return 0, err
		}
		ids = append(ids, b.ID)
	}
	add := store.Addition{Feed: feeds.Feed{URL: typed.address}}
	if !typed.set { // who sets a login gives the feed's own address
		var err error
		if add, err = a.chosen(ctx, s, typed.address); err != nil {
			return 0, err
		}
	}
	f.URL = add.URL
	add.Feed, add.Briefings = f, ids
	added, err := s.AddFeeds(ctx, []store.Addition{add})
	switch {
	case err != nil:
		return 0, err
	case !added[0].New:
		a.say("Feed %d is subscribed already.", added[0].ID)
	default:
		a.say("Subscribed %s as feed %d. sitrep refresh fetches it.", feeds.WithoutLogin(f.URL), added[0].ID)
	}
	return added[0].ID, nil
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
	address, _ := discover.Normal(word) // "" for a number
	i := slices.IndexFunc(over.Feeds, func(f store.FeedState) bool {
		return f.URL == word || f.URL == address || fmt.Sprint(f.ID) == word
	})
	if i < 0 {
		return store.FeedState{}, usage("no subscribed feed has the number or address %q; sitrep feeds lists them", word)
	}
	return over.Feeds[i], nil
}
