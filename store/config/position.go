package config

import (
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"
)

// faultAt makes an *Error for a value that is well written but means nothing; it
// points at the key's own place in the file.
func faultAt(file string, data []byte, msg string, key ...string) *Error {
	line, column := position(data, key, 0)
	return newError(file, data, line, column, msg)
}

// position finds the line that sets key, or that opens the table of that name; of
// an array of tables the one with the number nth, from 0. It returns 0 when there
// is none. The column is in bytes.
func position(data []byte, key []string, nth int) (line, column int) {
	var p unstable.Parser
	p.Reset(data)
	var table []string
	for p.NextExpression() {
		e := p.Expression()
		parts, at := keyOf(&p, e)
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = parts
			if slices.Equal(parts, key) {
				if nth == 0 {
					return at.Line, at.Column
				}
				nth--
			}
		case unstable.KeyValue:
			full := slices.Concat(table, parts)
			if slices.Equal(full, key) || len(full) < len(key) && slices.Equal(full, key[:len(full)]) {
				return at.Line, at.Column
			}
		}
	}
	return 0, 0
}

// keyOf returns the parts of an expression's key and where it starts.
func keyOf(p *unstable.Parser, e *unstable.Node) (parts []string, at unstable.Position) {
	for it := e.Key(); it.Next(); {
		if parts == nil {
			at = p.Shape(it.Node().Raw).Start
		}
		parts = append(parts, string(it.Node().Data))
	}
	return parts, at
}
