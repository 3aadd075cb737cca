package store

import (
	"encoding/json"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// register gives SQL the comparisons that only package query can make. Their
// first argument is the number of an expression in c.exprs, which the caller
// sets before it runs a statement.
func (c *conn) register() error {
	if err := c.CreateFunction("attr_matches", 2, sqlite3.DIRECTONLY, c.attrMatches); err != nil {
		return err
	}
	return c.CreateFunction("article_matches", 5, sqlite3.DIRECTONLY, c.articleMatches)
}

// attrMatches(n, lines) tells whether one of the lines is meant by attribute n.
func (c *conn) attrMatches(ctx sqlite3.Context, arg ...sqlite3.Value) {
	attr := c.exprs[arg[0].Int()].(query.Attr)
	for value := range strings.SplitSeq(arg[1].Text(), "\n") {
		if attr.Matches(value) {
			ctx.ResultBool(true)
			return
		}
	}
	ctx.ResultBool(false)
}

// articleMatches(n, title, html, full html, authors) tells whether expression n, which is
// of text only, matches the article.
func (c *conn) articleMatches(ctx sqlite3.Context, arg ...sqlite3.Value) {
	doc := query.Doc{
		Title:  arg[1].Text(),
		Body:   string(appendBody(nil, arg[2].Text(), arg[3].Text())),
		Author: names(arg[4].Text()),
	}
	ctx.ResultBool(query.Match(c.exprs[arg[0].Int()], &doc))
}

// names returns the author column of the search index, unfolded.
func names(authors string) string {
	var all []feeds.Author
	if authors == "" || json.Unmarshal([]byte(authors), &all) != nil {
		return ""
	}
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.Name
	}
	return strings.Join(out, ", ")
}
