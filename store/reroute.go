package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/routing"
)

// rerouteAtOnce is how many articles one step of Reroute looks at.
const rerouteAtOnce = 250

// routedText is how much of a body is read in place of the publisher's summary,
// which is not kept.
const routedText = 600

// Reroute decides again which briefings articles belong to, after the rules
// changed: the newest articles first, a short step each call, until it reports
// that no more are left. An article stays in a briefing as long as one of the
// terms that brought it there is still a term of it. It costs nothing once all
// is routed by r's rules.
func (s *Store) Reroute(ctx context.Context, r *routing.Router) (more bool, err error) {
	at, err := s.reroutedTo(ctx, r.Version())
	if err != nil || at == 0 {
		return false, err
	}
	briefings, err := s.Briefings(ctx)
	if err != nil {
		return false, err
	}
	err = s.write(ctx, fetchable, func(c *conn) error {
		rr := &rerouter{c: c, router: r, counters: deltas{}, terms: termsOf(briefings), version: r.Version()}
		if rr.visitEnd, err = numberSetting(c, keyVisitEnd); err != nil {
			return err
		}
		ws, err := s.watchers(c)
		if err != nil {
			return err
		}
		rr.watchers = asking(ws, "briefing")
		next, err := rr.step(at)
		if err != nil {
			return err
		}
		more = next > 0
		return setSetting(c, keyRouted, fmt.Sprintf("%d %d", r.Version(), next))
	})
	return more, err
}

// reroutedTo returns the article before which the work by the rules of version
// goes on, 0 when it is done.
func (s *Store) reroutedTo(ctx context.Context, version int64) (at feeds.ArticleID, err error) {
	state, err := "", error(nil)
	err = s.read(ctx, func(c *conn) error {
		state, err = setting(c, keyRouted)
		return err
	})
	if err != nil {
		return 0, err
	}
	done, position, _ := strings.Cut(state, " ")
	if done != strconv.FormatInt(version, 10) {
		return 1<<63 - 1, nil
	}
	n, err := strconv.ParseInt(position, 10, 64)
	return feeds.ArticleID(n), err
}

// termsOf returns the terms of each briefing.
func termsOf(briefings []feeds.Briefing) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, b := range briefings {
		out[b.ID] = map[string]bool{}
		for _, t := range b.Terms {
			out[b.ID][t.Text] = true
		}
	}
	return out
}

// rerouter is one step.
type rerouter struct {
	c        *conn
	router   *routing.Router
	terms    map[string]map[string]bool
	version  int64
	counters deltas
	visitEnd int64
	watchers []watcher // that ask for briefings
	moved    bool      // the article at hand is in other briefings than before
}

// step routes the articles before at and returns where the next step goes on.
func (rr *rerouter) step(at feeds.ArticleID) (next feeds.ArticleID, err error) {
	var ids []feeds.ArticleID
	err = rr.c.each("SELECT id FROM articles WHERE id < ? ORDER BY id DESC LIMIT ?", []any{at, rerouteAtOnce}, func(s *sqlite3.Stmt) error {
		ids = append(ids, feeds.ArticleID(s.ColumnInt64(0)))
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := rr.article(id); err != nil {
			return 0, err
		}
	}
	if err := rr.counters.apply(rr.c); err != nil || len(ids) < rerouteAtOnce {
		return 0, err
	}
	return ids[len(ids)-1], nil
}

// article puts one article where it belongs now.
func (rr *rerouter) article(id feeds.ArticleID) error {
	text, ok, err := foldPublished(rr.c, id) // as it was routed when it came
	if err != nil || !ok {
		return err
	}
	lang, _, err := rr.c.text("SELECT lang FROM articles WHERE id = ?", id)
	if err != nil {
		return err
	}
	own, err := rr.owners(id)
	if err != nil {
		return err
	}
	summary := text[columnBody]
	if len(summary) > routedText {
		summary = summary[:routedText-len(lastWord(summary[:routedText]))]
	}
	matches := rr.router.Route(routing.Text{Title: text[columnTitle], Summary: summary, Lang: lang, Own: own})
	st, err := readArrived(rr.c, id)
	if err != nil {
		return err
	}
	rr.moved = false
	if err := rr.remove(id, st, matches); err != nil {
		return err
	}
	for _, m := range matches {
		num, err := briefingNum(rr.c, m.Briefing)
		if err != nil {
			return err
		}
		added, err := addMember(rr.c, num, id, st, m, rr.version)
		if err != nil {
			return err
		}
		if added {
			rr.counters.add(ofBriefing, num, st.counts(rr.visitEnd))
			rr.moved = true
		}
	}
	if !rr.moved || len(rr.watchers) == 0 {
		return nil
	}
	lists := watchLists{rr.c, rr.counters, rr.visitEnd}
	return lists.look(rr.watchers, id)
}

// lastWord returns the word that the text ends in, which may be cut.
func lastWord(text []byte) []byte {
	i := len(text)
	for i > 0 && text[i-1] != ' ' {
		i--
	}
	return text[i:]
}

// owners returns the briefings that own a feed which carried the article.
func (rr *rerouter) owners(id feeds.ArticleID) (own []string, err error) {
	const owning = "SELECT DISTINCT x.id FROM " + inForce + ` WHERE x.own = 1 AND x.id <> '' AND x.feed IN (
		SELECT feed FROM articles WHERE id = ?1 UNION ALL SELECT feed FROM sightings WHERE article = ?1 AND first = 0)`
	err = rr.c.each(owning, []any{id}, func(s *sqlite3.Stmt) error {
		own = append(own, s.ColumnText(0))
		return nil
	})
	return own, err
}

// remove takes an article out of the briefings that neither the rules put it in
// now nor any term that they did is left of.
func (rr *rerouter) remove(id feeds.ArticleID, st arrived, matches []routing.Match) error {
	in, err := routed(rr.c, id)
	if err != nil {
		return err
	}
	for _, m := range in {
		stays := slices.ContainsFunc(matches, func(x routing.Match) bool { return x.Briefing == m.Briefing }) ||
			len(m.Terms) == 0 ||
			slices.ContainsFunc(m.Terms, func(t string) bool { return rr.terms[m.Briefing][t] })
		if stays {
			continue
		}
		num, err := briefingNum(rr.c, m.Briefing)
		if err != nil {
			return err
		}
		if err := rr.c.exec("DELETE FROM briefing_articles WHERE briefing = ? AND article = ?", num, id); err != nil {
			return err
		}
		n := st.counts(rr.visitEnd)
		rr.moved = true
		rr.counters.add(ofBriefing, num, Counts{-n.Total, -n.Unread, -n.New})
	}
	return nil
}
