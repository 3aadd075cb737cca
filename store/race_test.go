//go:build race

package store

// SQLite is a dozen times slower under the race detector.
const defaultChecks = "6"

// raced: times mean nothing under the race detector.
const raced = true

// oddStep is how many strings of three signs TestOddQueries passes over for each that
// it tries.
const oddStep = 40
