package cli

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/net/html/charset"

	"sitrep/feeds/document"
	"sitrep/store/config"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// renderFlags are what `sitrep render` takes.
type renderFlags struct {
	width     int
	bidi, url string
}

func renderCommand(a *app) *cobra.Command {
	var flags renderFlags
	cmd := &cobra.Command{
		Use:   "render FILE.html",
		Short: "Print HTML as the reading view shows it",
		Long: "Reads HTML from a file, or from standard input for -, and prints the lines that the reading view\n" +
			"would show, with its links numbered below. Right-to-left text is in logical order unless --bidi\n" +
			"says otherwise or a terminal shows it. Nothing is fetched.",
		Example: "sitrep render article.html\nsitrep render --width 60 --bidi app article.html",
		GroupID: groupKeep,
		Args:    exactly(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.render(args[0], flags) },
	}
	cmd.Flags().IntVar(&flags.width, "width", 0, "cells of a line (default: the terminal's, up to the measure of the settings)")
	cmd.Flags().StringVar(&flags.bidi, "bidi", "", "who orders right-to-left text: app, terminal or off")
	cmd.Flags().StringVar(&flags.url, "url", "", "the address that the page came from, for its relative links")
	return cmd
}

func (a *app) render(file string, flags renderFlags) error {
	if flags.width < 0 || flags.width > maxRenderWidth {
		return usage("--width: write a number of cells from 1 to %d", maxRenderWidth)
	}
	settings, _, err := a.settings()
	if err != nil {
		return err
	}
	set, err := a.renderSetter(settings, flags.bidi)
	if err != nil {
		return err
	}
	b, err := a.readFile(file)
	if err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	if bytes.HasPrefix(b, []byte("%PDF-")) {
		return fmt.Errorf("%s is a PDF, not HTML; a program for PDF files shows it", file)
	}
	html, err := decodeHTML(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	cells := flags.width
	if cells == 0 {
		cells = width(a.stdout, settings.Measure)
	}
	cells = a.indented(set, cells)
	p := page.Layout(document.Parse(html, flags.url), page.Options{Width: cells, Measure: cells, Text: set, ASCII: settings.ASCII})
	for _, l := range p.Lines {
		a.segments(l)
	}
	a.references(p.Links, nil)
	return nil
}

// maxRenderWidth is the widest line in cells.
const maxRenderWidth = 1000

// renderSetter orders text as asked, else for a terminal as usual and for a pipe
// not at all.
func (a *app) renderSetter(settings config.Settings, bidi string) (text.Setter, error) {
	set := text.Setter{Bidi: text.Off, ASCII: settings.ASCII}
	switch bidi {
	case "":
		if isTerminal(a.stdout) {
			set = session{settings: settings}.setter()
		}
	case "app":
		set.Bidi = text.App
	case "terminal":
		set.Bidi = text.Terminal
	case "off":
	default:
		return set, usage("--bidi %q is none of app, terminal, off", bidi)
	}
	return set, nil
}

// decodeHTML reads HTML in the character set that it says or looks like (WHATWG
// HTML, 13.2.3).
func decodeHTML(b []byte) (string, error) {
	if utf8.Valid(b) { // whatever it says
		return string(b), nil
	}
	r, err := charset.NewReader(bytes.NewReader(b), "text/html")
	if err != nil {
		return "", err
	}
	out, err := io.ReadAll(r)
	return string(out), err
}
