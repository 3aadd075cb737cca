package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
)

// Overview reads what the first screen shows, all of one moment.
func (s *Store) Overview(ctx context.Context) (o Overview, err error) {
	cat, err := s.shipped()
	if err != nil {
		return o, err
	}
	err = s.snapshot(ctx, func(c *conn) error {
		counts, err := counters(c)
		if err != nil {
			return err
		}
		o.All = counts[counterKey{ofAll, 0}]
		if o.Feeds, err = feedStates(c, counts); err != nil {
			return err
		}
		if o.Briefings, err = briefingStates(c, cat, counts, o.Feeds); err != nil {
			return err
		}
		if o.Watches, err = s.watchStates(c, counts); err != nil {
			return err
		}
		for _, f := range o.Feeds {
			if f.Health.Checked.After(o.Checked) {
				o.Checked = f.Health.Checked
			}
		}
		return visit(c, &o)
	})
	return o, err
}

func visit(c *conn, o *Overview) error {
	end, err := numberSetting(c, keyVisit)
	if err != nil {
		return err
	}
	o.Visit = fromUnix(end)
	if o.VisitEnd, err = numberSetting(c, keyVisitEnd); err != nil {
		return err
	}
	o.Arrival, err = lastArrival(c)
	return err
}

// Feeds returns the subscribed feeds by source and title.
func (s *Store) Feeds(ctx context.Context) (all []FeedState, err error) {
	err = s.snapshot(ctx, func(c *conn) error {
		counts, err := counters(c)
		if err != nil {
			return err
		}
		all, err = feedStates(c, counts)
		return err
	})
	return all, err
}

// inForce are the subscriptions of subscribed briefings and those of none, which
// have the id ”. A feed without any is kept, but not asked and not listed.
const inForce = `(SELECT y.feed, y.briefing, y.own, coalesce(b.id, '') AS id, b.position
	FROM subscriptions y LEFT JOIN briefings b ON b.num = y.briefing
	WHERE y.removed = 0 AND (y.briefing = 0 OR b.position > 0)) x`

const feedColumns = "f.id, f.catalog, f.url, f.title, f.source, f.site, f.lang, f.paywall, f.disabled"

// scanFeed reads feedColumns.
func scanFeed(s *sqlite3.Stmt) feeds.Feed {
	return feeds.Feed{
		ID:       feeds.FeedID(s.ColumnInt64(0)),
		Catalog:  s.ColumnText(1),
		URL:      s.ColumnText(2),
		Title:    s.ColumnText(3),
		Source:   s.ColumnText(4),
		Site:     s.ColumnText(5),
		Lang:     s.ColumnText(6),
		Paywall:  s.ColumnBool(7),
		Disabled: s.ColumnBool(8),
	}
}

const healthColumns = "h.state, h.reason, h.checked, h.next_due, h.newest, h.items, h.errors, h.bytes, h.status, h.body_length"

// scanHealth reads healthColumns from column i on. A feed without a row gives
// the zero Health.
func scanHealth(s *sqlite3.Stmt, i int) feeds.Health {
	return feeds.Health{
		State:      feeds.HealthState(s.ColumnText(i)),
		Reason:     s.ColumnText(i + 1),
		Checked:    fromUnix(s.ColumnInt64(i + 2)),
		NextDue:    fromUnix(s.ColumnInt64(i + 3)),
		Newest:     fromUnix(s.ColumnInt64(i + 4)),
		Items:      s.ColumnInt(i + 5),
		Errors:     s.ColumnInt(i + 6),
		BytesUsed:  s.ColumnInt64(i + 7),
		Status:     s.ColumnInt(i + 8),
		BodyLength: s.ColumnInt(i + 9),
	}
}

// feedStates reads the subscribed feeds.
func feedStates(c *conn, counts map[counterKey]Counts) ([]FeedState, error) {
	members, err := subscribers(c)
	if err != nil {
		return nil, err
	}
	all := make([]FeedState, 0, len(members))
	const every = "SELECT " + feedColumns + ", " + healthColumns + ", f.fulltext FROM feeds f LEFT JOIN fetches h ON h.feed = f.id"
	err = c.each(every, nil, func(s *sqlite3.Stmt) error {
		id := feeds.FeedID(s.ColumnInt64(0))
		m, ok := members[id]
		if !ok {
			return nil
		}
		f := FeedState{Feed: scanFeed(s), Health: scanHealth(s, 9), Briefings: m.briefings(), FullText: s.ColumnBool(19)}
		f.Counts = counts[counterKey{ofFeed, int64(id)}]
		all = append(all, f)
		return nil
	})
	slices.SortFunc(all, func(a, b FeedState) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Source), strings.ToLower(b.Source)),
			cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.ID, b.ID))
	})
	return all, err
}

