package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/refresh"
	"sitrep/feeds/routing"
	"sitrep/feeds/safe"
	"sitrep/store/config"
)

// refreshFlags are what `sitrep refresh` takes.
type refreshFlags struct {
	all, json bool
	budget    string
}

func refreshCommand(a *app) *cobra.Command {
	var flags refreshFlags
	cmd := &cobra.Command{
		Use:   "refresh [BRIEFING...]",
		Short: "Fetch what is due",
		Long: "Fetch the feeds that are due, or those of the named briefings, and store what is new.\n" +
			"It prints to a terminal only, so that it can run from cron. The exit code is 3 when\n" +
			"some feeds gave nothing; sitrep feeds says why. Pages that x or a setting asked for\n" +
			"(sitrep feeds set, sitrep briefings set) come after the feeds.",
		Example:           "sitrep refresh\nsitrep refresh iraq gulf\n45 5 * * *  sitrep refresh",
		GroupID:           groupRead,
		ValidArgsFunction: completeBriefings,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s session) error {
				return a.refresh(cmd.Context(), s, args, flags)
			})
		},
	}
	cmd.Flags().BoolVar(&flags.all, "all", false, "ask every feed, due or not")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the result as one JSON object")
	cmd.Flags().StringVar(&flags.budget, "budget", "", "stop after so many bytes, like 5MB; 0 for no limit")
	return cmd
}

func (a *app) refresh(ctx context.Context, s session, wanted []string, flags refreshFlags) error {
	if s.settings.Offline {
		return errors.New("nothing was fetched: --offline, or offline in the settings, forbids it")
	}
	if flags.budget != "" {
		size, err := config.ParseSize(flags.budget)
		if err != nil {
			return usage("--budget: %w", err)
		}
		s.settings.ByteBudget = size
	}
	o := refresh.Options{Now: a.now, All: flags.all}
	for _, word := range wanted {
		b, err := s.briefing(ctx, word)
		if err != nil {
			return err
		}
		o.Briefings = append(o.Briefings, b.ID)
	}
	bar := a.progress()
	o.OnEvent = bar.show
	sum, err := s.refresh(ctx, o)
	bar.clear()
	if flags.json && err == nil {
		if err := a.object(summaryJSON(sum)); err != nil {
			return err
		}
	}
	return a.conclude(sum, flags, err)
}

// refresh runs a refresh with the client, the rules and the limits of this
// session; it is the reader's ui.Refresher, too.
func (s session) refresh(ctx context.Context, o refresh.Options) (refresh.Summary, error) {
	briefings, err := s.Briefings(ctx)
	if err != nil {
		return refresh.Summary{}, err
	}
	client := s.client()
	defer client.Close()
	o.Client, o.Pages = client, s.Store
	o.Unlock = newUnlocker(s.secrets()).unlock
	o.Parallel = s.settings.Concurrency
	o.MaxBytes = int64(s.settings.ByteBudget)
	o.Router = routing.Compile(briefings)
	return refresh.Run(ctx, s.Store, o)
}

// client returns a client that asks as the settings say; the caller closes it.
func (s session) client() *fetch.Client {
	proxy, err := fetch.ParseProxy(s.settings.Proxy)
	if err != nil { // the settings were checked; should it happen, nothing goes out around a proxy
		proxy = func(*http.Request) (*url.URL, error) { return nil, err }
	}
	return fetch.New(fetch.Options{
		UserAgent:   userAgent(s.settings.Contact),
		Timeout:     time.Duration(s.settings.Timeout),
		Concurrency: 2 * s.settings.Concurrency, // half of them in place of those that are kept waiting
		Proxy:       proxy,
	})
}

func userAgent(contact string) string {
	if contact == "" {
		return ""
	}
	return "sitrep (+" + contact + ")"
}

