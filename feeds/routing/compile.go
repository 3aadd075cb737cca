package routing

import (
	"slices"
	"sync"

	"sitrep/feeds"
	"sitrep/feeds/spelling"
)

// Router holds the compiled rules of a set of briefings. It is immutable and
// safe for concurrent use.
type Router struct {
	briefings []rule
	index     map[string]int // briefing id -> place in briefings
	terms     []term
	groups    [][]uint16 // what a string of the trie stands for: places in terms
	trie      *trie
	roots     map[string]entry // language tag -> where its terms begin
	version   int64
	pool      sync.Pool // of *decision
}

// rule is a briefing without its terms.
type rule struct {
	id       string
	kind     feeds.RuleKind
	regional bool
}

// entry is where the terms of one language begin in the trie.
type entry struct {
	state int32
	lang  *language
}

// term is one word or phrase of one briefing.
type term struct {
	text     string // as the catalogue writes it
	briefing int
	kind     kind
}

type kind uint8

const (
	strong     kind = iota
	sufficient      // strong, and needs nothing beside it
	weak
	veto // keeps the article out
	mask // a weak veto: takes away the terms of its briefing that it covers
)

// Compile turns the rules of the briefings into one matcher. Terms that fold
// to nothing are left out, as are the terms of briefings without a rule.
func Compile(briefings []feeds.Briefing) *Router {
	r := &Router{index: map[string]int{}, roots: map[string]entry{}, version: version(briefings)}
	c := compiler{Router: r, outs: map[string]int32{}, langs: map[string]byte{}}
	for i, b := range briefings {
		r.briefings = append(r.briefings, rule{id: b.ID, kind: b.Rule, regional: b.Group == feeds.Regions})
		r.index[b.ID] = i
		if b.Rule == feeds.RuleNone || b.Rule == "" {
			continue
		}
		for _, t := range b.Terms {
			c.add(i, t, termKind(t))
		}
		for _, t := range b.Vetoes {
			c.add(i, t, vetoKind(t))
		}
	}
	c.finish()
	r.pool.New = func() any { return r.newDecision() }
	return r
}

func termKind(t feeds.Term) kind {
	switch {
	case t.Weak:
		return weak
	case t.Sufficient:
		return sufficient
	}
	return strong
}

func vetoKind(t feeds.Term) kind {
	if t.Weak {
		return mask
	}
	return veto
}

// compiler gathers the strings of all terms, each behind a byte that stands
// for its language, so that one trie holds all languages apart.
type compiler struct {
	*Router
	outs  map[string]int32 // string -> group number, from 1
	langs map[string]byte
}

func (c *compiler) add(briefing int, t feeds.Term, k kind) {
	folded := spelling.Fold(t.Text)
	if folded == "" || len(c.terms) > 1<<16-1 {
		return
	}
	mark, ok := c.langs[t.Lang]
	if !ok {
		mark = byte(len(c.langs) + 1)
		c.langs[t.Lang] = mark
	}
	place := uint16(len(c.terms))
	c.terms = append(c.terms, term{text: t.Text, briefing: briefing, kind: k})
	c.put(mark, folded, place)
	if l := languageOf(t.Lang); l.variants != nil {
		for _, v := range l.variants(folded) {
			c.put(mark, v, place)
		}
	}
}

func (c *compiler) put(mark byte, folded string, place uint16) {
	text := string([]byte{mark}) + folded
	out, ok := c.outs[text]
	if !ok {
		c.groups = append(c.groups, nil)
		out = int32(len(c.groups))
		c.outs[text] = out
	}
	g := &c.groups[out-1]
	added := c.terms[place]
	same := func(p uint16) bool {
		t := c.terms[p]
		return t.briefing == added.briefing && (t.kind < veto) == (added.kind < veto)
	}
	if !slices.ContainsFunc(*g, same) { // OPEC and OPEC+ fold to one
		*g = append(*g, place)
	}
}

func (c *compiler) finish() {
	keys := make([]key, 0, len(c.outs))
	for text, out := range c.outs {
		keys = append(keys, key{[]byte(text), out})
	}
	c.trie = newTrie(keys)
	for tag, mark := range c.langs {
		c.roots[tag] = entry{state: c.trie.step(root, mark), lang: languageOf(tag)}
	}
}

func languageOf(tag string) *language {
	for i := range languages {
		if languages[i].tag == tag {
			return &languages[i]
		}
	}
	return &language{tag: tag}
}
