package query

import "time"

// Expr is a parsed query. Only this package has implementations: All, And, Or,
// Not, Word, Phrase, Near, Is, Has, Attr and Date. String prints an expression
// in the language, so that Parse gives it back.
type Expr interface {
	String() string
	expr()
}

// All matches every article; it is the empty query.
type All struct{}

// And matches where all of its parts do; it has at least two, none of them And
// or All.
type And []Expr

// Or matches where one of its parts does; it has at least two, none of them Or
// or All.
type Or []Expr

// Not matches where X does not.
type Not struct{ X Expr }

// Field names the text column that a word is looked for in.
type Field string

// The text columns.
const (
	Any    Field = "" // any one of them
	Title  Field = "title"
	Body   Field = "body"
	Author Field = "author"
)

// Word is a word to look for, as typed. Folding it can give several words, which
// are then looked for side by side, as in a Phrase.
type Word struct {
	Text   string
	In     Field
	Prefix bool // the (last) word may go on
	Exact  bool // the letters must be these, see Exactly
}

// Phrase is words that stand side by side in one column.
type Phrase struct {
	Text  string
	In    Field
	Exact bool
}

// Near is words of one column with at most Distance words between the end of
// the first and the start of the last.
type Near struct {
	Distance int
	Words    []string
	In       Field
}

// Is tests a mark or state: unread, read, starred or updated.
type Is struct{ Flag string }

// Has tests what an article comes with: image, enclosure, notes or fulltext.
type Has struct{ What string }

// Attr compares an attribute: feed, source, briefing, lang, country or tag.
type Attr struct {
	Name, Value string
	Prefix      bool // the value may go on
}

// Date limits the article's date to [From, To); a zero time is no limit.
type Date struct {
	Op       string // after, before or on
	From, To time.Time
	Text     string // as typed: "7d", "2026-11-01"
}

func (All) expr()    {}
func (And) expr()    {}
func (Or) expr()     {}
func (Not) expr()    {}
func (Word) expr()   {}
func (Phrase) expr() {}
func (Near) expr()   {}
func (Is) expr()     {}
func (Has) expr()    {}
func (Attr) expr()   {}
func (Date) expr()   {}
