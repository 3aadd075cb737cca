package store

import (
	"context"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

var _ refresh.Archive = (*Store)(nil)

const stateColumns = "h.etag, h.last_modified, h.body_hash, h.pace, h.hint, h.quiet, h.moved, h.moved_since, h.moved_times"

// scanState reads stateColumns and then healthColumns from column i on.
func scanState(s *sqlite3.Stmt, i int) refresh.State {
	return refresh.State{
		ETag:         s.ColumnText(i),
		LastModified: s.ColumnText(i + 1),
		BodyHash:     s.ColumnInt64(i + 2),
		Pace:         time.Duration(s.ColumnInt64(i+3)) * time.Second,
		Hint:         time.Duration(s.ColumnInt64(i+4)) * time.Second,
		Quiet:        feeds.Quiet(s.ColumnInt64(i + 5)),
		Moved:        s.ColumnText(i + 6),
		MovedSince:   fromUnix(s.ColumnInt64(i + 7)),
		MovedTimes:   s.ColumnInt(i + 8),
		Health:       scanHealth(s, i+9),
	}
}

// maxWait is the longest time between two requests to a feed: a later due date
// comes from a clock that was wrong.
const maxWait = 8 * 24 * time.Hour

// Due implements refresh.Archive.
func (s *Store) Due(ctx context.Context, sel refresh.Selection) (jobs []refresh.Job, err error) {
	first := map[feeds.FeedID]bool{}
	err = s.snapshot(ctx, func(c *conn) error {
		members, err := subscribers(c)
		if err != nil {
			return err
		}
		const active = "SELECT " + feedColumns + ", f.private, f.access, " + stateColumns + ", " + healthColumns + `
			FROM feeds f LEFT JOIN fetches h ON h.feed = f.id WHERE f.disabled = 0 ORDER BY f.id`
		return c.each(active, nil, func(st *sqlite3.Stmt) error {
			j := refresh.Job{Feed: scanFeed(st), AllowPrivate: st.ColumnBool(9), State: scanState(st, 11)}
			if j.Access, err = parseAccess(st.ColumnText(10)); err != nil {
				return err
			}
			m := members[j.Feed.ID]
			if wanted(sel, j, m) {
				j.Own = m.own
				jobs = append(jobs, j)
				first[j.Feed.ID] = intersect(m.all, sel.First)
			}
			return nil
		})
	})
	slices.SortStableFunc(jobs, func(a, b refresh.Job) int {
		if x := first[a.Feed.ID]; x != first[b.Feed.ID] {
			if x {
				return -1
			}
			return 1
		}
		return a.State.Health.NextDue.Compare(b.State.Health.NextDue)
	})
	return jobs, err
}

func intersect(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// membership is which briefings subscribe a feed and which of them own it.
type membership struct{ all, own []string }

// briefings are those that subscribe the feed, without the ” of none.
func (m membership) briefings() []string {
	return slices.DeleteFunc(slices.Clone(m.all), func(id string) bool { return id == "" })
}

// subscribers returns it for every subscribed feed.
func subscribers(c *conn) (map[feeds.FeedID]membership, error) {
	out := map[feeds.FeedID]membership{}
	const why = "SELECT x.feed, x.id, x.own FROM " + inForce + " ORDER BY x.feed, x.position"
	err := c.each(why, nil, func(s *sqlite3.Stmt) error {
		feed, id := feeds.FeedID(s.ColumnInt64(0)), s.ColumnText(1)
		m := out[feed]
		m.all = append(m.all, id)
		if s.ColumnBool(2) && id != "" {
			m.own = append(m.own, id)
		}
		out[feed] = m
		return nil
	})
	return out, err
}

// wanted reports whether a selection asks a feed.
func wanted(sel refresh.Selection, j refresh.Job, m membership) bool {
	if len(m.all) == 0 {
		return false
	}
	if len(sel.Feeds) > 0 {
		return slices.Contains(sel.Feeds, j.Feed.ID)
	}
	if len(sel.Briefings) > 0 && !intersect(m.all, sel.Briefings) {
		return false
	}
	h := j.State.Health
	return sel.All || !h.NextDue.After(sel.Now) ||
		h.NextDue.After(sel.Now.Add(maxWait)) || h.Checked.After(sel.Now.Add(time.Hour))
}

// Known implements refresh.Archive. An item whose strongest evidence is new is
// reported with another content than it has, so that Save learns the evidence.
func (s *Store) Known(ctx context.Context, feed feeds.FeedID, items []refresh.Identity) (known []refresh.Known, err error) {
	known = make([]refresh.Known, len(items))
	taken := map[feeds.ArticleID]bool{}
	err = s.snapshot(ctx, func(c *conn) error {
		for i, item := range items {
			claimants, missed, err := ownClaimants(c, feed, item.Keys)
			if err != nil {
				return err
			}
			id := feeds.Resolve(claimants, taken)
			if id == 0 {
				continue
			}
			taken[id] = true
			content, _, err := c.number("SELECT content FROM sightings WHERE feed = ? AND article = ?", feed, id)
			if err != nil {
				return err
			}
			if missed {
				content = ^content
			}
			known[i] = refresh.Known{Article: id, Content: content}
		}
		return nil
	})
	return known, err
}

// ownClaimants looks up the keys within the feed, strongest first, and stops at
// the first kind that leads somewhere. missed reports that a stronger kind
// which the item has did not.
func ownClaimants(c *conn, feed feeds.FeedID, keys []feeds.Key) (out []feeds.Claimant, missed bool, err error) {
	for _, k := range keys {
		if k.Shared {
			continue
		}
		if len(out) > 0 && k.Kind != out[0].Key.Kind {
			break
		}
		id, err := keyed(c, feed, k)
		if err != nil {
			return nil, false, err
		}
		if id != 0 {
			out = append(out, feeds.Claimant{Key: k, Article: id, Own: true})
		} else if len(out) == 0 && k.Kind != feeds.KeyContent {
			missed = true
		}
	}
	return out, missed && len(out) > 0, nil
}

func keyed(c *conn, feed feeds.FeedID, k feeds.Key) (feeds.ArticleID, error) {
	id, _, err := c.number("SELECT article FROM article_keys WHERE feed = ? AND kind = ? AND hash = ?", feed, int(k.Kind), k.Hash)
	return feeds.ArticleID(id), err
}
