package store

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// go test ./store -run TestTornJournal -torn 1000 -v
var tornTests = flag.Int("torn", 30, "how many damaged journals TestTornJournal opens")

// TestTornJournal cuts, blanks and garbles journals as a power loss does (S5):
// what is left must be a prefix of the commits.
func TestTornJournal(t *testing.T) {
	t.Run("plain", func(t *testing.T) { tornJournals(t, t.TempDir(), nil) })
	t.Run("encrypted", func(t *testing.T) {
		dir := t.TempDir()
		tornJournals(t, dir, sealedLibrary(t, dir, 0))
	})
}

func tornJournals(t *testing.T, base string, k *Key) {
	s := openSealed(t, base, k)
	defer s.Close()
	f := addFeed(t, s, "news")
	if err := s.withWriter(ctx, settle); err != nil {
		t.Fatal(err)
	}
	// Commit n of a round is a batch, a mark, then the number of the round: each
	// tells by itself how far the store goes.
	const rounds, per = 12, 5
	items := numbered("news", rounds*per, t0)
	for i := range rounds {
		save(t, s, answer(f, t0, items[i*per:(i+1)*per]...))
		rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Mark(ctx, Read, rows[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := s.SetSetting(ctx, "round", fmt.Sprint(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(s.path + "-wal")
	if err != nil || len(journal) < rounds*3*pageSize {
		t.Fatalf("%d bytes of journal, %v", len(journal), err)
	}
	r := rand.New(rand.NewPCG(5, 5))
	reached := map[int64]bool{}
	for i := range *tornTests {
		torn := append([]byte{}, journal...)
		at := r.IntN(len(torn))
		switch end := min(len(torn), at+1+r.IntN(4096)); i % 3 {
		case 0:
			torn = torn[:at]
		case 1:
			clear(torn[at:end])
		case 2:
			for j := at; j < end; j++ {
				torn[j] ^= byte(1 + r.UintN(255))
			}
		}
		dir := t.TempDir()
		path := filepath.Join(dir, fileName)
		os.WriteFile(path, whole, 0o600)
		os.WriteFile(path+"-wal", torn, 0o600)
		s := openSealed(t, dir, k)
		articles := one(t, s, "SELECT count(*) FROM articles")
		marked := one(t, s, "SELECT count(*) FROM mark_log")
		round := one(t, s, "SELECT coalesce(max(value), 0) FROM settings WHERE key = 'round'")
		reached[articles+marked+round] = true
		batches := articles / per
		if articles%per != 0 || marked > batches || batches > marked+1 || round > marked || marked > round+1 || batches > round+1 {
			t.Errorf("torn at %d (%d): %d articles, %d marks, round %d are no prefix", at, i%3, articles, marked, round)
		}
		if err := s.tidyAll(ctx); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		verifySealed(t, dir, k)
	}
	t.Logf("%d journals of %d kB, %d different prefixes", *tornTests, len(journal)>>10, len(reached))
}
