package ui_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// This file judges expressions: whether what they print may be foreign.

// typed are the packages of the module with their types.
type typed struct {
	fset  *token.FileSet
	files map[string][]*ast.File
	info  map[string]*types.Info
	sinks int // calls that print, seen so far
}

// loadTypes checks the types of every package that is not silent; what they import
// comes from the build cache.
func loadTypes(t *testing.T) *typed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles"}, "sitrep/...")...)
	cmd.Stderr = io.Discard
	listed, err := cmd.Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	type pkg struct {
		ImportPath, Export, Dir string
		GoFiles                 []string
	}
	all := map[string]pkg{}
	for d := json.NewDecoder(strings.NewReader(string(listed))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
	l := &typed{fset: token.NewFileSet(), files: map[string][]*ast.File{}, info: map[string]*types.Info{}}
	imports := importer.ForCompiler(l.fset, "gc", func(p string) (io.ReadCloser, error) { return os.Open(all[p].Export) })
	for p := range all {
		if p != "sitrep" && !strings.HasPrefix(p, "sitrep/") || silent[p] != "" {
			continue
		}
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
		for _, name := range all[p].GoFiles {
			f, err := parser.ParseFile(l.fset, filepath.Join(all[p].Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			l.files[p] = append(l.files[p], f)
		}
		conf := types.Config{Importer: imports}
		if _, err := conf.Check(p, l.fset, l.files[p], info); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		l.info[p] = info
	}
	return l
}

// unsafe lists the expressions that fn sends to a sink and that may be foreign.
func (l *typed) unsafe(p string, fn *ast.FuncDecl) (bad []string) {
	s := scope{info: l.info[p], fn: fn, judging: map[types.Object]bool{}}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			from, ok := sinks[s.callee(n)]
			if ok = ok || p == screen && s.callee(n) == paint; !ok || s.toMemory(n) {
				return true
			}
			l.sinks++
			for _, arg := range n.Args[min(from, len(n.Args)):] {
				if !s.safe(arg, 0) {
					bad = append(bad, l.where(arg))
				}
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				sel, ok := left.(*ast.SelectorExpr)
				if ok && sel.Sel.Name == "WindowTitle" && !s.safe(n.Rhs[min(i, len(n.Rhs)-1)], 0) {
					bad = append(bad, l.where(left))
				}
			}
		}
		return true
	})
	return bad
}

// short is a package's path within the module.
func short(p string) string { return strings.TrimPrefix(p, module+"/") }

func (l *typed) where(e ast.Expr) string {
	at := l.fset.Position(e.Pos())
	return fmt.Sprintf("%s (%s:%d)", types.ExprString(e), path.Base(filepath.ToSlash(at.Filename)), at.Line)
}

// scope is a function whose expressions are judged.
type scope struct {
	info    *types.Info
	fn      *ast.FuncDecl
	judging map[types.Object]bool // variables that are being judged
}

// callee names the function that is called, with its package and receiver.
func (s scope) callee(call *ast.CallExpr) string {
	fun := ast.Unparen(call.Fun)
	var id *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return ""
	}
	if f, ok := s.info.Uses[id].(*types.Func); ok {
		return f.FullName()
	}
	return ""
}

// toMemory reports whether a call of fmt or io writes to a buffer, which is
// judged where that is sent.
func (s scope) toMemory(call *ast.CallExpr) bool {
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && s.info.TypeOf(sel.X) != nil && strings.HasPrefix(s.info.TypeOf(sel.X).String(), "hash.") {
		return true
	}
	if len(call.Args) == 0 {
		return false
	}
	to := s.info.TypeOf(call.Args[0]).String()
	return strings.HasSuffix(to, "strings.Builder") || strings.HasSuffix(to, "bytes.Buffer") || strings.Contains(to, "hash.Hash")
}

// safe reports whether an expression can be sent to a terminal as it is.
func (s scope) safe(e ast.Expr, depth int) bool {
	e = ast.Unparen(e)
	tv := s.info.Types[e]
	if tv.Value != nil || depth > 20 || harmless(tv.Type) {
		return depth <= 20
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return s.safe(e.X, depth+1) && s.safe(e.Y, depth+1)
	case *ast.IndexExpr:
		return s.safe(e.X, depth+1)
	case *ast.SliceExpr:
		return s.safe(e.X, depth+1)
	case *ast.SelectorExpr:
		switch of := s.info.TypeOf(e.X).String(); of {
		case "sitrep/ui/text.Segment": // made by ui/text of safe.Text
			return e.Sel.Name == "Text"
		default:
			return of == "sitrep/ui.signs"
		}
	case *ast.Ident:
		return s.variable(e, depth)
	case *ast.CompositeLit:
		return s.all(e.Elts, depth)
	case *ast.CallExpr:
		if conversion := s.info.Types[e.Fun]; conversion.IsType() {
			return s.all(e.Args, depth)
		}
		name := s.callee(e)
		return trusted[name] != "" || whole[name] && s.all(e.Args, depth)
	}
	return false
}

func (s scope) all(es []ast.Expr, depth int) bool {
	for _, e := range es {
		if !s.safe(e, depth+1) {
			return false
		}
	}
	return true
}

// variable reports whether everything that the function assigns to a variable
// of its own is safe.
func (s scope) variable(id *ast.Ident, depth int) bool {
	obj := s.info.ObjectOf(id)
	if params := s.fn.Type.Params; obj.Pos() >= params.Pos() && obj.Pos() < params.End() {
		return false // whatever the caller gave
	}
	if s.judging[obj] { // assigned from itself
		return true
	}
	s.judging[obj] = true
	defer delete(s.judging, obj)
	assigned, ok := 0, true
	judge := func(i int, right []ast.Expr) {
		assigned++
		if i >= len(right) { // several results of one call
			i = 0
		}
		ok = ok && s.safe(right[i], depth+1)
	}
	ast.Inspect(s.fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if l, is := left.(*ast.Ident); is && s.info.ObjectOf(l) == obj {
					judge(i, n.Rhs)
				}
			}
		case *ast.ValueSpec:
			for i, l := range n.Names {
				if s.info.ObjectOf(l) == obj && len(n.Values) > 0 {
					judge(i, n.Values)
				}
			}
		case *ast.RangeStmt:
			for _, left := range []ast.Expr{n.Key, n.Value} {
				if l, is := left.(*ast.Ident); is && s.info.ObjectOf(l) == obj {
					judge(0, []ast.Expr{n.X})
				}
			}
		}
		return true
	})
	return assigned > 0 && ok
}

// harmless reports whether values of a type print as nothing foreign: numbers,
// truth values, times and safe text.
func harmless(t types.Type) bool {
	if t == nil {
		return false
	}
	if s := t.String(); s == "sitrep/feeds/safe.Text" || s == "time.Time" || s == "sitrep/ui.signs" || s == "sitrep/ui/text.Dir" {
		return true
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsNumeric|types.IsBoolean) != 0
}
