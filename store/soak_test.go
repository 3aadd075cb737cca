package store

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// go test ./store -run TestSoak -soak 10m -timeout 15m -v
var soakFor = flag.Duration("soak", 0, "how long TestSoak reads while two others write")

// TestSoak reads and marks while two processes write (C1): nothing is locked, no
// mark is lost, the journal stays short.
func TestSoak(t *testing.T) {
	if *soakFor == 0 {
		t.Skip("only with -soak")
	}
	t.Run("plain", func(t *testing.T) { soak(t, t.TempDir(), nil) })
	t.Run("encrypted", func(t *testing.T) {
		dir := t.TempDir()
		soak(t, dir, sealedLibrary(t, dir, 0))
	})
}

func soak(t *testing.T, dir string, k *Key) {
	s := openSealed(t, dir, k)
	var all []*exec.Cmd
	said := make(chan string, 1<<16)
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
		all = append(all, cmd)
		go func() {
			for lines := bufio.NewScanner(pipe); lines.Scan(); {
				said <- lines.Text()
			}
		}()
	}
	acknowledged := map[string]bool{}
	var took []time.Duration
	longest := int64(0)
	for end := time.Now().Add(*soakFor); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		start := time.Now()
		rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Overview(ctx); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(start))
		find(t, s, "report")
		if len(rows) > 0 {
			if n, err := s.Mark(ctx, Read, rows[0].ID); err != nil {
				t.Fatal(err)
			} else if n == 1 {
				acknowledged[fmt.Sprint(Read, " ", rows[0].ID)] = true
			}
		}
		if info, err := os.Stat(s.path + "-wal"); err == nil {
			longest = max(longest, info.Size())
		}
		for len(said) > 0 {
			line := <-said
			if strings.HasPrefix(line, "failed") {
				t.Fatal(line)
			}
			acknowledged[line] = true
		}
	}
	for _, cmd := range all {
		cmd.Process.Kill()
		cmd.Wait()
	}
	checkAcknowledged(t, s, acknowledged)
	slices.Sort(took)
	t.Logf("%d acknowledged; list and counts p50 %v, p99 %v; longest journal %.1f MB; %d articles", len(acknowledged),
		took[len(took)/2], took[len(took)*99/100], float64(longest)/1e6, one(t, s, "SELECT count(*) FROM articles"))
	if longest > 64<<20 {
		t.Error("the journal grew too long")
	}
	if err := s.tidyAll(ctx); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	verifySealed(t, dir, k)
}
