// Package query is the one search language: Parse and Read turn what somebody
// typed into an Expr, String prints it back, Match evaluates it over one
// article in memory, Snippet and Marks show where it hit. It knows nothing of
// how articles are stored; the store compiles the same Expr to SQL and promises
// the same answers.
package query
