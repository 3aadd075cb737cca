package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"sitrep/store/config"
)

// The groups that help lists commands under.
const (
	groupRead  = "read"
	groupLists = "lists"
	groupKeep  = "keep"
)

// newRoot builds the tree of commands. It is cheap: a command opens what it needs
// when it runs.
func newRoot(a *app) *cobra.Command {
	plain := false
	root := &cobra.Command{
		Use:   "sitrep [BRIEFING or QUERY]",
		Short: "A terminal newsreader for regional briefings",
		Long: "sitrep is a terminal newsreader for regional briefings: it fetches their feeds,\n" +
			"keeps every article on this machine, and shows and searches them with no network.\n\n" +
			"Without a command it opens the reader, at a briefing, a watch or what a query finds.\n" +
			"With --plain the reader is a conversation in lines, for screen readers, terminals that\n" +
			"cannot place text (chosen by itself when TERM is dumb) and pipes: it lists, you type a\n" +
			"number or a command, h explains them.",
		Example:       "sitrep\nsitrep iraq\nsitrep --plain iraq\nsitrep demo\nsitrep search 'title:embassy after:7d'",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.reader(cmd.Context(), args, cmd.ArgsLenAtDash() == 0, plain)
		},
		ValidArgsFunction: completeNames(a),
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("sitrep {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.Flags().BoolVar(&plain, "plain", false, "the reader in lines, without a screen")
	root.PersistentFlags().BoolVar(&a.offline, "offline", a.offline, "never touch the network")
	root.PersistentFlags().StringVar(&a.store, "store", a.store, "directory of the store, in place of the usual one")
	root.AddGroup(
		&cobra.Group{ID: groupRead, Title: "Reading"},
		&cobra.Group{ID: groupLists, Title: "What is subscribed"},
		&cobra.Group{ID: groupKeep, Title: "Upkeep"},
	)
	root.AddCommand(
		demoCommand(a), refreshCommand(a), searchCommand(a), countCommand(a), showCommand(a), fullTextCommand(a),
		briefingsCommand(a), feedsCommand(a), watchCommand(a), importCommand(a), exportCommand(a),
		parseCommand(a), extractCommand(a), renderCommand(a), configCommand(a), doctorCommand(a), backupCommand(a), repairCommand(a), purgeCommand(a),
		encryptCommand(a), decryptCommand(a), passphraseCommand(a), wipeCommand(a), versionCommand(a),
	)
	root.SetHelpCommand(helpCommand())
	return root
}

// execute runs a command line. Help and the man page are drawn by fang; nothing
// else goes through it, because it would ask the terminal for its colours before
// an error is printed.
func execute(ctx context.Context, root *cobra.Command, args []string) error {
	root.SetArgs(slices.Clip(append([]string{}, args...)))
	if !wantsPage(args) {
		return root.ExecuteContext(ctx)
	}
	if args[0] == "man" {
		root.Long = manual
	}
	return fang.Execute(ctx, root, fang.WithoutVersion(),
		fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {}))
}

// wantsPage reports whether the arguments ask for help or the man page.
func wantsPage(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == "demo" { // its arguments are another command line
		args = args[:min(2, len(args))]
	}
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	return len(args) > 0 && (args[0] == "help" || args[0] == "man" ||
		slices.Contains(args, "-h") || slices.Contains(args, "--help"))
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Explain a command",
		GroupID: groupKeep,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage("there is no command %q; sitrep help lists them", strings.Join(args, " "))
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// flagError turns what the flag library found wrong into a sentence.
func flagError(cmd *cobra.Command, err error) error {
	if strings.Contains(cmd.Use, "QUERY") && strings.Contains(err.Error(), "unknown shorthand") {
		return usage("%v; a query that begins with - goes behind --: %s -- -word", err, cmd.CommandPath())
	}
	return usage("%v; see %s --help", err, cmd.CommandPath())
}

// exactly refuses any other number of arguments.
func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < n:
			return usage("too few arguments; write %s", useLine(cmd))
		case len(args) > n:
			return tooMany(cmd, args[n])
		}
		return nil
	}
}

// atLeast refuses fewer arguments.
func atLeast(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return usage("too few arguments; write %s", useLine(cmd))
		}
		return nil
	}
}

// tooMany refuses an argument too much, which may be a misspelt subcommand.
func tooMany(cmd *cobra.Command, arg string) error {
	if near := config.Nearest(arg, names(cmd), 2); near != "" {
		return usage("%s has no command %q; did you mean %s %s?", cmd.CommandPath(), arg, cmd.CommandPath(), near)
	}
	if cmd.HasSubCommands() {
		return usage("%s has no command %q; it has %s", cmd.CommandPath(), arg, list(names(cmd)))
	}
	return usage("%q is one argument too much; write %s", arg, useLine(cmd))
}

// useLine is how the command is written, without its flags.
func useLine(cmd *cobra.Command) string { return strings.TrimSuffix(cmd.UseLine(), " [flags]") }

// names lists what can be typed after cmd.
func names(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Commands() {
		out = append(out, c.Name())
	}
	if !cmd.HasParent() {
		out = append(out, "man", "completion")
	}
	return out
}
