// Package catalog holds the briefings, feeds and spellings that ship with the
// program, as data: three CSV files a person can read and correct. It never
// fetches, stores or decides anything; what a reader adds or changes is merged
// over it by id (Merge), so the shipped files never need editing.
package catalog

import (
	"slices"

	"sitrep/feeds"
)

// Catalog is the merged view of briefings, feeds and spellings.
type Catalog struct {
	Briefings []feeds.Briefing // in screen order: Regions, Topics, Industries, then the hidden editions
	Feeds     []Feed
	Spellings []Group
}

// Feed is one address of the catalogue and what it is good for.
type Feed struct {
	feeds.Feed // Catalog is its id; ID is 0 until the store numbers it

	// Own lists the briefings that every article of the feed belongs to.
	Own []string
	// Offered lists the briefings whose rules pick articles out of the feed.
	Offered []string

	Scope      string     // country or region, as a person reads it: "Iraq", "regional", "global"
	Kind       string     // news, wire, government, think-tank, data, blog, podcast
	FullText   string     // yes, no, unknown: whether its items carry the whole text
	Metered    bool       // some of its articles are for subscribers; Paywall: most of them
	Confidence Confidence // how well the address is attested
	Notes      string     // what a person should know before relying on it, "" if nothing
}

// Confidence says how well a feed's address is attested. Low ones ship
// switched off.
type Confidence string

// The three grades. High: fetched in 2026 by somebody and listed elsewhere,
// or fetched twice. Medium: one of the two. Low: listed only.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Group is one name in all its spellings, the canonical one first.
type Group struct {
	ID    string
	Kind  string // place, org, name-part; particle for al-, bin and the like
	Names []Name
}

// Name is one spelling in one language.
type Name struct {
	Lang string
	Text string
}

// Briefing returns the briefing with the id.
func (c *Catalog) Briefing(id string) (feeds.Briefing, bool) {
	i := slices.IndexFunc(c.Briefings, func(b feeds.Briefing) bool { return b.ID == id })
	if i < 0 {
		return feeds.Briefing{}, false
	}
	return c.Briefings[i], true
}

// Feed returns the feed with the catalogue id.
func (c *Catalog) Feed(id string) (Feed, bool) {
	i := slices.IndexFunc(c.Feeds, func(f Feed) bool { return f.Catalog == id })
	if i < 0 {
		return Feed{}, false
	}
	return c.Feeds[i], true
}

// Own returns the feeds whose every article belongs to the briefing, the
// disabled ones too, in catalogue order.
func (c *Catalog) Own(briefing string) []Feed {
	return c.pick(func(f Feed) bool { return slices.Contains(f.Own, briefing) })
}

// General returns the feeds that the briefing's rules may pick articles from,
// without its own feeds; the disabled ones too, in catalogue order.
func (c *Catalog) General(briefing string) []Feed {
	return c.pick(func(f Feed) bool {
		return slices.Contains(f.Offered, briefing) && !slices.Contains(f.Own, briefing)
	})
}

func (c *Catalog) pick(keep func(Feed) bool) []Feed {
	var out []Feed
	for _, f := range c.Feeds {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}
