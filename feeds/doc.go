// Package feeds is the vocabulary of sitrep: the values that every other
// package speaks of (Feed, Article, Status, Briefing), their identity and their
// small methods. It holds no I/O and imports only the standard library; the
// verbs live in its sub-packages.
package feeds
