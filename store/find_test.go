package store

import (
	"testing"

	"sitrep/feeds/query"
)

// find searches as the command line does.
func find(t testing.TB, s *Store, q string) []Row {
	t.Helper()
	rows, err := s.Search(ctx, query.Read(q, query.Options{Now: s.now()}), Window{})
	if err != nil {
		t.Fatalf("search %s: %v", q, err)
	}
	return rows
}
