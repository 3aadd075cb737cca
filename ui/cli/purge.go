package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/store"
)

// purgeFlags are what `sitrep purge` takes.
type purgeFlags struct {
	olderThan   string
	keep        int
	unread, yes bool
}

func purgeCommand(a *app) *cobra.Command {
	var flags purgeFlags
	cmd := &cobra.Command{
		Use:   "purge {--older-than AGE | --keep N} [QUERY]",
		Short: "Remove old articles for good",
		Long: "Remove articles that are older than AGE (180d, 26w, 12m, 2026-01-31), or all but the newest N,\n" +
			"of all or of those that a query finds. Starred articles stay, unread ones too unless --unread\n" +
			"says otherwise. What goes is counted first; on a terminal it asks, elsewhere it needs --yes.\n" +
			"Removed articles stay known: a feed that serves one again does not bring it back.",
		Example: "sitrep purge --older-than 180d\nsitrep purge --keep 500 feed:wire\nsitrep purge --older-than 26w --unread --yes tag:sports",
		GroupID: groupKeep,
		RunE: func(cmd *cobra.Command, args []string) error {
			keeps := cmd.Flags().Changed("keep")
			switch {
			case flags.olderThan == "" && !keeps:
				return usage("say which articles: --older-than 180d, --keep 1000, or both")
			case flags.keep < 0:
				return usage("--keep %d is negative; 0 keeps none", flags.keep)
			}
			p, err := a.purgePlan(flags, args)
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error { return a.purge(cmd.Context(), s, p, flags.yes) })
		},
	}
	cmd.Flags().StringVar(&flags.olderThan, "older-than", "", "an age like 180d, 26w or 12m, or a date")
	cmd.Flags().IntVar(&flags.keep, "keep", 0, "keep the newest so many of those that the query finds")
	cmd.Flags().BoolVar(&flags.unread, "unread", false, "remove unread articles, too")
	cmd.Flags().BoolVar(&flags.yes, "yes", false, "do not ask")
	return cmd
}

// purgePlan reads what is to go; an age is read as before: of a query is.
func (a *app) purgePlan(flags purgeFlags, args []string) (store.Purge, error) {
	p := store.Purge{Keep: flags.keep, Unread: flags.unread}
	q, err := a.query(args)
	if err != nil {
		return p, err
	}
	parts := query.And{}
	if _, all := q.Expr.(query.All); !all && q.Expr != nil {
		parts = append(parts, q.Expr)
	}
	if flags.olderThan != "" {
		old, err := query.Parse("before:"+flags.olderThan, query.Options{Now: a.now(), Location: time.Local})
		if _, date := old.Expr.(query.Date); err != nil || !date {
			return p, usage("--older-than %q is no age or date; write 180d, 26w, 12m or 2026-01-31", flags.olderThan)
		}
		parts = append(parts, old.Expr)
	}
	switch len(parts) {
	case 0:
	case 1:
		p.Filter = parts[0]
	default:
		p.Filter = parts
	}
	return p, nil
}

func (a *app) purge(ctx context.Context, s session, p store.Purge, yes bool) error {
	what, err := s.Purgeable(ctx, p)
	if err != nil {
		return err
	}
	if spared := spare(what); spared != "" {
		a.print("%s", spared)
	}
	if len(what.IDs) == 0 {
		a.print("There is nothing to remove.")
		return nil
	}
	a.print("%s to remove for good.", count(len(what.IDs), "article", "articles"))
	if !yes {
		if err := a.ask("Remove them?"); err != nil {
			return err
		}
	}
	bar := a.progress()
	n, err := s.Purge(ctx, what.IDs, p.Unread, func(n int) { fmt.Fprintf(bar.w, "\r%d of %d removed\x1b[K", n, len(what.IDs)) })
	bar.clear()
	if err != nil && n > 0 {
		return inPart("%s removed, then: %s", count(n, "article", "articles"), sentence(err))
	}
	if err != nil {
		return err
	}
	sizes, err := s.Sizes(ctx)
	if err != nil {
		return err
	}
	a.print("Removed %s. %s of the store's file are free for new articles.", count(n, "article", "articles"), size(sizes.Free))
	return nil
}

// spare says what is old enough and stays.
func spare(what store.Purgeable) string {
	var stay []string
	if what.Starred > 0 {
		stay = append(stay, fmt.Sprintf("%d starred", what.Starred))
	}
	if what.Unread > 0 {
		stay = append(stay, fmt.Sprintf("%d unread (--unread removes them, too)", what.Unread))
	}
	if len(stay) == 0 {
		return ""
	}
	return "Staying: " + list(stay) + "."
}

// ask wants a yes from a person before something is removed.
func (a *app) ask(question string) error {
	if !isTerminal(a.stdin) || !isTerminal(a.stdout) {
		return usage("nothing was removed: there is nobody to ask; --yes removes without asking")
	}
	if a.agree(question) != nil {
		return fmt.Errorf("nothing was removed")
	}
	return nil
}

// errRefused is the answer of somebody who does not want it, or of nobody.
var errRefused = errors.New("nobody agreed")

// agree asks a person, and returns errRefused for any other answer than yes.
func (a *app) agree(question string) error {
	if !isTerminal(a.stdin) || !isTerminal(a.stdout) {
		return errRefused
	}
	fmt.Fprintf(a.out, "%s [y/N] ", safe.New(question))
	if err := a.out.Flush(); err != nil {
		return err
	}
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return errRefused
}
