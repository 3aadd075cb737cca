package store

import (
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// selection is a scope made ready: a driver that is walked in the order of the
// list and the conditions that each of its articles has to meet.
type selection struct {
	from   string // the driver and what is joined to it, aliases s and a among them
	id     string // the driver's column that holds the article's id
	where  []clause
	exprs  []query.Expr
	oldest bool
	text   bool     // the driver is the search index
	bare   bool     // nothing but the driver is looked at
	also   []string // see Store.Spellings
}

// The drivers. Those of a feed, briefing or watch are clustered by it and then in the
// order of articles, so that any of their lists is one walk.
const (
	fromSearch   = "search x CROSS JOIN statuses s ON s.article = x.rowid CROSS JOIN articles a ON a.id = x.rowid"
	fromList     = "%s x%s CROSS JOIN statuses s ON s.article = x.article CROSS JOIN articles a ON a.id = x.article"
	fromArticles = "articles a CROSS JOIN statuses s ON s.article = a.id" // statuses outlive them
	fromStatuses = "statuses s%s CROSS JOIN articles a ON a.id = s.article"
)

// fewTimes says when a walk over a small list that asks the search index about
// each article is cheaper than a walk over the hits of its words: one question
// costs about as much as this many steps.
const fewTimes = 64

// selectScope makes a scope ready, with the driver that promises the shortest
// walk.
func selectScope(c *conn, sc Scope) (*selection, error) {
	x, err := expand(c, sc.Filter, sc.Listed)
	if err != nil {
		return nil, err
	}
	sel, err := selectFiltered(c, sc, x.expr)
	if err != nil {
		return nil, err
	}
	sel.also = x.also
	return sel, nil
}

// selectFiltered is selectScope for a filter whose prefixes are looked for as
// they are.
func selectFiltered(c *conn, sc Scope, filter query.Expr) (*selection, error) {
	parts := splitText(conjuncts(filter))
	k := &compiler{c: c}
	d, err := narrow(k, sc, parts.rest)
	if err != nil {
		return nil, err
	}
	sel := &selection{oldest: sc.Sort == query.Oldest}
	if parts.match != "" {
		hits, err := estimate(c, filter)
		if err != nil {
			return nil, err
		}
		if d.size*fewTimes < hits {
			k.probe = true
			d.where = append(d.where, k.text(parts.match))
		} else {
			where := append([]clause{all("x.search MATCH ?", parts.match)}, d.has("x.rowid")...) // before anything is joined
			d = driver{from: fromSearch, id: "x.rowid", where: append(where, d.instead...)}
			sel.text = true
			sel.bare = len(parts.rest)+len(parts.exact) == 0 && len(d.where) == 1
		}
	}
	sel.from, sel.id, sel.where = d.from, d.id, d.where
	for _, x := range parts.rest {
		cl, err := k.condition(x)
		if err != nil {
			return nil, err
		}
		sel.where = append(sel.where, cl)
		if date, ok := x.(query.Date); ok {
			sel.where = append(sel.where, sel.idRange(date))
		}
	}
	for _, x := range parts.exact {
		sel.where = append(sel.where, k.original(x))
	}
	sel.bound(sc)
	sel.exprs = k.exprs
	return sel, nil
}

// idRange repeats a date's limits for the driver's own id, so that the walk
// begins and ends there.
func (sel *selection) idRange(d query.Date) clause {
	out := []clause{all("1")}
	if !d.From.IsZero() {
		out = append(out, all(sel.id+" >= ?", feeds.FirstID(d.From)))
	}
	if !d.To.IsZero() {
		out = append(out, all(sel.id+" < ?", feeds.FirstID(d.To.Add(maxSpill))))
	}
	return join("AND", out)
}

// bound adds the limits that keep what arrived later out of the list.
func (sel *selection) bound(sc Scope) {
	if sc.UpTo > 0 {
		sel.where = append(sel.where, all(sel.id+" <= ?", sc.UpTo))
		sel.bare = false
	}
	if sc.MaxArrival > 0 {
		sel.where = append(sel.where, all("s.arrival <= ?", sc.MaxArrival))
		sel.bare = false
	}
}

// sql writes a statement over the selection: columns, further tables, a last
// condition and what follows it.
func (sel *selection) sql(columns, more string, last clause, tail string) (string, []any) {
	var b strings.Builder
	b.WriteString("SELECT ")
	b.WriteString(columns)
	b.WriteString(" FROM ")
	b.WriteString(sel.from)
	b.WriteString(more)
	var args []any
	for i, w := range append(sel.where[:len(sel.where):len(sel.where)], last) {
		if w.sql == "" {
			continue
		}
		if i == 0 || len(sel.where) == 0 {
			b.WriteString(" WHERE ")
		} else {
			b.WriteString(" AND ")
		}
		b.WriteString(w.sql)
		args = append(args, w.args...)
	}
	b.WriteString(tail)
	return b.String(), args
}

// window writes the part of the list that w means and whether it has to be
// turned round afterwards.
func (sel *selection) window(w Window) (last clause, tail string, reverse bool) {
	up := sel.oldest != w.Backward // towards larger ids
	order, beyond := " DESC", " < ?"
	if up {
		order, beyond = " ASC", " > ?"
	}
	if w.From != 0 {
		last = all(sel.id+beyond, w.From)
	}
	return last, " ORDER BY " + sel.id + order + " LIMIT ?", w.Backward
}
