package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"sitrep/feeds/opml"
	"sitrep/ui/cli"
)

// command runs a command line in the home that the test has and returns what it
// printed.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, problems bytes.Buffer
	code = cli.Main(context.Background(), args, strings.NewReader(""), &out, &problems)
	return out.String(), problems.String(), code
}

// home gives the test an empty home.
func home(t *testing.T) string {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	for _, name := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
		t.Setenv("XDG_"+name+"_HOME", filepath.Join(dir, strings.ToLower(name)))
	}
	return dir
}

// TestHostileList is case K6: a list of 500 feeds, one of them bad, 10,000
// levels deep, with programs, files and entities in it, imported twice.
func TestHostileList(t *testing.T) {
	dir := home(t)
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	canary := filepath.Join(dir, "canary")
	list := filepath.Join(dir, "list.opml")
	if err := os.WriteFile(list, []byte(hostileList(server.URL, canary)), 0o600); err != nil {
		t.Fatal(err)
	}
	for round, want := range []struct{ feeds, known int }{{499, 0}, {0, 499}} {
		out, problems, code := command(t, "import", "--json", list)
		var got struct {
			Feeds, Known int
			Skipped      []struct{ What, Why string }
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
			t.Fatalf("exit code %d, %v: %s%s", code, err, out, problems)
		}
		if got.Feeds != want.feeds || got.Known != want.known {
			t.Errorf("import %d: %d feeds, %d known, want %v", round+1, got.Feeds, got.Known, want)
		}
		reasons := map[string]string{}
		for _, s := range got.Skipped {
			reasons[s.What] = s.Why
		}
		for _, what := range []string{"exec:touch " + canary, "|touch " + canary, "filter:touch " + canary + ":" + server.URL, "file:///etc/passwd",
			"javascript:alert(1)", "http://", server.URL + "/more.opml", "filtercmd of " + server.URL + "/0"} {
			if reasons[what] == "" {
				t.Errorf("import %d does not say why it left out %s", round+1, what)
			}
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests during the import", n)
	}
	if _, err := os.Stat(canary); err == nil {
		t.Error("a program of the list was run")
	}
	checkExport(t, server.URL)
}

// hostileList writes 499 good feeds and everything else around them.
func hostileList(server, canary string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>
<opml version="2.0"><head><title>K6 &b; &file;</title></head><body>`)
	for _, address := range []string{"exec:touch " + canary, "|touch " + canary, "filter:touch " + canary + ":" + server, "file:///etc/passwd", "javascript:alert(1)", "http://"} {
		fmt.Fprintf(&b, `<outline type="rss" text="bad" xmlUrl="%s"/>`+"\n", address)
	}
	fmt.Fprintf(&b, `<outline type="include" text="more" url="%s/more.opml"/>`+"\n", server)
	for i := range 498 {
		fmt.Fprintf(&b, `<outline text="News"><outline text="Folder %d"><outline type="rss" text="Feed %d &b; &amp;" xmlUrl="%s/%d" filtercmd="touch %s" mark="m%d"/></outline></outline>`+"\n",
			i%5, i, server, i, canary, i)
	}
	b.WriteString(strings.Repeat(`<outline text="deep">`, 10_000))
	fmt.Fprintf(&b, `<outline text="the deepest" xmlUrl="%s/deepest"/>`, server)
	b.WriteString(strings.Repeat(`</outline>`, 10_000) + "</body></opml>")
	return b.String()
}

// checkExport reads the exported list: folders, addresses and attributes are
// those of the imported one.
func checkExport(t *testing.T, server string) {
	t.Helper()
	out, problems, code := command(t, "export")
	l, err := opml.Read(strings.NewReader(out))
	if err != nil || code != 0 || len(l.Subscriptions) != 499 || len(l.Skipped) > 0 {
		t.Fatalf("exit code %d, %v, %d feeds, skipped %v, %s", code, err, len(l.Subscriptions), l.Skipped, problems)
	}
	for _, s := range l.Subscriptions {
		if s.URL != server+"/7" {
			continue
		}
		if len(s.Folders) != 1 || s.Folders[0] != "News / Folder 2" || !strings.HasPrefix(s.Title, "Feed 7 ") ||
			len(s.Attributes) != 1 || s.Attributes[0] != (opml.Attribute{Name: "mark", Value: "m7"}) {
			t.Errorf("came out as %+v", s)
		}
	}
	if !strings.Contains(out, `<outline text="News">`) || !strings.Contains(out, `<outline text="Folder 2">`) {
		t.Error("the folders are not nested any more")
	}
}
