package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
)

// TestCrowdedIndex saves so many batches that merging begins between them, with
// changed texts among the new ones.
func TestCrowdedIndex(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	const batches = backlog + 3*fanIn + 5
	for i := range batches {
		items := []item{{guid: fmt.Sprint("n", i), title: fmt.Sprintf("Report %d", i), html: fmt.Sprintf("<p>only%d", i), at: t0.Add(time.Duration(i*7919%1000) * time.Second)}}
		if i%9 == 5 {
			items = append(items, item{guid: fmt.Sprint("n", i-3), title: "Changed", html: fmt.Sprintf("<p>later%d", i-3), at: t0})
		}
		save(t, s, answer(f, t0, items...))
	}
	for i := range batches {
		word := fmt.Sprintf("only%d", i)
		if i%9 == 2 && i < batches-3 {
			word = fmt.Sprintf("later%d", i)
		}
		if rows := find(t, s, word); len(rows) != 1 {
			t.Errorf("%s is found %d times", word, len(rows))
		}
	}
	if n, err := s.Count(ctx, query.Read("report OR changed", query.Options{})); n != batches || err != nil {
		t.Errorf("%d found %v", n, err)
	}
	var st *structure
	err := s.read(ctx, func(c *conn) (err error) {
		st, err = readStructure(c)
		return err
	})
	if err != nil || st.segments() > backlog {
		t.Errorf("too little was merged: %+v %v", st, err)
	}
	verified(t, s)
}

// TestDiskFull limits the file as a full disk would.
func TestDiskFull(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("news", 20, t0)...))
	pages := one(t, s, "PRAGMA page_count")
	limit := func(n int64) {
		err := s.withWriter(ctx, func(c *conn) error { return c.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)) })
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 3)
	more := numbered("more", 200, t0)
	_, err := s.Save(ctx, refresh.Batch{Now: t0, Outcomes: []refresh.Outcome{answer(f, t0, more...)}})
	if full := (*Full)(nil); !errors.As(err, &full) {
		t.Fatalf("%T %v", err, err)
	}
	if o, err := s.Overview(ctx); err != nil || o.All.Total != 20 {
		t.Errorf("%+v %v", o.All, err)
	}
	limit(1 << 20)
	if saved := save(t, s, answer(f, t0, more...)); saved.New != 200 {
		t.Errorf("%+v", saved)
	}
	if rows := find(t, s, "more report"); len(rows) != 100 {
		t.Errorf("%d found", len(rows))
	}
	verified(t, s)
}

// FuzzStructure reads lists of segments as a damaged store may have them.
func FuzzStructure(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x05\xff\x00\x00\x01\x01\x01\x00\x00\x01\x01\x01\x09\x01\x01\x00\x00\x05"))
	f.Fuzz(func(t *testing.T, b []byte) {
		st, err := parseStructure(b)
		if err != nil {
			return
		}
		again, err := parseStructure(st.bytes())
		if err != nil || again.segments() != st.segments() {
			t.Errorf("%x: %v", b, err)
		}
	})
}

// A refresh that waits for the network merges meanwhile, and its end costs no
// merging.
func TestTidyWhileNothingIsSaved(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	cl, err := s.Claim(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2*fanIn + 1 {
		save(t, s, answer(f, t0, item{guid: fmt.Sprint(i), title: fmt.Sprintf("Report %d", i), at: t0}))
	}
	segments := func() (n int) {
		err := s.read(ctx, func(c *conn) error {
			st, err := readStructure(c)
			if err == nil {
				n = st.segments()
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for end := time.Now().Add(5 * time.Second); segments() >= fanIn; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d segments are left", segments())
		}
	}
	if err := cl.Release(); err != nil {
		t.Fatal(err)
	}
	verified(t, s)
}
