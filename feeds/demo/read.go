package demo

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A data file begins with the feed's own lines, "key: value", and goes on with
// its articles. An article begins with "=== id", has lines of its own, an
// empty line, and its text:
//
//	title: Tigris Wire (sample)
//	lang: en
//	...
//	=== cranes
//	title: Cranes stand still at Umm Qasr
//	when: 1d6h ago              or "4d ahead", "undated", "live 45s"
//	event: umm-qasr-cranes
//	tags: ports, power
//
//	First paragraph.
//
// "=== cranes corrected 60s" gives a later title and text for the article
// above it. Lines that begin with "#" in front of the first article are notes.
//
//go:embed data
var data embed.FS

// readAll reads every data file, in the order of their names, and then places
// articles that stand in a second feed.
func readAll() ([]*source, error) {
	names, err := fs.Glob(data, "data/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list samples: %w", err)
	}
	byID := make(map[string]*source, len(names))
	sources := make([]*source, 0, len(names))
	for _, name := range names {
		text, err := data.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read samples: %w", err)
		}
		src, err := read(strings.TrimSuffix(path.Base(name), ".txt"), string(text))
		if err != nil {
			return nil, fmt.Errorf("read samples %s: %w", name, err)
		}
		sources = append(sources, src)
		byID[src.id] = src
	}
	for _, src := range sources {
		for _, a := range src.articles {
			if a.also == "" || a.home != src {
				continue
			}
			second := byID[a.also]
			if second == nil {
				return nil, fmt.Errorf("place sample %s: no feed %q", a.path(), a.also)
			}
			second.articles = append(second.articles, a)
		}
	}
	return sources, nil
}

// read reads one data file.
func read(id, text string) (*source, error) {
	head, rest, _ := strings.Cut("\n"+text, "\n=== ")
	src := &source{id: id, zone: time.UTC}
	for line := range strings.Lines(head) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if err := src.set(line); err != nil {
			return nil, err
		}
	}
	src.name = cmp.Or(src.name, src.title)
	if _, ok := formats[src.format]; !ok {
		return nil, fmt.Errorf("read format: %q is unknown", src.format)
	}
	if rest == "" {
		return src, nil
	}
	for part := range strings.SplitSeq(rest, "\n=== ") {
		if err := src.add(part); err != nil {
			return nil, err
		}
	}
	return src, nil
}

// set takes one "key: value" line of the feed itself.
func (s *source) set(line string) (err error) {
	key, value, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("read line: no value in %q", line)
	}
	switch key {
	case "title":
		s.title = value
	case "source":
		s.name = value
	case "about":
		s.about = value
	case "desk":
		s.desk = value
	case "lang":
		s.lang = value
	case "zone":
		s.zone, err = readZone(value)
	case "format":
		s.format = value
	case "briefings":
		s.briefings = list(value)
	case "summaries":
		s.summaries = value == "yes"
	case "answers":
		s.status, err = strconv.Atoi(value)
	case "slow":
		s.slow = value == "yes"
	default:
		return fmt.Errorf("read line: unknown key %q", key)
	}
	return err
}

// add takes one article or correction, without its leading "=== ".
func (s *source) add(part string) error {
	head, body, _ := strings.Cut(part, "\n\n")
	name, lines, _ := strings.Cut(head, "\n")
	body = strings.TrimSpace(body)
	if id, after, ok := strings.Cut(name, " corrected "); ok {
		return s.correct(id, after, lines, body)
	}
	if slices.ContainsFunc(s.articles, func(a *article) bool { return a.id == name }) {
		return fmt.Errorf("read article %s: there are two of it", name)
	}
	a := &article{id: name, home: s, body: body, by: s.desk}
	for line := range strings.SplitSeq(lines, "\n") {
		if err := a.set(line); err != nil {
			return fmt.Errorf("read article %s: %w", name, err)
		}
	}
	s.articles = append(s.articles, a)
	return nil
}

func (s *source) correct(id, after, line, body string) error {
	last := len(s.articles) - 1
	title, ok := strings.CutPrefix(line, "title: ")
	if last < 0 || s.articles[last].id != id || !ok {
		return fmt.Errorf("read correction %s: it must follow its article and have a title", id)
	}
	wait, err := time.ParseDuration(after)
	if err != nil {
		return fmt.Errorf("read correction %s: %w", id, err)
	}
	s.articles[last].correction = &correction{after: wait, title: title, body: body}
	return nil
}

// set takes one "key: value" line of an article.
func (a *article) set(line string) (err error) {
	key, value, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("read line: no value in %q", line)
	}
	switch key {
	case "title":
		a.title = value
	case "when":
		a.when, err = readMoment(value)
	case "event":
		a.event = value
	case "by":
		a.by = value
	case "tags":
		a.tags = list(value)
	case "audio":
		a.audio = value
	case "also":
		a.also = value
	case "flash":
		a.flash = value == "yes"
	default:
		return fmt.Errorf("read line: unknown key %q", key)
	}
	return err
}

// list splits at commas, the Arabic one included.
func list(value string) []string {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '،' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
