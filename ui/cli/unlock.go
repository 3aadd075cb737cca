package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/refresh"
	"sitrep/store/config"
)

// kept is what is kept as one secret of a feed.
type kept struct {
	Password string   `json:"password,omitempty"`
	Token    string   `json:"token,omitempty"`
	Headers  []string `json:"headers,omitempty"` // Name: value
}

// unlocker reads the secrets of feeds during one run. A command that several
// feeds name runs once.
type unlocker struct {
	secrets *config.Secrets

	mu       sync.Mutex
	commands map[string]*printed
}

// printed is what a command printed, or why nothing.
type printed struct {
	once   sync.Once
	secret string
	err    error
}

func newUnlocker(s *config.Secrets) *unlocker {
	return &unlocker{secrets: s, commands: map[string]*printed{}}
}

// unlock is a refresh.Unlock.
func (u *unlocker) unlock(ctx context.Context, a feeds.Access) (out refresh.Secrets, err error) {
	if a.Key != "" {
		k, err := readKept(u.secrets, a.Key)
		if err != nil {
			return out, err
		}
		out.Password, out.Token = k.Password, k.Token
		for _, line := range k.Headers {
			f, err := fetch.ParseField(line)
			if err != nil {
				return out, err
			}
			out.Header = append(out.Header, f)
		}
	}
	if len(a.Command) == 0 {
		return out, nil
	}
	secret, err := u.run(ctx, a.Command)
	if a.Bearer {
		out.Token = secret
	} else {
		out.Password = secret
	}
	return out, err
}

func readKept(secrets *config.Secrets, key string) (k kept, err error) {
	text, err := secrets.Get(key)
	if err != nil {
		return k, err
	}
	if json.Unmarshal([]byte(text), &k) != nil { // its own words might repeat a secret
		return k, config.ErrNoSecret
	}
	return k, nil
}

func (u *unlocker) run(ctx context.Context, argv []string) (string, error) {
	u.mu.Lock()
	name := strings.Join(argv, "\x00")
	p := u.commands[name]
	if p == nil {
		p = &printed{}
		u.commands[name] = p
	}
	u.mu.Unlock()
	p.once.Do(func() { p.secret, p.err = printSecret(ctx, argv) })
	return p.secret, p.err
}

// Bounds of a command that prints a secret.
const (
	secretTime = 30 * time.Second // it may have to ask for a passphrase
	secretSize = 64 << 10
)

// printSecret runs a program without a shell and returns the first line that it
// prints. Its messages are dropped, because they may hold the secret, and so are
// its arguments in errors.
func printSecret(ctx context.Context, argv []string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, secretTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	withChildren(cmd)
	cmd.WaitDelay = time.Second // for children that left the group and keep the pipe open
	out := &head{}
	cmd.Stdout = out
	err := cmd.Run()
	program := filepath.Base(argv[0])
	var exit *exec.ExitError
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		return "", fmt.Errorf("%s does not come to an end", program)
	case errors.As(err, &exit):
		return "", fmt.Errorf("%s failed (exit code %d)", program, exit.ExitCode())
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return "", fmt.Errorf("%s cannot be run", program)
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" {
		return "", fmt.Errorf("%s prints nothing", program)
	}
	return line, nil
}

// head keeps the beginning of what is written and passes over the rest.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	h.Buffer.Write(p[:min(len(p), secretSize-h.Len())])
	return len(p), nil
}

// words splits a command line into program and arguments: at spaces, which quotes
// and backslashes keep. Nothing is expanded, because no shell runs it.
func words(s string) ([]string, error) {
	var out []string
	var word strings.Builder
	var quote rune
	begun, escaped := false, false
	for _, r := range s {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			begun, escaped = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			begun, quote = true, r
		case r == ' ' || r == '\t' || r == '\n':
			if begun {
				out = append(out, word.String())
			}
			word.Reset()
			begun = false
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	if quote != 0 || escaped {
		return nil, errors.New("a quote is not closed")
	}
	if begun {
		out = append(out, word.String())
	}
	if len(out) == 0 {
		return nil, errors.New("it is empty")
	}
	return out, nil
}
