package store

import (
	"slices"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

// repeated reports whether the same item was met before in this batch: one that
// is equal in every key.
func (f *saverFeed) repeated(keys []feeds.Key) bool {
	if len(keys) == 0 {
		return false
	}
	sum := int64(0)
	for _, k := range keys {
		sum = sum*31 + k.Hash
	}
	if f.seen[sum] {
		return true
	}
	f.seen[sum] = true
	return false
}

// decide finds the article that an entry is. New ones are negative numbers until
// all are known and can be put in order.
func (v *saver) decide(f *saverFeed, e *refresh.Entry) error {
	claimants, err := v.claimants(f, e)
	if err != nil {
		return err
	}
	ch := &change{feed: f, entry: e}
	id := feeds.Resolve(claimants, f.taken)
	switch {
	case id > 0:
		ch.id = id
		v.changes = append(v.changes, ch)
	case id < 0:
		founder := v.fresh[-id-1]
		founder.joins = append(founder.joins, ch)
	default:
		ch.order = len(v.fresh)
		ch.at, ch.undated = feeds.Effective(e.Article.Published, e.Article.FirstSeen)
		v.fresh = append(v.fresh, ch)
		id = feeds.ArticleID(-len(v.fresh))
	}
	f.taken[id] = true
	for _, k := range e.Keys {
		if !k.Shared {
			v.pending[feedKey{f.id, k.Kind, k.Hash}] = id
		}
	}
	return nil
}

// claimants looks up an entry's keys, in this batch and in the store: in its own
// feed, and its link in the other feeds of the publisher when it leads to the
// publisher's own site. It stops at the strongest kind that leads somewhere.
func (v *saver) claimants(f *saverFeed, e *refresh.Entry) (out []feeds.Claimant, err error) {
	for _, k := range e.Keys {
		if k.Shared || len(out) > 0 && k.Kind != out[0].Key.Kind {
			continue
		}
		id, err := v.keyed(f.id, k)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			out = append(out, feeds.Claimant{Key: k, Article: id, Own: true})
			continue
		}
		if k.Kind != feeds.KeyLink || len(f.siblings) == 0 || !f.owns(e.Article.Link) {
			continue
		}
		for _, sibling := range f.siblings {
			if id, err = v.keyed(sibling, k); err != nil {
				return nil, err
			}
			if id != 0 {
				out = append(out, feeds.Claimant{Key: k, Article: id})
			}
		}
	}
	return out, nil
}

func (v *saver) keyed(feed feeds.FeedID, k feeds.Key) (feeds.ArticleID, error) {
	if id := v.pending[feedKey{feed, k.Kind, k.Hash}]; id != 0 {
		return id, nil
	}
	return keyed(v.c, feed, k)
}

// owns reports whether a link leads to the feed's own site.
func (f *saverFeed) owns(link string) bool {
	return slices.ContainsFunc(f.urls, func(u string) bool { return feeds.OwnHost(link, u) })
}
