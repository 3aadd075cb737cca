package ui_test

import (
	"go/ast"
	"testing"
)

// trusted are functions whose results may be sent to a terminal, a pipe, a log
// or the clipboard: they make foreign text safe, or write nothing foreign.
var trusted = map[string]string{
	"sitrep/feeds/safe.New":            "the constructor of safe text",
	"sitrep/feeds/safe.Address":        "safe text",
	"(sitrep/feeds/safe.Text).String":  "safe text",
	"sitrep/feeds/safe.Join":           "safe text",
	"(*sitrep/ui/cli.table).whole":     "safe text",
	"sitrep/ui/cli.clean":              "safe.New and String",
	"sitrep/ui/cli.escape":             "JSON whose strings are escaped",
	"sitrep/ui/cli.count":              "a number and a noun of ours",
	"sitrep/ui/cli.stamp":              "a time",
	"(sitrep/ui.host).order":           "one of two constants",
	"(time.Time).Format":               "a time",
	"(*sitrep/ui.model).fit":           "a line set from safe text",
	"(*sitrep/ui.model).cut":           "cells of safe text",
	"(*sitrep/ui.model).ends":          "cells of safe text",
	"(*sitrep/ui.model).paragraph":     "lines set from safe text",
	"(sitrep/ui/text.Setter).LineRuns": "cells of safe text",
	"(sitrep/ui/text.Setter).Wrap":     "cells of safe text",
	"sitrep/ui.alignLine":              "cells of safe text",
	"sitrep/ui.number":                 "a number",
	"sitrep/ui.age":                    "a time",
	"sitrep/ui.when":                   "a time",
	"sitrep/ui.sourceCells":            "cells of safe text",
	"sitrep/ui.lead":                   "signs",
	"sitrep/ui.cursorCell":             "a sign",
	"strconv.Itoa":                     "a number",
	"(sitrep/ui/text.Setter).Line":     "cells of safe text",
	"(sitrep/ui/text.Setter).Fit":      "cells of safe text",
	"(sitrep/ui/theme.Paint).On":       "colours around cells",
	"sitrep/feeds/export.title":        "one line through feeds/safe",
	"sitrep/feeds/export.line":         "one line through feeds/safe",
	"sitrep/feeds/export.byline":       "lines through feeds/safe",
	"sitrep/feeds/export.times":        "times",
	"sitrep/feeds/export.link":         "one line through feeds/safe",
	"sitrep/feeds/export.quote":        "one line through feeds/safe",
	"sitrep/feeds/export.webLink":      "one line through feeds/safe",
	"sitrep/feeds/export.lines":        "each line through feeds/safe",
	"sitrep/feeds/export.angle":        "an address of webLink",
	"sitrep/feeds/export.token":        "letters of ASCII",
	"sitrep/feeds/export.wrap64":       "base64",
	"(sitrep/feeds.ArticleID).String":  "a number",
	"(*net/mail.Address).String":       "encoded (RFC 2047)",
	"(mime.WordEncoder).Encode":        "encoded (RFC 2047)",
	"encoding/json.Marshal":            "JSON",
	"encoding/json.MarshalIndent":      "JSON",
}

// whole are functions that keep text as safe as their arguments are.
var whole = map[string]bool{
	"fmt.Sprintf": true, "fmt.Sprint": true, "strings.Join": true, "strings.Repeat": true, "strings.TrimRight": true, "strings.ToUpper": true,
	"sitrep/ui.fill": true, "sitrep/ui.padLeft": true, "sitrep/ui.ruleLine": true, "sitrep/ui.roomiest": true, "(sitrep/ui.signs).plain": true,
	"strings.TrimSpace": true, "strings.Trim": true, "html.EscapeString": true, "sitrep/feeds/export.escape": true, "sitrep/feeds/export.startEscaped": true, "sitrep/feeds/export.target": true, "strings.ReplaceAll": true, "cmp.Or": true, "fmt.Appendf": true,
}

