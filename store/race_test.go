//go:build race

package store

// SQLite is a dozen times slower under the race detector.
const defaultChecks = "6"
