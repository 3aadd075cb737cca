package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"sitrep/feeds/safe"
)

func versionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.out, "sitrep", safe.New(version()))
			return err
		},
	}
}

// version says which sources the program was built from, and how: the version of
// the module or the commit, and the toolchain.
func version() string {
	build := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		build = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && build == "(devel)" {
				build = s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return fmt.Sprintf("%s (%s %s/%s)", build, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
