// Package child runs another program for somebody who asked for it: with an
// argument vector, never through a shell, in a session of its own without a
// terminal, with a deadline, and with a bound on what is kept of its output. It
// never looks at what it passes on or gets back; whoever shows the output makes it
// safe.
package child
