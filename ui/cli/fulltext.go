package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/fulltext"
	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
	"sitrep/store"
)

// pageGetter gets the pages of stored articles with the client, the logins and the
// limits of a session.
type pageGetter struct {
	store *store.Store
	get   *fulltext.Getter
}

func (s session) getter(client fetch.Getter, now func() time.Time) pageGetter {
	unlock := refresh.Unlock(newUnlocker(s.secrets()).unlock)
	return pageGetter{s.Store, &fulltext.Getter{Archive: s.Store, Client: client, Now: now, Grant: unlock.Grant}}
}

// page gets the page of one article; it is the reader's ui.PageGetter.
func (g pageGetter) page(ctx context.Context, id feeds.ArticleID) error {
	job, err := g.store.PageJob(ctx, id)
	if err != nil {
		return err
	}
	_, err = g.get.Get(ctx, job)
	return err
}

// maxPages is how many pages one command gets unless --limit says otherwise: each
// is a request that somebody's server answers.
const maxPages = 20

// textFlags are what `sitrep fulltext` takes.
type textFlags struct {
	json, again bool
	limit       int
}

func fullTextCommand(a *app) *cobra.Command {
	var flags textFlags
	cmd := &cobra.Command{
		Use:   "fulltext ID... or QUERY",
		Short: "Get the pages of articles and store their full text",
		Long: "Get the page that each article links to, once, and store its text for reading and searching\n" +
			"with no network; x in the reader does the same. The feed's own text stays beside it, and alone\n" +
			"where the page is for subscribers, asks for consent or has no more. With --offline, and where\n" +
			"there is no network, pages are noted and come with the next refresh. The exit code is 3 when\n" +
			"some pages gave no text, 1 when none did.",
		Example: "sitrep fulltext qmhyw3k\nsitrep fulltext --limit 50 'is:starred -has:fulltext'\nsitrep fulltext --json briefing:iraq after:today",
		GroupID: groupRead,
		Args:    atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.limit < 1 {
				return usage("--limit %d: at least one page", flags.limit)
			}
			return a.fullText(cmd.Context(), args, flags)
		},
	}
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object a line")
	cmd.Flags().BoolVar(&flags.again, "again", false, "get pages whose text is stored already once more")
	cmd.Flags().IntVar(&flags.limit, "limit", maxPages, "at most so many pages, the newest articles first")
	return cmd
}

// textResult is what came of one page. State is stored, already (it was stored
// before), kept (the feed gave as much already), queued, or failed: the feed's text
// stays then, too, and reason says why.
type textResult struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Link   string `json:"link"`
	State  string `json:"state"`
	Words  int    `json:"words"` // of the full text
	Reason string `json:"reason"`
}

// The states of a textResult.
const (
	textStored  = "stored"
	textAlready = "already"
	textKept    = "kept"
	textQueued  = "queued"
	textFailed  = "failed"
)

func (a *app) fullText(ctx context.Context, args []string, flags textFlags) error {
	return a.with(ctx, func(s session) error {
		ids, err := s.articleIDs(ctx, args)
		if err != nil {
			return err
		}
		if ids == nil {
			q, err := a.query(args)
			if err != nil {
				return err
			}
			if ids, err = s.found(ctx, q, flags); err != nil {
				return err
			}
			if len(ids) == 0 && len(args) == 1 && isID(args[0]) {
				return fmt.Errorf("there is no article %s, and none without a full text has that word; sitrep search --id prints the ids", args[0])
			}
		}
		return a.getTexts(ctx, s, ids, flags)
	})
}

// isID reports whether a word is as long as ids are and has their digits.
func isID(word string) bool {
	_, err := feeds.ParseArticleID(word)
	return err == nil && len(word) == 7
}

