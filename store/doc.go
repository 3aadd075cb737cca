// Package store keeps everything sitrep knows in one SQLite file that any
// number of processes share: articles with their revisions, what the reader did
// with them, feeds and their health, subscriptions, briefings, and the search
// index. It decides identity inside its write transactions, keeps every counter
// exact in the transaction that changes it, and answers lists as windows. It
// removes articles only when the reader purges them, never fetches, and draws
// nothing.
package store
