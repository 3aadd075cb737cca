package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/revision"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
)

// lastTwo stands for the texts that --diff compares when it names none.
const lastTwo = "last"

// versions reads all texts of an article.
func (s session) versions(ctx context.Context, id feeds.ArticleID) ([]store.Version, error) {
	all, err := s.Versions(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, noArticle(id)
	}
	return all, err
}

// revisions prints a line for each text that an article has had: its number, when
// it was first seen, when the next one took its place, its headline.
func (a *app) revisions(ctx context.Context, s session, id feeds.ArticleID, format string) error {
	all, err := s.versions(ctx, id)
	if err != nil {
		return err
	}
	type object struct {
		Number int    `json:"number"`
		Since  string `json:"since"`
		Until  string `json:"until"` // "" for the present text
		Title  string `json:"title"`
	}
	for _, v := range all {
		if format == "json" {
			if err := a.object(object{v.Number, stamp(v.Since), stamp(v.Until), clean(v.Title)}); err != nil {
				return err
			}
			continue
		}
		until := "now"
		if !v.Until.IsZero() {
			until = day(v.Until)
		}
		a.line(strconv.Itoa(v.Number), day(v.Since), until, v.Title)
	}
	return nil
}

// diff prints what changed between two texts of an article, word by word, with
// the signs of git's --word-diff.
func (a *app) diff(ctx context.Context, s session, id feeds.ArticleID, flags showFlags) error {
	all, err := s.versions(ctx, id)
	if err != nil {
		return err
	}
	from, to, err := pair(all, flags.diff)
	if err != nil {
		return err
	}
	changes := revision.Compare(revision.Of(from.Title, from.HTML, from.Base), revision.Of(to.Title, to.HTML, to.Base))
	if flags.format == "json" {
		return a.diffJSON(from, to, changes)
	}
	cells, set := a.lines(s, flags.width)
	for i, p := range changes {
		if i > 0 {
			a.out.WriteByte('\n')
		}
		for _, l := range set.Wrap([]text.Run{{Text: safe.New(signed(p))}}, cells, text.Auto) {
			a.segments(l)
		}
	}
	return nil
}

// signed writes a paragraph with [-what went-] and {+what came+}.
func signed(p revision.Paragraph) string {
	words := make([]string, len(p))
	for i, x := range p {
		switch x.Kind {
		case revision.Same:
			words[i] = x.Text
		case revision.Removed:
			words[i] = "[-" + x.Text + "-]"
		case revision.Added:
			words[i] = "{+" + x.Text + "+}"
		}
	}
	return strings.Join(words, " ")
}

func (a *app) diffJSON(from, to store.Version, changes []revision.Paragraph) error {
	type piece struct {
		Kind string `json:"kind"` // same, removed or added
		Text string `json:"text"`
	}
	kinds := map[revision.Kind]string{revision.Same: "same", revision.Removed: "removed", revision.Added: "added"}
	paragraphs := make([][]piece, len(changes))
	for i, p := range changes {
		for _, x := range p {
			paragraphs[i] = append(paragraphs[i], piece{kinds[x.Kind], clean(x.Text)})
		}
	}
	return a.object(struct {
		From       int       `json:"from"`
		To         int       `json:"to"`
		Paragraphs [][]piece `json:"paragraphs"`
	}{from.Number, to.Number, paragraphs})
}

// pair finds the two texts that "2..3" names.
func pair(all []store.Version, names string) (from, to store.Version, err error) {
	last := len(all) - 1
	if names == lastTwo {
		return all[max(0, last-1)], all[last], nil
	}
	first, second, ok := strings.Cut(names, "..")
	a, errA := strconv.Atoi(first)
	b, errB := strconv.Atoi(second)
	if !ok || errA != nil || errB != nil {
		return from, to, usage("--diff %q names no two texts; write --diff=1..2, with numbers of --revisions", names)
	}
	found := 0
	for _, v := range all {
		if v.Number == a {
			from, found = v, found|1
		}
		if v.Number == b {
			to, found = v, found|2
		}
	}
	if found != 3 {
		return from, to, fmt.Errorf("the article has no two texts %s; it has %s", names, count(len(all), "text", "texts"))
	}
	return from, to, nil
}
