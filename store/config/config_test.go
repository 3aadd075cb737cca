package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sitrep/store/config"
)

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestMissingFileGivesDefaultsAndMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "absent")
	got, err := config.Load(filepath.Join(dir, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(config.Defaults(), got); diff != "" {
		t.Error(diff)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("loading made %s: %v", dir, err)
	}
}

func TestLoad(t *testing.T) {
	got, err := config.Load(write(t, "\ufeff"+`
refresh_on_start = false
refresh_every = "1h"
offline = true
byte_budget = 0
concurrency = 4
timeout = "1m30s"
contact = "desk@example.org"
proxy = "socks5h://127.0.0.1:9050"
bidi = "terminal"
theme = "none"
ascii = true
measure = 60
hyperlinks = "off"
mouse = false
save_dir = "~/news"
pipe_format = "json"
key_command = ["pass", "show", "sitrep"]
lock_after = "5m"
[keys]
next = "x"
previous = ["ctrl+p", "ح"]
`), "next", "previous")
	if err != nil {
		t.Fatal(err)
	}
	want := config.Settings{
		RefreshEvery: config.Duration(time.Hour), Offline: true, Concurrency: 4, Timeout: config.Duration(90 * time.Second),
		Contact: "desk@example.org", Proxy: "socks5h://127.0.0.1:9050", Bidi: config.BidiTerminal, Theme: config.ThemeNone, ASCII: true, Measure: 60, Hyperlinks: config.WhenOff,
		SaveDir: "~/news", PipeFormat: config.FormatJSON,
		KeyCommand: []string{"pass", "show", "sitrep"}, LockAfter: config.Duration(5 * time.Minute),
		Keys: config.Keys{"next": {"x"}, "previous": {"ctrl+p", "ح"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFaultsNameLineAndColumn(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "offline = true\nthem = \"dark\"\n", `:2:1: unknown setting "them"; did you mean "theme"?`},
		{"unknown table", "[colours]\nred = 1\n", `:1:2: unknown setting "colours"; known are refresh_on_start, `},
		{"no near key", "zzz = 1\n", `:1:1: unknown setting "zzz"; known are `},
		{"syntax", "offline = true\ntheme = \"dark\n", `:2:`},
		{"missing value", "a = \n", `:1:`},
		{"twice", "offline = true\noffline = false\n", `:2:`},
		{"wrong type", "mouse = \"yes\"\n", `:1:9: true or false belongs here, not a text`},
		{"no number", "concurrency = \"x\"\n", `:1:15: a whole number belongs here, not a text`},
		{"a fraction", "measure = 1.5\n", `:1:11: a whole number belongs here, not a fraction`},
		{"a list", "\ntimeout = [1]\n", `:2:11: a time like "30s" belongs here, not a list`},
		{"no text", "contact = 2026-01-01\n", `:1:11: a text in quotes belongs here, not a local date`},
		{"no table", "keys = \"j\"\n", `:1:8: a table with lines like next = "j" belongs here, not a text`},
		{"true for a duration", "offline = true\ntimeout = true\n", `:2:1: "true" is no duration`},
		{"a fraction for a size", "byte_budget = 1.5\n", `:1:1: "1.5" is no size`},
		{"size without a unit", "byte_budget = 20\n", `:1:1: a limit of 20B is less than one feed`},
		{"wrong word", "\nbidi = \"maybe\"\n", `:2:1: "maybe" is not one of "auto", "app", "terminal", "off"`},
		{"size", "byte_budget = \"20 apples\"\n", `:1:15: "20 apples" is no size: write "20MB"`},
		{"negative size", "byte_budget = -1\n", `:1:1: a size cannot be negative`},
		{"duration", "timeout = \"soon\"\n", `:1:11: "soon" is no duration`},
		{"duration as a number", "timeout = 30\n", `:1:1: a timeout needs its unit`},
		{"range", "# a comment\n concurrency = 0\n", `:2:2: 0 requests`},
		{"too often", "refresh_every = \"5s\"\n", `:1:1: every 5s is out of range`},
		{"hyperlinks", "hyperlinks = \"yes\"\n", `:1:1: "yes" is not one of "auto", "on", "off"`},
		{"measure", "measure = 4000\n", `:1:1: a measure of 4000 cells is out of range`},
		{"a folder that is not whole", "save_dir = \"news\"\n", `:1:1: a folder is written whole`},
		{"a format", "pipe_format = \"pdf\"\n", `:1:1: "pdf" is not one of "text", "md", "json"`},
		{"no program", "key_command = [\"\"]\n", `:1:1: a command is a list of its program and arguments`},
		{"a lock at once", "lock_after = \"1s\"\n", `:1:1: a lock after 1s is out of range`},
		{"proxy", "proxy = \"ftp://p:1\"\n", `:1:1: a proxy's address begins with`},
		{"proxy without scheme", "proxy = \"p:3128\"\n", `:1:1: a proxy is an address like`},
		{"proxy with a path", "proxy = \"http://p/x\"\n", `:1:1: a proxy is an address like`},
		{"proxy with a password", "proxy = \"http://me:pw@p:3128\"\n", `:1:1: a password does not belong here`},
		{"contact", "contact = \"a\\r\\nHost: b\"\n", `:1:1: a contact is`},
		{"action", "[keys]\nnxt = \"j\"\n", `:2:1: no action is called "nxt"; did you mean "next"?`},
		{"key twice", "[keys]\nnext = \"j\"\nprevious = [\"k\", \"j\"]\n", `:3:1: key "j" is bound to "next" already`},
		{"empty key", "keys.next = [\"\"]\n", `:1:1: a key name is empty`},
		{"column in characters", "mouse = true\n\"ججج\".x = 1\n\"ججج\" =  = 1\n", `:3:10: `},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := write(t, c.text)
			_, err := config.Load(file, "next", "previous")
			var fault *config.Error
			if !errors.As(err, &fault) {
				t.Fatalf("error %v, want a *config.Error", err)
			}
			if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), file) {
				t.Errorf("got  %v\nwant …%s…", err, c.want)
			}
			if left, err := os.ReadFile(file); err != nil || string(left) != c.text {
				t.Errorf("the file was changed: %q, %v", left, err)
			}
		})
	}
}

