package refresh

import (
	"context"
	"slices"
	"sync"
	"time"

	"sitrep/feeds"
)

// memory is an Archive in memory. It decides like a store, with less care.
type memory struct {
	mu       sync.Mutex
	jobs     []Job
	articles map[feeds.ArticleID]Entry
	keys     map[feeds.FeedID]map[feeds.Key]feeds.ArticleID
	batches  []int // articles of each transaction
	outcomes int
	lookups  int // calls of Known

	busy     bool
	progress Progress
	save     func(Batch) error // a fault, when set
}

func newMemory(jobs ...Job) *memory {
	m := &memory{jobs: jobs, articles: map[feeds.ArticleID]Entry{}, keys: map[feeds.FeedID]map[feeds.Key]feeds.ArticleID{}}
	for i := range m.jobs {
		if m.jobs[i].Feed.ID == 0 {
			m.jobs[i].Feed.ID = feeds.FeedID(i + 1)
		}
		m.jobs[i].AllowPrivate = true
	}
	return m
}

type memoryClaim struct{ m *memory }

func (c memoryClaim) Report(p Progress) {
	c.m.mu.Lock()
	defer c.m.mu.Unlock()
	c.m.progress = p
}

func (c memoryClaim) Release() error {
	c.m.mu.Lock()
	defer c.m.mu.Unlock()
	c.m.busy = false
	return nil
}

func (m *memory) Claim(context.Context) (Claim, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.busy {
		return nil, ErrBusy
	}
	m.busy = true
	return memoryClaim{m}, nil
}

func (m *memory) Running(context.Context) (Progress, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.progress, m.busy, nil
}

func (m *memory) Due(_ context.Context, s Selection) ([]Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []Job
	for _, j := range m.jobs {
		wanted := s.All || !j.State.Health.NextDue.After(s.Now)
		if len(s.Feeds) > 0 {
			wanted = slices.Contains(s.Feeds, j.Feed.ID)
		}
		if wanted {
			due = append(due, j)
		}
	}
	return due, nil
}

func (m *memory) find(feed feeds.FeedID, keys []feeds.Key) feeds.ArticleID {
	for _, k := range keys {
		if id := m.keys[feed][feeds.Key{Kind: k.Kind, Hash: k.Hash}]; id != 0 && !k.Shared {
			return id
		}
	}
	return 0
}

func (m *memory) Known(_ context.Context, feed feeds.FeedID, items []Identity) ([]Known, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lookups++
	known := make([]Known, len(items))
	for i, item := range items {
		if id := m.find(feed, item.Keys); id != 0 {
			known[i] = Known{Article: id, Content: m.articles[id].Content}
		}
	}
	return known, nil
}

func (m *memory) Save(_ context.Context, b Batch) (s Saved, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.save != nil {
		if err := m.save(b); err != nil {
			return s, err
		}
	}
	m.batches = append(m.batches, b.Articles)
	m.outcomes += len(b.Outcomes)
	for _, o := range b.Outcomes {
		if m.keys[o.Feed] == nil {
			m.keys[o.Feed] = map[feeds.Key]feeds.ArticleID{}
		}
		for _, e := range o.Articles {
			id := m.find(o.Feed, e.Keys)
			if id == 0 {
				id = feeds.ArticleID(len(m.articles) + 1)
				s.New++
			} else {
				s.Updated++
			}
			m.articles[id] = e
			for _, k := range e.Keys {
				m.keys[o.Feed][feeds.Key{Kind: k.Kind, Hash: k.Hash}] = id
			}
		}
		if !o.More {
			for i := range m.jobs {
				if m.jobs[i].Feed.ID == o.Feed {
					m.jobs[i].State = o.State
				}
			}
		}
	}
	return s, nil
}

// state returns what is kept of a feed.
func (m *memory) state(id feeds.FeedID) State {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, j := range m.jobs {
		if j.Feed.ID == id {
			return j.State
		}
	}
	return State{}
}

var testNow = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
