// Package demo serves the samples behind `sitrep demo`: invented outlets whose
// feeds, article pages, pictures and sound lie inside the binary and are
// answered by a real HTTP server on loopback, so that the whole program can be
// tried and tested with no network. Articles are dated relative to a given
// now; further ones appear, and one is corrected, while the server runs.
//
// Every text was written for this purpose and says so in its last line. The
// package never captures a publisher's text, names no real person, and never
// listens on anything but loopback.
//
// The texts are in data/, one file per feed, in the format that read.go
// describes. To add an outlet, add a file.
package demo
