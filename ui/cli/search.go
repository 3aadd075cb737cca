package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds/address"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
)

// searchFlags are what `sitrep search` takes.
type searchFlags struct {
	json, id bool
	limit    int
}

const defaultLimit = 100

func searchCommand(a *app) *cobra.Command {
	flags := searchFlags{}
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Print what a query finds, one article a line",
		Long: "Print the articles that a query finds, newest first: date, source, title and link, with\n" +
			"tabs between them unless a terminal shows them. The query - is read from standard input.\n\n" +
			"A name stands for its spellings in all scripts, a word in Arabic or Hebrew letters for its\n" +
			"forms with particles; quotes and = turn that off, and a terminal shows what was looked for.\n" +
			"Words must all occur; OR, -word, (...), \"a phrase\", prefix*, =exact, near:5(a b);\n" +
			"title: body: author: feed: source: briefing: lang: country: tag: is:unread has:image\n" +
			"after:2026-11-01 before:7d on:yesterday sort:newest|oldest|relevance.",
		Example: "sitrep search kadhimi\nsitrep search 'briefing:iraq title:embassy after:7d'\nsitrep search --json -- -sports",
		GroupID: groupRead,
		Args:    atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.limit < 0 {
				return usage("--limit %d is negative; 0 stands for no limit", flags.limit)
			}
			q, err := a.query(args)
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error { return a.search(cmd.Context(), s, q, flags) })
		},
	}
	listFlags(cmd, &flags)
	return cmd
}

// listFlags are the flags of commands that print articles a line.
func listFlags(cmd *cobra.Command, flags *searchFlags) {
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object a line")
	cmd.Flags().BoolVar(&flags.id, "id", false, "print each article's id before it, for sitrep show")
	cmd.Flags().IntVar(&flags.limit, "limit", defaultLimit, "print at most so many articles, 0 for all")
}

func (a *app) search(ctx context.Context, s session, q query.Query, flags searchFlags) error {
	if err := a.tellSpellings(ctx, s, q); err != nil {
		return err
	}
	return a.printRows(s, flags, func(w store.Window) ([]store.Row, error) { return s.Search(ctx, q, w) })
}

// printRows prints the articles of a list, read window by window.
func (a *app) printRows(s session, flags searchFlags, read func(store.Window) ([]store.Row, error)) error {
	t := a.table(s.setter())
	defer t.end()
	printed := 0
	err := eachRow(flags.limit, read, func(r store.Row) error {
		printed++
		if flags.json {
			return a.object(rowJSON(r))
		}
		cells := []string{day(r.At), r.Source, r.Title, address.Show(r.Link).String()}
		if flags.id {
			cells = append([]string{r.ID.String()}, cells...)
		}
		t.row(cells...)
		return nil
	})
	if err == nil && printed == flags.limit && flags.limit > 0 && isTerminal(a.stderr) {
		fmt.Fprintf(a.stderr, "The first %d; --limit 0 prints all.\n", flags.limit)
	}
	return err
}

// tellSpellings says on a terminal what is looked for besides the words typed.
func (a *app) tellSpellings(ctx context.Context, s session, q query.Query) error {
	if !isTerminal(a.stderr) {
		return nil
	}
	also, _, err := s.Spellings(ctx, q.Expr)
	if err == nil && len(also) > 0 {
		words := safe.New("Also searched: " + isolated(also, ", ") + ". Quotes turn this off, and so does =, which minds capitals.")
		for _, l := range s.setter().Wrap([]text.Run{{Text: words}}, width(a.stderr, 80), text.LTR) {
			printSegments(a.stderr, l)
		}
	}
	return err
}

// query reads the arguments as one query; "-" alone stands for standard input.
func (a *app) query(args []string) (query.Query, error) {
	text, err := a.queryText(args)
	if err != nil {
		return query.Query{}, err
	}
	return query.Parse(text, a.queryOptions())
}

// queryText is the query as it was typed.
func (a *app) queryText(args []string) (string, error) {
	text := strings.Join(args, " ")
	if text != "-" {
		return text, nil
	}
	input, err := io.ReadAll(io.LimitReader(a.stdin, 1<<20))
	if err != nil {
		return "", fmt.Errorf("read query: %w", err)
	}
	return strings.TrimSpace(string(input)), nil
}

func (a *app) queryOptions() query.Options {
	return query.Options{Now: a.now(), Location: time.Local}
}

// chunk is how many rows one question to the store asks for.
const chunk = 500

// each calls do with what q finds, at most limit rows, 0 for all.
func (s session) each(ctx context.Context, q query.Query, limit int, do func(store.Row) error) error {
	return eachRow(limit, func(w store.Window) ([]store.Row, error) { return s.Search(ctx, q, w) }, do)
}

// eachRow is each for any list that can be read window by window.
func eachRow(limit int, read func(store.Window) ([]store.Row, error), do func(store.Row) error) error {
	w := store.Window{Limit: chunk}
	for done := 0; limit == 0 || done < limit; {
		if limit > 0 {
			w.Limit = min(chunk, limit-done)
		}
		rows, err := read(w)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := do(r); err != nil {
				return err
			}
		}
		if len(rows) < w.Limit {
			return nil
		}
		done += len(rows)
		w.From = rows[len(rows)-1].ID
	}
	return nil
}

// day is a date as lines show it: the reader's zone, to the minute.
func day(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// row is an article as `search --json` prints it. Its fields are among those of
// `export --format json`, but for the snippet.
type row struct {
	ID       string `json:"id"`
	Date     string `json:"date"`
	Undated  bool   `json:"undated"` // date is when it was first seen
	Arrived  string `json:"arrived"`
	Source   string `json:"source"`
	Title    string `json:"title"`
	Link     string `json:"link"`
	Lang     string `json:"lang"`
	Feed     int64  `json:"feed"`
	Read     bool   `json:"read"`
	Starred  bool   `json:"starred"`
	Updated  bool   `json:"updated"`
	FullText bool   `json:"full_text"` // the text of its page is stored
	Snippet  string `json:"snippet"`
}

func rowJSON(r store.Row) row {
	return row{
		ID: r.ID.String(), Date: stamp(r.At), Undated: r.Undated, Arrived: stamp(r.Arrived),
		Source: clean(r.Source), Title: clean(r.Title), Link: clean(r.Link), Lang: r.Lang, Feed: int64(r.Feed),
		Read: r.Read, Starred: r.Starred, Updated: r.Updated, FullText: r.FullText, Snippet: clean(r.Snippet),
	}
}
