package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds/extract"
)

func extractCommand(a *app) *cobra.Command {
	var hint extract.Hint
	cmd := &cobra.Command{
		Use:     "extract FILE",
		Short:   "Print the article in a web page, as JSON",
		Long:    "Reads an article's page from a file, or from standard input for -, and prints the article without the site around it. Nothing is fetched or stored.",
		Example: "sitrep extract --json page.html\nsitrep extract --json --url https://example.org/2026/11/22/report -",
		GroupID: groupKeep,
		Args:    exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			hint.Now = a.now()
			return a.extract(args[0], hint)
		},
	}
	cmd.Flags().Bool("json", true, "print one JSON object; there is no other form")
	cmd.Flags().StringVar(&hint.URL, "url", "", "the address that the page came from, for its relative links")
	return cmd
}

func (a *app) extract(file string, hint extract.Hint) error {
	b, err := a.readFile(file)
	if err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	r, err := extract.Extract(b, hint)
	if err != nil {
		return err
	}
	return a.object(extractedPage{
		Title: clean(r.Title), Byline: clean(r.Byline), Text: cleanLines(r.Text), ContentHTML: r.HTML,
		Lang: clean(r.Lang), Dir: r.Dir, Published: stamp(r.Published),
	})
}

// extractedPage is what extract prints. Title, byline and text are plain text,
// a blank line between paragraphs; content_html is sanitised HTML with absolute
// addresses; published is RFC 3339 in UTC; what is unknown is "".
type extractedPage struct {
	Title       string `json:"title"`
	Byline      string `json:"byline"`
	Text        string `json:"text"`
	ContentHTML string `json:"content_html"`
	Lang        string `json:"lang"`
	Dir         string `json:"dir"`
	Published   string `json:"published"`
}

// cleanLines is a foreign text made safe line by line.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = clean(line)
	}
	return strings.Join(lines, "\n")
}