// conclude says what came of a refresh and turns it into an exit code.
func (a *app) conclude(sum refresh.Summary, flags refreshFlags, err error) error {
	stopped := errors.Is(err, context.Canceled)
	switch {
	case sum.Proxy:
		return errors.New("the proxy cannot be used, and nothing is asked without it; check that it runs, and proxy in the settings")
	case sum.Offline:
		return errors.New("there is no network; what is stored can be read and searched, try again later")
	case err != nil && !(stopped && sum.Done > 0):
		return err
	case sum.Total == 0 && flags.all:
		return errors.New("nothing is subscribed; try sitrep briefings subscribe iraq, or sitrep import FILE")
	case sum.Total == 0 && sum.Pages == 0:
		a.say("Nothing is due. sitrep refresh --all asks every feed.")
		return nil
	}
	if !flags.json {
		a.say("%s from %s.", count(sum.New, "new article", "new articles"), count(sum.Done-sum.Failed, "feed", "feeds"))
		if sum.Pages > 0 {
			a.say("%s of %s that were wanted.", count(sum.Texts, "full text", "full texts"), count(sum.Pages, "page", "pages"))
		}
	}
	switch {
	case stopped:
		return inPart("interrupted after %d of %d feeds; what arrived is stored", sum.Done, sum.Total)
	case sum.Spent && sum.Left == 0:
		return inPart("stopped at the limit of bytes for one run, some pages of articles not asked; --budget raises it")
	case sum.Spent:
		return inPart("stopped at the limit of bytes for one run, %s not asked; --budget raises it", count(sum.Left, "feed", "feeds"))
	case sum.Failed > 0:
		return a.failures(sum)
	}
	return nil
}

// failures says which feeds gave nothing: all of them to a person, their number
// to a log.
func (a *app) failures(sum refresh.Summary) error {
	if isTerminal(a.stderr) {
		for _, f := range sum.Failures {
			fmt.Fprintln(a.stderr, safe.New("  "+f.Title+": "+f.Sentence))
		}
	}
	if sum.Failed == sum.Total {
		return errors.New("no feed gave anything; sitrep feeds says why")
	}
	return inPart("%d of %d feeds gave nothing; sitrep feeds says why", sum.Failed, sum.Total)
}

type refreshResult struct {
	Feeds     int             `json:"feeds"`
	New       int             `json:"new"`
	Updated   int             `json:"updated"`
	Unchanged int             `json:"unchanged"`
	Failed    int             `json:"failed"`
	Left      int             `json:"left"`
	Pages     int             `json:"pages"`      // of articles, that were wanted
	FullTexts int             `json:"full_texts"` // stored
	Bytes     int64           `json:"bytes"`
	Seconds   float64         `json:"seconds"`
	Attached  bool            `json:"attached"`
	NoNetwork bool            `json:"no_network"`
	Failures  []refreshFailed `json:"failures"`
}

type refreshFailed struct {
	Feed   feeds.FeedID      `json:"feed"`
	Title  string            `json:"title"`
	State  feeds.HealthState `json:"state"`
	Reason string            `json:"reason"`
}

func summaryJSON(s refresh.Summary) refreshResult {
	r := refreshResult{
		Feeds: s.Total, New: s.New, Updated: s.Updated, Unchanged: s.Unchanged, Failed: s.Failed, Left: s.Left,
		Pages: s.Pages, FullTexts: s.Texts,
		Bytes: s.Bytes, Seconds: float64(s.Took.Milliseconds()) / 1000, Attached: s.Attached, NoNetwork: s.Offline,
		Failures: []refreshFailed{},
	}
	for _, f := range s.Failures {
		r.Failures = append(r.Failures, refreshFailed{f.Feed, f.Title, f.State, f.Sentence})
	}
	return r
}

// bar is the progress of a refresh on one line of a terminal.
type bar struct{ w io.Writer }

// progress returns a bar on standard error, or one that shows nothing when that
// is no terminal.
func (a *app) progress() bar {
	if isTerminal(a.stderr) {
		return bar{a.stderr}
	}
	return bar{io.Discard}
}

func (b bar) show(e refresh.Event) {
	if e.AllPages > 0 {
		fmt.Fprintf(b.w, "\rfull text %d of %d · %.1f MB\x1b[K", e.Pages, e.AllPages, float64(e.Bytes)/1e6)
		return
	}
	fmt.Fprintf(b.w, "\r%d of %d · %.1f MB · %d new\x1b[K", e.Done, e.Total, float64(e.Bytes)/1e6, e.New)
}

func (b bar) clear() { fmt.Fprint(b.w, "\r\x1b[K") }
