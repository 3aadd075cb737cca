package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sitrep/feeds/safe/safetest"
)

// hostileSite serves a feed whose every field holds a payload, a page that names
// feeds so, and an answer whose status line does.
func hostileSite(t *testing.T) (site string) {
	t.Helper()
	type author struct {
		Name string `json:"name"`
	}
	type file struct {
		URL  string `json:"url"`
		Type string `json:"mime_type"`
	}
	type item struct {
		ID, URL, Title string
		Content        string   `json:"content_html"`
		Published      string   `json:"date_published"`
		Authors        []author `json:"authors"`
		Tags           []string `json:"tags"`
		Attachments    []file   `json:"attachments"`
		Language       string   `json:"language"`
	}
	var escaped strings.Builder
	var items []item
	for i, p := range safetest.Payloads() {
		escaped.Reset()
		xml.EscapeText(&escaped, []byte(p.Text))
		references := ""
		for _, r := range p.Text {
			references += fmt.Sprintf("&#%d;", r)
		}
		items = append(items, item{ID: p.Text, URL: "https://evil.example/" + p.Text, Title: p.Text,
			Content:   "<h2>" + escaped.String() + "</h2><p>" + references + "</p><pre>" + strings.ReplaceAll(references, "&", "&amp;") + "</pre><p><a href='https://evil.example/" + references + "'>" + references + "</a></p><table><tr><td>" + references + "</table>",
			Published: fmt.Sprintf("2026-01-02T10:%02d:00Z", i%60), Authors: []author{{p.Text}}, Tags: []string{p.Text}, Language: p.Text,
			Attachments: []file{{"https://evil.example/" + p.Text, p.Text}}})
	}
	feed, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": safetest.All(), "description": safetest.All(), "items": items})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/feed.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/feed+json")
		w.Write(feed)
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, safetest.All()) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for _, path := range []string{"/feed.json", "/broken"} {
			fmt.Fprintf(w, "<title>%s</title><link rel=alternate type='application/feed+json' href='%s' title='%s'>", safetest.All(), server.URL+path, strings.ReplaceAll(safetest.All(), "'", ""))
		}
	})
	return server.URL
}

// rudeHost answers with a status line that holds payloads.
func rudeHost(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			fmt.Fprintf(c, "HTTP/1.1 403 \x1b]0;owned\a\u009b2J\r\nServer: \x1b[2J\r\nContent-Length: 0\r\n\r\n")
			c.Close()
		}
	}()
	return "http://" + l.Addr().String() + "/feed"
}

// U2: the payloads of U1 go through every command that prints, as text, as JSON
// and into files, and come out as text, in escapes, or not at all.
func TestPipesAreSafe(t *testing.T) {
	dir := home(t)
	site := hostileSite(t)
	list := filepath.Join(dir, "list.opml")
	var label strings.Builder
	for _, p := range safetest.Payloads() {
		label.WriteString(xmlReferences(p.Text) + " ")
	}
	outlines := fmt.Sprintf("<opml version='2.0'><head><title>%[1]s</title></head><body><outline text='%[1]s'><outline type='rss' text='%[1]s' title='%[1]s' xmlUrl='%[2]s/feed.json' other='%[1]s'/>"+
		"<outline type='rss' text='%[1]s' xmlUrl='%[3]s'/><outline type='rss' text='%[1]s' xmlUrl='file:///%[1]s'/></outline></body></opml>", label.String(), site, rudeHost(t))
	if err := os.WriteFile(list, []byte(outlines), 0o600); err != nil {
		t.Fatal(err)
	}
	page, body := filepath.Join(dir, "page.html"), filepath.Join(dir, "feed.json")
	save(t, page, "<title>"+safetest.All()+"</title><p>"+safetest.All()+"</p><pre>"+safetest.All()+"</pre>")
	save(t, body, `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","title":`+quoted(t, safetest.All())+`}]}`)
	reasons := 0
	for _, line := range []string{
		"import " + list, "feeds add " + site + "/broken", "refresh --all", "refresh --all --json", "watch add LABEL title:qzFIRST", "watch add ODD LABEL",
		"search qzFIRST", "search --json qzFIRST", "search --json --limit 0 LABEL", "search LABEL", "count LABEL", "feeds", "feeds list --json", "feeds check", "feeds check --json",
		"feeds discover " + site, "feeds discover --json " + site, "briefings", "briefings --json", "briefings show LABEL", "watch", "watch --json", "watch show ODD", "watch test LABEL",
		"export", "export --format opml", "export --format json", "export --format md", "export --format mbox", "export --format text",
		"show ID", "show --format json ID", "show --format md ID", "show --format html ID", "show LABEL", "feeds set 1", "feeds remove LABEL", "doctor",
		"render " + page, "extract --json " + page, "parse --json " + body, "export --format LABEL", "LABEL", "nothing LABEL", "search --LABEL", "config", "__complete show LABEL", "__complete watch show ",
	} {
		id := articleID(t)
		args := strings.Fields(line)
		for i, a := range args {
			args[i] = strings.NewReplacer("ID", id, "LABEL", safetest.Payloads()[(i*7+len(line))%60].Text).Replace(a)
		}
		out, problems, code := command(t, args...)
		if err := safetest.Check(out, false); err != nil {
			t.Errorf("%s: standard output has %v", line, err)
		}
		if err := safetest.Check(problems, false); err != nil {
			t.Errorf("%s: standard error has %v", line, err)
		}
		if out+problems == "" && code != 0 {
			t.Errorf("%s ends with %d and says nothing", line, code)
		}
		reasons += strings.Count(out+problems, safetest.First)
	}
	if reasons < 1000 {
		t.Errorf("only %d payloads were printed: the commands did not show them", reasons)
	}
}

// articleID is the number of some stored article, x when there is none yet.
func articleID(t *testing.T) string {
	out, _, _ := command(t, "search", "--id", "--limit", "1", "qzFIRST")
	if fields := strings.Split(strings.TrimSpace(out), "\t"); fields[0] != "" {
		return fields[0]
	}
	return "x"
}

func save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// xmlReferences writes s so that XML may hold it: what it cannot, as it stands.
func xmlReferences(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<' || r == '>' || r == '&' || r == '\'' || r >= 0x7f:
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// U1: a server that talks on a connection where nobody asked anything is heard
// by the HTTP library, which logs it; that reaches no terminal.
func TestUnaskedAnswersAreNotPrinted(t *testing.T) {
	home(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	const feed = `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[]}`
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				bufio.NewReader(c).ReadString('\n')
				fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(feed), feed)
				time.Sleep(100 * time.Millisecond)
				fmt.Fprintf(c, "HTTP/1.1 200 OK\x1b]0;owned\a\r\n\r\n")
			}()
		}
	}()
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(500 * time.Millisecond)
		fmt.Fprint(w, feed)
	}))
	defer slow.Close()
	for _, address := range []string{"http://" + l.Addr().String() + "/feed.json", slow.URL + "/feed.json"} {
		if _, problems, code := command(t, "feeds", "add", address); code != 0 {
			t.Fatal(problems)
		}
	}
	cmd := exec.Command("sitrep", "refresh", "--all") // a process of its own, whose log would be its standard error
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil || said.Len() > 0 {
		t.Errorf("refresh: %v, it said %q", err, said.String())
	}
}
