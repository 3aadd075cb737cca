package query

import (
	"fmt"
	"time"
)

// Query is what somebody asked for: which articles, in which order.
type Query struct {
	Expr  Expr
	Sort  Sort
	Notes []Note // how odd parts were read, in the order of the text
}

// Sort is the order of results.
type Sort string

// The orders; Newest is the default and is what "" means.
const (
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
	Relevance Sort = "relevance"
)

// Note says in a sentence how the text at Offset (in bytes) was read.
type Note struct {
	Offset int
	Text   string
}

// Options are what the meaning of a query depends on besides its text.
type Options struct {
	Now      time.Time
	Location *time.Location // the zone of dates; nil is UTC
	Typing   bool           // the text is being typed: its last bare word is a prefix

	standing bool // see ParseStanding
}

// SyntaxError is what is wrong with a query at Offset (in bytes).
type SyntaxError struct {
	Offset int
	Msg    string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("parse query: %s (at byte %d)", e.Msg, e.Offset)
}
