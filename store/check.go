package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// Findings is what is wrong with a store.
type Findings struct {
	Main     string // with the data that nothing else holds: what SQLite says
	Lists    string // rows that lack rows of other tables: the rule they break
	Counters bool   // counts that are shown are wrong
	Search   string // with the search index
	Words    bool   // the words table, which spellings are looked up in
	Begun    bool   // a rebuild of the search index was begun and has not ended
}

// Sound reports whether nothing is wrong.
func (f Findings) Sound() bool { return f == Findings{} }

// Sentences tell the reader what is wrong, or that nothing is.
func (f Findings) Sentences() (out []string) {
	add := func(wrong bool, format string, args ...any) {
		if wrong {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	add(f.Main != "", "The file is damaged: %s.", f.Main)
	add(f.Lists != "", "Some rows lack what belongs to them (%s).", f.Lists)
	add(f.Counters, "Counts that are shown do not count what is stored.")
	add(f.Search != "", "The search index is damaged: %s.", f.Search)
	add(f.Words, "The list of words that spellings are looked up in does not agree with the texts.")
	add(f.Begun, "The search index is not complete: making it again was begun and did not end.")
	if len(out) == 0 {
		out = []string{"Nothing is wrong: the file is sound, and lists, counters, search index and texts agree."}
	}
	return out
}

// Check looks at all that is stored, as of one moment, while others read and
// write. It reads the whole file and every text: about two minutes for a million
// articles.
func (s *Store) Check(ctx context.Context) (f Findings, err error) {
	c, err := s.connect(author)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.SetInterrupt(ctx)
	if err := c.Exec("BEGIN"); err != nil {
		return f, s.explain(ctx, err)
	}
	f, err = findings(ctx, c)
	var damaged *Damaged
	var index *IndexDamaged
	switch err = s.explain(ctx, err); {
	case errors.As(err, &damaged):
		f.Main, err = damaged.Err.Error(), nil
	case errors.As(err, &index):
		f.Search, err = index.Err.Error(), nil
	}
	return f, err
}

// findings stops at the first thing that makes the rest meaningless.
func findings(ctx context.Context, c *conn) (f Findings, err error) {
	wrong, err := integrity(ctx, c)
	if err != nil {
		return f, err
	}
	for table, text := range wrong {
		switch {
		case table == "words":
			f.Words = true
		case isSearchTable(table):
			f.Search = text
		default:
			f.Main = text
			return f, nil
		}
	}
	if f.Lists, err = brokenRule(c, listRules[:]); err != nil {
		return f, err
	}
	if err := countAgain(c); err != nil {
		return f, err
	}
	what, err := brokenRule(c, counterRules[:])
	f.Counters = what != ""
	if err != nil || f.Search != "" || f.Words || f.Lists != "" {
		return f, err
	}
	return compareWords(ctx, c, f)
}

// compareWords compares index and words table with the texts.
func compareWords(ctx context.Context, c *conn, f Findings) (Findings, error) {
	begun, err := numberSetting(c, keyRebuild)
	if err != nil {
		return f, err
	}
	f.Begun = begun > 0
	if f.Search, err = brokenRule(c, indexRules[:]); err != nil || f.Search != "" {
		return f, err
	}
	whole, err := branched(ctx, c)
	if err != nil {
		return f, err
	}
	if !whole {
		f.Search = "words cannot be reached"
		return f, nil
	}
	x, err := wordSums(ctx, c)
	if err != nil {
		return f, err
	}
	if x.index != x.texts {
		f.Search = "it does not hold the words of the texts"
	}
	f.Words = x.counted != x.table
	return f, nil
}

// branched reports whether every leaf of the search index that has a word is led
// to. FTS5 does not miss what is not there.
func branched(ctx context.Context, c *conn) (bool, error) {
	st, err := readStructure(c)
	if err != nil {
		return false, err
	}
	for _, l := range st.levels {
		for _, g := range l.segments {
			leaves := int64(0)
			err := c.each("SELECT block FROM search_data WHERE id >= ? AND id <= ?", []any{leafRow(g.id, g.first), leafRow(g.id, g.last)}, func(s *sqlite3.Stmt) error {
				if b := s.ColumnRawBlob(0); len(b) > leafHeader && int(binary.BigEndian.Uint16(b[2:])) < len(b) {
					leaves++
				}
				return ctx.Err()
			})
			if err != nil {
				return false, err
			}
			led, _, err := c.number("SELECT count(*) FROM search_idx WHERE segid = ?", int64(g.id))
			if err != nil || led != leaves {
				return false, err
			}
		}
	}
	return true, nil
}

func isSearchTable(name string) bool {
	return name == "search" || strings.HasPrefix(name, "search_")
}

// integrity returns what SQLite finds wrong with tables, by their names; what is
// wrong with no table has the name "".
func integrity(ctx context.Context, c *conn) (map[string]string, error) {
	wrong := map[string]string{}
	ask := func(name, pragma string) error {
		text, _, err := c.text(pragma)
		switch {
		case errors.Is(err, sqlite3.INTERRUPT), errors.Is(err, sqlite3.BUSY):
			return err
		case err != nil: // damage, or a search index that cannot even be opened
			wrong[name] = err.Error()
		case text != "ok":
			wrong[name] = plain(text)
		}
		return ctx.Err()
	}
	var tables []string
	err := c.each("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid", nil, func(s *sqlite3.Stmt) error {
		tables = append(tables, s.ColumnText(0))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := ask("", "PRAGMA integrity_check(1)"); err != nil || wrong[""] == "" {
		return wrong, err
	}
	whole := wrong[""]
	delete(wrong, "")
	for _, t := range tables {
		if err := ask(t, fmt.Sprintf("PRAGMA integrity_check('%s')", t)); err != nil {
			return nil, err
		}
	}
	if len(wrong) == 0 {
		wrong[""] = whole
	}
	return wrong, nil
}

// plain takes off the heading that SQLite gives what it found.
func plain(text string) string {
	return strings.TrimSpace(strings.TrimPrefix(text, "*** in database main ***"))
}
