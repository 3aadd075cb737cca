package feeds

// Briefing is a named list of news: its own feeds plus the rules that route
// articles of general feeds into it.
type Briefing struct {
	ID          string // slug, "iraq"
	Title       string // "Iraq"
	Group       Group
	Description string // one sentence
	Zone        string // IANA time zone that its editions and second times use
	Rule        RuleKind
	Terms       []Term
	// Vetoes keep an article out unless its feed is the briefing's own; a weak
	// one only takes the words that it covers out of the count.
	Vetoes []Term
	Hidden bool // an edition by its nature; not listed yet
}

// Group is the heading a briefing stands under on screen.
type Group string

// The groups in their order on screen.
const (
	Regions    Group = "Regions"
	Topics     Group = "Topics"
	Industries Group = "Industries"
	Mine       Group = "Mine"
)

// RuleKind says when a briefing's terms let an article of a general feed in.
type RuleKind string

// Rule kinds. A weak term (Term.Weak) counts only beside another term.
const (
	RuleNone           RuleKind = "none"             // own feeds only
	RuleMatch          RuleKind = "match"            // one term in the title or two in the summary
	RulePair           RuleKind = "pair"             // two different terms
	RuleTopicAndRegion RuleKind = "topic-and-region" // a term of its own and one of any regional briefing
)

// Term is one word or phrase of a rule, matched as whole words over folded text.
type Term struct {
	Lang string // BCP 47 primary tag of the texts it may match in
	Text string
	Weak bool // ambiguous: needs a second, different term
	// Sufficient terms need no second one beside them: no regional term in a
	// RuleTopicAndRegion briefing (chokepoints, producers), none at all in the
	// title of a RulePair briefing.
	Sufficient bool
}