// articleIDs reads ids, nil when the words are a query: most words could be ids,
// but only ids are those of articles.
func (s session) articleIDs(ctx context.Context, args []string) (ids []feeds.ArticleID, err error) {
	for _, arg := range args {
		id, err := feeds.ParseArticleID(arg)
		if err != nil {
			return nil, nil
		}
		_, err = s.PageJob(ctx, id)
		switch {
		case err == nil:
			ids = append(ids, id)
		case !errors.Is(err, store.ErrNotFound):
			return nil, err
		default:
			return nil, nil
		}
	}
	return ids, nil
}

// found are the articles that a query finds, without those whose text is stored
// unless it is wanted again, and without those that have no page.
func (s session) found(ctx context.Context, q query.Query, flags textFlags) (ids []feeds.ArticleID, err error) {
	ids = []feeds.ArticleID{}
	err = s.each(ctx, q, 0, func(r store.Row) error {
		if r.Link != "" && (flags.again || !r.FullText) {
			ids = append(ids, r.ID)
		}
		if len(ids) == flags.limit {
			return errStop
		}
		return nil
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return ids, err
}

func (a *app) getTexts(ctx context.Context, s session, ids []feeds.ArticleID, flags textFlags) error {
	client := s.client()
	defer client.Close()
	getter := s.getter(client, a.now)
	n := map[string]int{}
	slices.Sort(ids)
	slices.Reverse(ids)
	for i, id := range slices.Compact(ids) {
		if ctx.Err() != nil {
			return inPart("interrupted after %d of %d pages; what arrived is stored", i, len(ids))
		}
		r, err := a.getText(ctx, s, getter, id, flags.again)
		if err != nil {
			return err
		}
		if ctx.Err() != nil && r.State != textStored {
			continue // told above
		}
		n[r.State]++
		if flags.json {
			if err := a.object(r); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", clean(r.ID), clean(r.State), clean(cmp.Or(r.Title, r.Link)), clean(r.said()))
	}
	if len(ids) == 0 && !flags.json {
		a.say("No article without a full text is found.")
	}
	return concludeTexts(n)
}

// said is the reason, or the length of the text.
func (r textResult) said() string {
	if r.Words > 0 {
		return count(r.Words, "word", "words")
	}
	return r.Reason
}

// concludeTexts turns the states into an exit code.
func concludeTexts(n map[string]int) error {
	all := 0
	for _, k := range n {
		all += k
	}
	switch bad := n[textFailed]; bad {
	case 0:
		return nil
	case all:
		return errors.New("no page gave a full text; the reasons stand behind the titles")
	default:
		return inPart("%s gave no full text; the reasons stand behind the titles", count(bad, "page", "pages"))
	}
}

// getText gets one page. The error is the store's.
func (a *app) getText(ctx context.Context, s session, g pageGetter, id feeds.ArticleID, again bool) (textResult, error) {
	job, err := s.PageJob(ctx, id)
	if err != nil {
		return textResult{}, err
	}
	r := textResult{ID: id.String(), Title: clean(job.Title), Link: clean(job.Link), State: textAlready}
	full, err := s.FullText(ctx, id)
	if err != nil || full.HTML != "" && !again {
		r.Words = full.Words()
		return r, err
	}
	switch {
	case job.Link == "":
		r.State, r.Reason = textFailed, "The article has no link, so there is no page to get."
		return r, nil
	case s.settings.Offline:
		r.State, r.Reason = textQueued, "It comes with the next refresh."
		return r, s.WantPage(ctx, id)
	}
	_, err = g.get.Get(ctx, job)
	var e *fulltext.Error
	switch {
	case err == nil:
		r.State = textStored
		full, err = s.FullText(ctx, id)
		r.Words = full.Words()
	case errors.As(err, &e):
		r.State, r.Reason, err = textFailed, clean(e.Sentence()), nil
		if e.NoNetwork() {
			r.State, r.Reason = textQueued, r.Reason+" It comes with the next refresh."
		} else if e.Complete() {
			r.State = textKept
		}
	}
	return r, err
}
