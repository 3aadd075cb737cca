package config

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed sample.toml
var sample []byte

// Init writes the commented settings file of the defaults. It fails with
// fs.ErrExist rather than touch a file that is there.
func Init(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("make directory of settings: %w", err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	if _, err := f.Write(sample); err != nil {
		f.Close()
		return fmt.Errorf("write settings: %w", err)
	}
	return f.Close()
}

// WriteTo prints the settings as a file that gives them back when it is loaded.
func (s Settings) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, line := range []struct{ key, value string }{
		{"refresh_on_start", strconv.FormatBool(s.RefreshOnStart)},
		{"refresh_every", quote(s.RefreshEvery.String())},
		{"offline", strconv.FormatBool(s.Offline)},
		{"byte_budget", quote(s.ByteBudget.String())},
		{"concurrency", strconv.Itoa(s.Concurrency)},
		{"timeout", quote(s.Timeout.String())},
		{"contact", quote(s.Contact)},
		{"proxy", quote(s.Proxy)},
		{"bidi", quote(string(s.Bidi))},
		{"theme", quote(string(s.Theme))},
		{"ascii", strconv.FormatBool(s.ASCII)},
		{"measure", strconv.Itoa(s.Measure)},
		{"hyperlinks", quote(string(s.Hyperlinks))},
		{"mouse", strconv.FormatBool(s.Mouse)},
		{"save_dir", quote(s.SaveDir)},
		{"pipe_format", quote(string(s.PipeFormat))},
		{"key_command", quoteAll(s.KeyCommand)},
		{"lock_after", quote(s.LockAfter.String())},
	} {
		fmt.Fprintf(&b, "%s = %s\n", line.key, line.value)
	}
	if len(s.Keys) > 0 {
		b.WriteString("\n[keys]\n")
	}
	for _, action := range sortedNames(s.Keys) {
		fmt.Fprintf(&b, "%s = %s\n", quote(action), quoteAll(s.Keys[action]))
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// quoteAll writes a list of strings.
func quoteAll(all []string) string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// quote writes a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r >= 0x7F && r < 0xA0:
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}
