package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// Facet is a part of what a search finds: the articles of one briefing, source,
// language or month.
type Facet struct {
	Narrow query.Expr // besides the search: finds this part alone
	Name   string     // a briefing's id, a source's name, a language's tag, a month as 2026-11
	N      int        // articles
}

// Facets are the parts of what a search finds, the largest first, months the
// newest first.
type Facets struct {
	Briefings, Sources, Languages, Months []Facet
	Of                                    int  // the newest hits, which were looked at
	Cut                                   bool // there are older ones
}

// faceted is how many of the newest hits are looked at: a tenth of a second.
const faceted = 20_000

// Facets looks at the newest hits of a search; months are those of the zone.
func (s *Store) Facets(ctx context.Context, q query.Query, zone *time.Location) (out Facets, err error) {
	err = s.find(ctx, func(c *conn) error {
		sel, err := selectScope(c, Scope{Filter: q.Expr})
		if err != nil {
			return err
		}
		t := newFacetTally(zone)
		last, tail, _ := sel.window(Window{})
		inner, args := sel.sql(sel.id+" AS id", "", last, tail)
		c.exprs = sel.exprs
		sql := `SELECT t.id, a.at, a.lang, a.source, f.source, f.title, a.feed, b.id FROM (` + inner + `) t
			CROSS JOIN articles a ON a.id = t.id CROSS JOIN feeds f ON f.id = a.feed
			LEFT JOIN briefing_articles y ON y.article = t.id LEFT JOIN briefings b ON b.num = y.briefing AND b.position > 0`
		if err := c.each(sql, append(args, faceted+1), t.row); err != nil {
			return err
		}
		out = t.facets()
		return nil
	})
	return out, err
}

// facetTally counts rows of articles, of which each comes once for each of its
// briefings.
type facetTally struct {
	zone      *time.Location
	last      feeds.ArticleID
	of        int
	cut       bool
	briefings map[string]int
	sources   map[string]int
	languages map[string]int
	months    map[month]int
	feeds     map[feeds.FeedID]string // source names
}

type month struct {
	year int
	m    time.Month
}

func newFacetTally(zone *time.Location) *facetTally {
	return &facetTally{zone: zone, briefings: map[string]int{}, sources: map[string]int{}, languages: map[string]int{},
		months: map[month]int{}, feeds: map[feeds.FeedID]string{}}
}

func (t *facetTally) row(s *sqlite3.Stmt) error {
	if id := feeds.ArticleID(s.ColumnInt64(0)); id != t.last {
		if t.of == faceted {
			t.cut = true
			return errStop
		}
		t.of++
		t.last = id
		y, m, _ := fromUnix(s.ColumnInt64(1)).In(t.zone).Date()
		t.months[month{y, m}]++
		t.languages[s.ColumnText(2)]++
		t.sources[t.source(s)]++
	}
	if b := s.ColumnRawText(7); len(b) > 0 {
		t.briefings[string(b)]++
	}
	return nil
}

// source is the outlet as rows name it.
func (t *facetTally) source(s *sqlite3.Stmt) string {
	if own := s.ColumnText(3); own != "" {
		return own
	}
	feed := feeds.FeedID(s.ColumnInt64(6))
	name, ok := t.feeds[feed]
	if !ok {
		name = cmp.Or(s.ColumnText(4), s.ColumnText(5))
		t.feeds[feed] = name
	}
	return name
}

func (t *facetTally) facets() Facets {
	out := Facets{Of: t.of, Cut: t.cut}
	out.Briefings = attrFacets("briefing", t.briefings)
	out.Sources = attrFacets("source", t.sources)
	out.Languages = attrFacets("lang", t.languages)
	for m, n := range t.months {
		from := time.Date(m.year, m.m, 1, 0, 0, 0, 0, t.zone)
		text := from.Format("2006-01")
		out.Months = append(out.Months, Facet{query.Date{Op: "on", From: from, To: from.AddDate(0, 1, 0), Text: text}, text, n})
	}
	slices.SortFunc(out.Months, func(a, b Facet) int { return cmp.Compare(b.Name, a.Name) })
	return out
}

// attrFacets orders the values of an attribute; the empty one cannot be asked for.
func attrFacets(attr string, counts map[string]int) (out []Facet) {
	for value, n := range counts {
		if value != "" {
			out = append(out, Facet{query.Attr{Name: attr, Value: value}, value, n})
		}
	}
	slices.SortFunc(out, func(a, b Facet) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return out
}
