package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/store/config"
)

// accessFlags are what can be set for asking one feed.
type accessFlags struct {
	headers         []string
	user            string
	password, token bool // the first line of standard input
	passwordCommand string
	tokenCommand    string
	maxSize, trust  string
	forget          bool
	inAddress       string // a password that stood in the feed's address
}

// look is the value of --trust without one: take the certificate that is there.
const look = "look"

func (f *accessFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.headers, "header", nil, "send this with each request, like 'X-Key: abc'; may be repeated")
	flags.StringVar(&f.user, "user", "", "the name that goes with a password")
	flags.BoolVar(&f.password, "password-stdin", false, "read the password from standard input")
	flags.BoolVar(&f.token, "token-stdin", false, "read a bearer token from standard input")
	flags.StringVar(&f.passwordCommand, "password-command", "", "a program and its arguments that print the password")
	flags.StringVar(&f.tokenCommand, "token-command", "", "a program and its arguments that print a bearer token")
	flags.StringVar(&f.maxSize, "max-size", "", "the most that an answer may hold, like 64MB; 0 for the usual")
	flags.StringVar(&f.trust, "trust", "", "trust the certificate with this SHA-256 only; without a value the one that the server shows now")
	flags.Lookup("trust").NoOptDefVal = look
}

// given tells whether any of them was.
func (f *accessFlags) given(cmd *cobra.Command) bool {
	return slices.ContainsFunc([]string{
		"header", "user", "password-stdin", "token-stdin", "password-command", "token-command", "max-size", "trust", "forget",
	}, func(name string) bool { return cmd.Flags().Changed(name) })
}

// check finds what cannot be before anything is changed.
func (f *accessFlags) check() error {
	secrets := 0
	for _, set := range []bool{f.password, f.token, f.passwordCommand != "", f.tokenCommand != ""} {
		if set {
			secrets++
		}
	}
	if secrets > 1 {
		return usage("only one of --password-stdin, --token-stdin, --password-command and --token-command can be given")
	}
	for _, h := range f.headers {
		if _, err := fetch.ParseField(h); err != nil && h != "" {
			return usage("--header: %w", err)
		}
	}
	for flag, command := range map[string]string{"--password-command": f.passwordCommand, "--token-command": f.tokenCommand} {
		if command == "" {
			continue
		}
		if _, err := words(command); err != nil {
			return usage("%s: %w", flag, err)
		}
	}
	if f.maxSize != "" {
		if size, err := config.ParseSize(f.maxSize); err != nil || size > 1<<30 {
			return usage("--max-size: write a size up to 1GB, like 64MB")
		}
	}
	if pin := strings.ToLower(f.trust); pin != "" && pin != look && (len(pin) != 64 || strings.Trim(pin, "0123456789abcdef") != "") {
		return usage("--trust: a certificate's SHA-256 has 64 hexadecimal digits")
	}
	return nil
}

// apply changes what is set for a feed. Secrets go to the keyring or its file
// first, and what they replace is forgotten last, so that nothing is lost between.
func (a *app) apply(ctx context.Context, s session, f *accessFlags, id feeds.FeedID, address string, private bool) error {
	before, err := s.Access(ctx, id)
	if err != nil {
		return err
	}
	secrets := s.secrets()
	access, k := before, kept{}
	if f.forget {
		access = feeds.Access{}
	} else if access.Key != "" && access.For(address) {
		if k, err = readKept(secrets, access.Key); err != nil && !errors.Is(err, config.ErrNoSecret) {
			return err
		}
	}
	if err := f.change(a.stdin, &access, &k); err != nil {
		return err
	}
	if access.Pin == look {
		if access.Pin, err = s.certificate(ctx, address, private); err != nil {
			return err
		}
		a.say("Its certificate is %s; from now on it alone is trusted for this feed.", access.Pin)
	}
	return s.keep(ctx, id, address, before.Key, access, k)
}

