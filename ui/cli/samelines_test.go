package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sitrep/feeds/document"
	"sitrep/ui/cli"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// sitrep render and sitrep show print line for line what page.Layout makes, which
// is also what the reading view shows (ui, TestScreenShowsTheSameLines).
func TestShowAndRenderPrintTheSameLines(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"} {
		t.Setenv(name, filepath.Join(home, name))
	}
	files, err := filepath.Glob("../page/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var pages []string
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, string(archive.Files[0].Data))
	}
	const base = "https://site.example/"
	ids := stored(t, base, pages)
	for i, markup := range pages {
		for _, width := range []int{30, 72} {
			want := printed(document.Parse(markup, base+fmt.Sprint(i)), width)
			cells := fmt.Sprint(width)
			render := sitrep(t, markup, "render", "--width", cells, "--url", base+fmt.Sprint(i), "-")
			if !strings.HasPrefix(render, want) {
				t.Errorf("%s: render at %d cells prints\n%s\nthe page is\n%s", files[i], width, render, want)
			}
			if show := sitrep(t, "", "show", "--width", cells, ids[i]); !strings.Contains(show, "\n\n"+want) {
				t.Errorf("%s: show at %d cells prints\n%s\nthe page is\n%s", files[i], width, show, want)
			}
		}
	}
}

// printed is a page as lines without styles.
func printed(d *document.Document, width int) string {
	var b strings.Builder
	for _, line := range page.Layout(d, page.Options{Width: width, Measure: width, Text: text.Setter{Bidi: text.Off}}).Lines {
		var l strings.Builder
		for _, s := range line {
			l.WriteString(s.Text)
		}
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	return b.String()
}

// sitrep runs a command and returns what it prints.
func sitrep(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := cli.Main(context.Background(), args, strings.NewReader(stdin), &out, &errs); code != 0 {
		t.Fatalf("sitrep %v exits %d: %s", args, code, errs.String())
	}
	return out.String()
}

// stored serves pages as the articles of a feed, fetches it, and returns their
// ids.
func stored(t *testing.T, base string, pages []string) []string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Pages</title><link>`+base+`</link>`)
		for i, p := range pages {
			fmt.Fprintf(w, `<item><title>page%dpage</title><link>%s%d</link><guid>%d</guid><description>%s</description></item>`, i, base, i, i, html.EscapeString(p))
		}
		_, _ = io.WriteString(w, `</channel></rss>`)
	}))
	t.Cleanup(server.Close)
	sitrep(t, "", "feeds", "add", server.URL+"/feed.xml")
	sitrep(t, "", "refresh", "--all")
	ids := make([]string, len(pages))
	for i := range pages {
		ids[i], _, _ = strings.Cut(sitrep(t, "", "search", "--id", fmt.Sprintf("title:page%dpage", i)), "\t")
	}
	return ids
}
