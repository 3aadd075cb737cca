package store

import (
	"errors"
	"sync"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

func progress(n int) refresh.Progress {
	return refresh.Progress{Started: t0, Done: n, Total: 60, Feed: "Shafaq News"}
}

func TestClaim(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, dir, &clock{t0}), openAt(t, dir, &clock{t0})
	if _, running, err := b.Running(ctx); running || err != nil {
		t.Fatalf("running before: %v %v", running, err)
	}
	cl, err := a.Claim(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Claim(ctx); !errors.Is(err, refresh.ErrBusy) {
		t.Errorf("second claim: %v", err)
	}
	if _, err := a.Claim(ctx); !errors.Is(err, refresh.ErrBusy) {
		t.Errorf("second claim of one process: %v", err)
	}
	if _, running, err := b.Running(ctx); !running || err != nil {
		t.Errorf("before the first report: %v %v", running, err)
	}
	cl.Report(progress(7))
	if p, running, err := b.Running(ctx); !running || p != progress(7) || err != nil {
		t.Errorf("%+v %v %v", p, running, err)
	}
	if err := cl.Release(); err != nil {
		t.Fatal(err)
	}
	if err := cl.Release(); err != nil {
		t.Errorf("second release: %v", err)
	}
	if p, running, err := b.Running(ctx); running || err != nil {
		t.Errorf("after: %+v %v %v", p, running, err)
	}
	if cl, err = b.Claim(ctx); err != nil {
		t.Fatal(err)
	}
	cl.Release()
}

// TestRunningDoesNotDisturb looks at the lock while others take it.
func TestRunningDoesNotDisturb(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, dir, &clock{t0}), openAt(t, dir, &clock{t0})
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				b.Running(ctx)
				time.Sleep(time.Millisecond)
			}
		}
	})
	for i := range 50 {
		cl, err := a.Claim(ctx)
		if err != nil {
			t.Errorf("claim %d: %v", i, err)
			break
		}
		cl.Release()
	}
	close(stop)
	wg.Wait()
}

// TestTwoProcesses writes through two stores at once: one saves articles, the
// other saves and marks, and both read.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, dir, &clock{t0}), openAt(t, dir, &clock{t0})
	fa, fb := addFeed(t, a, "alpha"), addFeed(t, b, "beta")
	version, err := a.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	const rounds, per = 12, 10
	var wg sync.WaitGroup
	saver := func(s *Store, f feeds.FeedID, name string) {
		all := numbered(name, rounds*per, t0)
		for i := range rounds {
			if _, err := s.Save(ctx, refresh.Batch{Now: t0, Outcomes: []refresh.Outcome{answer(f, t0, all[i*per:(i+1)*per]...)}}); err != nil {
				t.Errorf("save %s %d: %v", name, i, err)
			}
		}
	}
	marked := 0
	wg.Go(func() { saver(a, fa, "alpha") })
	wg.Go(func() { saver(b, fb, "beta") })
	wg.Go(func() {
		for range rounds {
			rows, err := b.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 5})
			if err != nil {
				t.Errorf("list: %v", err)
			}
			for _, r := range rows {
				n, err := b.Mark(ctx, Read, r.ID)
				if err != nil {
					t.Errorf("mark: %v", err)
				}
				marked += n
			}
		}
	})
	wg.Go(func() {
		for range 2 * rounds {
			if _, err := a.Overview(ctx); err != nil {
				t.Errorf("overview: %v", err)
			}
			if rows := find(t, a, "report"); len(rows) > 2*rounds*per {
				t.Errorf("%d found", len(rows))
			}
		}
	})
	wg.Wait()
	o, err := a.Overview(ctx)
	if o.All.Total != 2*rounds*per || err != nil { // the other counts are verified below
		t.Errorf("%+v, %v", o.All, err)
	}
	if v, err := a.Version(ctx); v == version || err != nil {
		t.Errorf("version is still %d, %v", v, err)
	}
	for more := true; more; {
		if more, err = a.Tidy(ctx, time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if got := int(one(t, a, "SELECT count(*) FROM statuses WHERE changed > 0")); got != marked {
		t.Errorf("%d marks kept of %d", got, marked)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	verified(t, a)
}

func TestVersionSeesOthers(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, dir, &clock{t0}), openAt(t, dir, &clock{t0})
	last := int64(0)
	for i, act := range []func() error{
		func() error { return nil },
		func() error { return b.SetSetting(ctx, "k", "1") },
		func() error { return a.SetSetting(ctx, "k", "2") },
		func() error { _, _, err := b.AddFeed(ctx, feeds.Feed{URL: "https://x.example/"}, nil); return err },
	} {
		if err := act(); err != nil {
			t.Fatal(err)
		}
		v, err := a.Version(ctx)
		if err != nil || v == last {
			t.Errorf("step %d: version %d after %d, %v", i, v, last, err)
		}
		last = v
		if again, _ := a.Version(ctx); again != v {
			t.Errorf("step %d: version moved by itself", i)
		}
	}
}
