package store

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUncleanEnd leaves a store as a process does that is killed.
func TestUncleanEnd(t *testing.T) {
	dir, left := t.TempDir(), t.TempDir()
	s := openAt(t, dir, &clock{t0})
	addFeed(t, s, "news")
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(ctx, s.path+suffix, filepath.Join(left, fileName+suffix)); err != nil {
			t.Fatal(err)
		}
	}
	second := openAt(t, dir, &clock{t0}) // a journal that another process uses is no sign
	if c, err := second.LastCheck(ctx); !c.Unclean.IsZero() || err != nil {
		t.Errorf("while open: %+v %v", c, err)
	}
	s = openAt(t, left, &clock{t0})
	if c, err := s.LastCheck(ctx); c.Unclean.IsZero() || !c.At.IsZero() || err != nil {
		t.Errorf("left: %+v %v", c, err)
	}
	s.Close()
	s = openAt(t, left, &clock{t0}) // the sign outlives a clean end
	if c, err := s.LastCheck(ctx); c.Unclean.IsZero() || err != nil {
		t.Errorf("closed since: %+v %v", c, err)
	}
	if _, err := s.CheckUnclean(ctx); err != nil {
		t.Fatal(err)
	}
	if c, err := s.LastCheck(ctx); !c.Unclean.IsZero() || !c.At.Equal(t0) || c.Problem != "" || err != nil {
		t.Errorf("checked: %+v %v", c, err)
	}
}

func TestCheckFileFindsDamage(t *testing.T) {
	dir := t.TempDir()
	library(t, dir, 200)
	s := openAt(t, dir, &clock{t0})
	root := one(t, s, "SELECT rootpage FROM sqlite_schema WHERE name = 'texts'")
	s.Close()
	damage(t, rand.New(rand.NewPCG(1, 1)), s.path, (root-1)*pageSize, pageSize)
	os.WriteFile(filepath.Join(dir, uncleanName), nil, 0o600)
	s = openAt(t, dir, &clock{t0})
	problem, err := s.CheckUnclean(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.LastCheck(ctx)
	if err != nil || c.Unclean.IsZero() || c.Problem == "" || c.Problem != problem || strings.Contains(c.Problem, "\n") {
		t.Errorf("%+v %v", c, err)
	}
}
