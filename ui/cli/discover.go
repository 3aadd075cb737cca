package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/discover"
	"sitrep/store"
	"sitrep/store/config"
)

func discoverFeedsCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "discover ADDRESS",
		Short: "List the feeds of a site; nothing is subscribed",
		Long: "List the feeds of a site, the likeliest first: those that the catalogue knows, those that its\n" +
			"page names, or else those in the usual places. A line has address, format, items, newest item,\n" +
			"title, and where the feed was found: in the catalogue, named by the page, as a link in it, where\n" +
			"the host keeps feeds, or at a usual path. An address without a scheme is taken as https.",
		Example: "sitrep feeds discover shafaq.com\nsitrep feeds discover --json https://www.youtube.com/@name",
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			settings, paths, err := a.settings()
			if err != nil {
				return err
			}
			c, err := a.fullCatalog(paths)
			if err != nil {
				return err
			}
			found, err := a.discover(cmd.Context(), session{settings: settings, paths: paths}, c, args[0])
			if err != nil {
				return err
			}
			return a.printCandidates(settings, found, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

// discover finds the feeds of a site as the settings say.
func (a *app) discover(ctx context.Context, s session, c *catalog.Catalog, address string) ([]discover.Candidate, error) {
	client := s.client()
	defer client.Close()
	found, err := discover.Find(ctx, client, address, discover.Options{Catalog: c, Now: a.now, Offline: s.settings.Offline})
	var e *discover.Error
	if errors.As(err, &e) && e.Kind == discover.NoAddress {
		return nil, usage("%q is no http or https address of a site or feed", address)
	}
	return found, err
}

type candidateResult struct {
	URL    string `json:"url"`
	Title  string `json:"title"`
	Format string `json:"format"` // rss, atom or json, "" while unknown
	Lang   string `json:"lang"`
	Found  string `json:"found"` // address, catalogue, page, host, link or path
	Asked  bool   `json:"asked"` // it was asked and is a feed; items and newest are known
	Items  int    `json:"items"`
	Newest string `json:"newest"`
	Reason string `json:"reason"` // why it could not be read, "" when it was, or was not asked
}

func (a *app) printCandidates(settings config.Settings, found []discover.Candidate, asJSON bool) error {
	t := a.table(session{settings: settings}.setter())
	defer t.end()
	for _, c := range found {
		if asJSON {
			err := a.object(candidateResult{
				URL: c.URL, Title: clean(c.Title), Format: string(c.Type), Lang: clean(c.Lang), Found: string(c.Where),
				Asked: c.Asked, Items: c.Items, Newest: stamp(c.Newest), Reason: c.Reason,
			})
			if err != nil {
				return err
			}
			continue
		}
		items := "-"
		if c.Asked {
			items = strconv.Itoa(c.Items)
		}
		t.row(c.URL, orWord(string(c.Type)), items, onDay(c.Newest), c.Title, string(c.Where), c.Reason)
	}
	return nil
}

func orWord(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// addTimeout is how long `feeds add` looks at an address that may be a site's: a
// feed whose server is slow today can be added all the same.
const addTimeout = 10 * time.Second

// chosen returns the feed that an address stands for: itself when it is a feed's
// or cannot be looked at, else the only feed of the site.
func (a *app) chosen(ctx context.Context, s session, typed string) (store.Addition, error) {
	address, err := feedAddress(typed)
	itself := store.Addition{Feed: feeds.Feed{URL: address}}
	if err != nil || discover.IsFeedAddress(address) {
		return itself, err
	}
	c, err := a.fullCatalog(s.paths)
	if err != nil {
		return itself, err
	}
	short, stop := context.WithTimeout(ctx, addTimeout)
	defer stop()
	found, err := a.discover(short, s, c, address)
	switch {
	case ctx.Err() != nil:
		return itself, ctx.Err()
	case err == nil:
	case discover.MayBeFeed(address, err):
		a.say("Nobody could look at %s; it is added as it is.", feeds.WithoutLogin(address))
		return itself, nil
	case errors.Is(err, context.DeadlineExceeded):
		return itself, fmt.Errorf("%s does not answer; try again later, or give the address of its feed", cmp.Or(feeds.Hostname(address), address))
	default:
		return itself, err
	}
	if len(found) > 1 {
		if err := a.printCandidates(s.settings, found, false); err != nil {
			return itself, err
		}
		return itself, usage("%s has %s; choose one by its address: sitrep feeds add %s", cmp.Or(feeds.Hostname(address), address), count(len(found), "feed", "feeds"), found[0].URL)
	}
	return additionOf(address, found[0]), nil
}

// additionOf is the feed that was found for a typed address. Only the host that was
// typed may be on the local network.
func additionOf(address string, c discover.Candidate) store.Addition {
	if c.Where == discover.Address {
		return store.Addition{Feed: feeds.Feed{URL: address}}
	}
	return store.Addition{Feed: feeds.Feed{URL: c.URL}, Found: !discover.SameHost(c.URL, address)}
}
