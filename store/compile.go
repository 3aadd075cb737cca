package store

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// clause is a condition in SQL over the aliases a (articles) and s (statuses),
// and its arguments in the order of its question marks.
type clause struct {
	sql  string
	args []any
}

func all(sql string, args ...any) clause { return clause{sql, args} }

// none holds for no article. SQLite would shorten a condition with a plain 0 in
// it, and then miss the terms that a partial index asks for.
func none() clause { return all("(a.id < 0)") }

// join puts clauses between parentheses with AND or OR.
func join(op string, parts []clause) clause {
	var out clause
	sql := make([]string, len(parts))
	for i, p := range parts {
		sql[i] = p.sql
		out.args = append(out.args, p.args...)
	}
	out.sql = "(" + strings.Join(sql, " "+op+" ") + ")"
	return out
}

// compiler turns expressions into conditions. It looks up feeds and briefings,
// so that their names are compared by the rules of package query and SQL sees
// numbers.
type compiler struct {
	c       *conn
	outlets []outlet
	// probe: text is tested article by article, for walks that meet few of
	// them; otherwise the articles that have it are listed first.
	probe bool
	exprs []query.Expr // what functions called from SQL are given by number
}

// outlet is what attributes say of a feed.
type outlet struct {
	id                     feeds.FeedID
	title, source, country string
}

// condition holds for the same articles as query.Match. The driver has been
// chosen: the plus signs keep SQLite from looking for another one.
func (k *compiler) condition(e query.Expr) (clause, error) {
	if m, ok := matchExpr(e); ok {
		return k.text(m), nil
	}
	switch e := e.(type) {
	case query.And:
		return k.several("AND", e)
	case query.Or:
		if _, exact := inexact(e); exact {
			return k.exactly(e), nil
		}
		return k.several("OR", e)
	case query.Not:
		x, err := k.condition(e.X)
		x.sql = "NOT " + x.sql
		return x, err
	case query.Word, query.Phrase:
		return k.exactly(e), nil
	case query.Is:
		return isClause(e.Flag), nil
	case query.Has:
		return hasClause(e.What), nil
	case query.Attr:
		return k.attr(e)
	case query.Date:
		return dateClause(e), nil
	}
	return all("1"), nil // All, and a Near of nothing
}

func (k *compiler) several(op string, parts []query.Expr) (clause, error) {
	out := make([]clause, len(parts))
	for i, x := range parts {
		var err error
		if out[i], err = k.condition(x); err != nil {
			return clause{}, err
		}
	}
	return join(op, out), nil
}

func (k *compiler) text(match string) clause {
	if k.probe {
		return all("EXISTS(SELECT 1 FROM search WHERE search MATCH ? AND rowid = s.article)", match)
	}
	return all("(+s.article IN (SELECT rowid FROM search WHERE search MATCH ?))", match)
}

// exactly finds a letter-exact word as a folded one, then looks at the original.
func (k *compiler) exactly(e query.Expr) clause {
	folded, _ := inexact(e)
	m, ok := matchExpr(folded)
	if !ok {
		return all("1")
	}
	return join("AND", []clause{k.text(m), k.original(e)})
}

// original compares an expression of text with the text as published.
func (k *compiler) original(e query.Expr) clause {
	k.exprs = append(k.exprs, e)
	return all(`article_matches(?, a.title, (SELECT html FROM texts WHERE arrival = s.arrival),
		coalesce((SELECT html FROM fulltexts WHERE arrival = s.arrival), ''),
		(SELECT authors FROM texts WHERE arrival = s.arrival))`, len(k.exprs)-1)
}

// inexact returns a letter-exact word as a folded one, an Or of text with such
// words as one without, and false for any other expression.
func inexact(e query.Expr) (query.Expr, bool) {
	switch e := e.(type) {
	case query.Word:
		exact := e.Exact
		e.Exact = false
		return e, exact
	case query.Phrase:
		exact := e.Exact
		e.Exact = false
		return e, exact
	case query.Or:
		or, some := slices.Clone(e), false
		for i, x := range or {
			folded, exact := inexact(x)
			if _, text := matchExpr(x); !exact && !text {
				return e, false
			}
			or[i], some = folded, some || exact
		}
		return or, some
	}
	return e, false
}

func isClause(flag string) clause {
	switch flag {
	case "unread":
		return all("(+s.read = 0)")
	case "read":
		return all("(+s.read = 1)")
	case "starred":
		return all("(+s.starred = 1)")
	case "updated":
		return all("(+s.updated = 1)")
	}
	return none()
}

func hasClause(what string) clause {
	switch what {
	case "image":
		return all("(a.flags & ? <> 0)", int(flagImage))
	case "enclosure":
		return all("(a.flags & ? <> 0)", int(flagEnclosure))
	case "fulltext":
		return all("(a.flags & ? <> 0)", int(flagFullText))
	}
	return none() // notes: there are none yet
}

