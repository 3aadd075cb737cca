package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/safe"
	"sitrep/store"
)

func doctorCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		Short:   "Print where everything is, how much there is, and which feeds are ill",
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
	fmt.Fprintf(a.out, "%-9s %s\n", name, safe.New(fmt.Sprintf(format, args...)))
}

func (a *app) examine(ctx context.Context, s session) error {
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	fact(a, "settings", "%s", origin(s.paths.Settings))
	fact(a, "store", "%s (%.1f MB)", s.paths.Store, float64(folderSize(s.paths.Store))/1e6)
	fact(a, "rights", "%s", rights(s.paths.Store))
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

// folderSize adds up the regular files in dir, in bytes.
func folderSize(dir string) (total int64) {
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
	return "only this user"
}
