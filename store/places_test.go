package store

import (
	"context"
	"testing"

	"sitrep/feeds"
)

func TestPlaces(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s, err := Open(ctx, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := func(id feeds.ArticleID, p Place) {
		t.Helper()
		if got, err := s.Place(ctx, id); err != nil || got != p {
			t.Errorf("place of %v is %v, %v, want %v", id, got, err, p)
		}
	}
	set := func(id feeds.ArticleID, p Place) {
		t.Helper()
		if err := s.SetPlace(ctx, id, p); err != nil {
			t.Fatal(err)
		}
	}
	want(1, Place{})
	set(1000, Place{7, 2})
	want(1000, Place{7, 2})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(ctx, dir, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	want(1000, Place{7, 2}) // after a restart
	set(1000, Place{})
	want(1000, Place{})

	if err := s.SetSetting(ctx, "zoom", "1"); err != nil {
		t.Fatal(err)
	}
	for id := range feeds.ArticleID(maxPlaces + 10) {
		set(id<<12, Place{1, 0})
	}
	want(9<<12, Place{})
	want(10<<12, Place{1, 0})
	want((maxPlaces+9)<<12, Place{1, 0})
	if v, err := s.Setting(ctx, "zoom"); v != "1" || err != nil {
		t.Errorf("another setting is %q, %v", v, err)
	}
	if err := s.SetSetting(ctx, placeKey(5), "nonsense"); err != nil {
		t.Fatal(err)
	}
	want(5, Place{})
}
