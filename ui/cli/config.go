package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"sitrep/feeds/safe"
	"sitrep/store/config"
)

func configCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "config",
		Short:   "Print the settings in effect",
		Long:    "Print the settings in effect and the file they come from. What is printed is a settings file itself.",
		GroupID: groupKeep,
		Args:    exactly(0),
		RunE: func(*cobra.Command, []string) error {
			s, paths, err := a.settings()
			if err != nil {
				return err
			}
			fmt.Fprintln(a.out, "#", safe.New(origin(paths.Settings)))
			_, err = s.WriteTo(a.out)
			return err
		},
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "path",
			Short: "Print where the settings file is looked for",
			Args:  exactly(0),
			RunE: func(*cobra.Command, []string) error {
				paths, err := config.Locate()
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(a.out, safe.New(paths.Settings))
				return err
			},
		},
		&cobra.Command{
			Use:   "init",
			Short: "Write a commented settings file, unless there is one",
			Args:  exactly(0),
			RunE:  func(*cobra.Command, []string) error { return a.initConfig() },
		},
	)
	return cmd
}

func (a *app) initConfig() error {
	paths, err := config.Locate()
	if err != nil {
		return err
	}
	err = config.Init(paths.Settings)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists and was left as it is", paths.Settings)
	}
	if err == nil {
		a.say("Wrote %s; every setting in it is still at its default.", paths.Settings)
	}
	return err
}

func origin(file string) string {
	if _, err := os.Stat(file); err != nil {
		return "Defaults: there is no " + file + " (sitrep config init writes one)."
	}
	return "From " + file
}