// keep stores what is set for a feed, and what is secret of it elsewhere. old is
// the key of what it replaces.
func (s session) keep(ctx context.Context, id feeds.FeedID, address, old string, access feeds.Access, k kept) error {
	secrets := s.secrets()
	access.Key, access.Host = "", feeds.Origin(address)
	if k.Password != "" || k.Token != "" || len(k.Headers) > 0 {
		text, err := json.Marshal(k)
		if err != nil {
			return err
		}
		if access.Key, err = secrets.Put(string(text)); err != nil {
			return err
		}
	}
	if err := s.SetAccess(ctx, id, access); err != nil {
		return err
	}
	if old != "" {
		return secrets.Delete(old)
	}
	return nil
}

// change puts the flags into what is set and what is kept.
func (f *accessFlags) change(stdin io.Reader, access *feeds.Access, k *kept) error {
	if f.headers != nil {
		k.Headers, access.Headers = nil, nil
		for _, h := range f.headers {
			if h == "" { // takes the earlier ones back
				continue
			}
			field, err := fetch.ParseField(h)
			if err != nil {
				return usage("--header: %w", err)
			}
			k.Headers = append(k.Headers, h)
			access.Headers = append(access.Headers, field.Name)
		}
	}
	if f.user != "" {
		access.User = f.user
	}
	if f.trust != "" {
		access.Pin = strings.ToLower(f.trust)
	}
	if f.maxSize != "" {
		size, err := config.ParseSize(f.maxSize)
		if err != nil {
			return usage("--max-size: %w", err)
		}
		access.MaxBytes = int64(size)
	}
	return f.changeSecret(stdin, access, k)
}

func (f *accessFlags) changeSecret(stdin io.Reader, access *feeds.Access, k *kept) (err error) {
	command, bearer := f.passwordCommand, f.tokenCommand != ""
	if bearer {
		command = f.tokenCommand
	}
	if command != "" {
		k.Password, k.Token, access.Bearer = "", "", bearer
		access.Command, err = words(command)
		return err
	}
	if !f.password && !f.token {
		if f.inAddress != "" {
			k.Password, k.Token, access.Command, access.Bearer = f.inAddress, "", nil, false
		}
		return nil
	}
	line, err := bufio.NewReader(io.LimitReader(stdin, secretSize)).ReadString('\n')
	if err != nil && err != io.EOF {
		return err
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return usage("standard input is empty; pipe the secret into it, like: pass show site | sitrep feeds set 12 --password-stdin")
	}
	k.Password, k.Token, access.Command, access.Bearer = line, "", nil, false
	if f.token {
		k.Password, k.Token = "", line
	}
	return nil
}

// certificate asks a server for its certificate and nothing else: the request is
// given up before it is sent.
func (s session) certificate(ctx context.Context, address string, private bool) (string, error) {
	if s.settings.Offline {
		return "", errors.New("the certificate cannot be looked at: --offline, or offline in the settings, forbids it")
	}
	if !strings.HasPrefix(address, "https:") {
		return "", usage("%s is not asked over https, so it has no certificate", feeds.WithoutLogin(address))
	}
	client := s.client()
	defer client.Close()
	res, err := client.Get(ctx, fetch.Request{URL: feeds.WithoutLogin(address), AllowPrivate: private, Pin: look})
	if err == nil {
		res.Release()
		return "", errors.New("the server showed no certificate")
	}
	var e *fetch.Error
	switch {
	case !errors.As(err, &e):
		return "", err
	case e.Certificate == "":
		return "", errors.New(e.Sentence())
	}
	return e.Certificate, nil
}

// typedFeed is an address to subscribe.
type typedFeed struct {
	address string
	set     bool // something is set for it
}

// typed checks the flags and the address of a feed to add. A name and password in
// the address are taken out of it: addresses stand in the store and in lists.
func (f *accessFlags) typed(cmd *cobra.Command, arg string) (typedFeed, error) {
	t := typedFeed{address: arg}
	address, err := feedAddress(arg)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return t, err
	}
	if f.given(cmd) {
		t.address, t.set = address, true
	}
	if u, err := url.Parse(address); err == nil && u.User != nil {
		if f.user == "" {
			f.user = u.User.Username()
		}
		f.inAddress, _ = u.User.Password()
		t.address, t.set = feeds.WithoutLogin(address), true
	}
	return t, nil
}
