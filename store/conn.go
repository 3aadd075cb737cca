package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// background never ends: what runs under it is not interrupted.
var background = context.Background()

const (
	cacheKiB    = 4096 // of pages, per connection
	busyTimeout = 10 * time.Second
	maxStmts    = 128 // prepared statements kept per connection
)

// conn is one connection with its prepared statements. It is used by one
// goroutine at a time.
type conn struct {
	*sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
	exprs []query.Expr // that functions called from SQL are given by number

	groups  func() (*spelling.Groups, error) // of the catalogue, for expand
	guesses *guesses
}

// role is what a connection is for.
type role bool

const (
	reader role = false
	author role = true
)

// connect opens the database file, with its key if it is encrypted. The busy
// timeout comes before anything that can meet a lock.
func connect(path string, k *Key, flags sqlite3.OpenFlag, r role) (*conn, error) {
	return connectThrough(k.through(), path, flags, r)
}

// connectThrough is connect by way of a named file system of SQLite's (its VFS),
// "" for the usual one.
func connectThrough(vfs, path string, flags sqlite3.OpenFlag, r role) (*conn, error) {
	raw, err := sqlite3.OpenFlags(address(vfs, path), flags|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: raw, stmts: map[string]*sqlite3.Stmt{}}
	if err := c.setUp(r); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// address names the file with modeof, which gives the journals the mode of the
// main file. A file system that encrypts knows its key, and wants to be told to use
// it by an empty one.
func address(vfs, path string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/...
	}
	query := url.Values{"modeof": {path}}
	if vfs != "" {
		query.Set("vfs", vfs)
	}
	if isSealed(vfs) {
		query.Set("hexkey", "")
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: p, RawQuery: query.Encode()}
	return u.String()
}

// setUp takes the file for hostile: it may be a restored copy of anything, so
// that nothing in it may run. Only the writer may write the tables that are
// FTS5's own, see segment.go.
func (c *conn) setUp(r role) error {
	if err := c.BusyTimeout(busyTimeout); err != nil {
		return err
	}
	if err := fts5.Register(c.Conn); err != nil {
		return err
	}
	if err := c.register(); err != nil {
		return err
	}
	for op, on := range map[sqlite3.DBConfig]bool{
		sqlite3.DBCONFIG_DEFENSIVE:      r == reader,
		sqlite3.DBCONFIG_TRUSTED_SCHEMA: false,
		sqlite3.DBCONFIG_ENABLE_TRIGGER: false,
		sqlite3.DBCONFIG_ENABLE_VIEW:    false,
	} {
		if _, err := c.Config(op, on); err != nil {
			return err
		}
	}
	c.Limit(sqlite3.LIMIT_LENGTH, maxValue)
	return c.Exec(fmt.Sprintf(`PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
		PRAGMA cache_size = -%d; PRAGMA synchronous = NORMAL`, cacheKiB))
}

// maxValue is the longest text, blob or row, in bytes: above any that is stored,
// and below what a damaged file can claim.
const maxValue = 256 << 20

// lackOfMemory turns the panic that the driver makes of it into an error: a
// damaged file can ask for any amount.
func lackOfMemory(err *error) {
	switch p := recover().(type) {
	case nil:
	case error:
		if p.Error() != sqlite3.NOMEM.Error() {
			panic(p)
		}
		*err = sqlite3.NOMEM
	default:
		panic(p)
	}
}

// closeStmt is for statements that may have ended in an error, which they report
// again.
func closeStmt(s *sqlite3.Stmt) (err error) {
	defer lackOfMemory(&err)
	return s.Close()
}

// Close closes the statements and the connection.
func (c *conn) Close() error {
	if c == nil {
		return nil
	}
	for _, s := range c.stmts {
		_ = closeStmt(s)
	}
	clear(c.stmts)
	return c.Conn.Close()
}

// prepare returns the statement of the text, from earlier use when possible.
func (c *conn) prepare(sql string) (*sqlite3.Stmt, error) {
	if s := c.stmts[sql]; s != nil {
		return s, nil
	}
	if len(c.stmts) >= maxStmts {
		c.forget()
	}
	s, _, err := c.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, err
	}
	c.stmts[sql] = s
	return s, nil
}

