//go:build !race

package store

const defaultChecks = "30"

// raced: times mean nothing under the race detector.
const raced = false