// briefingStates reads the subscribed briefings in the order of the screen.
func briefingStates(c *conn, cat *catalog.Catalog, counts map[counterKey]Counts, all []FeedState) ([]BriefingState, error) {
	known, err := briefings(c, cat)
	if err != nil {
		return nil, err
	}
	var out []BriefingState
	for _, b := range known {
		if b.position == 0 {
			continue
		}
		state := BriefingState{Briefing: b.Briefing, Counts: counts[counterKey{ofBriefing, b.num}], FullText: b.fulltext}
		if state.Feeds, err = briefingFeeds(c, b.num); err != nil {
			return nil, err
		}
		out = append(out, state)
	}
	problem := map[feeds.FeedID]bool{}
	for _, f := range all {
		problem[f.ID] = f.Health.State.Failing() && !f.Disabled
	}
	for i := range out {
		for _, id := range out[i].Feeds {
			if problem[id] {
				out[i].Problems++
			}
		}
	}
	return out, nil
}

func briefingFeeds(c *conn, num int64) (ids []feeds.FeedID, err error) {
	err = c.each("SELECT feed FROM subscriptions WHERE briefing = ? AND removed = 0 ORDER BY own DESC, feed", []any{num}, func(s *sqlite3.Stmt) error {
		ids = append(ids, feeds.FeedID(s.ColumnInt64(0)))
		return nil
	})
	return ids, err
}

// storedBriefing is a briefing and its row, num 0 while it has none.
type storedBriefing struct {
	feeds.Briefing
	num      int64
	position int64
	fulltext bool
}

// groupOrder is the order of the headings on the screen.
var groupOrder = []feeds.Group{feeds.Regions, feeds.Topics, feeds.Industries, feeds.Mine}

// briefings merges the reader's own definitions over the catalogue by id, in
// the order of the screen: by group, then as the catalogue has them, then as
// they were added.
func briefings(c *conn, cat *catalog.Catalog) ([]storedBriefing, error) {
	all := make([]storedBriefing, 0, len(cat.Briefings)+8)
	at := make(map[string]int, cap(all))
	for i, b := range cat.Briefings {
		all = append(all, storedBriefing{Briefing: b})
		at[b.ID] = i
	}
	err := c.each("SELECT num, id, position, own, fulltext FROM briefings ORDER BY position, num", nil, func(s *sqlite3.Stmt) error {
		row := storedBriefing{num: s.ColumnInt64(0), position: s.ColumnInt64(2), fulltext: s.ColumnBool(4)}
		id, own := s.ColumnText(1), s.ColumnText(3)
		i, shipped := at[id]
		switch {
		case own != "":
			if err := json.Unmarshal([]byte(own), &row.Briefing); err != nil {
				return fmt.Errorf("read briefing %s: %w", id, err)
			}
		case shipped:
			row.Briefing = all[i].Briefing
		default: // left the catalogue, or the file that had it is missing now
			row.Briefing = feeds.Briefing{ID: id, Title: id, Group: feeds.Mine, Rule: feeds.RuleNone}
		}
		switch {
		case shipped:
			all[i] = row
		case own != "" || row.position > 0: // not one that was removed
			all = append(all, row)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b storedBriefing) int {
		return slices.Index(groupOrder, a.Group) - slices.Index(groupOrder, b.Group)
	})
	return all, err
}

// Briefings returns all briefings that can be subscribed: the catalogue's, with
// the reader's own merged over it by id.
func (s *Store) Briefings(ctx context.Context) (all []feeds.Briefing, err error) {
	cat, err := s.shipped()
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(c *conn) error {
		stored, err := briefings(c, cat)
		for _, b := range stored {
			all = append(all, b.Briefing)
		}
		return err
	})
	return all, err
}
