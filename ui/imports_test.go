package ui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rule is a line of direction, with the reason that a failing test prints.
type rule struct {
	of     string
	may    []string
	reason string
}

// direction says which packages of ours a package may import. The first line
// whose pattern matches decides; a pattern that ends in "/..." means a folder and
// all below it, "." the package of the module's root.
var direction = []rule{
	{".", []string{"ui/cli"}, "main holds nothing that a test would want to reach"},
	{"feeds", nil, "nouns are values: whoever imports the vocabulary must not get more with it"},
	{"feeds/safe", nil, "the one way out for foreign strings is a leaf that anyone may import"},
	{"feeds/...", []string{"feeds", "feeds/..."}, "the news knows neither disk nor screen"},
	{"store/config", []string{"feeds", "feeds/catalog"}, "settings lie on disk but are not in the store"},
	{"store/vault", nil, "keys know neither disk nor news"},
	{"store", []string{"feeds", "feeds/...", "store/config", "store/vault"}, "the disk knows no screen"},
	{"ui/text", []string{"feeds/safe"}, "cells know nothing of news"},
	{"ui/widget", []string{"feeds/safe", "ui/text", "ui/theme"}, "lists and boxes know nothing of news"},
	{"ui/ptytest", nil, "a terminal for tests knows nothing of ours"},
	{"ui/theme", []string{"feeds/safe", "ui/text", "ui/page"}, "colours know nothing of news"},
	{"ui/page", []string{"feeds", "feeds/...", "ui/text"}, "a page is a document and a width, whoever shows it"},
	{"ui/cli", []string{"feeds", "feeds/...", "store", "store/...", "ui", "ui/text", "ui/page", "ui/theme", "ui/ptytest"}, "commands put everything together, below main only"},
	{"ui", []string{"feeds", "feeds/...", "store", "store/...", "ui/text", "ui/page", "ui/widget", "ui/theme", "ui/child", "ui/ptytest"}, "the reader never starts commands"},
	{"ui/child", nil, "a program that is run knows nothing of ours"},
}

// reserved names the only packages that may import a module, test files included.
var reserved = []struct {
	module string
	to     []string
	reason string
}{
	{"github.com/mmcdole/gofeed", []string{"feeds/parse"}, "hostile bytes pass our gate before gofeed"},
	{"codeberg.org/readeck/go-readability", []string{"feeds/extract"}, "its finds pass our rules and the sanitiser before anyone sees them"},
	{"github.com/ncruces/go-sqlite3", []string{"store"}, "one place knows the database"},
	{"lukechampine.com/adiantum", []string{"store"}, "one place encrypts pages"},
	{"golang.org/x/crypto", []string{"store/vault"}, "one place wraps keys"},
	{"github.com/gofrs/flock", []string{"store", "store/config"}, "who may write a file is known where it lies"},
	{"charm.land/bubbletea", []string{"ui", "ui/widget"}, "what is no screen must run without one"},
	{"charm.land/bubbles", []string{"ui", "ui/widget"}, "what is no screen must run without one"},
	{"charm.land/lipgloss", []string{"ui", "ui/widget", "ui/theme"}, "styles are values of the theme"},
	{"github.com/cli/browser", []string{"ui"}, "only a key of the reader opens a link"},
	{"github.com/spf13/cobra", []string{"ui/cli"}, "what somebody types is read in one place"},
	{"charm.land/fang", []string{"ui/cli"}, "what somebody types is read in one place"},
	{"github.com/pelletier/go-toml", []string{"store/config"}, "settings are read in one place"},
	{"github.com/adrg/xdg", []string{"store/config"}, "where things lie is decided in one place"},
	{"github.com/zalando/go-keyring", []string{"store/config"}, "secrets are read in one place"},
	{"os/exec", []string{"ui", "ui/child", "ui/cli", "ui/ptytest", "store"}, "children are started by a person's act, and by tests that kill them"},
	{"net/http", []string{"feeds/fetch", "feeds/discover", "feeds/demo", "feeds/refresh", "feeds/fulltext", "store", "ui", "ui/cli"}, "one package asks the network; the others serve"},
}

