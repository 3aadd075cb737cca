package store

import (
	"errors"
	"fmt"
	"slices"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// driver is a table or index to walk and how many articles it holds.
type driver struct {
	from, id string
	where    []clause
	size     int
	// member says of the article whose id is in the column %s that the walk meets
	// it; no SQL when it meets all.
	member clause
	// instead are the conditions that say about any article what the walk says,
	// for when another driver is walked.
	instead []clause
}

// has is member for a column.
func (d driver) has(column string) []clause {
	if d.member.sql == "" {
		return nil
	}
	return []clause{all(fmt.Sprintf(d.member.sql, column), d.member.args...)}
}

// narrow returns the smallest driver for a scope, whatever the text of its
// filter is; parts are the other parts of the filter.
func narrow(k *compiler, sc Scope, parts []query.Expr) (driver, error) {
	unread := sc.UnreadOnly || slices.Contains(parts, query.Expr(query.Is{Flag: "unread"}))
	whole, err := wholeArchive(k.c, unread)
	if err != nil {
		return whole, err
	}
	drivers := []driver{whole}
	if sc.Briefing != "" {
		d, err := briefingDriver(k.c, sc.Briefing, unread)
		if err != nil {
			return d, err
		}
		drivers = append(drivers, d)
	}
	if sc.Feed != 0 {
		d, err := feedDriver(k.c, int64(sc.Feed), unread)
		if err != nil {
			return d, err
		}
		drivers = append(drivers, d)
	}
	if sc.Watch != 0 {
		d, err := watchDriver(k.c, sc.Watch, unread)
		if err != nil {
			return d, err
		}
		drivers = append(drivers, d)
	}
	fromFilter, err := filterDrivers(k, sc, parts, unread)
	if err != nil {
		return whole, err
	}
	return smallest(append(drivers, fromFilter...), sc), nil
}

// smallest picks a driver and makes the others its conditions.
func smallest(drivers []driver, sc Scope) driver {
	best := 0
	for i, d := range drivers {
		if d.size < drivers[best].size {
			best = i
		}
	}
	d := drivers[best]
	for i, other := range drivers {
		if i != best {
			d.where = append(slices.Clip(d.where), other.instead...)
		}
	}
	if sc.UnreadOnly {
		d.where = append(d.where, isClause("unread"))
		d.instead = append(slices.Clip(d.instead), isClause("unread"))
	}
	if sc.Starred {
		d.where = append(d.where, isClause("starred"))
		d.instead = append(slices.Clip(d.instead), isClause("starred"))
	}
	for i, other := range drivers {
		if i != best {
			d.instead = append(d.instead, other.instead...)
		}
	}
	return d
}

// filterDrivers returns the drivers of parts that name one flag, briefing or
// feed. They need no condition instead: the part itself becomes one.
func filterDrivers(k *compiler, sc Scope, parts []query.Expr, unread bool) (out []driver, err error) {
	add := func(d driver, e error) {
		d.instead = nil
		out = append(out, d)
		err = errors.Join(err, e)
	}
	if sc.Starred {
		add(flagDriver(k.c, "starred"))
	}
	for _, x := range parts {
		switch x := x.(type) {
		case query.Is:
			if x.Flag == "starred" || x.Flag == "updated" {
				add(flagDriver(k.c, x.Flag))
			}
		case query.Attr:
			if x.Name == "briefing" {
				if nums, e := k.briefings(x); e == nil && len(nums) == 1 {
					add(membersOf(k.c, nums[0], unread))
				}
			} else if x.Name == "feed" {
				if ids, e := k.feeds(func(o outlet) bool { return x.Matches(o.title) }); e == nil && len(ids) == 1 {
					add(feedDriver(k.c, ids[0], unread))
				}
			}
		}
	}
	return out, err
}

func wholeArchive(c *conn, unread bool) (driver, error) {
	n, err := counter(c, ofAll, 0)
	if !unread {
		return driver{from: fromArticles, id: "a.id", size: n.Total}, err
	}
	return driver{
		from: fmt.Sprintf(fromStatuses, " INDEXED BY statuses_unread"), id: "s.article",
		where: []clause{all("s.read = 0")}, size: n.Unread,
	}, err
}

// flagDriver walks the articles with a rare mark. There is no counter for it;
// a count up to maxFlagged tells enough.
func flagDriver(c *conn, flag string) (driver, error) {
	const maxFlagged = 5000
	n, _, err := c.number(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM statuses INDEXED BY statuses_%s WHERE %[1]s = 1 LIMIT %d)", flag, maxFlagged))
	return driver{
		from: fmt.Sprintf(fromStatuses, " INDEXED BY statuses_"+flag), id: "s.article",
		where: []clause{all("s." + flag + " = 1")}, size: int(n),
	}, err
}

func briefingDriver(c *conn, id string, unread bool) (driver, error) {
	num, ok, err := c.number("SELECT num FROM briefings WHERE id = ?", id)
	if err != nil {
		return driver{}, err
	}
	if !ok {
		num = -1 // nothing is in it
	}
	return membersOf(c, num, unread)
}

// keptList is a kind of list that is stored: the table of its members, the column
// that says which list they are in, and the counter of its size. The table's
// index of unread members is named after it.
type keptList struct {
	table, column string
	counter       counterKind
}

func membersOf(c *conn, num int64, unread bool) (driver, error) {
	return keptList{"briefing_articles", "briefing", ofBriefing}.driver(c, num, unread)
}

func watchDriver(c *conn, id feeds.WatchID, unread bool) (driver, error) {
	return keptList{"watch_articles", "watch", ofWatch}.driver(c, int64(id), unread)
}

func feedDriver(c *conn, id int64, unread bool) (driver, error) {
	return keptList{"sightings", "feed", ofFeed}.driver(c, id, unread)
}

// fewMembers is how many members of a list are read at once for a walk over
// something else, to be asked about from memory: SQLite does so before it joins
// anything, and a question costs a tenth. The plus sign keeps it from walking the
// members instead.
const fewMembers = 10_000

// driver walks one list of the kind.
func (l keptList) driver(c *conn, id int64, unread bool) (driver, error) {
	n, err := counter(c, l.counter, id)
	member := "EXISTS(SELECT 1 FROM " + l.table + " y WHERE y." + l.column + " = ? AND y.article = %s)"
	if n.Total <= fewMembers {
		member = "+%s IN (SELECT y.article FROM " + l.table + " y WHERE y." + l.column + " = ?)"
	}
	d := driver{
		from: fmt.Sprintf(fromList, l.table, ""), id: "x.article", size: n.Total,
		where:  []clause{all("x."+l.column+" = ?", id)},
		member: all(member, id),
	}
	d.instead = d.has("s.article")
	if unread {
		d.from, d.size = fmt.Sprintf(fromList, l.table, " INDEXED BY "+l.table+"_unread"), n.Unread
		d.where = append(d.where, all("x.unread = 1"))
	}
	return d, err
}
