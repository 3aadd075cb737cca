package routing

import (
	"slices"

	"sitrep/feeds"
)

// decision is the working memory of one Route, reused by the next.
type decision struct {
	*Router
	hits    []hit
	starts  []int    // where terms may begin in one word
	seen    []bool   // by place in terms: counted already
	counted []uint16 // the terms that count, in the order of the text
	tally   []tally  // by briefing
	region  int      // place of the first term that names the region, or none
}

const none = -1

// tally is what one briefing found in the text: different terms, not places.
type tally struct {
	title      int // strong terms in the title
	strong     int
	weak       int
	sufficient bool
	vetoed     bool
	own        bool
	accepted   bool // by its rule
}

func (r *Router) newDecision() *decision {
	return &decision{Router: r, seen: make([]bool, len(r.terms)), tally: make([]tally, len(r.briefings))}
}

func (d *decision) reset() {
	for _, place := range d.counted {
		d.seen[place] = false
	}
	d.hits, d.counted, d.region = d.hits[:0], d.counted[:0], none
	clear(d.tally)
}

// weigh fills the tallies from the hits.
func (d *decision) weigh() {
	for _, h := range d.hits {
		for _, place := range d.groups[h.group] {
			if t := &d.terms[place]; t.kind == veto && !h.ending {
				d.tally[t.briefing].vetoed = true
			}
		}
	}
	for _, h := range d.hits {
		for _, place := range d.groups[h.group] {
			if d.terms[place].kind <= weak && !d.seen[place] && !d.covered(h, d.terms[place].briefing) {
				d.count(place, h)
			}
		}
	}
}

// covered reports whether a weak veto, a longer term of the briefing or one
// that needs no ending spans h.
func (d *decision) covered(h hit, briefing int) bool {
	for _, over := range d.hits {
		if over.group == h.group || !over.covers(h) {
			continue
		}
		for _, place := range d.groups[over.group] {
			t := &d.terms[place]
			if t.briefing == briefing && (t.kind == mask && !over.ending || t.kind <= weak && over.before(h)) {
				return true
			}
		}
	}
	return false
}

func (d *decision) count(place uint16, h hit) {
	d.seen[place] = true
	d.counted = append(d.counted, place)
	t := &d.terms[place]
	y := &d.tally[t.briefing]
	if t.kind == weak {
		y.weak++
		return
	}
	y.strong++
	if !h.summary {
		y.title++
	}
	y.sufficient = y.sufficient || t.kind == sufficient
	if d.region == none && d.briefings[t.briefing].regional && !y.vetoed {
		d.region = int(place)
	}
}

// accepts applies the rule of a briefing to its tally.
func (d *decision) accepts(b rule, y tally) bool {
	if y.vetoed || y.strong == 0 {
		return false
	}
	two := y.strong+y.weak >= 2
	switch b.kind {
	case feeds.RuleMatch:
		return y.title > 0 || two
	case feeds.RulePair:
		return two || y.title > 0 && y.sufficient
	case feeds.RuleTopicAndRegion:
		return (y.title > 0 || two) && (y.sufficient || d.region != none)
	}
	return false
}

// matches lists the briefings that own the feed or accept the text.
func (d *decision) matches(own []string) []Match {
	for _, id := range own {
		if i, ok := d.index[id]; ok {
			d.tally[i].own = true
		}
	}
	n, terms := 0, 0
	for i, b := range d.briefings {
		y := &d.tally[i]
		if y.accepted = d.accepts(b, *y); y.accepted {
			terms += y.strong + y.weak + 1
		}
		if y.own || y.accepted {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out, texts := make([]Match, 0, n), make([]string, 0, terms)
	for i, b := range d.briefings {
		if y := &d.tally[i]; y.accepted {
			first := len(texts)
			texts = d.reasons(texts, i)
			out = append(out, Match{b.id, slices.Clip(texts[first:])})
		} else if y.own {
			out = append(out, Match{Briefing: b.id})
		}
	}
	return out
}

// reasons appends the terms by which the briefing accepted the text, the one
// that names the region last where its rule asks for that.
func (d *decision) reasons(texts []string, briefing int) []string {
	first := len(texts)
	for _, place := range d.counted {
		if t := &d.terms[place]; t.briefing == briefing {
			texts = append(texts, t.text)
		}
	}
	if d.briefings[briefing].kind == feeds.RuleTopicAndRegion && d.region != none {
		if region := d.terms[d.region].text; !slices.Contains(texts[first:], region) {
			texts = append(texts, region)
		}
	}
	return texts
}
