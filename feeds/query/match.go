package query

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"sitrep/feeds/spelling"
)

// Match reports whether the article matches e. The rules, which hold for the
// store's SQL as well:
//
//   - Text is compared folded (package spelling), word by word. Words of a
//     query that folds to several are looked for side by side in one column.
//   - A Word, Phrase or Near without a field matches in any one of title, body
//     and author. Its words are never found partly in one column and partly in
//     another.
//   - Prefix lets the last word go on; the others are whole words.
//   - Near matches when a column has every one of its words and phrases such
//     that at most Distance words stand between the end of each and the start
//     of the last one. Two of them may be the same word.
//   - Exact asks for the folded match and for Exactly in the original text of
//     the same column.
//   - A Word, Phrase or part of Near that folds to nothing is as if it were not
//     there, and matches; Parse leaves it out.
//   - Attr compares as Attr.Matches says. A feed, briefing or tag matches if
//     one of the article's does.
//   - Date compares the article's effective date with [From, To).
func Match(e Expr, d *Doc) bool {
	switch e := e.(type) {
	case All:
		return true
	case And:
		return !slices.ContainsFunc(e, func(x Expr) bool { return !Match(x, d) })
	case Or:
		return slices.ContainsFunc(e, func(x Expr) bool { return Match(x, d) })
	case Not:
		return !Match(e.X, d)
	case Word:
		return matchText(d, e.In, e.Text, e.Prefix, e.Exact)
	case Phrase:
		return matchText(d, e.In, e.Text, false, e.Exact)
	case Near:
		return matchNear(d, e)
	case Is:
		return matchIs(d, e.Flag)
	case Has:
		return matchHas(d, e.What)
	case Attr:
		return matchAttr(d, e)
	case Date:
		return (e.From.IsZero() || !d.At.Before(e.From)) && (e.To.IsZero() || d.At.Before(e.To))
	}
	panic(fmt.Sprintf("query: no such expression: %T", e))
}

func matchIs(d *Doc, flag string) bool {
	switch flag {
	case "unread":
		return !d.Read
	case "read":
		return d.Read
	case "starred":
		return d.Starred
	case "updated":
		return d.Updated
	}
	return false
}

func matchHas(d *Doc, what string) bool {
	switch what {
	case "image":
		return d.HasImage
	case "enclosure":
		return d.HasEnclosure
	case "notes":
		return d.HasNotes
	case "fulltext":
		return d.HasFullText
	}
	return false
}

func matchAttr(d *Doc, e Attr) bool {
	switch e.Name {
	case "feed":
		return slices.ContainsFunc(d.Feeds, e.Matches)
	case "source":
		return e.Matches(d.Source)
	case "lang":
		return e.Matches(d.Lang)
	case "country":
		return e.Matches(d.Country)
	case "briefing":
		return slices.ContainsFunc(d.Briefings, e.Matches)
	case "tag":
		return slices.ContainsFunc(d.Tags, e.Matches)
	}
	return false
}

// Matches reports whether an attribute of the given value is meant. Values are
// compared folded. The words of a feed: or source: value may stand anywhere in
// the name, side by side; the others must be the whole value (the id of a
// briefing). With Prefix the value may go on.
func (e Attr) Matches(value string) bool {
	have, want := []byte(spelling.Fold(value)), []byte(spelling.Fold(e.Value))
	if e.Name == "feed" || e.Name == "source" {
		return find(have, want, 0, e.Prefix) >= 0
	}
	if e.Prefix {
		return bytes.HasPrefix(have, want)
	}
	return bytes.Equal(have, want)
}

// matchText looks for folded words in the columns that in names.
func matchText(d *Doc, in Field, text string, prefix, exact bool) bool {
	var buf [64]byte
	want := spelling.AppendFold(buf[:0], []byte(text))
	if len(want) == 0 {
		return true
	}
	for c, name := range columns {
		if (in == Any || in == name) && find(d.fold(c), want, 0, prefix) >= 0 &&
			(!exact || Exactly(d.original(c), text, prefix)) {
			return true
		}
	}
	return false
}

// find returns where the words want start in the folded text at or after from,
// -1 if nowhere. With prefix the last word may go on.
func find(text, want []byte, from int, prefix bool) int {
	for from <= len(text) {
		i := bytes.Index(text[from:], want)
		if i < 0 {
			return -1
		}
		i += from
		if after := i + len(want); (i == 0 || text[i-1] == ' ') && (prefix || after == len(text) || text[after] == ' ') {
			return i
		}
		from = i + 1
	}
	return -1
}

func matchNear(d *Doc, e Near) bool {
	var want []string
	for _, w := range e.Words {
		if f := spelling.Fold(w); f != "" {
			want = append(want, f)
		}
	}
	if len(want) == 0 {
		return true
	}
	for c, name := range columns {
		if (e.In == Any || e.In == name) && nearIn(d.fold(c), want, e.Distance) {
			return true
		}
	}
	return false
}

// nearIn reports whether the words and phrases want stand near each other: there
// is a last one, and each of the others starts no later and has at most distance
// words between its end and the start of the last.
func nearIn(text []byte, want []string, distance int) bool {
	at := make([][]int, len(want))
	size := make([]int, len(want))
	for i, w := range want {
		if at[i] = starts(text, []byte(w)); len(at[i]) == 0 {
			return false
		}
		size[i] = strings.Count(w, " ") + 1
	}
	for _, list := range at {
		for _, last := range list {
			if allWithin(at, size, last, distance) {
				return true
			}
		}
	}
	return false
}

// allWithin reports whether each list has a start between last and as far before
// it as its size and the distance allow.
func allWithin(at [][]int, size []int, last, distance int) bool {
	for i, list := range at {
		j, _ := slices.BinarySearch(list, last-size[i]-distance)
		if j == len(list) || list[j] > last {
			return false
		}
	}
	return true
}

// starts returns the numbers of the words at which want stands in the text.
func starts(text, want []byte) []int {
	var out []int
	number, counted := 0, 0
	for i := find(text, want, 0, false); i >= 0; i = find(text, want, i+1, false) {
		number += bytes.Count(text[counted:i], []byte{' '})
		counted = i
		out = append(out, number)
	}
	return out
}
