package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sitrep/feeds/safe"
	"sitrep/store/config"
	"sitrep/ui/text"
)

// JSON of ours gives back what went in and holds nothing that a terminal obeys.
func TestObjectIsSafeAndWhole(t *testing.T) {
	hostile := rapid.SampledFrom([]rune{0, 7, 27, 0x7F, 0x80, 0x9B, 0x9F, 0xA0, 0x2028, 0x202E, 0x2066, 0xE0001, 0xE007F, 'ا', '😀', '"', '\\', '<'})
	rapid.Check(t, func(t *rapid.T) {
		want := string(rapid.SliceOf(rapid.OneOf(hostile, rapid.Rune())).Draw(t, "text"))
		want = strings.ToValidUTF8(want, "")
		var b bytes.Buffer
		a := &app{out: bufio.NewWriter(&b)}
		if err := a.object(map[string]string{"s": want}); err != nil {
			t.Fatal(err)
		}
		a.out.Flush()
		printed := strings.TrimSuffix(b.String(), "\n")
		if strings.ContainsFunc(printed, func(r rune) bool { return r < ' ' || obeyed(r) }) {
			t.Errorf("%q holds what a terminal obeys", printed)
		}
		var got map[string]string
		if err := json.Unmarshal([]byte(printed), &got); err != nil || got["s"] != want {
			t.Errorf("%q came back as %q, %v", want, got["s"], err)
		}
	})
}

func TestLineKeepsItsColumns(t *testing.T) {
	var b bytes.Buffer
	a := &app{out: bufio.NewWriter(&b)}
	a.line("a\tb\nc", "\x1b[31mred", "")
	a.out.Flush()
	if got, want := b.String(), "a b c\t[31mred\t\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestBidiMode(t *testing.T) {
	for _, c := range []struct {
		set   config.Bidi
		env   string
		lines bool
		want  text.Mode
	}{
		{config.BidiAuto, "", false, text.App},
		{config.BidiAuto, "", true, text.App},
		{config.BidiAuto, "TERM_PROGRAM=Apple_Terminal", false, text.Terminal},
		{config.BidiAuto, "KONSOLE_VERSION=220400", true, text.Terminal},
		{config.BidiAuto, "VTE_VERSION=7600", false, text.App},
		{config.BidiAuto, "VTE_VERSION=7600", true, text.Terminal},
		{config.BidiAuto, "VTE_VERSION=5202", true, text.App},
		{config.BidiApp, "KONSOLE_VERSION=220400", true, text.App},
		{config.BidiOff, "", true, text.Off},
		{config.BidiTerminal, "", false, text.Terminal},
	} {
		name, value, _ := strings.Cut(c.env, "=")
		getenv := func(s string) string {
			if s == name {
				return value
			}
			return ""
		}
		if got := bidiMode(c.set, getenv, c.lines); got != c.want {
			t.Errorf("%s with %s, lines %t: %v, want %v", c.set, c.env, c.lines, got, c.want)
		}
	}
}

func TestKeepFlag(t *testing.T) {
	for line, want := range map[string]string{
		"":                         "|",
		"search x":                 "|search x",
		"--keep d":                 "d|",
		"--keep d count is:unread": "d|count is:unread",
		"--keep=d count":           "d|count",
		"search --keep d":          "|search --keep d",
	} {
		dir, rest, err := keepFlag(strings.Fields(line))
		if got := dir + "|" + strings.Join(rest, " "); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", line, got, err, want)
		}
	}
	for _, line := range []string{"--keep", "--keep= count"} {
		if _, _, err := keepFlag(strings.Fields(line)); exitCode(err) != exitUsage {
			t.Errorf("%q: %v, want wrong usage", line, err)
		}
	}
}

// Whoever closes the pipe has seen enough: no error, and no word.
func TestClosedPipe(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	var stderr bytes.Buffer
	if code := Main(context.Background(), []string{"version"}, nil, w, &stderr); code != exitDone || stderr.Len() > 0 {
		t.Errorf("exit code %d, said %q", code, stderr.String())
	}
}

// full is a disk that takes nothing more.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestOutputThatCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	if code := Main(context.Background(), []string{"version"}, nil, full{}, &stderr); code != exitFailed || stderr.Len() == 0 {
		t.Errorf("exit code %d, said %q", code, stderr.String())
	}
}

func TestErrorsAreSafe(t *testing.T) {
	var stderr bytes.Buffer
	Main(context.Background(), []string{"feeds", "add", "file:///\x1b]0;x\a\u009b2J"}, nil, io.Discard, &stderr)
	if got := strings.TrimSuffix(stderr.String(), "\n"); got != safe.New(got).String() || got == "" {
		t.Errorf("said %q", got)
	}
}

func TestStamp(t *testing.T) {
	if got := stamp(time.Time{}); got != "" {
		t.Errorf("an unknown time is %q", got)
	}
	baghdad := time.FixedZone("", 3*60*60)
	if got := stamp(time.Date(2026, 11, 1, 2, 30, 0, 0, baghdad)); got != "2026-10-31T23:30:00Z" {
		t.Errorf("stamp is %q", got)
	}
}
