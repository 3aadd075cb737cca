package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/spelling"
	"sitrep/store"
	"sitrep/store/config"
)

func briefingsCommand(a *app) *cobra.Command {
	var asJSON bool
	listing := func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(s session) error { return a.listBriefings(cmd.Context(), s, asJSON) })
	}
	cmd := &cobra.Command{
		Use: "briefings", Short: "List, show and subscribe briefings", GroupID: groupLists, Args: exactly(0), RunE: listing,
		Example: "sitrep briefings\nsitrep briefings subscribe iraq security --general en,ar\nsitrep briefings show iraq",
	}
	all := &cobra.Command{Use: "list", Short: "List all briefings; * marks those subscribed", Args: exactly(0), RunE: listing}
	for _, c := range []*cobra.Command{cmd, all} {
		c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	}
	cmd.AddCommand(all, showBriefingCommand(a), subscribeCommand(a), unsubscribeCommand(a), setBriefingCommand(a), addBriefingCommand(a), removeBriefingCommand(a))
	return cmd
}

// briefing finds a briefing by its id or title, among those that are shown.
func (s session) briefing(ctx context.Context, word string) (feeds.Briefing, error) {
	all, err := s.Briefings(ctx)
	if err != nil {
		return feeds.Briefing{}, err
	}
	all = slices.DeleteFunc(all, func(b feeds.Briefing) bool { return b.Hidden })
	if b, ok := named(all, word); ok {
		return b, nil
	}
	ids := make([]string, len(all))
	for i, b := range all {
		ids[i] = b.ID
	}
	if near := config.Nearest(strings.ToLower(word), ids, 3); near != "" {
		return feeds.Briefing{}, usage("there is no briefing %q; did you mean %s?", word, near)
	}
	return feeds.Briefing{}, usage("there is no briefing %q; sitrep briefings lists them", word)
}

// named compares ids and folded titles.
func named(all []feeds.Briefing, word string) (feeds.Briefing, bool) {
	folded := spelling.Fold(word)
	i := slices.IndexFunc(all, func(b feeds.Briefing) bool {
		return strings.EqualFold(b.ID, word) || folded != "" && spelling.Fold(b.Title) == folded
	})
	if i < 0 {
		return feeds.Briefing{}, false
	}
	return all[i], true
}

type briefingResult struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Group       feeds.Group `json:"group"`
	Description string      `json:"description"`
	Subscribed  bool        `json:"subscribed"`
	Feeds       int         `json:"feeds"`
	Problems    int         `json:"problems"` // feeds that cannot be read now
	Articles    int         `json:"articles"`
	Unread      int         `json:"unread"`
	New         int         `json:"new"`
	FullText    bool        `json:"fulltext"` // the pages of its new articles come with each refresh
}

func (a *app) listBriefings(ctx context.Context, s session, asJSON bool) error {
	all, err := s.Briefings(ctx)
	if err != nil {
		return err
	}
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	t := a.table(s.setter())
	defer t.end()
	for _, b := range all {
		if b.Hidden {
			continue
		}
		state, subscribed := subscription(over, b.ID)
		if asJSON {
			r := briefingResult{
				b.ID, b.Title, b.Group, b.Description, subscribed,
				len(state.Feeds), state.Problems, state.Total, state.Unread, state.New, state.FullText,
			}
			if err := a.object(r); err != nil {
				return err
			}
			continue
		}
		mark, unread := " ", ""
		if subscribed {
			mark, unread = "*", strconv.Itoa(state.Unread)+" unread"
		}
		t.row(mark, b.ID, b.Title, string(b.Group), unread)
	}
	return nil
}

func subscription(over store.Overview, id string) (store.BriefingState, bool) {
	i := slices.IndexFunc(over.Briefings, func(b store.BriefingState) bool { return b.ID == id })
	if i < 0 {
		return store.BriefingState{}, false
	}
	return over.Briefings[i], true
}

func subscribeCommand(a *app) *cobra.Command {
	var general string
	cmd := &cobra.Command{
		Use:   "subscribe BRIEFING...",
		Short: "Subscribe briefings with their own feeds",
		Long: "Subscribe briefings with the feeds of their own. Their rules can also pick articles out of\n" +
			"general feeds: --general adds those, by language.",
		Args:              atLeast(1),
		ValidArgsFunction: completeBriefings,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error { return a.subscribe(cmd.Context(), s, args, general) })
		},
	}
	cmd.Flags().StringVar(&general, "general", "", "general feeds in these languages, too, like en,ar; all for every one")
	return cmd
}

func (a *app) subscribe(ctx context.Context, s session, words []string, general string) error {
	c, err := a.fullCatalog(s.paths)
	if err != nil {
		return err
	}
	for _, word := range words {
		b, err := s.briefing(ctx, word)
		if err != nil {
			return err
		}
		var ids []string
		offered := enabled(c.General(b.ID))
		for _, f := range offered {
			if wantsLanguage(general, f.Lang) {
				ids = append(ids, f.Catalog)
			}
		}
		if err := s.Subscribe(ctx, b.ID, ids); err != nil {
			return err
		}
		own := len(enabled(c.Own(b.ID)))
		a.say("%s: %s of its own, %s.", b.Title, count(own, "feed", "feeds"), count(len(ids), "general one", "general ones"))
		if rest := len(offered) - len(ids); rest > 0 {
			a.say("  %s can be added, some %.1f MB each time: %s; --general chooses languages.",
				count(rest, "more general feed", "more general feeds"), megabytes(offered), languages(offered))
		}
	}
	a.say("sitrep refresh fetches them; sitrep opens the reader.")
	return nil
}

// enabled leaves out the feeds that ship switched off.
func enabled(all []catalog.Feed) []catalog.Feed {
	return slices.DeleteFunc(slices.Clone(all), func(f catalog.Feed) bool { return f.Disabled })
}

// wantsLanguage reads the value of --general.
func wantsLanguage(list, lang string) bool {
	return list == "all" || lang != "" && slices.Contains(strings.Split(list, ","), lang)
}

// megabytes is what fetching all of the feeds takes at most.
func megabytes(list []catalog.Feed) (sum float64) {
	for _, f := range list {
		sum += float64(f.ApproxBytes()) / 1e6
	}
	return sum
}

// languages counts feeds by language, the commonest first: "12 en, 4 ar".
func languages(list []catalog.Feed) string {
	n := map[string]int{}
	var order []string
	for _, f := range list {
		if n[f.Lang]++; n[f.Lang] == 1 {
			order = append(order, f.Lang)
		}
	}
	slices.SortStableFunc(order, func(x, y string) int { return n[y] - n[x] })
	words := make([]string, len(order))
	for i, lang := range order {
		words[i] = fmt.Sprintf("%d %s", n[lang], lang)
	}
	return strings.Join(words, ", ")
}

func unsubscribeCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "unsubscribe BRIEFING...",
		Short:             "Stop fetching briefings; what is stored stays",
		Args:              atLeast(1),
		ValidArgsFunction: completeBriefings,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error {
				for _, word := range args {
					b, err := s.briefing(cmd.Context(), word)
					if err != nil {
						return err
					}
					err = s.Unsubscribe(cmd.Context(), b.ID)
					if errors.Is(err, store.ErrNotFound) {
						return fmt.Errorf("%s is not subscribed", b.Title)
					}
					if err != nil {
						return err
					}
					a.say("%s is no longer fetched; its articles stay in the store.", b.Title)
				}
				return nil
			})
		},
	}
}
