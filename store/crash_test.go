package store

import (
	"bufio"
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

var longTests = flag.Bool("long", false, "kill writers a thousand times instead of a few")

// crashDir tells a test binary that it is the process to be killed.
const crashDir = "SITREP_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		writeUntilKilled(dir)
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
	s, err := Open(ctx, dir, Options{Catalog: small})
	die(err)
	f, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://news.example/feed", Title: "news"}, nil)
	die(err)
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
		rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 3})
		die(err)
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

// TestKill kills two writers of one store again and again: nothing they said
// they had done may be missing, and nothing may be half done.
func TestKill(t *testing.T) {
	cycles := 4
	if *longTests {
		cycles = 1000
	}
	dir := t.TempDir()
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
		time.Sleep(time.Duration(20+r.IntN(180)) * time.Millisecond)
		for i, cmd := range all {
			cmd.Process.Kill()
			for out[i].Scan() {
				if line := out[i].Text(); strings.HasPrefix(line, "failed") {
					t.Fatalf("cycle %d: %s", cycle, line)
				} else {
					acknowledged[line] = true
				}
			}
			cmd.Wait()
		}
		s := openAt(t, dir, &clock{t0})
		checkAcknowledged(t, s, acknowledged)
		if cycle == cycles-1 || cycle%50 == 49 {
			cl, err := s.Claim(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if err := cl.Release(); err != nil {
				t.Fatal(err)
			}
			verified(t, s)
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
			m, ok, err := readMarks(c, id)
			if err != nil {
				return err
			}
			if !ok || act == Read && !m.read || act == Star && !m.starred {
				t.Errorf("%s was acknowledged and is lost: %+v %v", line, m, ok)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
