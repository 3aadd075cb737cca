package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/feeds"
	"sitrep/feeds/address"
	"sitrep/feeds/document"
	"sitrep/feeds/export"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// showFlags are what `sitrep show` takes.
type showFlags struct {
	format    string
	width     int
	feed      bool // the text as the feed gave it
	revisions bool
	diff      string // two texts, "1..2"; see lastTwo
}

func showCommand(a *app) *cobra.Command {
	var flags showFlags
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Print one article, and why it is in which briefing",
		Long: "Print one article with its numbered links, and by which terms it came into which briefing.\n" +
			"sitrep search --id, or --json, gives the ids. Where the full text of its page is stored (sitrep\n" +
			"fulltext), that is printed.\n\n" +
			"A publisher may change an article. --revisions lists its texts with their numbers and times;\n" +
			"--diff prints what changed from one to another, as [-what went-] and {+what came+}.",
		Example: "sitrep show 7gq2k\nsitrep show --revisions 7gq2k\nsitrep show --diff=1..3 7gq2k",
		GroupID: groupRead,
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := feeds.ParseArticleID(args[0])
			if err != nil {
				return usage("%q is no id of an article; sitrep search --id prints them", args[0])
			}
			if flags.width != 0 && flags.width < 20 {
				return usage("--width %d is too narrow for text; 20 is the least", flags.width)
			}
			if (flags.revisions || flags.diff != "") && flags.format != "text" && flags.format != "json" {
				return usage("texts are compared as text or json, not as %q", flags.format)
			}
			return a.with(cmd.Context(), func(s session) error { return a.show(cmd.Context(), s, id, flags) })
		},
	}
	cmd.Flags().StringVar(&flags.format, "format", "text", "text, md, html or json")
	cmd.Flags().BoolVar(&flags.feed, "feed-text", false, "the text as the feed gave it, also where a full text is stored")
	cmd.Flags().IntVar(&flags.width, "width", 0, "break lines at so many cells (default: the terminal's width, at most the measure of the settings)")
	cmd.Flags().BoolVar(&flags.revisions, "revisions", false, "list the texts that the article has had")
	cmd.Flags().StringVar(&flags.diff, "diff", "", "print what changed between two texts, like 1..2; without a value between the last two")
	cmd.Flags().Lookup("diff").NoOptDefVal = lastTwo
	return cmd
}

// noArticle says that an id is no article's.
func noArticle(id feeds.ArticleID) error {
	return fmt.Errorf("there is no article %s; sitrep search --id prints the ids", id)
}

func (a *app) show(ctx context.Context, s session, id feeds.ArticleID, flags showFlags) error {
	switch {
	case flags.revisions:
		return a.revisions(ctx, s, id, flags.format)
	case flags.diff != "":
		return a.diff(ctx, s, id, flags)
	}
	it, routed, err := ui.Item(ctx, s.Store, id, flags.feed)
	if errors.Is(err, store.ErrNotFound) {
		return noArticle(id)
	}
	if err != nil {
		return err
	}
	one := func(yield func(export.Item) bool) { yield(it) }
	o := export.Options{Location: time.Local, Full: true}
	switch flags.format {
	case "text":
		return a.showText(ctx, s, it, routed, flags.width)
	case "json":
		seen, err := s.Sightings(ctx, id)
		if err != nil {
			return err
		}
		return a.showJSON(one, o, routed, seen)
	case "md":
		return export.Markdown(a.out, one, o)
	case "html":
		return export.HTML(a.out, one, o)
	}
	return usage("there is no format %q; write text, md, html or json", flags.format)
}

// showText prints the article as the reading view lays it out, in logical order
// unless a terminal shows it.
func (a *app) showText(ctx context.Context, s session, it export.Item, routed []store.Routed, cells int) error {
	measure := s.settings.Measure
	if cells != 0 {
		measure = cells
	}
	cells, set := a.lines(s, cells)
	reasons, err := s.reasons(ctx, routed)
	if err != nil {
		return err
	}
	head, err := headLines(it)
	if err != nil {
		return err
	}
	carried, err := s.carriers(ctx, it.Article.ID)
	if err != nil {
		return err
	}
	for _, line := range slices.Concat(head, []string{reasons}, carried) {
		if line == it.Article.Link { // whole, so that it can be opened and copied
			fmt.Fprintln(a.out, address.Show(line))
			continue
		}
		for _, l := range set.Wrap([]text.Run{{Text: safe.New(line)}}, cells, text.Auto) {
			a.segments(l)
		}
	}
	a.out.WriteByte('\n')
	p := page.Layout(document.Parse(it.Article.HTML, it.Article.Base), page.Options{
		Width: cells, Measure: measure, Text: set, ASCII: s.settings.ASCII,
	})
	for _, l := range p.Lines {
		a.segments(l)
	}
	a.references(p.Links, it.Article.Enclosures)
	return nil
}

