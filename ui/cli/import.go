package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/opml"
	"sitrep/feeds/safe"
	"sitrep/feeds/spelling"
	"sitrep/store"
)

func importCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Subscribe the feeds of an OPML file or newsboat's urls file",
		Long: "Subscribe the feeds of an OPML file or of newsboat's urls file; - is standard input. Folders\n" +
			"and tags become briefings under Mine, feeds without one stand under All. A second import of\n" +
			"the same list adds nothing. It says what it took and what it left out, and fetches nothing.",
		Example: "sitrep import subscriptions.opml\nsitrep import ~/.newsboat/urls",
		GroupID: groupLists,
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			subs, err := a.readList(args[0])
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(s session) error { return a.take(cmd.Context(), s, subs, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as one JSON object")
	return cmd
}

// readList reads a file of subscriptions in whichever format it has.
func (a *app) readList(name string) (opml.List, error) {
	in := a.stdin
	if name == "-" {
		name = "standard input"
	} else {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return opml.List{}, fmt.Errorf("there is no file %s", name)
		}
		if err != nil {
			return opml.List{}, err
		}
		defer f.Close()
		in = f
	}
	r := bufio.NewReader(in)
	head, err := r.Peek(512)
	if err != nil && err != io.EOF {
		return opml.List{}, fmt.Errorf("read %s: %w", name, err)
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	var l opml.List
	switch {
	case bytes.HasPrefix(head, []byte("SQLite format 3")):
		return l, fmt.Errorf("%s is a database; OPML files and newsboat's urls file can be imported", name)
	case bytes.HasPrefix(head, []byte("<")), bytes.IndexByte(head, 0) >= 0: // zero bytes: UTF-16
		l, err = opml.Read(r)
	default:
		l, err = opml.ReadNewsboatURLs(r)
	}
	if errors.Is(err, opml.ErrNoOutline) {
		return l, fmt.Errorf("%s is no OPML file: %v", name, opml.ErrNoOutline)
	}
	return l, err
}

// taken is what an import did.
type taken struct {
	Feeds     int           `json:"feeds"`     // subscribed anew
	Known     int           `json:"known"`     // were subscribed before
	Briefings []string      `json:"briefings"` // made for folders
	Local     []string      `json:"local"`     // hosts on this machine or network, allowed because the list names them
	Skipped   []skippedFeed `json:"skipped"`
}

type skippedFeed struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

func (a *app) take(ctx context.Context, s session, l opml.List, asJSON bool) error {
	t := taken{Briefings: []string{}, Local: []string{}, Skipped: []skippedFeed{}}
	for _, x := range l.Skipped {
		t.Skipped = append(t.Skipped, skippedFeed(x))
	}
	f := folders{s: s, ids: map[string]string{}}
	for part := range slices.Chunk(l.Subscriptions, importStep) {
		if err := f.subscribe(ctx, part, &t); err != nil {
			return err
		}
	}
	if asJSON {
		if err := a.object(t); err != nil {
			return err
		}
	} else {
		a.tell(t)
	}
	if t.Feeds+t.Known == 0 {
		return errors.New("there is no feed in it that can be taken; OPML files and newsboat's urls file can be imported")
	}
	return nil
}

// importStep is how many feeds of a list are subscribed in one transaction: a
// list of many thousand is a matter of seconds, and an interrupted import has
// whole parts of it.
const importStep = 250

// subscribe subscribes a part of a list and adds what that did to t.
func (f *folders) subscribe(ctx context.Context, part []opml.Subscription, t *taken) error {
	all := make([]store.Addition, len(part))
	for i, sub := range part {
		ids, err := f.briefings(ctx, sub.Folders, t)
		if err != nil {
			return err
		}
		all[i] = store.Addition{Briefings: ids, Attributes: sub.Attributes,
			Feed: feeds.Feed{URL: feeds.WithoutLogin(sub.URL), Title: sub.Title, Site: sub.Site, Lang: sub.Lang}}
	}
	added, err := f.s.AddFeeds(ctx, all)
	if err != nil {
		return err
	}
	for i, sub := range part {
		if !added[i].New {
			t.Known++
			continue
		}
		t.Feeds++
		if err := f.s.keepLogin(ctx, added[i].ID, sub.URL); err != nil {
			return err
		}
		if u, err := url.Parse(sub.URL); err == nil && fetch.IsPrivateHost(u.Hostname()) && !slices.Contains(t.Local, u.Host) {
			t.Local = append(t.Local, u.Host)
		}
	}
	return nil
}

// keepLogin keeps the name and password that stood in an imported address.
func (s session) keepLogin(ctx context.Context, id feeds.FeedID, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return nil
	}
	password, _ := u.User.Password()
	return s.keep(ctx, id, feeds.WithoutLogin(address), "", feeds.Access{User: u.User.Username()}, kept{Password: password})
}

