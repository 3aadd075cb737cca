package parse

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sitrep/feeds"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

// Each file in testdata holds a feed as it comes over the wire, with \xNN for
// bytes that do not show, and what we read in it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Parse(unescape(a.Files[0].Data), Hint{URL: "https://feeds.example/news/feed.xml", ContentType: headerOf(a), Now: clock})
			got := dump(r, err)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// headerOf returns the Content-Type that the file's first line names, if any.
func headerOf(a *txtar.Archive) string {
	for line := range strings.Lines(string(a.Comment)) {
		if v, ok := strings.CutPrefix(line, "Content-Type: "); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

func unescape(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b); i++ {
		var c byte
		if n, _ := fmt.Sscanf(string(b[i:min(len(b), i+4)]), `\x%02x`, &c); n == 1 {
			out = append(out, c)
			i += 3
			continue
		}
		out = append(out, b[i])
	}
	return out
}

func dump(r *Result, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
		return b.String()
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, strings.ReplaceAll(value, "\n", "\\n"))
		}
	}
	line("version", r.Version)
	line("encoding", r.Encoding)
	line("damaged", r.Damaged)
	if r.Incomplete {
		line("incomplete", "yes")
	}
	m := r.Feed
	for _, f := range [][2]string{
		{"title", m.Title}, {"description", m.Description}, {"link", m.Link}, {"id", m.ID}, {"lang", m.Lang}, {"image", m.Image},
		{"published", when(m.Published)}, {"updated", when(m.Updated)}, {"authors", people(m.Authors)}, {"tags", strings.Join(m.Tags, " | ")},
	} {
		line(f[0], f[1])
	}
	if m.TTL > 0 {
		line("ttl", m.TTL.String())
	}
	for i, a := range r.Articles {
		b.WriteString("\n")
		zone := ""
		if a.Zone != 0 {
			zone = fmt.Sprint(a.Zone)
		}
		base := a.Base
		if base == "https://feeds.example/news/feed.xml" {
			base = ""
		}
		for _, f := range [][2]string{
			{"title", a.Title}, {"link", a.Link}, {"guid", a.GUID}, {"lang", a.Lang}, {"published", when(a.Published)}, {"zone", zone},
			{"updated", when(a.Updated)}, {"authors", people(a.Authors)}, {"tags", strings.Join(a.Tags, " | ")}, {"image", a.Image},
			{"comments", a.Comments}, {"base", base}, {"summary", r.Summaries[i].HTML}, {"html", a.HTML},
		} {
			line(f[0], f[1])
		}
		for _, e := range a.Enclosures {
			line("enclosure", fmt.Sprintf("%s %s %d", e.URL, e.Type, e.Length))
		}
	}
	return b.String()
}

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func people(list []feeds.Author) string {
	var out []string
	for _, a := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s <%s> (%s)", a.Name, a.Email, a.URI)))
	}
	return strings.Join(out, ", ")
}
