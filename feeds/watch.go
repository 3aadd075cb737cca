package feeds

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// WatchID numbers watches. It is never given to another one while articles are
// still listed under it.
type WatchID int64

// Watch is a saved query that stands in the briefings pane with what it has
// found. It is quiet: it counts.
type Watch struct {
	ID    WatchID
	Name  string
	Query string    // of articles only, as query.ParseStanding takes it
	Made  time.Time // when the reader made it
}

// MaxWatchName is the length of a watch's name, in characters.
const MaxWatchName = 60

// WatchName brings what was typed as the name of a watch into its form: one
// line, single spaces. The error says what is wrong with it, in words for people.
func WatchName(typed string) (string, error) {
	words := strings.FieldsFunc(strings.ToValidUTF8(typed, ""), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	name := strings.Join(words, " ")
	if name == "" {
		return "", errors.New("a watch needs a name")
	}
	if n := utf8.RuneCountInString(name); n > MaxWatchName {
		return "", fmt.Errorf("the name of a watch has at most %d characters, this one has %d", MaxWatchName, n)
	}
	return name, nil
}
