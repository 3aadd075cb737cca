package cli

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/parse"
)

func parseCommand(a *app) *cobra.Command {
	var url string
	var header []string
	cmd := &cobra.Command{
		Use:     "parse FILE",
		Short:   "Print what sitrep sees in a feed, as JSON",
		Long:    "Reads a feed from a file, or from standard input for -, and prints what sitrep sees in it. Nothing is fetched or stored.",
		Example: "sitrep parse --json feed.xml\nsitrep parse --json --url https://example.org/rss --header 'Content-Type: text/xml; charset=windows-1256' -",
		GroupID: groupKeep,
		Args:    exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			hint, err := parseHint(url, header)
			if err != nil {
				return err
			}
			hint.Now = a.now()
			return a.parse(args[0], hint)
		},
	}
	cmd.Flags().Bool("json", true, "print one JSON object; there is no other form")
	cmd.Flags().StringVar(&url, "url", "", "the address that the feed came from, for its relative links")
	cmd.Flags().StringArrayVar(&header, "header", nil, "a header of the answer that it came with: Content-Type, Content-Location or Content-Language")
	return cmd
}

// parseHint is what the flags say of where a feed came from.
func parseHint(url string, header []string) (parse.Hint, error) {
	h := http.Header{}
	for _, line := range header {
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return parse.Hint{}, usage("--header %q is no header; write it as 'Content-Type: text/xml'", line)
		}
		h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return parse.Hint{
		URL: url, ContentType: h.Get("Content-Type"), ContentLocation: h.Get("Content-Location"), Lang: h.Get("Content-Language"),
	}, nil
}

func (a *app) parse(file string, hint parse.Hint) error {
	b, err := a.readFile(file)
	if err != nil {
		return fmt.Errorf("read feed: %w", err)
	}
	r, err := parse.Parse(b, hint)
	if err != nil {
		return a.object(unreadableJSON(err))
	}
	return a.object(parsedJSON(r))
}

// readFile reads a file, or standard input for "-".
func (a *app) readFile(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(a.stdin)
	}
	return os.ReadFile(name)
}

// parsedFeed is what parse prints. Titles, tags and names are plain text;
// summary, content and description sanitised HTML with absolute addresses;
// times RFC 3339 in UTC; what is unknown is "".
type parsedFeed struct {
	Version  string        `json:"version"`
	Encoding string        `json:"encoding"`
	Error    string        `json:"error"`
	Feed     parsedMeta    `json:"feed"`
	Entries  []parsedEntry `json:"entries"`
}

type parsedMeta struct {
	Title       string         `json:"title"`
	Link        string         `json:"link"`
	Description string         `json:"description"`
	Language    string         `json:"language"`
	ID          string         `json:"id"`
	Image       string         `json:"image"`
	Published   string         `json:"published"`
	Updated     string         `json:"updated"`
	Authors     []feeds.Author `json:"authors"`
	Tags        []string       `json:"tags"`
}

type parsedEntry struct {
	Title      string            `json:"title"`
	Link       string            `json:"link"`
	ID         string            `json:"id"`
	Summary    string            `json:"summary"`
	Content    string            `json:"content"`
	Comments   string            `json:"comments"`
	Published  string            `json:"published"`
	Updated    string            `json:"updated"`
	Authors    []feeds.Author    `json:"authors"`
	Tags       []string          `json:"tags"`
	Enclosures []feeds.Enclosure `json:"enclosures"`
}

// unreadableJSON is the object of bytes that gave no feed.
func unreadableJSON(err error) parsedFeed {
	return parsedFeed{
		Error:   clean(sentence(err)),
		Feed:    parsedMeta{Authors: []feeds.Author{}, Tags: []string{}},
		Entries: []parsedEntry{},
	}
}

func parsedJSON(r *parse.Result) parsedFeed {
	m := &r.Feed
	out := parsedFeed{
		Version: r.Version, Encoding: r.Encoding, Error: r.Damaged,
		Feed: parsedMeta{
			Title: clean(m.Title), Link: clean(m.Link), Description: document.Sanitize(m.Description, m.Base),
			Language: clean(m.Language), ID: clean(m.ID), Image: clean(m.Image), Published: stamp(m.Published), Updated: stamp(m.Updated),
			Authors: cleanAuthors(m.Authors), Tags: cleanAll(m.Tags),
		},
		Entries: make([]parsedEntry, len(r.Articles)),
	}
	for i := range r.Articles {
		out.Entries[i] = entryJSON(&r.Articles[i], &r.Summaries[i])
	}
	return out
}

func entryJSON(a *feeds.Article, s *parse.Summary) parsedEntry {
	summary, content := document.Sanitize(s.HTML, s.Base), document.Sanitize(a.HTML, a.Base)
	if s.Only {
		summary, content = content, ""
	}
	e := parsedEntry{
		Title: clean(a.Title), Link: clean(a.Link), ID: clean(a.GUID), Summary: summary, Content: content, Comments: clean(a.Comments),
		Published: stamp(a.Published), Updated: stamp(a.Updated),
		Authors: cleanAuthors(a.Authors), Tags: cleanAll(a.Tags), Enclosures: make([]feeds.Enclosure, len(a.Enclosures)),
	}
	for i, f := range a.Enclosures {
		e.Enclosures[i] = feeds.Enclosure{URL: clean(f.URL), Type: clean(f.Type), Length: f.Length}
	}
	return e
}

func cleanAuthors(list []feeds.Author) []feeds.Author {
	out := make([]feeds.Author, len(list))
	for i, p := range list {
		out[i] = feeds.Author{Name: clean(p.Name), Email: clean(p.Email), URI: clean(p.URI)}
	}
	return out
}

func cleanAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = clean(s)
	}
	return out
}