func TestUnreadableFiles(t *testing.T) {
	if _, err := config.Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("a directory: %v", err)
	}
	big := write(t, strings.Repeat("# comment\n", 200_000))
	if _, err := config.Load(big); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("a large file: %v", err)
	}
}

// Taking all comment signs away from the sample gives the defaults, so that the
// file which explains them cannot drift.
func TestSampleShowsDefaults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "config.toml")
	if err := config.Init(file); err != nil {
		t.Fatal(err)
	}
	if err := config.Init(file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second Init: %v, want fs.ErrExist", err)
	}
	if info, _ := os.Stat(file); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	setting := regexp.MustCompile(`(?m)^#([a-z_]+ = )`)
	body, _, _ := strings.Cut(string(text), "[keys]")
	if n := len(setting.FindAllString(body, -1)); n != 18 {
		t.Errorf("the sample shows %d settings, want all 18", n)
	}
	got, err := config.Load(write(t, setting.ReplaceAllString(body, "$1")))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(config.Defaults(), got); diff != "" {
		t.Error(diff)
	}
}

func TestWriteToLoadsAgain(t *testing.T) {
	for name, s := range map[string]config.Settings{
		"defaults": config.Defaults(),
		"all changed": {
			RefreshEvery: config.Duration(time.Hour), ByteBudget: 1536 << 10, Concurrency: 1, Timeout: config.Duration(time.Second), Contact: `a "b" \c`, Proxy: "none",
			Bidi: config.BidiOff, Theme: config.ThemeLight, Measure: 20, Hyperlinks: config.WhenOn, SaveDir: "/a \"b\"", PipeFormat: config.FormatMarkdown,
			KeyCommand: []string{"pass", `show "it"`}, LockAfter: config.Duration(5 * time.Minute),
			Keys: config.Keys{"next": {"\\", "\"", "ل"}, "previous": {}},
		},
	} {
		var b strings.Builder
		if _, err := s.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		got, err := config.Load(write(t, b.String()))
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, b.String())
		}
		if diff := cmp.Diff(s, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSaved(t *testing.T) {
	p := config.Paths{Home: "/home/x", Documents: "/home/x/Dokumente"}
	for dir, want := range map[string]string{"": "/home/x/Dokumente", "~/news": "/home/x/news", "/srv/news": "/srv/news"} {
		if got := p.Saved(config.Settings{SaveDir: dir}); got != want {
			t.Errorf("save_dir %q is %s, want %s", dir, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	for text, want := range map[string]config.Size{
		"0": 0, "20MB": 20e6, "20 mb": 20e6, "1GiB": 1 << 30, "512KiB": 512 << 10, "7B": 7,
	} {
		got, err := config.ParseSize(text)
		if err != nil || got != want {
			t.Errorf("ParseSize(%q) = %d, %v; want %d", text, got, err, want)
		}
		if again, err := config.ParseSize(got.String()); err != nil || again != want {
			t.Errorf("ParseSize(%q) = %d, %v; want %d", got, again, err, want)
		}
	}
	for _, text := range []string{"", "MB", "20", "-1MB", "1.5MB", "9999999999GB", "1TBx"} {
		if got, err := config.ParseSize(text); err == nil {
			t.Errorf("ParseSize(%q) = %d, want an error", text, got)
		}
	}
}

func TestLocate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("windows has no HOME")
	}
	t.Setenv("HOME", "/home/x")
	t.Setenv("XDG_CONFIG_HOME", "/c")
	t.Setenv("XDG_DATA_HOME", "/d")
	t.Setenv("XDG_STATE_HOME", "/s")
	got, err := config.Locate()
	if err != nil {
		t.Fatal(err)
	}
	want := config.Paths{Settings: "/c/sitrep/config.toml", Briefings: "/c/sitrep/briefings", Store: "/d/sitrep", Log: "/s/sitrep/sitrep.log", Home: "/home/x", Documents: "/home/x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	t.Setenv("HOME", "")
	if _, err := config.Locate(); err != nil {
		t.Errorf("no HOME, but all of XDG: %v", err)
	}
	t.Setenv("XDG_DATA_HOME", "relative")
	if got, err := config.Locate(); err == nil {
		t.Errorf("no HOME gives %+v, want an error", got)
	}
}

func TestNearest(t *testing.T) {
	commands := []string{"search", "show", "man", "refresh", "count"}
	for word, want := range map[string]string{
		"serach": "search", "shwo": "show", "refrsh": "refresh", "cuont": "count", "mna": "man",
		"war": "", "iran": "", "": "", "kadhimi": "",
	} {
		if got := config.Nearest(word, commands, 2); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{"", "a=1", "[keys]\nx = ['y']", "timeout = 3", "theme='x'", "a.b.c = {d=[[1]]}", "[[keys]]"} {
		f.Add(s)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(dir, "fuzz.toml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := config.Load(file, "next")
		var fault *config.Error
		if err != nil && !errors.As(err, &fault) {
			t.Errorf("%q: error is a %T", text, err)
		}
	})
}