// tell prints what an import did. Its result is its output: a pipe gets it, too.
func (a *app) tell(t taken) {
	fmt.Fprintf(a.out, "Subscribed %s", count(t.Feeds, "feed", "feeds"))
	if t.Known > 0 {
		fmt.Fprintf(a.out, "; %d known already", t.Known)
	}
	fmt.Fprintln(a.out, ".")
	if len(t.Briefings) > 0 {
		fmt.Fprintf(a.out, "New under Mine: %s.\n", safe.New(strings.Join(t.Briefings, ", ")))
	}
	if n := len(t.Local); n > 0 {
		few := t.Local[:min(n, 5)]
		more := ""
		if n > len(few) {
			more = fmt.Sprintf(" and %d more", n-len(few))
		}
		fmt.Fprintf(a.out, "Allowed on this machine or its network, because the list names them: %s%s.\n", safe.New(strings.Join(few, ", ")), more)
	}
	if len(t.Skipped) > 0 {
		fmt.Fprintf(a.out, "Left out %s:\n", count(len(t.Skipped), "entry", "entries"))
	}
	for _, x := range t.Skipped {
		fmt.Fprintf(a.out, "  %s: %s\n", safe.New(x.What), safe.New(x.Why))
	}
}

// folders finds the briefings that folders of a list stand for, and makes those
// that are missing.
type folders struct {
	s   session
	ids map[string]string // folded title -> id
	all []string          // every briefing's id, subscribed or not
}

// read notes which subscribed briefings a folder may mean: its own of an earlier
// import, or one that the reader has chosen.
func (f *folders) read(ctx context.Context) error {
	over, err := f.s.Overview(ctx)
	if err != nil {
		return err
	}
	for _, b := range over.Briefings {
		f.ids[spelling.Fold(b.Title)] = b.ID
	}
	all, err := f.s.Briefings(ctx)
	for _, b := range all {
		f.all = append(f.all, b.ID)
	}
	return err
}

func (f *folders) briefings(ctx context.Context, names []string, t *taken) ([]string, error) {
	if len(names) > 0 && f.all == nil {
		if err := f.read(ctx); err != nil {
			return nil, err
		}
	}
	var ids []string
	for _, name := range names {
		title := strings.TrimSpace(safe.New(name).String())
		key := spelling.Fold(title)
		if key == "" {
			continue
		}
		if f.ids[key] == "" {
			b := feeds.Briefing{ID: f.free(key), Title: title, Group: feeds.Mine, Zone: "UTC", Rule: feeds.RuleNone}
			if err := f.s.AddBriefing(ctx, b); err != nil {
				return nil, err
			}
			if err := f.s.Subscribe(ctx, b.ID, nil); err != nil {
				return nil, err
			}
			f.ids[key], f.all = b.ID, append(f.all, b.ID)
			t.Briefings = append(t.Briefings, title)
		}
		if id := f.ids[key]; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// free makes an id of a folded title: its ASCII letters and digits, or a number
// for one in another script.
func (f *folders) free(title string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == ' ':
			return '-'
		}
		return -1
	}, title)
	if slug = strings.Trim(slug, "-"); slug == "" {
		h := fnv.New32a()
		io.WriteString(h, title)
		slug = fmt.Sprintf("list-%08x", h.Sum32())
	}
	for slices.Contains(f.all, slug) {
		slug = "my-" + slug
	}
	return slug
}
