package cli

import (
	"github.com/spf13/cobra"

	"sitrep/feeds/catalog"
	"sitrep/store"
)

// completeBriefings offers the shipped briefings' ids to the shell.
func completeBriefings(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	c, err := catalog.Shipped()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, b := range c.Briefings {
		if !b.Hidden {
			ids = append(ids, b.ID+"\t"+b.Title)
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// completeWatches offers the names of watches to the shell. It makes no store.
func completeWatches(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
		_, paths, err := a.settings()
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		if sealed, err := store.Encrypted(paths.Store); sealed || err != nil || !store.Exists(paths.Store) {
			return nil, cobra.ShellCompDirectiveNoFileComp // nobody is asked for a pass phrase by a tab
		}
		_ = a.with(cmd.Context(), func(s session) error { // a shell has no use for errors
			all, err := s.Watches(cmd.Context())
			for _, w := range all {
				names = append(names, clean(w.Name)+"\t"+clean(w.Query))
			}
			return err
		})
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeNames offers what the reader can be opened at.
func completeNames(a *app) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		briefings, directive := completeBriefings(cmd, args, typed)
		watches, _ := completeWatches(a)(cmd, args, typed)
		return append(briefings, watches...), directive
	}
}
