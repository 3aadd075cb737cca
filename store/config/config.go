// Package config knows the reader's settings file, the places where sitrep keeps
// things, and the user's own briefing files. It reads strictly: whatever it does
// not understand is an error with file, line and column. It never writes but in
// Init, which never overwrites, and it knows nothing of the store's content.
package config

import (
	"time"
)

// Settings are what the settings file can say. The zero value is not useful:
// start from Defaults.
type Settings struct {
	RefreshOnStart bool     `toml:"refresh_on_start"` // fetch what is due when the reader opens
	RefreshEvery   Duration `toml:"refresh_every"`    // between looks at what is due while the reader is open, 0 for never
	Offline        bool     `toml:"offline"`          // never touch the network
	ByteBudget     Size     `toml:"byte_budget"`      // of bodies in one refresh, 0 for no limit
	Concurrency    int      `toml:"concurrency"`      // requests at the same time
	Timeout        Duration `toml:"timeout"`          // of one request with redirects and body
	Contact        string   `toml:"contact"`          // address in the User-Agent header, "" for none
	Proxy          string   `toml:"proxy"`            // address, "none", or "" for the environment
	Bidi           Bidi     `toml:"bidi"`             // who orders right-to-left text
	Theme          Theme    `toml:"theme"`
	ASCII          bool     `toml:"ascii"`      // no characters beyond ASCII in marks and borders
	Measure        int      `toml:"measure"`    // widest line of an article, in cells
	Hyperlinks     When     `toml:"hyperlinks"` // tell the terminal where links lead (OSC 8)
	Mouse          bool     `toml:"mouse"`
	SaveDir        string   `toml:"save_dir"`    // where articles are saved, "" for the documents folder
	PipeFormat     Format   `toml:"pipe_format"` // what a program is given that an article is piped to
	KeyCommand     []string `toml:"key_command"` // program and arguments that print the pass phrase of an encrypted store
	LockAfter      Duration `toml:"lock_after"`  // without a key, the reader locks an encrypted store; 0 for never
	Keys           Keys     `toml:"keys"`        // action -> keys that take the place of its own
}

// Bidi says who brings right-to-left text into visual order.
type Bidi string

// The values of Bidi.
const (
	BidiAuto     Bidi = "auto"     // sitrep, unless the terminal is known to do it
	BidiApp      Bidi = "app"      // sitrep
	BidiTerminal Bidi = "terminal" // the terminal
	BidiOff      Bidi = "off"      // nobody: logical order
)

// Theme names the colours.
type Theme string

// The values of Theme.
const (
	ThemeAuto  Theme = "auto" // the terminal's own colours
	ThemeDark  Theme = "dark"
	ThemeLight Theme = "light"
	ThemeNone  Theme = "none" // no colour at all, as NO_COLOR does
)

// Format names a way to print an article.
type Format string

// The values of Format.
const (
	FormatText     Format = "text"
	FormatMarkdown Format = "md"
	FormatJSON     Format = "json"
)

// When says when something is done that not every terminal takes.
type When string

// The values of When.
const (
	WhenAuto When = "auto" // unless the terminal is known not to take it
	WhenOn   When = "on"
	WhenOff  When = "off"
)

// Keys maps an action to the keys that the user wants for it.
type Keys map[string]KeyList

// KeyList is one or more key names: a string or a list of strings in the file.
type KeyList []string

// Defaults returns the settings of a missing or empty file.
func Defaults() Settings {
	return Settings{
		RefreshOnStart: true,
		RefreshEvery:   Duration(15 * time.Minute),
		ByteBudget:     250_000_000,
		Concurrency:    32,
		Timeout:        Duration(30 * time.Second),
		Bidi:           BidiAuto,
		Theme:          ThemeAuto,
		Measure:        72,
		Hyperlinks:     WhenAuto,
		Mouse:          true,
		PipeFormat:     FormatText,
		KeyCommand:     []string{},
	}
}
