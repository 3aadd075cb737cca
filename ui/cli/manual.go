package cli

import _ "embed"

// manual is the long text of the man page: what the help of single commands has
// no place for.
//
//go:embed manual.txt
var manual string
