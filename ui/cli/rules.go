package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/store/config"
)

func showBriefingCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:               "show BRIEFING",
		Short:             "Print a briefing's feeds and rules",
		Args:              exactly(1),
		ValidArgsFunction: completeBriefings,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error {
				return a.showBriefing(cmd.Context(), s, args[0], asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// rulesResult is a briefing with its rules; terms are written as briefing files
// have them.
type rulesResult struct {
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Group       feeds.Group    `json:"group"`
	Description string         `json:"description"`
	Zone        string         `json:"zone"`
	Subscribed  bool           `json:"subscribed"`
	Rule        feeds.RuleKind `json:"rule"`
	Terms       []string       `json:"terms"`
	Vetoes      []string       `json:"vetoes"`
	Own         []string       `json:"own_feeds"`
	General     []string       `json:"general_feeds"`
}

func (a *app) showBriefing(ctx context.Context, s session, word string, asJSON bool) error {
	b, err := s.briefing(ctx, word)
	if err != nil {
		return err
	}
	c, err := a.fullCatalog(s.paths)
	if err != nil {
		return err
	}
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	_, subscribed := subscription(over, b.ID)
	r := rulesResult{
		ID: b.ID, Title: b.Title, Group: b.Group, Description: b.Description, Zone: b.Zone, Subscribed: subscribed,
		Rule: b.Rule, Terms: config.FormatTerms(b.Terms), Vetoes: config.FormatTerms(b.Vetoes),
		Own: ownFeeds(over, c, b.ID), General: titles(c.General(b.ID)),
	}
	if asJSON {
		return a.object(r)
	}
	a.printRules(r, b)
	return nil
}

// ownFeeds lists the feeds that the briefing subscribes, or would.
func ownFeeds(over store.Overview, c *catalog.Catalog, id string) []string {
	state, ok := subscription(over, id)
	if !ok {
		return titles(c.Own(id))
	}
	out := []string{}
	for _, n := range state.Feeds {
		for _, f := range over.Feeds {
			if f.ID == n {
				out = append(out, f.Name())
			}
		}
	}
	return out
}

func titles(list []catalog.Feed) []string {
	out := []string{}
	for _, f := range enabled(list) {
		out = append(out, f.Title)
	}
	return out
}

func (a *app) printRules(r rulesResult, b feeds.Briefing) {
	state := "not subscribed"
	if r.Subscribed {
		state = "subscribed"
	}
	fmt.Fprintf(a.out, "%s (%s), %s, %s, times of %s\n", safe.New(r.Title), safe.New(r.ID), safe.New(string(r.Group)), state, safe.New(r.Zone))
	if r.Description != "" {
		fmt.Fprintln(a.out, safe.New(r.Description))
	}
	fmt.Fprintf(a.out, "\nRule: %s\n", safe.New(ruleSentence(r.Rule)))
	if len(r.Terms) > 0 {
		fmt.Fprintln(a.out, "~ marks a term that counts only beside another one, ! one that needs no region beside it.")
	}
	for _, lang := range termLanguages(b.Terms) {
		a.printTerms("Terms", lang, b.Terms)
	}
	never, within := splitVetoes(b.Vetoes)
	for _, lang := range termLanguages(never) {
		a.printTerms("Never with", lang, never)
	}
	for _, lang := range termLanguages(within) {
		a.printTerms("Terms do not count within", lang, within)
	}
	a.printNames("\nOwn feeds", r.Own)
	a.printNames("General feeds that it picks from", r.General)
}

// ruleSentence says when the terms let an article in.
func ruleSentence(kind feeds.RuleKind) string {
	switch kind {
	case feeds.RuleMatch:
		return "articles of general feeds with one of its terms in the title, or two in the summary"
	case feeds.RulePair:
		return "articles of general feeds with two different terms of its own"
	case feeds.RuleTopicAndRegion:
		return "articles of general feeds with one of its terms and one of any region"
	}
	return "only the articles of its own feeds"
}

// termLanguages lists the languages of terms in the order of their first.
func termLanguages(terms []feeds.Term) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range terms {
		if !seen[t.Lang] {
			seen[t.Lang] = true
			out = append(out, t.Lang)
		}
	}
	return out
}

// splitVetoes parts those that keep an article out from the weak ones, which only
// take away the words that they cover.
func splitVetoes(vetoes []feeds.Term) (never, within []feeds.Term) {
	for _, t := range vetoes {
		if t.Weak {
			t.Weak = false
			within = append(within, t)
		} else {
			never = append(never, t)
		}
	}
	return never, within
}

func (a *app) printTerms(heading, lang string, terms []feeds.Term) {
	var texts []string
	for _, t := range terms {
		if t.Lang == lang {
			texts = append(texts, marked(t))
		}
	}
	fmt.Fprintf(a.out, "%s (%s): %s\n", safe.New(heading), safe.New(lang), safe.New(strings.Join(texts, ", ")))
}

// marked is a term without its language.
func marked(t feeds.Term) string {
	switch {
	case t.Weak:
		return "~" + t.Text
	case t.Sufficient:
		return "!" + t.Text
	}
	return t.Text
}

func (a *app) printNames(heading string, names []string) {
	if len(names) > 0 {
		fmt.Fprintf(a.out, "%s (%d): %s\n", safe.New(heading), len(names), safe.New(strings.Join(names, ", ")))
	}
}

func addBriefingCommand(a *app) *cobra.Command {
	var b feeds.Briefing
	var rule string
	var terms, vetoes []string
	cmd := &cobra.Command{
		Use:   "add ID",
		Short: "Make a briefing of your own",
		Long: "Make a briefing of your own, under Mine. A term may name its language and be weak:\n" +
			"\"Basra\", \"ar:البصرة\", \"~strike\". sitrep feeds add --briefing gives it feeds.",
		Example: "sitrep briefings add water --title Water --term Tigris --term ar:دجلة --term '~dam'",
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b.ID, b.Rule = args[0], feeds.RuleKind(rule)
			if err := completeRules(&b, terms, vetoes); err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error { return a.addBriefing(cmd.Context(), s, b) })
		},
	}
	cmd.Flags().StringVar(&b.Title, "title", "", "its name on screen (default: its ID)")
	cmd.Flags().StringVar(&b.Description, "description", "", "a sentence about it")
	cmd.Flags().StringVar(&b.Zone, "zone", "UTC", "time zone of its times, like Asia/Baghdad")
	cmd.Flags().StringVar(&rule, "rule", "", "none, match, pair or topic-and-region (default: match if it has terms)")
	cmd.Flags().StringArrayVar(&terms, "term", nil, "a word or phrase that lets articles of general feeds in")
	cmd.Flags().StringArrayVar(&vetoes, "veto", nil, "a word or phrase that keeps them out")
	return cmd
}

