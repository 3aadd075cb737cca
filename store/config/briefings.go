package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
)

// briefingFile is one of the user's briefings/*.toml. Its name is the briefing's
// id; what it leaves out stays as the catalogue has it.
type briefingFile struct {
	Title       *string    `toml:"title"`
	Group       *string    `toml:"group"`
	Description *string    `toml:"description"`
	Zone        *string    `toml:"zone"`
	Rule        *string    `toml:"rule"`
	Hidden      *bool      `toml:"hidden"`
	Terms       *[]string  `toml:"terms"`      // in place of the catalogue's
	Vetoes      *[]string  `toml:"vetoes"`     // in place of the catalogue's
	AddTerms    []string   `toml:"add_terms"`  // besides them
	AddVetoes   []string   `toml:"add_vetoes"` // besides them
	Feeds       []feedFile `toml:"feeds"`
}

// feedFile is one [[feeds]] table: a new feed of the briefing's own, or with id
// a change to one of the catalogue.
type feedFile struct {
	ID       string  `toml:"id"`
	URL      *string `toml:"url"`
	Title    *string `toml:"title"`
	Source   *string `toml:"source"`
	Lang     *string `toml:"lang"`
	Disabled *bool   `toml:"disabled"`
}

// Catalog lays the user's briefing files over base. It reads the directory and
// never writes it; a missing one changes nothing. A fault in a file is an *Error.
func Catalog(dir string, base *catalog.Catalog) (*catalog.Catalog, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return base, nil
	}
	if err != nil {
		return nil, &Error{File: dir, Msg: "cannot be read: " + cause(err).Error()}
	}
	merged := base
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".toml")
		if !ok || strings.HasPrefix(id, ".") {
			continue
		}
		file := filepath.Join(dir, e.Name())
		over, err := override(file, id, merged)
		if err != nil {
			return nil, err
		}
		if merged, err = catalog.Merge(merged, over); err != nil {
			return nil, &Error{File: file, Msg: err.Error()}
		}
	}
	return merged, nil
}

// override reads one file.
func override(file, id string, base *catalog.Catalog) (catalog.Override, error) {
	var none catalog.Override
	data, err := read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil // removed since the directory was listed
	}
	if err != nil {
		return none, err
	}
	if !isID(id) {
		return none, &Error{File: file, Msg: "a briefing's file is named by its id: lower-case letters, digits and hyphens before .toml"}
	}
	var b briefingFile
	if err := decode(file, data, &b); err != nil {
		return none, err
	}
	if key, msg := b.fault(); msg != "" {
		return none, faultAt(file, data, msg, key)
	}
	for i, f := range b.Feeds {
		if msg := f.fault(base); msg != "" {
			line, column := position(data, []string{"feeds"}, i)
			return none, newError(file, data, line, column, msg)
		}
	}
	over := catalog.Override{Briefings: []catalog.BriefingChange{b.change(id)}}
	for _, f := range b.Feeds {
		over.Feeds = append(over.Feeds, f.change(id, base))
	}
	return over, nil
}

// isID accepts what the catalogue's own ids look like.
func isID(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// fault returns the first key whose value means nothing, and why.
func (b *briefingFile) fault() (key, msg string) {
	if b.Group != nil {
		if msg := notOneOf(feeds.Group(*b.Group), feeds.Regions, feeds.Topics, feeds.Industries, feeds.Mine); msg != "" {
			return "group", msg
		}
	}
	if b.Rule != nil {
		if msg := notOneOf(feeds.RuleKind(*b.Rule), feeds.RuleNone, feeds.RuleMatch, feeds.RulePair, feeds.RuleTopicAndRegion); msg != "" {
			return "rule", msg
		}
	}
	if b.Zone != nil {
		if _, err := time.LoadLocation(*b.Zone); err != nil {
			return "zone", fmt.Sprintf("%q is no time zone: write one like \"Asia/Baghdad\"", *b.Zone)
		}
	}
	for _, list := range []struct {
		key   string
		terms []string
	}{{"terms", value(b.Terms)}, {"vetoes", value(b.Vetoes)}, {"add_terms", b.AddTerms}, {"add_vetoes", b.AddVetoes}} {
		for _, t := range list.terms {
			if _, err := ParseTerms(t); err != nil {
				return list.key, fmt.Sprintf("%q: %v", t, err)
			}
		}
	}
	return "", ""
}

func (f *feedFile) fault(base *catalog.Catalog) string {
	if f.ID != "" {
		if _, ok := base.Feed(f.ID); !ok {
			return fmt.Sprintf("the catalogue has no feed %q; leave id out for a feed of your own", f.ID)
		}
	} else if f.URL == nil {
		return "a feed needs a url"
	}
	if f.URL != nil && !feeds.ValidAddress(*f.URL) {
		return fmt.Sprintf("%q is no http or https address", *f.URL)
	}
	return ""
}

// change is called on files without fault only.
func (b *briefingFile) change(id string) catalog.BriefingChange {
	c := catalog.BriefingChange{
		ID: id, Title: b.Title, Description: b.Description, Zone: b.Zone, Hidden: b.Hidden,
		Group: (*feeds.Group)(b.Group), Rule: (*feeds.RuleKind)(b.Rule),
		AddTerms: terms(b.AddTerms), AddVetoes: terms(b.AddVetoes),
	}
	if b.Terms != nil {
		t := terms(*b.Terms)
		c.Terms = &t
	}
	if b.Vetoes != nil {
		t := terms(*b.Vetoes)
		c.Vetoes = &t
	}
	return c
}

// change makes a feed of the user's own a feed of the briefing; one of the
// catalogue keeps its briefings.
func (f *feedFile) change(briefing string, base *catalog.Catalog) catalog.FeedChange {
	c := catalog.FeedChange{ID: f.ID, URL: f.URL, Title: f.Title, Source: f.Source, Lang: f.Lang, Disabled: f.Disabled}
	if f.ID != "" {
		return c
	}
	c.ID = *f.URL
	own := []string{briefing}
	if before, ok := base.Feed(c.ID); ok {
		own = append(own, before.Own...)
	}
	c.Own = &own
	if c.Title == nil {
		c.Title = f.URL
	}
	return c
}

func terms(texts []string) []feeds.Term {
	var out []feeds.Term
	for _, text := range texts {
		if parsed, err := ParseTerms(text); err == nil {
			out = append(out, parsed...)
		}
	}
	return out
}

func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
