// Package routing decides which briefings an article belongs to: because its
// feed does, or because the briefing's terms occur in its title and summary.
// It sees folded text only (package spelling), looks nothing up and keeps
// nothing between calls.
//
// A term is found as whole words, in texts of its own language only, together
// with what that language writes attached to a word (wa-, bi-, al- in Arabic,
// plurals in English). Of two terms of one briefing, one inside the other, the
// longer counts. What lets an article in is its RuleKind:
//
//   - RuleMatch: one term in the title, or two different ones anywhere.
//   - RulePair: two different ones anywhere, or a sufficient one as in RuleMatch.
//   - RuleTopicAndRegion: as RuleMatch, and besides any term of a briefing of
//     the group Regions, unless one of its terms is sufficient.
//
// Weak terms count only beside a strong one. A veto keeps the article out; a
// weak veto ("Gulf of Mexico") only takes away the terms that it covers. Vetoes
// are found without endings: "Damascus steel" is not "Damascus steels". An
// article of the briefing's own feed always belongs to it.
package routing

import "bytes"

// Text is an article as the router reads it.
type Text struct {
	Title   []byte   // folded by spelling.AppendFold
	Summary []byte   // folded by spelling.AppendFold; only its beginning counts
	Lang    string   // BCP 47 tag, "" when unknown; best found on the unfolded text
	Own     []string // ids of the briefings that own its feed
}

// Bytes of the title and of the summary that count. A feed with the whole text
// is read like one with a summary, and no text can make Route slow.
const (
	titleLength   = 1000
	summaryLength = 1500
)

// Match is one briefing that an article belongs to.
type Match struct {
	Briefing string
	Terms    []string // as the catalogue writes them; nil when only because of its feed
}

// Version is a hash of all rules: a different one means that stored
// memberships were decided by other rules.
func (r *Router) Version() int64 { return r.version }

// Route returns the briefings that the article belongs to, in the order of
// the briefings given to Compile; nil when there is none.
func (r *Router) Route(t Text) []Match {
	d := r.pool.Get().(*decision)
	defer r.pool.Put(d)
	d.reset()
	t.Title, t.Summary = beginning(t.Title, titleLength), beginning(t.Summary, summaryLength)
	if in, ok := r.roots[languageFor(t)]; ok {
		d.scan(in, t.Title, false)
		d.scan(in, t.Summary, true)
	}
	d.weigh()
	return d.matches(t.Own)
}

// beginning returns the whole words among the first n bytes of text.
func beginning(text []byte, n int) []byte {
	if len(text) <= n {
		return text
	}
	return text[:max(0, bytes.LastIndexByte(text[:n+1], ' '))]
}
