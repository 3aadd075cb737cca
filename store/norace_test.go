//go:build !race

package store

const defaultChecks = "30"

// raced: times mean nothing under the race detector.
const raced = false

// oddStep is how many strings of three signs TestOddQueries passes over for each that
// it tries.
const oddStep = 8
