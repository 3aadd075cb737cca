package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func countCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "count [QUERY]",
		Short:   "Print how many articles are stored, or how many a query finds",
		Example: "sitrep count\nsitrep count 'briefing:iraq is:unread'",
		GroupID: groupRead,
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := a.query(args)
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error {
				n, err := s.Count(cmd.Context(), q)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(a.out, n)
				return err
			})
		},
	}
}