// alone lists packages that may import the standard library, the packages of ours
// that direction allows, and nothing else outside of tests.
var alone = map[string]string{
	"feeds":      "nouns stay usable anywhere",
	"feeds/safe": "the sanitiser must be readable to its ground",
}

type file struct {
	name, folder string // from the module's root, with slashes
	test         bool
	syntax       *ast.File
}

func (f file) imports() []string {
	var out []string
	for _, spec := range f.syntax.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		out = append(out, p)
	}
	return out
}

const module = "sitrep"

// sources parses the head of every Go file of the module.
func sources(t *testing.T) []file {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	var files []file
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "testdata" || name != "." && strings.HasPrefix(e.Name(), ".")):
			return fs.SkipDir
		case e.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		files = append(files, file{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), syntax})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func matches(pattern, folder string) bool {
	if parent, ok := strings.CutSuffix(pattern, "/..."); ok {
		return strings.HasPrefix(folder, parent+"/")
	}
	return folder == pattern
}

func matchesAny(patterns []string, folder string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, folder) })
}

func TestImportsPointDown(t *testing.T) {
	for _, f := range sources(t) {
		i := slices.IndexFunc(direction, func(r rule) bool { return matches(r.of, f.folder) })
		if i < 0 {
			t.Errorf("%s: no rule says what %s may import; add a line to direction", f.name, f.folder)
			continue
		}
		for _, imported := range f.imports() {
			ours, ok := strings.CutPrefix(imported, module+"/")
			if !ok || ours == f.folder || matchesAny(direction[i].may, ours) {
				continue
			}
			t.Errorf("%s imports %s, but %s may import only %v of ours: %s", f.name, imported, f.folder, direction[i].may, direction[i].reason)
		}
	}
}

func TestReservedModules(t *testing.T) {
	for _, f := range sources(t) {
		for _, imported := range f.imports() {
			for _, r := range reserved {
				if (imported == r.module || strings.HasPrefix(imported, r.module+"/")) && !matchesAny(r.to, f.folder) {
					t.Errorf("%s imports %s, which only %v may: %s", f.name, imported, r.to, r.reason)
				}
			}
		}
	}
}

func TestPackagesThatStandAlone(t *testing.T) {
	for _, f := range sources(t) {
		reason, ok := alone[f.folder]
		if !ok || f.test {
			continue
		}
		for _, imported := range f.imports() {
			first, _, _ := strings.Cut(imported, "/")
			if first != module && strings.Contains(first, ".") {
				t.Errorf("%s imports %s, but %s has the standard library only: %s", f.name, imported, f.folder, reason)
			}
		}
	}
}

func TestTestLibrariesStayInTests(t *testing.T) {
	for _, f := range sources(t) {
		for _, imported := range f.imports() {
			for _, library := range []string{"testing", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "pgregory.net/rapid", module + "/ui/ptytest", module + "/feeds/safe/safetest"} {
				if !f.test && (imported == library || strings.HasPrefix(imported, library+"/")) {
					t.Errorf("%s imports %s: the program would carry its tests", f.name, imported)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]int{}
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		said[f.folder] += 0
		if doc := f.syntax.Doc; doc != nil && (strings.HasPrefix(doc.Text(), "Package ") || f.syntax.Name.Name == "main") {
			said[f.folder]++
		}
	}
	for folder, n := range said {
		if n != 1 {
			t.Errorf("%s has %d package comments, want one that says what it is for and what it never does", folder, n)
		}
	}
}

// Names that mean "everything else" collect everything else.
func TestNoCatchAllPackages(t *testing.T) {
	for _, f := range sources(t) {
		if slices.Contains([]string{"common", "util", "utils", "helpers", "types", "model"}, path.Base(f.folder)) {
			t.Errorf("%s: name the package by what it is for", f.name)
		}
	}
}
