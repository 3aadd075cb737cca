package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"sitrep/store"
)

// backupFlags are what `sitrep backup` takes.
type backupFlags struct {
	keep    int
	restore string
}

func backupCommand(a *app) *cobra.Command {
	var flags backupFlags
	cmd := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Copy the whole store into a file, checked and counted",
		Long: "Copy the store as of this moment into one file, while the reader and refreshes go on. The\n" +
			"copy is opened, checked and counted before it gets its name. Without FILE it goes into the\n" +
			"folder backups of the store; --keep removes older ones there. A file that exists is refused.\n\n" +
			"--restore FILE puts a checked copy of FILE in the store's place. The present store is set\n" +
			"aside under another name, never deleted.",
		Example: "sitrep backup\nsitrep backup --keep 7\nsitrep backup /media/stick/sitrep.db\nsitrep backup --restore /media/stick/sitrep.db",
		GroupID: groupKeep,
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case flags.restore != "" && (len(args) > 0 || flags.keep > 0):
				return usage("--restore takes one file and goes with nothing else")
			case flags.restore != "":
				return a.restore(cmd.Context(), flags.restore)
			case flags.keep < 0 || flags.keep == 0 && cmd.Flags().Changed("keep"):
				return usage("--keep %d would keep nothing; the least is 1", flags.keep)
			}
			return a.with(cmd.Context(), func(s session) error { return a.backup(cmd.Context(), s, args, flags) })
		},
	}
	cmd.Flags().IntVar(&flags.keep, "keep", 0, "keep the newest so many in the store's folder backups, remove older ones there")
	cmd.Flags().StringVar(&flags.restore, "restore", "", "put a copy of this file in the store's place")
	return cmd
}

func (a *app) backup(ctx context.Context, s session, args []string, flags backupFlags) error {
	file := s.BackupName(a.now())
	if len(args) > 0 {
		file = args[0]
	}
	made, err := s.Backup(ctx, file)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists and was left as it is; give another name", file)
	}
	if err != nil {
		return err
	}
	a.print("%s: %s, %s", made.Path, size(made.Size), count(made.Articles, "article", "articles"))
	if s.Encrypted() {
		a.print("It is encrypted as the store is; %s.key beside it belongs to it.", made.Path)
	}
	if flags.keep == 0 {
		return nil
	}
	removed, err := store.PruneBackups(s.paths.Store, flags.keep)
	if removed > 0 {
		a.print("Removed %s.", count(removed, "older backup", "older backups"))
	}
	return err
}

// restore puts a copy in the store's place.
func (a *app) restore(ctx context.Context, file string) error {
	settings, paths, err := a.settings()
	if err != nil {
		return err
	}
	k, err := a.copyKey(ctx, settings, paths, file)
	if err != nil {
		return err
	}
	out, err := store.Restore(ctx, paths.Store, file, k, a.now())
	if err != nil {
		return err
	}
	a.print("The store is now a copy of %s: %s.", file, count(out.Articles, "article", "articles"))
	if out.Aside != "" {
		a.print("The one before is kept as %s; remove it when you no longer need it.", out.Aside)
	}
	return nil
}

// print prints a sentence of ours, to whatever reads it.
func (a *app) print(format string, args ...any) {
	a.prose(a.out, a.stdout, fmt.Sprintf(format, args...))
}

func size(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// atMost refuses more arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return tooMany(cmd, args[n])
		}
		return nil
	}
}
