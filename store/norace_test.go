//go:build !race

package store

const defaultChecks = "30"
