package ui_test

import (
	"go/ast"
	"testing"
)

// unshielded are functions that start a goroutine without recover, with the
// reason why it cannot panic or harm nobody.
var unshielded = map[string]string{
	"ui/cli.prompt": "it reads one line, before there is a screen",
	"ui.typedLines": "it reads lines, and no screen is drawn",
}

// TestGoroutinesRecover: U10. A panic in a goroutine of ours would end the process
// in the middle of the screen and leave the terminal raw, so each recovers, or
// only calls what does.
func TestGoroutinesRecover(t *testing.T) {
	l := loadTypes(t)
	started := 0
	for p, files := range l.files {
		shields := map[string]bool{"guard": true}
		eachFunc(files, func(fn *ast.FuncDecl) {
			if recovers(fn.Body, nil) {
				shields[fn.Name.Name] = true
			}
		})
		eachFunc(files, func(fn *ast.FuncDecl) {
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				body := goroutine(n)
				if body == nil {
					return true
				}
				started++
				if name := short(p) + "." + fn.Name.Name; !recovers(body, shields) && unshielded[name] == "" {
					t.Errorf("%s starts a goroutine at %s that does not recover", name, l.fset.Position(n.Pos()))
				}
				return true
			})
		})
	}
	if started < 8 {
		t.Errorf("only %d goroutines were found: the scan is blind", started)
	}
}

// eachFunc calls do for every function with a body.
func eachFunc(files []*ast.File, do func(*ast.FuncDecl)) {
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				do(fn)
			}
		}
	}
}

// goroutine returns what a node starts as a goroutine: go f(), or wg.Go(f).
func goroutine(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.GoStmt:
		return n.Call
	case *ast.CallExpr:
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && len(n.Args) == 1 {
			return n.Args[0]
		}
	}
	return nil
}

// recovers reports whether code calls recover, or a function that does.
func recovers(code ast.Node, shields map[string]bool) (found bool) {
	ast.Inspect(code, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			found = found || f.Name == "recover" || shields[f.Name]
		case *ast.SelectorExpr:
			found = found || shields[f.Sel.Name]
		}
		return true
	})
	return found
}
