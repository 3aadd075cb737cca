package config

import (
	"encoding"
	"reflect"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// wrongType is how the TOML reader says that a value is of another type: in the
// words of the program's source.
var wrongType = regexp.MustCompile(`^cannot decode TOML ([a-z -]+) into struct field \S+ of type (\S+)$`)

// wrongTable is how it says that a name in brackets has a value instead.
var wrongTable = regexp.MustCompile(`^cannot store an? (array )?table in an? \S+$`)

// wording puts a fault of the TOML reader into words for those who write the
// file.
func wording(msg string) string {
	msg = strings.TrimPrefix(msg, "toml: ")
	if m := wrongType.FindStringSubmatch(msg); m != nil {
		return wanted(m[2]) + " belongs here, not " + found(m[1])
	}
	if wrongTable.MatchString(msg) {
		return "this is no table: write it as name = value, without the brackets"
	}
	return msg
}

// wanted says what a value of a Go type is in the file.
func wanted(goType string) string {
	switch goType {
	case "int":
		return "a whole number"
	case "bool":
		return "true or false"
	case "config.Duration":
		return `a time like "30s"`
	case "config.Size":
		return `a size like "20MB"`
	case "config.Keys":
		return `a table with lines like next = "j"`
	}
	if strings.HasPrefix(goType, "[]") || goType == "config.KeyList" {
		return "a list of texts in quotes"
	}
	return "a text in quotes"
}

// found says what stands there, by its name in TOML.
func found(kind string) string {
	switch kind {
	case "string":
		return "a text"
	case "integer":
		return "a number"
	case "float":
		return "a fraction"
	case "boolean", "bool":
		return "true or false"
	case "array":
		return "a list"
	}
	return "a " + kind
}

// unplaced gives its place to a fault that a setting found in a value of a kind
// that it takes for text: the TOML reader loses it.
func unplaced(file string, data []byte, v any, msg string) *Error {
	var table map[string]any
	if toml.Unmarshal(data, &table) == nil {
		t := reflect.TypeOf(v).Elem()
		for i := range t.NumField() {
			key := t.Field(i).Tag.Get("toml")
			_, reads := reflect.New(t.Field(i).Type).Interface().(encoding.TextUnmarshaler)
			switch table[key].(type) {
			case bool, float64:
				if reads {
					return faultAt(file, data, msg, key)
				}
			}
		}
	}
	return &Error{File: file, Msg: msg}
}
