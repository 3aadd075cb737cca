package store

import (
	"maps"
	"slices"

	"sitrep/feeds"
)

// A text that changes, by a revision or by a full text, changes the index and the
// table of words in its own transaction.

// recount is how a changed text changes the counts, by 1 or -1, of words that are
// not in the table yet.
type recount struct {
	arrival int64
	words   map[string]int
	edits   int64 // keyWordsEdit before
}

// reindex replaces the words of an article whose text changed from the folded
// columns old, in the index and in the table of words.
func (v *saver) reindex(ch *change, st arrived, old [][]byte) error {
	v.flush = true
	later, err := reindex(v.c, ch.id, st.arrival, old)
	if len(later) > 0 {
		v.recounted = append(v.recounted, recount{st.arrival, later, v.edits})
		v.edits++
	}
	return err
}

// reindex replaces the words of an article whose text was old, and returns those
// whose number changes in articles that are not counted yet.
func reindex(c *conn, id feeds.ArticleID, arrival int64, old [][]byte) (later map[string]int, err error) {
	now, _, err := foldStored(c, id)
	if err != nil {
		return nil, err
	}
	if err := c.exec("DELETE FROM search WHERE rowid = ?", id); err != nil {
		return nil, err
	}
	err = c.exec("INSERT INTO search(rowid, body, title, author) VALUES(?, ?, ?, ?)",
		id, rawText(now[columnBody]), rawText(now[columnTitle]), rawText(now[columnAuthor]))
	if err != nil {
		return nil, err
	}
	return changeWords(c, arrival, wordsChanged(old, now))
}

// wordsChanged compares the words of two texts.
func wordsChanged(old, now [][]byte) map[string]int {
	diff := map[string]int{}
	for w := range wordsOf(old) {
		diff[string(w)] = -1
	}
	fresh := map[string]bool{}
	for w := range wordsOf(now) {
		if diff[string(w)] == -1 {
			delete(diff, string(w))
		} else if !fresh[string(w)] {
			diff[string(w)] = 1
		}
		fresh[string(w)] = true
	}
	return diff
}

// changeWords counts how the text of an article changed. What is in the words
// table already changes there at once; the rest comes back.
func changeWords(c *conn, arrival int64, diff map[string]int) (later map[string]int, err error) {
	at, err := readPosition(c)
	if err != nil {
		return nil, err
	}
	later = map[string]int{}
	for _, w := range slices.Sorted(maps.Keys(diff)) { // the order that the table is in
		if arrival > at.upTo && (arrival > at.to || w > at.word) {
			later[w] = diff[w]
		} else if err := countWord(c, w, diff[w]); err != nil {
			return nil, err
		}
	}
	if len(later) > 0 {
		err = setNumber(c, keyWordsEdit, at.edits+1)
	}
	return later, err
}

// change takes over what changed in a text that it may have counted.
func (t *tally) change(r recount) {
	if t.edits == r.edits {
		t.edits++
	}
	if r.arrival <= t.from || r.arrival > t.to { // counted before, or still to come
		return
	}
	for w, n := range r.words {
		t.count([]byte(w), int32(n))
	}
}
