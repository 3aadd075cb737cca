package cli

import (
	"context"

	"github.com/spf13/cobra"

	"sitrep/store"
)

func repairCommand(a *app) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use:   "repair",
		Short: "Check the store and mend what is wrong",
		Long: "Check the store's file, its lists and counters, and the search index against every text.\n" +
			"What can be made again is made again while you read on. If articles themselves are damaged,\n" +
			"all that can be read is saved into a new store, for which nobody may have the old one open;\n" +
			"the old one is set aside under another name, never deleted.\n\n" +
			"--from FILE puts a checked copy that sitrep backup made in the store's place instead.",
		Example: "sitrep repair\nsitrep repair --from ~/.local/share/sitrep/backups/sitrep-20261122-060000.db",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if from != "" {
				return a.restore(cmd.Context(), from)
			}
			return a.repair(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "put a copy of this file in the store's place")
	return cmd
}

func (a *app) repair(ctx context.Context) error {
	p, err := a.place()
	if err != nil {
		return err
	}
	if p.options.Key, err = a.key(ctx, p.settings, p.paths); err != nil {
		return err
	}
	out, err := store.Repair(ctx, p.paths.Store, p.options, a.hear)
	if err != nil {
		return err
	}
	for _, s := range out.Found.Sentences() {
		a.print("%s", s)
	}
	switch {
	case out.Salvaged != nil:
		a.print("Saved %s into a new store, and checked it.", count(out.Salvaged.Articles, "article", "articles"))
		a.print("The damaged one is kept as %s; remove it when nothing is missing.", out.Salvaged.Aside)
	case !out.Left.Sound():
		return inPart("not all of it could be mended: %s", out.Left.Sentences()[0])
	case !out.Found.Sound():
		a.print("It is mended, and was checked again.")
	}
	return nil
}
