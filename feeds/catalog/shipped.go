package catalog

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sitrep/feeds"
)

//go:embed briefings.csv terms.csv feeds.csv spellings.csv
var files embed.FS

// Shipped parses the embedded data: about two thousand short lines, a few
// milliseconds. The caller owns the result.
func Shipped() (*Catalog, error) {
	c := new(Catalog)
	for _, step := range []struct {
		file string
		row  func(row) error
	}{
		{"briefings.csv", c.readBriefing},
		{"terms.csv", c.readTerm},
		{"feeds.csv", c.readFeed},
		{"spellings.csv", c.readSpelling},
	} {
		if err := read(step.file, step.row); err != nil {
			return nil, fmt.Errorf("read catalogue file %s: %w", step.file, err)
		}
	}
	return c, nil
}

// ShippedSpellings returns the spellings of the shipped catalogue alone, which
// takes a tenth of the time of all.
func ShippedSpellings() ([]Group, error) {
	c := new(Catalog)
	if err := read("spellings.csv", c.readSpelling); err != nil {
		return nil, fmt.Errorf("read catalogue file spellings.csv: %w", err)
	}
	return c.Spellings, nil
}

// row is one line of a CSV file by the names in its header.
type row struct {
	columns []string
	cells   []string
}

func (r row) get(column string) string {
	if i := slices.Index(r.columns, column); i >= 0 {
		return r.cells[i]
	}
	return ""
}

// list splits a cell of semicolon-separated values.
func (r row) list(column string) []string {
	cell := r.get(column)
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

func read(name string, each func(row) error) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := csv.NewReader(f)
	lines.ReuseRecord = true
	header, err := lines.Read()
	if err != nil {
		return err
	}
	columns := slices.Clone(header)
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := each(row{columns, cells}); err != nil {
			line, _ := lines.FieldPos(0)
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func (c *Catalog) readBriefing(r row) error {
	c.Briefings = append(c.Briefings, feeds.Briefing{
		ID:          r.get("id"),
		Title:       r.get("title"),
		Group:       feeds.Group(r.get("group")),
		Description: r.get("description"),
		Zone:        r.get("zone"),
		Rule:        feeds.RuleKind(r.get("rule")),
		Hidden:      r.get("hidden") == "yes",
	})
	return nil
}

// readTerm adds one line of terms.csv to its briefing. The kind column is
// empty for a plain term, else weak, sufficient, veto or not (a veto that only
// takes away the words it covers; see package routing).
func (c *Catalog) readTerm(r row) error {
	id := r.get("briefing")
	i := slices.IndexFunc(c.Briefings, func(b feeds.Briefing) bool { return b.ID == id })
	if i < 0 {
		return fmt.Errorf("unknown briefing %q", id)
	}
	b, t := &c.Briefings[i], feeds.Term{Lang: r.get("lang"), Text: r.get("text")}
	switch kind := r.get("kind"); kind {
	case "":
		b.Terms = append(b.Terms, t)
	case "weak":
		t.Weak = true
		b.Terms = append(b.Terms, t)
	case "sufficient":
		t.Sufficient = true
		b.Terms = append(b.Terms, t)
	case "veto":
		b.Vetoes = append(b.Vetoes, t)
	case "not":
		t.Weak = true
		b.Vetoes = append(b.Vetoes, t)
	default:
		return fmt.Errorf("unknown kind %q of term %q", kind, t.Text)
	}
	return nil
}

func (c *Catalog) readFeed(r row) error {
	f := Feed{
		Feed: feeds.Feed{
			Catalog: r.get("id"),
			URL:     r.get("url"),
			Title:   r.get("title"),
			Source:  r.get("source"),
			Site:    r.get("site"),
			Lang:    r.get("lang"),
			Paywall: r.get("paywall") == "yes",
		},
		Own:        r.list("own"),
		Scope:      r.get("scope"),
		Kind:       r.get("kind"),
		FullText:   r.get("full_text"),
		Metered:    r.get("paywall") == "part",
		Confidence: Confidence(r.get("confidence")),
		Notes:      r.get("notes"),
	}
	f.Disabled = f.Confidence == Low
	for _, name := range r.list("offered") {
		for _, id := range c.expand(name) {
			if !slices.Contains(f.Own, id) {
				f.Offered = append(f.Offered, id)
			}
		}
	}
	c.Feeds = append(c.Feeds, f)
	return nil
}

// expand returns the briefings that a name in the offered column stands for:
// a group's name stands for every briefing in it.
func (c *Catalog) expand(name string) []string {
	var ids []string
	for _, b := range c.Briefings {
		if string(b.Group) == name && !b.Hidden {
			ids = append(ids, b.ID)
		}
	}
	if ids == nil {
		return []string{name}
	}
	return ids
}

func (c *Catalog) readSpelling(r row) error {
	g := Group{ID: r.get("id"), Kind: r.get("kind")}
	for _, name := range r.list("names") {
		lang, text, found := strings.Cut(name, ":")
		if !found {
			return fmt.Errorf("spelling %q without a language", name)
		}
		g.Names = append(g.Names, Name{lang, text})
	}
	c.Spellings = append(c.Spellings, g)
	return nil
}
