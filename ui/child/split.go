package child

import (
	"errors"
	"strings"
)

// Split reads a command as it is typed: words between white space; quotation marks
// of either kind keep white space in a word, and a backslash outside of single ones
// takes the next character as it is. Nothing else has a meaning: no variable,
// pattern or redirection. The error is a sentence for people.
func Split(typed string) ([]string, error) {
	var argv []string
	var word strings.Builder
	inWord, quote, escaped := false, rune(0), false
	for _, r := range typed {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			inWord, escaped = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			inWord, quote = true, r
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			if inWord {
				argv = append(argv, word.String())
				word.Reset()
			}
			inWord = false
		default:
			inWord = true
			word.WriteRune(r)
		}
	}
	if inWord {
		argv = append(argv, word.String())
	}
	switch {
	case quote != 0:
		return nil, errors.New("a quotation mark in the command has no pair")
	case escaped:
		return nil, errors.New("the command ends in a backslash, which takes the next character as it is")
	case len(argv) == 0 || argv[0] == "":
		return nil, errors.New("a command begins with the name of a program")
	case strings.HasPrefix(argv[0], "-"):
		return nil, errors.New("the name of a program does not begin with a -")
	case strings.ContainsRune(typed, 0):
		return nil, errors.New("the command holds a character that no program can be given")
	}
	return argv, nil
}
