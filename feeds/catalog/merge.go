package catalog

import (
	"fmt"
	"slices"

	"sitrep/feeds"
)

// Override is one set of changes over a catalogue, for instance one file of
// the reader's. What it leaves nil stays as it is.
type Override struct {
	Briefings []BriefingChange
	Feeds     []FeedChange
}

// BriefingChange changes the briefing with its id, or adds one under Mine
// when the id is new.
type BriefingChange struct {
	ID          string
	Title       *string
	Group       *feeds.Group
	Description *string
	Zone        *string
	Rule        *feeds.RuleKind
	Hidden      *bool
	Terms       *[]feeds.Term // replaces all terms
	Vetoes      *[]feeds.Term // replaces all vetoes
	AddTerms    []feeds.Term
	AddVetoes   []feeds.Term
}

// FeedChange changes the feed with its catalogue id, or adds one (which then
// needs a URL) when the id is new.
type FeedChange struct {
	ID       string
	URL      *string
	Title    *string
	Source   *string
	Lang     *string
	Disabled *bool
	Own      *[]string // replaces the list
	Offered  *[]string // replaces the list
}

// Merge returns base with the changes applied in order; base is not touched.
// It fails on a change without an id, a new feed without an address and a
// feed that names a briefing which does not exist.
func Merge(base *Catalog, over ...Override) (*Catalog, error) {
	c := &Catalog{
		Briefings: slices.Clone(base.Briefings),
		Feeds:     slices.Clone(base.Feeds),
		Spellings: base.Spellings,
	}
	for _, o := range over {
		for _, change := range o.Briefings {
			if err := c.changeBriefing(change); err != nil {
				return nil, err
			}
		}
	}
	for _, o := range over {
		for _, change := range o.Feeds {
			if err := c.changeFeed(change); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *Catalog) changeBriefing(ch BriefingChange) error {
	if ch.ID == "" {
		return fmt.Errorf("merge briefing: no id")
	}
	i := slices.IndexFunc(c.Briefings, func(b feeds.Briefing) bool { return b.ID == ch.ID })
	if i < 0 {
		i = len(c.Briefings)
		c.Briefings = append(c.Briefings, feeds.Briefing{
			ID: ch.ID, Title: ch.ID, Group: feeds.Mine, Zone: "UTC", Rule: feeds.RuleMatch,
		})
	}
	b := &c.Briefings[i]
	set(&b.Title, ch.Title)
	set(&b.Group, ch.Group)
	set(&b.Description, ch.Description)
	set(&b.Zone, ch.Zone)
	set(&b.Rule, ch.Rule)
	set(&b.Hidden, ch.Hidden)
	set(&b.Terms, ch.Terms)
	set(&b.Vetoes, ch.Vetoes)
	b.Terms = append(slices.Clip(b.Terms), ch.AddTerms...)
	b.Vetoes = append(slices.Clip(b.Vetoes), ch.AddVetoes...)
	return nil
}

func (c *Catalog) changeFeed(ch FeedChange) error {
	if ch.ID == "" {
		return fmt.Errorf("merge feed: no id")
	}
	i := slices.IndexFunc(c.Feeds, func(f Feed) bool { return f.Catalog == ch.ID })
	if i < 0 {
		if ch.URL == nil {
			return fmt.Errorf("merge feed %s: it is not in the catalogue and has no address", ch.ID)
		}
		i = len(c.Feeds)
		c.Feeds = append(c.Feeds, Feed{Feed: feeds.Feed{Catalog: ch.ID, Title: ch.ID, Source: ch.ID}})
	}
	f := &c.Feeds[i]
	set(&f.URL, ch.URL)
	set(&f.Title, ch.Title)
	set(&f.Source, ch.Source)
	set(&f.Lang, ch.Lang)
	set(&f.Disabled, ch.Disabled)
	set(&f.Own, ch.Own)
	set(&f.Offered, ch.Offered)
	for _, id := range slices.Concat(f.Own, f.Offered) {
		if _, ok := c.Briefing(id); !ok {
			return fmt.Errorf("merge feed %s: no briefing %q", ch.ID, id)
		}
	}
	return nil
}

// set assigns *value when there is one.
func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}
