package cli_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sitrep/ui/cli"
)

// The scripts in testdata run the real commands, each in a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sitrep": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// Every script has an empty home, an own temporary directory and a server that
// gives out what the script has in feeds/: $FEEDS is its address.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata",
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			server := httptest.NewServer(guarded(http.FileServer(http.Dir(filepath.Join(env.WorkDir, "feeds")))))
			env.Defer(server.Close)
			env.Setenv("FEEDS", server.URL)
			env.Setenv("FEEDHOST", strings.TrimPrefix(server.URL, "http://"))
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("TZ", "UTC")
			env.Setenv("TMPDIR", filepath.Join(env.WorkDir, "tmp"))
			return os.Mkdir(filepath.Join(env.WorkDir, "tmp"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"expand": expand,
		},
	})
}

// guarded asks for a login below some folders: password/ wants me and canary,
// token/ the bearer canary, header/ the field X-Key with canary.
func guarded(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		folder, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		user, password, _ := r.BasicAuth()
		switch {
		case folder == "password" && (user != "me" || password != "canary"),
			folder == "token" && r.Header.Get("Authorization") != "Bearer canary",
			folder == "header" && r.Header.Get("X-Key") != "canary":
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		files.ServeHTTP(w, r)
	})
}

// exits CODE PROGRAM ARGUMENT... runs a program and wants that exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("run %s: %v", args[1], err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d\nstdout: %s\nstderr: %s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// expand FILE... puts $FEEDS into files.
func expand(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := strings.ReplaceAll(ts.ReadFile(name), "$FEEDS", ts.Getenv("FEEDS"))
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}
