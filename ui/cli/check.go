package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
	"sitrep/store"
)

func checkFeedsCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check [NUMBER or URL...]",
		Short: "Ask every feed, or the named ones, how it is; nothing is stored",
		Long: "Ask every subscribed feed, or the named ones, and print a line for each: number, state, HTTP\n" +
			"status, items, newest item, average length of an item in characters, title, and why it is in\n" +
			"that state. Nothing is stored: the next refresh fetches what is new. The exit code is 3 when\n" +
			"some feeds gave nothing.",
		Example: "sitrep feeds check\nsitrep feeds check --json 12 https://example.org/rss.xml",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error { return a.checkFeeds(cmd.Context(), s, args, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

func (a *app) checkFeeds(ctx context.Context, s session, wanted []string, asJSON bool) error {
	if s.settings.Offline {
		return errors.New("nothing was checked: --offline, or offline in the settings, forbids it")
	}
	jobs, err := a.toCheck(ctx, s, wanted)
	if err != nil {
		return err
	}
	if len(jobs) == 0 {
		a.say("Nothing is subscribed. Try sitrep briefings subscribe iraq, or sitrep import FILE.")
		return nil
	}
	client := s.client()
	defer client.Close()
	bar := a.progress()
	results, err := refresh.Check(ctx, jobs, refresh.CheckOptions{
		Client: client, Now: a.now, Unlock: newUnlocker(s.secrets()).unlock, Parallel: s.settings.Concurrency,
		Done: func(n int) { bar.checked(n, len(jobs)) },
	})
	bar.clear()
	if errors.Is(err, refresh.ErrOffline) {
		return errors.New("there is no network, so no feed was checked; sitrep feeds shows how they were")
	}
	failing, printed := a.printChecked(s, results, asJSON)
	switch {
	case printed != nil:
		return printed
	case errors.Is(err, context.Canceled):
		return inPart("interrupted before all feeds were asked")
	case err != nil:
		return err
	case failing > 0:
		return inPart("%d of %s gave nothing", failing, count(len(jobs), "feed", "feeds"))
	}
	return nil
}

// toCheck returns the feeds to ask in the order that sitrep feeds lists them.
func (a *app) toCheck(ctx context.Context, s session, wanted []string) ([]refresh.Job, error) {
	sel := refresh.Selection{Now: a.now(), All: true}
	for _, word := range wanted {
		f, err := s.feed(ctx, word)
		if err != nil {
			return nil, err
		}
		if f.Disabled {
			return nil, usage("%s is switched off, so it is never asked", f.Title)
		}
		sel.Feeds = append(sel.Feeds, f.ID)
	}
	all, err := s.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	jobs, err := s.Due(ctx, sel)
	place := func(j refresh.Job) int {
		return slices.IndexFunc(all, func(f store.FeedState) bool { return f.ID == j.Feed.ID })
	}
	slices.SortFunc(jobs, func(x, y refresh.Job) int { return place(x) - place(y) })
	return jobs, err
}

type checkResult struct {
	ID         feeds.FeedID `json:"id"`
	URL        string       `json:"url"`
	Title      string       `json:"title"`
	State      string       `json:"state"`
	Reason     string       `json:"reason"`
	Status     int          `json:"status"` // of HTTP, 0 when no answer came
	Items      int          `json:"items"`
	Newest     string       `json:"newest"`
	BodyLength int          `json:"body_length"` // average of an item, in characters
	Bytes      int64        `json:"bytes"`       // of this answer's body, as sent
	Errors     int          `json:"errors"`      // consecutive, this one included
	NextDue    string       `json:"next_due"`
	Moved      string       `json:"moved"` // where the feed's server sends its readers for good
}

// printChecked prints the results and counts the feeds that gave nothing.
func (a *app) printChecked(s session, results []refresh.Checked, asJSON bool) (failing int, err error) {
	t := a.table(s.setter())
	defer t.end()
	for _, r := range results {
		h := r.Health
		if r.Feed.ID == 0 { // not asked
			continue
		}
		if h.State.Failing() {
			failing++
		}
		if asJSON {
			err := a.object(checkResult{
				ID: r.Feed.ID, URL: r.Feed.URL, Title: r.Feed.Title, State: h.State.Word(), Reason: h.Sentence(time.Local), Status: h.Status,
				Items: h.Items, Newest: stamp(h.Newest), BodyLength: h.BodyLength, Bytes: r.Wire, Errors: h.Errors,
				NextDue: stamp(h.NextDue), Moved: r.Moved,
			})
			if err != nil {
				return failing, err
			}
			continue
		}
		t.row(strconv.FormatInt(int64(r.Feed.ID), 10), h.State.Word(), orDash(h.Status), strconv.Itoa(h.Items), onDay(h.Newest),
			strconv.Itoa(h.BodyLength), r.Feed.Title, h.Sentence(time.Local))
	}
	return failing, nil
}

// orDash is a number, "-" for none.
func orDash(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// onDay is a date in the reader's zone, "-" when it is unknown.
func onDay(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format("2006-01-02")
}

// checked shows how far a check is.
func (b bar) checked(n, of int) {
	if b.w != io.Discard {
		fmt.Fprintf(b.w, "\r%d of %d\x1b[K", n, of)
	}
}