// A sink of text: which of its arguments must be safe, -1 for all.
var sinks = map[string]int{
	"fmt.Print": 0, "fmt.Printf": 0, "fmt.Println": 0,
	"fmt.Fprint": 1, "fmt.Fprintf": 1, "fmt.Fprintln": 1, "io.WriteString": 1,
	"charm.land/bubbletea/v2.Raw": 0, "charm.land/bubbletea/v2.SetClipboard": 0, "charm.land/bubbletea/v2.SetPrimaryClipboard": 0,
	"charm.land/bubbletea/v2.Println": 0, "charm.land/bubbletea/v2.Printf": 0,
	"(*bufio.Writer).WriteString": 0, "(*bufio.Writer).Write": 0, "(*os.File).WriteString": 0, "(io.Writer).Write": 0,
	"log.Print": 0, "log.Printf": 0, "log.Println": 0, "log.Fatal": 0, "log.Fatalf": 0, "log.Fatalln": 0, "log.Panic": 0,
	"(*log/slog.Logger).Debug": 0, "(*log/slog.Logger).Info": 0, "(*log/slog.Logger).Warn": 0, "(*log/slog.Logger).Error": 0, "(*log/slog.Logger).Log": 0,
	"(*log.Logger).Print": 0, "(*log.Logger).Printf": 0, "(*log.Logger).Println": 0, "(*log.Logger).Output": 0,
	"log/slog.Debug": 0, "log/slog.Info": 0, "log/slog.Warn": 0, "log/slog.Error": 0, "log/slog.Log": 0,
}

// The screen is drawn by painting cells, which nothing but ui/text makes of
// foreign text.
const (
	screen = "sitrep/ui"
	paint  = "(sitrep/ui/theme.Paint).On"
)

// silent are the packages that are not read: they print to nobody that has a
// terminal, or belong to tests.
var silent = map[string]string{
	"sitrep/feeds/demo":          "it serves the samples over HTTP",
	"sitrep/feeds/safe/safetest": "tests only",
	"sitrep/ui/ptytest":          "tests only",
}

// exempt are functions with a sink that takes unsafe text, each with the reason.
var exempt = map[string]string{
	"ui.layOut":                 "its add takes lines that ui/text has set",
	"ui.close":                  "its add takes lines that ui/text has set",
	"ui.compare":                "its add takes lines that ui/text has set",
	"ui.clip":                   "each of its lines goes through feeds/safe",
	"ui.line":                   "its callers set their lines with ui/text",
	"ui.edge":                   "its sign is one of ours",
	"ui.paintHealth":            "its sentences are counts of ours; the tests of all views show them",
	"ui/cli.printSegments":      "segments come out of ui/text, which takes safe.Text only",
	"feeds/export.markdownItem": "its body is printed span by span through export.line and lines, which TestPipesAreSafe checks",
	"feeds/opml.raw":            "markup of ours; what is foreign goes through escaped",
	"store/config.WriteTo":      "values are quoted as TOML, which escapes controls",
}

// TestNothingForeignIsPrintedUnsafe reads the source, with types: whatever goes
// to a stream, a log, the terminal past the renderer or the clipboard is a
// constant, a number, or came out of feeds/safe on the way. On the screen proper
// only safe.Text can be set into cells; the tests of all views hold that.
func TestNothingForeignIsPrintedUnsafe(t *testing.T) {
	l := loadTypes(t)
	seen := map[string]bool{}
	for p := range l.files {
		for _, f := range l.files[p] {
			for _, decl := range f.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok || fn.Body == nil {
					continue
				}
				name := short(p) + "." + fn.Name.Name
				for _, bad := range l.unsafe(p, fn) {
					seen[name] = true
					if exempt[name] == "" {
						t.Errorf("%s prints %s, which may be foreign; pass it through feeds/safe", name, bad)
					}
				}
			}
		}
	}
	if l.sinks < 100 {
		t.Errorf("only %d places that print were found: the scan is blind", l.sinks)
	}
	for name := range exempt {
		if !seen[name] {
			t.Errorf("%s needs no exemption any more", name)
		}
	}
}