// lines says how wide lines of text are, if cells does not, and how they are
// ordered: logically unless a terminal shows them.
func (a *app) lines(s session, cells int) (int, text.Setter) {
	if cells == 0 {
		cells = width(a.stdout, s.settings.Measure)
	}
	set := text.Setter{Bidi: text.Off, ASCII: s.settings.ASCII}
	if isTerminal(a.stdout) {
		set = s.setter()
	}
	return a.indented(set, cells), set
}

// references prints the addresses that belong to an article: of the numbered
// links in its text, then of the files that came with it.
func (a *app) references(links []page.Link, files []feeds.Enclosure) {
	if len(links)+len(files) > 0 {
		a.out.WriteByte('\n')
	}
	for _, l := range links {
		fmt.Fprintf(a.out, "[%d] %s%s\n", l.Number, address.Show(l.URL), clean(deceit(l)))
	}
	for i, f := range files {
		fmt.Fprintf(a.out, "[%d] %s (%s)\n", len(links)+i+1, address.Show(f.URL), safe.New(cmp.Or(f.Type, "file")))
	}
}

// deceit says what is wrong with a link whose text, or whose address as published,
// names another host than the one that it leads to.
func deceit(l page.Link) string {
	switch {
	case !l.Claim.IsEmpty():
		return " (its text says " + l.Claim.String() + ")"
	case !l.Login.IsEmpty():
		return " (not " + l.Login.String() + ", a name that was taken out)"
	}
	return ""
}

// headLines are what export prints of an article above its text.
func headLines(it export.Item) ([]string, error) {
	it.Article.HTML = ""
	var b strings.Builder
	err := export.Text(&b, func(yield func(export.Item) bool) { yield(it) }, export.Options{Location: time.Local})
	return strings.Split(strings.TrimSpace(b.String()), "\n"), err
}

// segments prints one line without its styles.
func (a *app) segments(l []text.Segment) {
	if len(l) > 0 && beginsWithIsolate(l[0].Text) && isTerminal(a.stdout) {
		l = append([]text.Segment{{Text: " "}}, l...)
	}
	printSegments(a.out, l)
}

func printSegments(w io.Writer, l []text.Segment) {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}

// reasons says in a line why an article is in which briefing: "In Iraq by Basra,
// Baghdad; in Gulf by its feed".
func (s session) reasons(ctx context.Context, routed []store.Routed) (string, error) {
	if len(routed) == 0 {
		return "In no briefing.", nil
	}
	all, err := s.Briefings(ctx)
	if err != nil {
		return "", err
	}
	parts := make([]string, len(routed))
	for i, r := range routed {
		title, by := r.Briefing, "its feed"
		if b, ok := named(all, r.Briefing); ok {
			title = b.Title
		}
		if len(r.Terms) > 0 {
			by = isolated(r.Terms, ", ")
		}
		parts[i] = "in " + isolated([]string{title}, "") + " by " + by
	}
	return "I" + strings.Join(parts, "; ")[1:] + ".", nil
}

// carriers says in a line which feeds carried an article, if more than one did.
func (s session) carriers(ctx context.Context, id feeds.ArticleID) ([]string, error) {
	seen, err := s.Sightings(ctx, id)
	if err != nil || len(seen) < 2 {
		return nil, err
	}
	names := make([]string, len(seen))
	for i, f := range seen {
		names[i] = isolated([]string{cmp.Or(f.Title, f.URL)}, "")
	}
	return []string{"Carried by " + list(names) + "."}, nil
}

// showJSON prints the article as export does, with why it is where and which
// feeds carried it as two more fields.
func (a *app) showJSON(one iter.Seq[export.Item], o export.Options, routed []store.Routed, seen []feeds.Feed) error {
	type carrier struct {
		ID    feeds.FeedID `json:"id"`
		Title string       `json:"title"`
		URL   string       `json:"url"`
	}
	type reason struct {
		Briefing string   `json:"briefing"`
		Terms    []string `json:"terms"`
	}
	reasons := []reason{}
	for _, r := range routed {
		reasons = append(reasons, reason{r.Briefing, append([]string{}, r.Terms...)})
	}
	var object bytes.Buffer
	if err := export.JSON(&object, one, o); err != nil {
		return err
	}
	carriers := []carrier{}
	for _, f := range seen {
		carriers = append(carriers, carrier{f.ID, clean(f.Title), clean(f.URL)})
	}
	more, err := json.Marshal(struct {
		Routed []reason  `json:"routed"`
		Feeds  []carrier `json:"feeds"`
	}{reasons, carriers})
	if err != nil {
		return fmt.Errorf("encode output: %w", err)
	}
	fields := bytes.TrimSuffix(bytes.TrimSpace(object.Bytes()), []byte("}"))
	_, err = fmt.Fprintf(a.out, "%s,%s\n", escape(fields), escape(more[1:]))
	return err
}
