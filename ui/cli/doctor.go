package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/safe"
	"sitrep/store"
)

func doctorCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Explain the state of the store and of the feeds",
		Long: "Explain where everything is, how large it is and who else uses it, whether the file is sound,\n" +
			"when it was backed up last, and which feeds are ill. sitrep repair looks at more, and mends it.",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			fact(a, "version", "%s", version())
			return a.with(cmd.Context(), func(s session) error { return a.examine(cmd.Context(), s) })
		},
	}
}

// fact prints one line of the report.
func fact(a *app, name, format string, args ...any) {
	fmt.Fprintf(a.out, "%-9s %s\n", safe.New(name), safe.New(fmt.Sprintf(format, args...)))
}

func (a *app) examine(ctx context.Context, s session) error {
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	fact(a, "settings", "%s", origin(s.paths.Settings))
	fact(a, "order", "%s", a.explainOrder(ctx, s))
	fact(a, "store", "%s (%.1f MB)", s.paths.Store, float64(folderSize(s.paths.Store))/1e6)
	if err := a.explainFile(ctx, s); err != nil {
		return err
	}
	fact(a, "articles", "%d, %d unread, %d new since the last visit", over.All.Total, over.All.Unread, over.All.New)
	fact(a, "lists", "%s, %s", count(len(over.Briefings), "briefing", "briefings"), count(len(over.Feeds), "feed", "feeds"))
	if over.Checked.IsZero() {
		fact(a, "checked", "never")
	} else {
		fact(a, "checked", "%s", day(over.Checked))
	}
	if p, on, err := s.Running(ctx); err == nil && on {
		fact(a, "refresh", "another process is at %d of %d feeds", p.Done, p.Total)
	}
	ill, asked := illFeeds(over.Feeds), askedFeeds(over.Feeds)
	fact(a, "health", "%d of %d feeds give news", asked-len(ill), len(over.Feeds))
	if waiting := len(over.Feeds) - asked; waiting > 0 {
		fact(a, "", "%s not asked yet", count(waiting, "feed was", "feeds were"))
	}
	for _, f := range ill {
		fact(a, "", "%s: %s: %s", f.Name(), f.Health.State, f.Health.Reason)
	}
	return nil
}

// explainFile tells what is to be known of the file and its place.
func (a *app) explainFile(ctx context.Context, s session) error {
	sizes, err := s.Sizes(ctx)
	if err != nil {
		return err
	}
	rest := sizes.File - sizes.Index - sizes.Free
	fact(a, "file", "%s: articles and lists %s, search index %s (%d %% of them), free for new ones %s",
		size(sizes.File), size(rest), size(sizes.Index), 100*sizes.Index/max(rest, 1), size(sizes.Free))
	fact(a, "journal", "%s", size(sizes.Journal))
	texts, wanted, err := s.PageCounts(ctx)
	if err != nil {
		return err
	}
	fact(a, "full texts", "%d stored, %s wanted with the next refresh", texts, count(wanted, "page", "pages"))
	fact(a, "rights", "%s", rights(s.paths.Store))
	if err := a.explainSecrecy(s); err != nil {
		return err
	}
	if service := store.SyncService(s.paths.Store); service != "" {
		fact(a, "place", "in a folder of %s: two machines that use their copies of it at once spoil both; keep the store elsewhere (--store DIR) and let backups go there", service)
	}
	for _, h := range store.Holders(s.paths.Store) {
		doing := "has it open"
		if h.Refreshing {
			doing = "refreshes it"
		}
		fact(a, "in use", "%s (process %d) %s", h.Command, h.PID, doing)
	}
	if err := a.explainSoundness(ctx, s); err != nil {
		return err
	}
	last, err := lastBackup(s.paths.Store, a.now())
	if err == nil {
		fact(a, "backup", "%s", last)
	}
	return err
}

// explainSoundness checks the file, too.
func (a *app) explainSoundness(ctx context.Context, s session) error {
	known, err := s.LastCheck(ctx)
	if err != nil {
		return err
	}
	if !known.Unclean.IsZero() {
		fact(a, "ended", "a process that had the store open was killed, or the machine lost its power, before %s", day(known.Unclean))
	}
	problem, err := s.CheckFile(ctx)
	switch {
	case err != nil:
		return err
	case problem != "":
		fact(a, "sound", "no: %s; sitrep repair mends it", problem)
	default:
		fact(a, "sound", "yes: the file was checked just now; sitrep repair also compares texts, lists and search index")
	}
	return nil
}

// lastBackup says when the store was copied last, as far as it knows: of copies
// elsewhere it knows nothing.
func lastBackup(dir string, now time.Time) (string, error) {
	all, err := store.Backups(dir)
	switch {
	case err != nil:
		return "", err
	case len(all) == 0:
		return "none in the store's folder; sitrep backup makes one", nil
	}
	return fmt.Sprintf("%s, %s; %s kept", filepath.Base(all[0].Path), ago(now.Sub(all[0].Taken)), count(len(all), "copy", "copies")), nil
}

// ago says how long something is past, in the largest unit that fits.
func ago(d time.Duration) string {
	switch {
	case d < time.Hour:
		return "less than an hour ago"
	case d < 48*time.Hour:
		return count(int(d.Hours()), "hour ago", "hours ago")
	default:
		return fmt.Sprintf("%d days ago", int(d.Hours()/24))
	}
}

// illFeeds are those that gave nothing when they were last asked.
func illFeeds(all []store.FeedState) []store.FeedState {
	var out []store.FeedState
	for _, f := range all {
		switch f.Health.State {
		case feeds.Refused, feeds.Unreachable, feeds.Gone, feeds.Broken, feeds.Empty:
			out = append(out, f)
		}
	}
	return out
}

// askedFeeds is how many were asked at least once.
func askedFeeds(all []store.FeedState) int {
	n := 0
	for _, f := range all {
		if !f.Health.Checked.IsZero() {
			n++
		}
	}
	return n
}

// folderSize adds up the regular files in dir, in bytes; dir may be a link.
func folderSize(dir string) (total int64) {
	if to, err := filepath.EvalSymlinks(dir); err == nil {
		dir = to
	}
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// rights says whether others on this machine can read the store.
func rights(dir string) string {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return err.Error()
	case runtime.GOOS == "windows":
		return "as the folder's"
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Sprintf("%v: others can look into the folder; chmod 700 %s shuts it", info.Mode().Perm(), dir)
	}
	if open := openFile(dir); open != "" {
		return fmt.Sprintf("only this user, by the folder; the file %s itself is open to others", open)
	}
	return "only this user"
}

// openFile returns a file in dir that others may read, "" when there is none.
func openFile(dir string) (open string) {
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil && info.Mode().Perm()&0o077 != 0 {
				open = path
				return fs.SkipAll
			}
		}
		return nil
	})
	return open
}
