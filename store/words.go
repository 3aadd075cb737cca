package store

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/spelling"
)

// The words table says how many articles hold each word. To write it with every
// batch would cost more than the batch, so the bulk writer counts in memory
// (tally) and writes the sum when it is done. How far the table goes is kept as
// an arrival number in the same transactions; what a killed writer had counted
// is counted again from the articles (catchUp). The table is exact at all times
// for the articles up to that number. A text that changes behind it changes a
// number, too, so that no process writes what it had counted before.

const (
	maxWord        = 64      // bytes; longer ones are no words
	maxTally       = 400_000 // words in memory, about 30 MB
	wordsAtOnce    = 10_000  // words in one transaction, about 50 ms
	articlesAtOnce = 2_000   // articles that catchUp counts in one piece
)

// tally counts the words of the articles that arrived after from, up to to.
type tally struct {
	from, to int64
	edits    int64            // keyWordsEdit when they were counted
	words    map[string]int32 // places in counts
	counts   []int32
}

func newTally(from, edits int64) *tally {
	return &tally{from: from, to: from, edits: edits, words: map[string]int32{}}
}

// add counts the words of the next n articles.
func (t *tally) add(p *postings, n int) {
	t.to += int64(n)
	for i := range p.words {
		if w := p.bytes(uint32(i)); len(w) <= maxWord {
			t.count(w, int32(p.words[i].articles))
		}
	}
}

func (t *tally) count(word []byte, n int32) {
	i, ok := t.words[string(word)]
	if !ok {
		i = int32(len(t.counts))
		t.words[string(word)] = i
		t.counts = append(t.counts, 0)
	}
	t.counts[i] += n
}

// wordsOf returns the words of folded texts, each as often as it occurs.
func wordsOf(columns [][]byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, text := range columns {
			for len(text) > 0 {
				w := text
				if i := bytes.IndexByte(text, ' '); i >= 0 {
					w, text = text[:i], text[i+1:]
				} else {
					text = nil
				}
				if len(w) > 0 && len(w) <= maxWord && !yield(w) {
					return
				}
			}
		}
	}
}

// foldStored returns the folded body, title and author of an article. Its full
// text is part of the body.
func foldStored(c *conn, id feeds.ArticleID) (columns [][]byte, ok bool, err error) {
	return foldTexts(c, id, fullHTML)
}

// foldPublished is foldStored with the feed's own text alone.
func foldPublished(c *conn, id feeds.ArticleID) (columns [][]byte, ok bool, err error) {
	return foldTexts(c, id, "''")
}

func foldTexts(c *conn, id feeds.ArticleID, full string) (columns [][]byte, ok bool, err error) {
	err = c.each("SELECT a.title, t.html, "+full+`, t.authors FROM articles a JOIN statuses s ON s.article = a.id
		JOIN texts t ON t.arrival = s.arrival WHERE a.id = ?`, []any{id}, func(s *sqlite3.Stmt) error {
		columns, ok = foldColumns(s, 0), true
		return errStop
	})
	return columns, ok, err
}

// foldColumns reads title, html, fullHTML and authors from column i on.
func foldColumns(s *sqlite3.Stmt, i int) [][]byte {
	body := appendBody(nil, s.ColumnText(i+1), s.ColumnText(i+2))
	return [][]byte{
		spelling.AppendFold(nil, body),
		spelling.AppendFold(nil, s.ColumnRawText(i)),
		spelling.AppendFold(nil, []byte(names(s.ColumnText(i+3)))),
	}
}

// countWord notes that n more articles hold a word, or fewer when n is negative.
func countWord(c *conn, word string, n int) error {
	if n >= 0 {
		return c.exec(`INSERT INTO words(word, articles, skeleton) VALUES(?, ?, ?)
			ON CONFLICT DO UPDATE SET articles = articles + excluded.articles`, word, n, spelling.Skeleton(word))
	}
	left, known, err := c.number("UPDATE words SET articles = articles + ? WHERE word = ? RETURNING articles", n, word)
	if err != nil || !known || left > 0 {
		return err
	}
	return c.exec("DELETE FROM words WHERE word = ?", word)
}

// countWords takes over what a transaction has committed. A tally that does not
// end where the transaction began, because another process wrote in between, is
// given up: catchUp does its work.
func (s *Store) countWords(v *saver) {
	if s.words == nil && v.wordsUpTo == v.first {
		s.words = newTally(v.first, v.edits)
	}
	t := s.words
	if t == nil {
		return
	}
	if t.to != v.first {
		s.words = nil
		return
	}
	for _, r := range v.recounted {
		t.change(r)
	}
	t.add(&s.postings, int(v.last-v.first))
}

