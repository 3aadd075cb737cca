package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// onOff is the value of --fulltext, "" when it was not given.
type onOff string

func (v *onOff) add(cmd *cobra.Command) {
	cmd.Flags().Var(v, "fulltext", "on or off: get the pages of new articles with each refresh, for full text")
}

// Set implements pflag.Value.
func (v *onOff) Set(s string) error {
	switch s = strings.ToLower(s); s {
	case "on", "off":
		*v = onOff(s)
		return nil
	}
	return usage("write on or off")
}

// String implements pflag.Value.
func (v *onOff) String() string { return string(*v) }

// Type implements pflag.Value: how help names the value.
func (v *onOff) Type() string { return "on|off" }

func (a *app) setFeedFullText(ctx context.Context, s session, word string, v onOff) error {
	f, err := s.feed(ctx, word)
	if err != nil {
		return err
	}
	if err := s.SetFeedFullText(ctx, f.ID, v == "on"); err != nil {
		return err
	}
	a.sayFullText(f.Name(), v)
	return nil
}

func (a *app) sayFullText(name string, v onOff) {
	if v == "on" {
		a.say("%s: the pages of its new articles come with each refresh from now on.", name)
		return
	}
	a.say("%s: pages come only when you ask for them.", name)
}

func setBriefingCommand(a *app) *cobra.Command {
	var full onOff
	cmd := &cobra.Command{
		Use:   "set BRIEFING",
		Short: "Set whether the pages of a briefing's new articles come with each refresh",
		Long: "With --fulltext on, each refresh gets the pages of new unread articles that come into the\n" +
			"briefing, a bounded number at a time, and stores their full text. Without it, print what is set.",
		Example:           "sitrep briefings set iraq --fulltext on",
		Args:              exactly(1),
		ValidArgsFunction: completeBriefings,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error { return a.setBriefing(cmd.Context(), s, args[0], full) })
		},
	}
	full.add(cmd)
	return cmd
}

func (a *app) setBriefing(ctx context.Context, s session, word string, v onOff) error {
	b, err := s.briefing(ctx, word)
	if err != nil {
		return err
	}
	over, err := s.Overview(ctx)
	if err != nil {
		return err
	}
	state, subscribed := subscription(over, b.ID)
	switch {
	case !subscribed:
		return fmt.Errorf("%s is not subscribed; sitrep briefings subscribe %s does that", b.Title, b.ID)
	case v != "":
		if err := s.SetBriefingFullText(ctx, b.ID, v == "on"); err != nil {
			return err
		}
	case state.FullText:
		v = "on"
	}
	a.sayFullText(b.Title, v)
	return nil
}
