package store

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

// go test ./store -run TestKill -long -timeout 30m -v
var longTests = flag.Bool("long", false, "kill writers a thousand times instead of a few, and at each of their writes")

// crashDir tells a test binary that it is the process to be killed.
const crashDir = "SITREP_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		writeUntilKilled(dir)
		return
	}
	if dir := os.Getenv(convertDir); dir != "" {
		convertUntilKilled(dir)
		return
	}
	flag.Set("rapid.checks", defaultChecks) // the command line has the last word
	flag.Parse()
	code := m.Run()
	if built.dir != "" && *benchDir == "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// writeUntilKilled refreshes and marks for ever. It says what was done only
// when it is done.
func writeUntilKilled(dir string) {
	die := func(err error) {
		if err != nil {
			fmt.Println("failed", err)
			os.Exit(1)
		}
	}
	o := Options{Catalog: small}
	sealed, err := Encrypted(dir)
	die(err)
	if sealed {
		o.Key, err = Unlock(dir, sealing.Passphrase)
		die(err)
	}
	s, err := Open(ctx, dir, o)
	die(err)
	f, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://news.example/feed", Title: "news"}, nil)
	die(err)
	_, err = s.AddWatch(ctx, feeds.Watch{Name: fmt.Sprint("w", os.Getpid()%6), Query: "report -new"})
	if !errors.As(err, new(*Taken)) {
		die(err)
	}
	cl, err := s.Claim(ctx)
	if err != nil {
		cl, err = nil, nil // the other writer has it: only mark
	}
	for round := 0; ; round++ {
		runtime.KeepAlive(cl) // a lock whose owner is collected is free
		if cl != nil {
			now := time.Now()
			all := numbered(fmt.Sprintf("p%d-r%d", os.Getpid(), round), 30, now)
			if round > 0 { // and changed texts, which FTS5 indexes
				all = append(all, item{guid: fmt.Sprintf("p%d-r%d-30", os.Getpid(), round-1), title: "Changed", html: fmt.Sprint("<p>new text ", round), at: now})
			}
			_, err := s.Save(ctx, refresh.Batch{Now: now, Outcomes: []refresh.Outcome{answer(f, now, all...)}})
			die(err)
			if round%5 == 4 {
				die(s.withWriter(ctx, s.flushWords))
				_, err = s.Tidy(ctx, 5*time.Millisecond)
				die(err)
			}
		}
		if cl != nil && round%7 == 6 {
			die(cl.Release())
			die(purgeSome(s))
			if cl, err = s.Claim(ctx); err != nil {
				cl = nil
			}
		}
		rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 3})
		die(err)
		for _, r := range rows[:min(1, len(rows))] { // by whoever refreshes and by whoever does not
			die(s.SaveText(ctx, page(r.ID, fmt.Sprintf("<p>the whole report of writer p%d in round%d</p>", os.Getpid(), round))))
			fmt.Println(paged, r.ID)
		}
		for _, r := range rows {
			act := Read
			if r.ID%2 == 0 {
				act = Star
			}
			_, err := s.Mark(ctx, act, r.ID)
			die(err)
			fmt.Println(act, r.ID)
		}
	}
}

// purgeSome removes a few old articles and says which.
func purgeSome(s *Store) error {
	what, err := s.Purgeable(ctx, Purge{Keep: 100})
	if err != nil {
		return err
	}
	ids := what.IDs[:min(len(what.IDs), 5)]
	if _, err := s.Purge(ctx, ids, false, nil); err != nil {
		if errors.As(err, new(*Busy)) { // the other one was quicker
			return nil
		}
		return err
	}
	for _, id := range ids {
		fmt.Println(purged, id)
	}
	return nil
}

// What writers say of articles that they removed, and of those that got a full text.
const (
	purged Act = "purged"
	paged  Act = "paged"
)

// TestKill kills two writers of one store again and again: nothing they said
// they had done may be missing, and nothing may be half done.
func TestKill(t *testing.T) {
	t.Run("plain", func(t *testing.T) { killWriters(t, t.TempDir(), nil) })
	t.Run("encrypted", func(t *testing.T) {
		dir := t.TempDir()
		killWriters(t, dir, sealedLibrary(t, dir, 0))
	})
}

func killWriters(t *testing.T, dir string, k *Key) {
	cycles := 4
	if *longTests {
		cycles = 1000
	}
	acknowledged := map[string]bool{}
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	for cycle := range cycles {
		var out []*bufio.Scanner
		var all []*exec.Cmd
		for range 2 {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), crashDir+"="+dir)
			pipe, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			all, out = append(all, cmd), append(out, bufio.NewScanner(pipe))
		}
		hear := func(line string) {
			if strings.HasPrefix(line, "failed") {
				t.Errorf("cycle %d: %s", cycle, line)
			}
			acknowledged[line] = true
		}
		if cycle == 0 { // a slow machine, too, has something to lose from then on
			for _, o := range out {
				o.Scan()
				hear(o.Text())
			}
		}
		time.Sleep(time.Duration(20+r.IntN(180)) * time.Millisecond)
		for i, cmd := range all {
			cmd.Process.Kill()
			for out[i].Scan() {
				hear(out[i].Text())
			}
			cmd.Wait()
		}
		if t.Failed() {
			return
		}
		s := openSealed(t, dir, k)
		checkAcknowledged(t, s, acknowledged)
		if cycle == cycles-1 || cycle%50 == 49 {
			cl, err := s.Claim(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if err := cl.Release(); err != nil {
				t.Fatal(err)
			}
			checkWatches(t, s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			verifySealed(t, dir, k)
		}
		s.Close()
	}
	t.Logf("%d marks acknowledged in %d cycles", len(acknowledged), cycles)
}

func checkAcknowledged(t *testing.T, s *Store, acknowledged map[string]bool) {
	t.Helper()
	err := s.read(ctx, func(c *conn) error {
		for line := range acknowledged {
			var act Act
			var text string
			fmt.Sscan(line, &act, &text)
			id, err := feeds.ParseArticleID(text)
			if err != nil {
				return err
			}
			if ok, err := holds(c, act, id); !ok || err != nil {
				t.Errorf("%s was acknowledged and is lost, %v", line, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// holds reports whether what was acknowledged is so. The marks of articles stay
// when they are purged, but for stars, which keep them from it.
func holds(c *conn, act Act, id feeds.ArticleID) (bool, error) {
	sql := "SELECT 1 FROM statuses WHERE article = ? AND read = 1"
	switch act {
	case Star:
		sql = "SELECT 1 FROM statuses WHERE article = ? AND starred = 1"
	case paged:
		sql = `SELECT 1 FROM statuses s WHERE article = ? AND (EXISTS(SELECT 1 FROM fulltexts f WHERE f.arrival = s.arrival)
			OR NOT EXISTS(SELECT 1 FROM articles a WHERE a.id = s.article))`
	case purged:
		sql = "SELECT 1 FROM statuses WHERE article = ?1 AND NOT EXISTS(SELECT 1 FROM articles WHERE id = ?1)"
	}
	_, ok, err := c.number(sql, id)
	return ok, err
}