// forget closes the statements that are not in use.
func (c *conn) forget() {
	for sql, s := range c.stmts {
		if !s.Busy() {
			_ = closeStmt(s)
			delete(c.stmts, sql)
		}
	}
}

// exec runs one statement that returns no rows.
func (c *conn) exec(sql string, args ...any) (err error) {
	defer lackOfMemory(&err)
	s, err := c.prepare(sql)
	if err != nil {
		return err
	}
	if err := bind(s, args); err != nil {
		return err
	}
	return s.Exec()
}

// each calls row for every row of the result; errStop from it ends the walk.
func (c *conn) each(sql string, args []any, row func(s *sqlite3.Stmt) error) (err error) {
	defer lackOfMemory(&err)
	s, err := c.prepare(sql)
	if err != nil {
		return err
	}
	if s.Busy() { // used again inside its own walk
		if s, _, err = c.Prepare(sql); err != nil {
			return err
		}
		defer func() { _ = closeStmt(s) }()
	}
	if err := bind(s, args); err != nil {
		return err
	}
	for s.Step() {
		if err := row(s); err != nil {
			s.Reset()
			if errors.Is(err, errStop) {
				return nil
			}
			return err
		}
	}
	if err := s.Err(); err != nil {
		s.Reset()
		return err
	}
	return s.Reset()
}

// errStop ends a walk without being an error.
var errStop = errors.New("stop")

// number returns the integer in the first column of the first row, 0 and false
// when there is none.
func (c *conn) number(sql string, args ...any) (n int64, ok bool, err error) {
	err = c.each(sql, args, func(s *sqlite3.Stmt) error {
		n, ok = s.ColumnInt64(0), true
		return errStop
	})
	return n, ok, err
}

// text is number for a text column.
func (c *conn) text(sql string, args ...any) (t string, ok bool, err error) {
	err = c.each(sql, args, func(s *sqlite3.Stmt) error {
		t, ok = s.ColumnText(0), true
		return errStop
	})
	return t, ok, err
}

func bind(s *sqlite3.Stmt, args []any) error {
	for i, a := range args {
		if err := bindOne(s, i+1, a); err != nil {
			return fmt.Errorf("bind argument %d: %w", i+1, err)
		}
	}
	return nil
}

func bindOne(s *sqlite3.Stmt, i int, a any) error {
	switch v := a.(type) {
	case int64:
		return s.BindInt64(i, v)
	case int:
		return s.BindInt(i, v)
	case bool:
		return s.BindBool(i, v)
	case string:
		return s.BindText(i, v)
	case feeds.ArticleID:
		return s.BindInt64(i, int64(v))
	case feeds.StoryID:
		return s.BindInt64(i, int64(v))
	case feeds.WatchID:
		return s.BindInt64(i, int64(v))
	case feeds.FeedID:
		return s.BindInt64(i, int64(v))
	case time.Time:
		return s.BindInt64(i, unix(v))
	case time.Duration:
		return s.BindInt64(i, int64(v/time.Second))
	case rawText:
		return s.BindRawText(i, v)
	case []byte:
		return s.BindBlob(i, v)
	}
	return fmt.Errorf("no binding for %T", a)
}

// rawText is text in bytes.
type rawText []byte

// unix returns UTC seconds, 0 for the zero time.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// fromUnix is the inverse of unix.
func fromUnix(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// inTransaction runs f between BEGIN IMMEDIATE and COMMIT and takes everything
// back when f fails or panics.
func inTransaction(c *conn, f func() error) (err error) {
	if err := c.Exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	c.SetInterrupt(background) // from here on it ends as a whole
	done := false
	defer func() {
		if !done && !c.GetAutocommit() {
			c.Exec("ROLLBACK") // the first error is the one to tell
		}
	}()
	if err := f(); err != nil {
		return err
	}
	if err := c.Exec("COMMIT"); err != nil {
		return err
	}
	done = true
	return nil
}