// maxSpill is how far behind its minute an article's id can lie when very many
// carry one date.
const maxSpill = 24 * time.Hour

// dateClause compares whole seconds, which is what dates are kept in, and says
// the same of ids, which are the order of every walk.
func dateClause(e query.Date) clause {
	out := []clause{all("1")}
	if !e.From.IsZero() {
		out = append(out, all("s.article >= ? AND a.at >= ?", feeds.FirstID(e.From), ceilSecond(e.From)))
	}
	if !e.To.IsZero() {
		out = append(out, all("s.article < ? AND a.at < ?", feeds.FirstID(e.To.Add(maxSpill)), ceilSecond(e.To)))
	}
	return join("AND", out)
}

func ceilSecond(t time.Time) int64 {
	n := t.Unix()
	if t.Nanosecond() > 0 {
		n++
	}
	return n
}

func (k *compiler) attr(e query.Attr) (clause, error) {
	switch e.Name {
	case "lang":
		k.exprs = append(k.exprs, e)
		return all("attr_matches(?, a.lang)", len(k.exprs)-1), nil
	case "tag":
		k.exprs = append(k.exprs, e)
		return all("(a.tags <> '' AND attr_matches(?, a.tags))", len(k.exprs)-1), nil
	case "briefing":
		nums, err := k.briefings(e)
		return all("EXISTS(SELECT 1 FROM briefing_articles y WHERE y.article = s.article AND y.briefing IN " + numbers(nums) + ")"), err
	case "feed":
		ids, err := k.feeds(func(o outlet) bool { return e.Matches(o.title) })
		return all(fmt.Sprintf(`(a.feed IN %[1]s OR EXISTS(SELECT 1 FROM sightings y
			WHERE y.article = s.article AND y.first = 0 AND y.feed IN %[1]s))`, numbers(ids))), err
	case "country":
		ids, err := k.feeds(func(o outlet) bool { return e.Matches(o.country) })
		return all("(a.feed IN " + numbers(ids) + ")"), err
	case "source":
		ids, err := k.feeds(func(o outlet) bool { return e.Matches(cmp.Or(o.source, o.title)) })
		k.exprs = append(k.exprs, e)
		return all("CASE WHEN a.source = '' THEN a.feed IN "+numbers(ids)+" ELSE attr_matches(?, a.source) END", len(k.exprs)-1), err
	}
	return none(), nil
}

// numbers writes ids as SQL, so that statements need no varying arguments.
func numbers(ids []int64) string {
	if len(ids) == 0 {
		return "(-1)" // no id; see none
	}
	b := []byte{'('}
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(append(b, ')'))
}

// feeds returns the feeds that match, subscribed or not.
func (k *compiler) feeds(match func(outlet) bool) (ids []int64, err error) {
	if k.outlets == nil {
		k.outlets = []outlet{}
		err = k.c.each("SELECT id, title, source, country FROM feeds", nil, func(s *sqlite3.Stmt) error {
			k.outlets = append(k.outlets, outlet{feeds.FeedID(s.ColumnInt64(0)), s.ColumnText(1), s.ColumnText(2), s.ColumnText(3)})
			return nil
		})
	}
	for _, o := range k.outlets {
		if match(o) {
			ids = append(ids, int64(o.id))
		}
	}
	return ids, err
}

func (k *compiler) briefings(e query.Attr) (nums []int64, err error) {
	err = k.c.each("SELECT num, id FROM briefings", nil, func(s *sqlite3.Stmt) error {
		if e.Matches(s.ColumnText(1)) {
			nums = append(nums, s.ColumnInt64(0))
		}
		return nil
	})
	return nums, err
}

// conjuncts returns the parts that must all hold.
func conjuncts(e query.Expr) []query.Expr {
	switch e := e.(type) {
	case nil, query.All:
		return nil
	case query.And:
		var out []query.Expr
		for _, x := range e {
			out = append(out, conjuncts(x)...)
		}
		return out
	}
	return []query.Expr{e}
}

// split is the parts of a filter by who decides them.
type split struct {
	match string       // FTS5 alone, "" for nothing
	exact []query.Expr // FTS5 and then the original text
	rest  []query.Expr // conditions
}

func splitText(parts []query.Expr) (out split) {
	var with, without []string
	var negated []query.Expr
	for _, x := range parts {
		if n, ok := x.(query.Not); ok {
			if m, ok := matchExpr(n.X); ok {
				without = append(without, m)
				negated = append(negated, x)
				continue
			}
		} else if folded, exact := inexact(x); exact {
			if m, ok := matchExpr(folded); ok {
				with = append(with, m)
				out.exact = append(out.exact, x)
				continue
			}
		} else if m, ok := matchExpr(x); ok {
			with = append(with, m)
			continue
		}
		out.rest = append(out.rest, x)
	}
	match, ok := combine(with, without)
	if !ok {
		out.rest = append(out.rest, negated...)
	}
	out.match = match
	return out
}
