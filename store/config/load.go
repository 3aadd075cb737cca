package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// maxFile is the largest settings or briefing file that is read, in bytes.
const maxFile = 1 << 20

// Error is a fault in a file that the user wrote.
type Error struct {
	File   string
	Line   int // from 1, 0 when the fault has no place
	Column int // in characters from 1
	Msg    string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Load reads the settings file; a missing one gives the defaults. Every other
// failure is an *Error. With actions, binding a key to any other one is a
// fault.
func Load(file string, actions ...string) (Settings, error) {
	s := Defaults()
	data, err := read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	if err := decode(file, data, &s); err != nil {
		return s, err
	}
	if key, msg := s.fault(actions); msg != "" {
		return s, faultAt(file, data, msg, key...)
	}
	return s, nil
}

// read returns a whole file. A missing one is fs.ErrNotExist, all else an *Error.
func read(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err == nil && info.IsDir():
		return nil, &Error{File: file, Msg: "is a directory, not a file"}
	case err == nil && info.Size() > maxFile:
		return nil, &Error{File: file, Msg: "is larger than 1 MiB"}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &Error{File: file, Msg: "cannot be read: " + cause(err).Error()}
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// cause leaves out the path that the caller prints anyway.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// decode fills v, a pointer to a struct, strictly.
func decode(file string, data []byte, v any) error {
	err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(v)
	var unknown *toml.StrictMissingError
	var fault *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unknown):
		first := &unknown.Errors[0]
		line, column := first.Position()
		return newError(file, data, line, column, unknownKey(first.Key(), v))
	case errors.As(err, &fault):
		line, column := fault.Position()
		return newError(file, data, line, column, wording(fault.Error()))
	}
	return unplaced(file, data, v, wording(err.Error()))
}

// newError turns the byte column of the TOML reader into one of characters.
func newError(file string, data []byte, line, column int, msg string) *Error {
	lines := bytes.SplitN(data, []byte("\n"), line+1)
	if line >= 1 && line <= len(lines) && column >= 1 {
		text := lines[line-1]
		column = utf8.RuneCount(text[:min(column-1, len(text))]) + 1
	}
	return &Error{File: file, Line: line, Column: column, Msg: msg}
}

// unknownKey names the nearest key that v's struct does have.
func unknownKey(key toml.Key, v any) string {
	msg := fmt.Sprintf("unknown setting %q", strings.Join(key, "."))
	known := fields(reflect.TypeOf(v).Elem())
	if len(key) == 1 {
		if near := Nearest(key[0], known, 3); near != "" {
			return msg + fmt.Sprintf("; did you mean %q?", near)
		}
	}
	return msg + "; known are " + strings.Join(known, ", ")
}

// fields lists the keys of a struct in file order.
func fields(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("toml"); tag != "" && tag != "-" {
			names = append(names, tag)
		}
	}
	return names
}

// leastLock is how long somebody may at least read without touching a key.
const leastLock = Duration(10 * time.Second)

// leastBudget is what a refresh must at least be allowed to bring.
const leastBudget = 10_000

// fault returns the first setting that is out of range and what is wrong with it.
func (s *Settings) fault(actions []string) (key []string, msg string) {
	switch {
	case s.ByteBudget < 0:
		return []string{"byte_budget"}, "a size cannot be negative: write \"20MB\", or 0 for no limit"
	case s.ByteBudget > 0 && s.ByteBudget < leastBudget: // most likely a number without its unit
		return []string{"byte_budget"}, fmt.Sprintf("a limit of %v is less than one feed: write \"20MB\", or 0 for no limit", s.ByteBudget)
	case s.RefreshEvery != 0 && s.RefreshEvery < Duration(time.Minute) || s.RefreshEvery > Duration(24*time.Hour):
		return []string{"refresh_every"}, fmt.Sprintf("every %v is out of range: \"1m\" to \"24h\", or \"0s\" for never", s.RefreshEvery)
	case s.Concurrency < 1 || s.Concurrency > 256:
		return []string{"concurrency"}, fmt.Sprintf("%d requests at the same time is out of range: 1 to 256", s.Concurrency)
	case s.Timeout > 0 && s.Timeout < Duration(time.Millisecond): // a number alone is nanoseconds
		return []string{"timeout"}, "a timeout needs its unit, from \"1s\" to \"10m\""
	case s.Timeout < Duration(time.Second) || s.Timeout > Duration(10*time.Minute):
		return []string{"timeout"}, fmt.Sprintf("a timeout of %v is out of range: \"1s\" to \"10m\"", s.Timeout)
	case s.Measure < 20 || s.Measure > 400:
		return []string{"measure"}, fmt.Sprintf("a measure of %d cells is out of range: 20 to 400", s.Measure)
	case strings.ContainsFunc(s.Contact, func(r rune) bool { return r < ' ' || r > '~' }):
		return []string{"contact"}, "a contact is a mail or web address in plain ASCII"
	}
	if len(s.KeyCommand) > 0 && s.KeyCommand[0] == "" {
		return []string{"key_command"}, "a command is a list of its program and arguments, like [\"pass\", \"show\", \"sitrep\"]"
	}
	if s.LockAfter != 0 && (s.LockAfter < leastLock || s.LockAfter > Duration(24*time.Hour)) {
		return []string{"lock_after"}, fmt.Sprintf("a lock after %v is out of range: \"10s\" to \"24h\", or \"0s\" for never", s.LockAfter)
	}
	if msg := proxyFault(s.Proxy); msg != "" {
		return []string{"proxy"}, msg
	}
	if msg := notOneOf(s.Bidi, BidiAuto, BidiApp, BidiTerminal, BidiOff); msg != "" {
		return []string{"bidi"}, msg
	}
	if msg := notOneOf(s.Theme, ThemeAuto, ThemeDark, ThemeLight, ThemeNone); msg != "" {
		return []string{"theme"}, msg
	}
	if msg := notOneOf(s.PipeFormat, FormatText, FormatMarkdown, FormatJSON); msg != "" {
		return []string{"pipe_format"}, msg
	}
	if d := s.SaveDir; d != "" && !filepath.IsAbs(d) && !strings.HasPrefix(d, "~/") {
		return []string{"save_dir"}, "a folder is written whole, from / or ~/ on"
	}
	if msg := notOneOf(s.Hyperlinks, WhenAuto, WhenOn, WhenOff); msg != "" {
		return []string{"hyperlinks"}, msg
	}
	return s.Keys.fault(actions)
}

func (k Keys) fault(actions []string) (key []string, msg string) {
	used := map[string]string{}
	for _, action := range sortedNames(k) {
		at := []string{"keys", action}
		if len(actions) > 0 && !slices.Contains(actions, action) {
			msg := fmt.Sprintf("no action is called %q", action)
			if near := Nearest(action, actions, 3); near != "" {
				return at, msg + fmt.Sprintf("; did you mean %q?", near)
			}
			return at, msg + "; known are " + strings.Join(actions, ", ")
		}
		for _, key := range k[action] {
			if key == "" {
				return at, "a key name is empty; to unbind an action write []"
			}
			if other := used[key]; other != "" {
				return at, fmt.Sprintf("key %q is bound to %q already", key, other)
			}
			used[key] = action
		}
	}
	return nil, ""
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