// errMoved is a words table that goes to another place than the tally began at.
var errMoved = errors.New("the words table was changed meanwhile")

// flushWords writes the tally of this process, if there is one.
func (s *Store) flushWords(c *conn) error {
	t := s.words
	s.words = nil
	if t == nil || c == nil {
		return nil
	}
	if err := s.writeTally(c, t, ""); !errors.Is(err, errMoved) {
		return err
	}
	return nil
}

// writeTally adds the counts after the word begun to the table, in pieces. The
// setting of the position names the last word of a piece that is not the last.
func (s *Store) writeTally(c *conn, t *tally, begun string) error {
	words := slices.Sorted(maps.Keys(t.words))
	i, found := slices.BinarySearch(words, begun)
	if found {
		i++
	}
	words = words[i:]
	for expected := (position{upTo: t.from, edits: t.edits}); ; {
		if begun != "" {
			expected = position{t.from, t.to, begun, t.edits}
		}
		piece := words[:min(len(words), wordsAtOnce)]
		words = words[len(piece):]
		next := position{upTo: t.to}
		if len(words) > 0 {
			next = position{upTo: t.from, to: t.to, word: piece[len(piece)-1]}
		}
		err := s.commit(c, fetchable, func(c *conn) error {
			if at, err := readPosition(c); err != nil || at != expected {
				return orMoved(err)
			}
			for _, w := range piece {
				if n := int(t.counts[t.words[w]]); n != 0 {
					if err := countWord(c, w, n); err != nil {
						return err
					}
				}
			}
			return next.write(c)
		})
		if err != nil || len(words) == 0 {
			return err
		}
		begun = next.word
	}
}

// orMoved returns err, or errMoved if there is none.
func orMoved(err error) error {
	if err != nil {
		return err
	}
	return errMoved
}

// position is how far the words table goes: all articles up to the arrival
// number upTo, and of those up to to the words up to word. edits tells how often
// texts behind it have changed.
type position struct {
	upTo, to int64
	word     string
	edits    int64 // only read
}

func (p position) write(c *conn) error {
	if err := setNumber(c, keyWordsUpTo, p.upTo); err != nil {
		return err
	}
	if p.word == "" {
		return c.exec("DELETE FROM settings WHERE key = ?", keyWordsPart)
	}
	return setSetting(c, keyWordsPart, strconv.FormatInt(p.to, 10)+" "+p.word)
}

func readPosition(c *conn) (p position, err error) {
	if p.upTo, err = numberSetting(c, keyWordsUpTo); err != nil {
		return p, err
	}
	if p.edits, err = numberSetting(c, keyWordsEdit); err != nil {
		return p, err
	}
	part, err := setting(c, keyWordsPart)
	if err != nil || part == "" {
		return p, err
	}
	to, word, _ := strings.Cut(part, " ")
	p.to, err = strconv.ParseInt(to, 10, 64)
	p.word = word
	return p, err
}

// catchUp counts the next articles that no tally has counted, and reports
// whether some are left.
func (s *Store) catchUp(ctx context.Context, c *conn) (more bool, err error) {
	at, err := readPosition(c)
	if err != nil {
		return false, err
	}
	last, err := lastArrival(c)
	if err != nil || at.upTo == last {
		return false, err
	}
	to := min(last, at.upTo+articlesAtOnce)
	if at.to != 0 {
		to = at.to
	}
	s.postings.reset()
	err = c.each(`SELECT s.arrival, a.title, t.html, `+fullHTML+`, t.authors FROM statuses s INDEXED BY statuses_arrival
		JOIN articles a ON a.id = s.article JOIN texts t ON t.arrival = s.arrival
		WHERE s.arrival > ? AND s.arrival <= ? ORDER BY s.arrival`, []any{at.upTo, to}, func(st *sqlite3.Stmt) error {
		text := foldColumns(st, 1)
		s.postings.add(feeds.ArticleID(st.ColumnInt64(0)), text[columnBody], text[columnTitle], text[columnAuthor])
		return ctx.Err()
	})
	if err != nil {
		return true, err
	}
	t := newTally(at.upTo, at.edits)
	t.add(&s.postings, int(to-at.upTo)) // removed articles leave gaps
	err = s.writeTally(c, t, at.word)
	if errors.Is(err, errMoved) { // another process counts them, too
		return true, nil
	}
	return to < last, err
}
