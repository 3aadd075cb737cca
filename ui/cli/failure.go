package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"sitrep/feeds/query"
	"sitrep/store/config"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitPart   = 3
)

// failure is an error with the exit code that it asks for.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usage is an error in what was typed.
func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// inPart says that some of the work was done. An empty message prints nothing:
// the command has said it all.
func inPart(format string, args ...any) error {
	return &failure{exitPart, fmt.Errorf(format, args...)}
}

// report prints an error as one sentence and returns its exit code.
func (a *app) report(err error) int {
	if err == nil || isClosedPipe(err) {
		return exitDone
	}
	if text := sentence(err); text != "" {
		a.prose(a.stderr, a.stderr, "sitrep: "+text)
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var f *failure
	var syntax *query.SyntaxError
	var settings *config.Error
	switch {
	case errors.As(err, &f):
		return f.code
	case errors.As(err, &syntax), errors.As(err, &settings):
		return exitUsage
	}
	return exitFailed
}

// sentence puts an error into words for people: what happened and what to try.
func sentence(err error) string {
	var speaks interface{ Sentence() string }
	var syntax *query.SyntaxError
	switch {
	case errors.As(err, &speaks):
		return speaks.Sentence()
	case errors.As(err, &syntax):
		return fmt.Sprintf("the query is wrong at character %d: %s", syntax.Offset+1, syntax.Msg)
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return strings.TrimSpace(err.Error())
}

// isClosedPipe reports that the reader of our output has seen enough.
func isClosedPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}
