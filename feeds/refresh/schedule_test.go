package refresh

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

func TestNext(t *testing.T) {
	for _, test := range []struct {
		name     string
		h        history
		min, max time.Duration
	}{
		{"unknown", history{}, 50 * time.Minute, 70 * time.Minute},
		{"busy", history{pace: 2 * time.Minute, newest: testNow}, MinInterval, MinInterval + 2*time.Minute},
		{"every four hours", history{pace: 4 * time.Hour, newest: testNow}, 100 * time.Minute, 140 * time.Minute},
		{"monthly", history{pace: 30 * 24 * time.Hour, newest: testNow}, 21 * time.Hour, MaxInterval},
		{"busy once, silent since", history{pace: time.Hour, newest: testNow.Add(-40 * time.Hour)}, 3 * time.Hour, 5 * time.Hour},
		{"hint", history{pace: 10 * time.Minute, newest: testNow, hint: time.Hour}, 54 * time.Minute, 66 * time.Minute},
		{"absurd hint", history{pace: 10 * time.Minute, newest: testNow, hint: 100 * time.Hour}, 3 * time.Hour, 5 * time.Hour},
		{"one failure", history{pace: 10 * time.Minute, newest: testNow, errors: 1}, 27 * time.Minute, 33 * time.Minute},
		{"four failures", history{pace: 10 * time.Minute, newest: testNow, errors: 4}, 3 * time.Hour, 5 * time.Hour},
		{"a hundred failures", history{errors: 100}, 21 * time.Hour, MaxInterval},
		{"asked to wait", history{retry: 48 * time.Hour, errors: 1}, 48 * time.Hour, 48 * time.Hour},
		{"gone", history{gone: true, errors: 1}, goneInterval, goneInterval},
	} {
		if d := next(testNow, test.h).Sub(testNow); d < test.min || d > test.max {
			t.Errorf("%s: %v, want %v to %v", test.name, d, test.min, test.max)
		}
	}
}

func TestNextHasBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		duration := rapid.Int64Range(-int64(time.Hour), int64(100*365*24*time.Hour))
		h := history{
			feed: feeds.FeedID(rapid.Int64().Draw(t, "feed")), pace: time.Duration(duration.Draw(t, "pace")),
			newest: testNow.Add(-time.Duration(duration.Draw(t, "silent"))), hint: time.Duration(duration.Draw(t, "hint")),
			errors: rapid.IntRange(0, 1000).Draw(t, "errors"),
		}
		at := next(testNow, h)
		if d := at.Sub(testNow); d < MinInterval || d > MaxInterval {
			t.Fatalf("%v for %+v", d, h)
		}
		if again := next(testNow, h); !again.Equal(at) {
			t.Fatalf("%v, then %v", at, again)
		}
	})
}

func TestFeedsAreSpread(t *testing.T) {
	seen := map[time.Time]bool{}
	for i := range 100 {
		seen[next(testNow, history{feed: feeds.FeedID(i)})] = true
	}
	if len(seen) < 50 {
		t.Errorf("100 feeds come due at %d times", len(seen))
	}
}

func TestPace(t *testing.T) {
	at := func(hours ...int) (list []feeds.Article) {
		for _, h := range hours {
			list = append(list, feeds.Article{Published: testNow.Add(-time.Duration(h) * time.Hour)})
		}
		return list
	}
	for _, test := range []struct {
		articles []feeds.Article
		want     time.Duration
	}{
		{nil, 0}, {at(1, 2), 0}, {at(0, 2, 4), 2 * time.Hour}, {at(4, 0, 2), 2 * time.Hour}, {at(1, 1, 1), time.Minute},
		{append(at(0, 2, 4), feeds.Article{}, feeds.Article{Published: testNow.AddDate(5, 0, 0)}), 2 * time.Hour},
	} {
		if got := paceOf(test.articles, testNow); got != test.want {
			t.Errorf("%d articles: %v, want %v", len(test.articles), got, test.want)
		}
	}
	if got := newestOf(append(at(3, 1), feeds.Article{Published: testNow.AddDate(5, 0, 0)}), testNow); !got.Equal(testNow.Add(-time.Hour)) {
		t.Errorf("newest %v", got)
	}
}

// A redirect is believed when it was seen often and for long: once may be a
// hotel's network.
func TestMovedIsBelievedLate(t *testing.T) {
	var s State
	job := &Job{}
	for i, state := range []feeds.HealthState{feeds.OK, feeds.OK, feeds.OK, feeds.Moved} {
		now := testNow.Add(time.Duration(i) * 20 * time.Hour)
		s.moved("https://new.example/feed", now)
		if s.settle(job, &fetch.Response{}, now); s.Health.State != state {
			t.Errorf("sight %d: %s", i+1, s.Health.State)
		}
	}
	s.moved("https://other.example/feed", testNow)
	if s.settle(job, &fetch.Response{}, testNow.Add(100*time.Hour)); s.Health.State != feeds.OK || s.MovedTimes != 1 {
		t.Errorf("another address: %+v", s)
	}
	s.moved("", testNow)
	if s.Moved != "" || s.MovedTimes != 0 {
		t.Errorf("no redirect: %+v", s)
	}
}

func TestStale(t *testing.T) {
	s := State{Health: feeds.Health{Newest: testNow.AddDate(0, -4, 0)}}
	if s.settle(&Job{}, &fetch.Response{}, testNow); s.Health.State != feeds.Stale || s.Health.Reason != "Nothing new since 24 July 2026." {
		t.Errorf("%+v", s.Health)
	}
}

func TestPickerKeepsHostsApart(t *testing.T) {
	var jobs []Job
	for i := range 10 {
		host := "a"
		if i >= 6 {
			host = "b"
		}
		jobs = append(jobs, Job{Feed: feeds.Feed{URL: "http://" + host + "/"}})
	}
	p := newPicker(jobs)
	var order []int
	for range 6 {
		i, ok := p.next()
		if !ok {
			t.Fatal("no job")
		}
		order = append(order, i)
	}
	want := []int{0, 1, 2, 6, 7, 8}
	for i := range want {
		if order[i] != want[i] {
			t.Fatalf("%v, want %v", order, want)
		}
	}
	p.done(1)
	if i, _ := p.next(); i != 3 {
		t.Errorf("then %d", i)
	}
	if p.unasked() != 3 {
		t.Errorf("%d left", p.unasked())
	}
	p.stop()
	if _, ok := p.next(); ok {
		t.Error("a job after the end")
	}
}

func TestLanguageOfAnArticle(t *testing.T) {
	for _, test := range []struct{ said, feed, title, want string }{
		{"en", "", "Ministers warn of new talks", "en"},
		{"", "", "Ministers warn of the new talks in the city", "en"},
		{"en", "", "الوزراء يحذرون من انسحاب السفارات", "ar"},
		{"en", "ar", "الوزراء يحذرون من انسحاب السفارات", "ar"},
		{"", "fa", "وزیران هشدار دادند که گفتگوها پایان یافت", "fa"},
		{"", "ar", "Ministers warn of the new talks in the city", "en"},
		{"he", "", "השרים מזהירים", "he"},
		{"de", "", "12:30", "de"},
	} {
		a := feeds.Article{Lang: test.said, Title: test.title}
		if got := langOf(&a, &Job{Feed: feeds.Feed{Lang: test.feed}}, nil); got != test.want {
			t.Errorf("%q said %q by %q: %q, want %q", test.title, test.said, test.feed, got, test.want)
		}
	}
}