// completeRules checks what was typed of a briefing and fills in the rest.
func completeRules(b *feeds.Briefing, terms, vetoes []string) error {
	if strings.Trim(b.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || b.ID == "" {
		return usage("%q is no briefing id: use lower-case letters, digits and hyphens", b.ID)
	}
	if b.Title == "" {
		b.Title = b.ID
	}
	if _, err := time.LoadLocation(b.Zone); err != nil {
		return usage("%q is no time zone; write one like Asia/Baghdad", b.Zone)
	}
	for _, list := range []struct {
		texts []string
		into  *[]feeds.Term
	}{{terms, &b.Terms}, {vetoes, &b.Vetoes}} {
		for _, text := range list.texts {
			parsed, err := config.ParseTerms(text)
			if err != nil {
				return usage("%q: %v", text, err)
			}
			*list.into = append(*list.into, parsed...)
		}
	}
	b.Group = feeds.Mine
	switch b.Rule {
	case feeds.RuleNone, feeds.RuleMatch, feeds.RulePair, feeds.RuleTopicAndRegion:
		return nil
	case "":
		if b.Rule = feeds.RuleNone; len(b.Terms) > 0 {
			b.Rule = feeds.RuleMatch
		}
		return nil
	}
	return usage("there is no rule %q; write none, match, pair or topic-and-region", b.Rule)
}

func (a *app) addBriefing(ctx context.Context, s session, b feeds.Briefing) error {
	all, err := s.Briefings(ctx)
	if err != nil {
		return err
	}
	if other, ok := named(all, b.ID); ok {
		return fmt.Errorf("there is a briefing %s already; a file %s in %s changes one that is shipped", other.ID, other.ID+".toml", s.paths.Briefings)
	}
	if err := s.AddBriefing(ctx, b); err != nil {
		return err
	}
	if err := s.Subscribe(ctx, b.ID, nil); err != nil {
		return err
	}
	a.say("%s is subscribed. sitrep feeds add URL --briefing %s gives it a feed.", b.Title, b.ID)
	return nil
}

func removeBriefingCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID",
		Short: "Remove a briefing of your own; its articles stay",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error {
				b, err := s.briefing(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				err = s.RemoveBriefing(cmd.Context(), b.ID)
				if errors.Is(err, store.ErrNotFound) {
					return fmt.Errorf("%s is no briefing of your own; sitrep briefings unsubscribe %s stops it", b.ID, b.ID)
				}
				if err == nil {
					a.say("%s is removed; its articles stay in All.", b.Title)
				}
				return err
			})
		},
	}
}
