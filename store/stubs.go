package store

import (
	"context"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
)

// Store is an open store. Its methods may be called from several goroutines.
type Store struct{}

// Options of Open.
type Options struct {
	ReadOnly bool
	Now      func() time.Time // the clock, time.Now when nil
	Catalog  *catalog.Catalog // briefings and feeds that ids refer to; nil for the shipped ones
}

var _ refresh.Archive = (*Store)(nil)

// Open opens the store in dir (dir/sitrep.db), making both when absent.
func Open(ctx context.Context, dir string, o Options) (*Store, error) { return nil, nil }
func (s *Store) Close() error                                         { return nil }

func (s *Store) Overview(ctx context.Context) (Overview, error)                     { return Overview{}, nil }
func (s *Store) List(ctx context.Context, sc Scope, w Window) ([]Row, error)        { return nil, nil }
func (s *Store) Rows(ctx context.Context, ids []feeds.ArticleID) ([]Row, error)     { return nil, nil }
func (s *Store) ScopeCount(ctx context.Context, sc Scope) (int, error)              { return 0, nil }
func (s *Store) Search(ctx context.Context, q query.Query, w Window) ([]Row, error) { return nil, nil }
func (s *Store) Count(ctx context.Context, q query.Query) (int, error)              { return 0, nil }

// Suggest returns the stored word that is spelled most like word, false when none is near.
func (s *Store) Suggest(ctx context.Context, word string) (string, bool, error) {
	return "", false, nil
}
func (s *Store) Article(ctx context.Context, id feeds.ArticleID) (feeds.Article, feeds.Status, []Routed, error) {
	return feeds.Article{}, feeds.Status{}, nil, ErrNotFound
}
func (s *Store) Sightings(ctx context.Context, id feeds.ArticleID) ([]feeds.Feed, error) {
	return nil, nil
}
func (s *Store) Revisions(ctx context.Context, id feeds.ArticleID) ([]Revision, error) {
	return nil, nil
}
func (s *Store) Arrival(ctx context.Context) (int64, error) { return 0, nil }
func (s *Store) Version(ctx context.Context) (int64, error) { return 0, nil }

func (s *Store) Mark(ctx context.Context, act Act, ids ...feeds.ArticleID) (int, error) {
	return 0, nil
}
func (s *Store) MarkAll(ctx context.Context, sc Scope, act Act) (int, error) { return 0, nil }
func (s *Store) Undo(ctx context.Context) (Undone, error)                    { return Undone{}, ErrNothing }
func (s *Store) Redo(ctx context.Context) (Undone, error)                    { return Undone{}, ErrNothing }

func (s *Store) Subscribe(ctx context.Context, briefing string, general []string) error { return nil }
func (s *Store) Unsubscribe(ctx context.Context, briefing string) error                 { return nil }
func (s *Store) AddFeed(ctx context.Context, f feeds.Feed, briefings []string) (feeds.FeedID, bool, error) {
	return 0, false, nil
}
func (s *Store) RemoveFeed(ctx context.Context, id feeds.FeedID) error   { return nil }
func (s *Store) Feeds(ctx context.Context) ([]FeedState, error)          { return nil, nil }
func (s *Store) AddBriefing(ctx context.Context, b feeds.Briefing) error { return nil }
func (s *Store) RemoveBriefing(ctx context.Context, id string) error     { return nil }
func (s *Store) Briefings(ctx context.Context) ([]feeds.Briefing, error) { return nil, nil }

// Setting returns "" for a key that was never set.
func (s *Store) Setting(ctx context.Context, key string) (string, error) { return "", nil }
func (s *Store) SetSetting(ctx context.Context, key, value string) error { return nil }

// EndVisit makes everything that has arrived so far old: New counts start at 0.
func (s *Store) EndVisit(ctx context.Context, now time.Time) error { return nil }

func (s *Store) Claim(ctx context.Context) (refresh.Claim, error) { return nil, refresh.ErrBusy }
func (s *Store) Running(ctx context.Context) (refresh.Progress, bool, error) {
	return refresh.Progress{}, false, nil
}
func (s *Store) Due(ctx context.Context, sel refresh.Selection) ([]refresh.Job, error) {
	return nil, nil
}
func (s *Store) Known(ctx context.Context, feed feeds.FeedID, items []refresh.Identity) ([]refresh.Known, error) {
	return nil, nil
}
func (s *Store) Save(ctx context.Context, b refresh.Batch) (refresh.Saved, error) {
	return refresh.Saved{}, nil
}
