package ui

import (
	"context"

	"sitrep/feeds"
	"sitrep/feeds/export"
	"sitrep/store"
)

// Item reads an article with all that export prints of it: its text from its page
// if that is stored and feed is not set.
func Item(ctx context.Context, s *store.Store, id feeds.ArticleID, feed bool) (export.Item, []store.Routed, error) {
	article, status, routed, err := s.Article(ctx, id)
	it := export.Item{Article: article, Status: status}
	if err == nil && !feed {
		var full store.FullText
		if full, err = s.FullText(ctx, id); full.HTML != "" {
			it.Article.HTML, it.Article.Base, it.FullText = full.HTML, full.URL, true
		}
	}
	for _, r := range routed {
		it.Briefings = append(it.Briefings, r.Briefing)
	}
	return it, routed, err
}
