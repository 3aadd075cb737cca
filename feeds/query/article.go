package query

import (
	"time"

	"sitrep/feeds/spelling"
)

// Doc is one article as a query sees it. Match keeps folded text in it, so it
// serves one goroutine at a time and its text must not change after the first
// Match.
type Doc struct {
	Title  string // plain text
	Body   string // the visible text
	Author string // all names, separated by commas

	At              time.Time // the effective date
	Feeds           []string  // titles of the feeds that carry it
	Source          string
	Lang, Country   string // BCP 47 primary tag, ISO 3166 code
	Briefings, Tags []string

	Read, Starred, Updated                        bool
	HasImage, HasEnclosure, HasNotes, HasFullText bool

	folded [3][]byte // title, body, author
	done   [3]bool
}

// SetFolded gives the folded text of the columns to a Doc whose original text is
// not at hand or whose caller has folded it already. Only exact words need the
// original text.
func (d *Doc) SetFolded(title, body, author []byte) {
	d.folded = [3][]byte{title, body, author}
	d.done = [3]bool{true, true, true}
}

// columns are the text columns in the order that they are searched.
var columns = [3]Field{Title, Body, Author}

// original returns the text of a column.
func (d *Doc) original(column int) string {
	switch columns[column] {
	case Title:
		return d.Title
	case Body:
		return d.Body
	}
	return d.Author
}

// fold returns the folded text of a column.
func (d *Doc) fold(column int) []byte {
	if !d.done[column] {
		d.folded[column] = spelling.AppendFold(nil, []byte(d.original(column)))
		d.done[column] = true
	}
	return d.folded[column]
}
