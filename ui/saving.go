package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/export"
)

// files is where articles are saved.
type files struct {
	dir  string         // for those that are saved without a path, or with one that begins with no /
	home string         // what ~ stands for
	zone *time.Location // of the times in them
}

// formats are what an article can be saved as, by what is typed and by the ending
// of a file.
var formats = []string{"md", "html", "txt"}

// save writes the article under the cursor to a file: "md", "html" or "txt" may
// stand first, a folder or file after it.
func (m *model) save(rest string) tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		m.say("There is no article here to save.")
		return nil
	}
	format, path := saveArguments(rest)
	return m.do.save(r.ID, m.texts.feed[r.ID], format, path)
}

// saveArguments reads what stands behind save: a format, or none, and a path, or
// none. Without a format the ending of the path says it, and without one it is
// Markdown.
func saveArguments(rest string) (format, path string) {
	path = rest
	if word, more, _ := strings.Cut(rest, " "); slices.Contains(formats, word) {
		return word, strings.TrimSpace(more)
	}
	if ext := strings.TrimPrefix(filepath.Ext(path), "."); slices.Contains(formats, ext) {
		return ext, path
	}
	return "md", path
}

// savedMsg says where an article was saved.
type savedMsg struct {
	path string
	err  error
}

func (r savedMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn("Not saved: " + isolatePath(r.err.Error()) + ".")
		return nil
	}
	m.say("Saved as " + isolatePath(r.path))
	return nil
}

func (c commands) save(id feeds.ArticleID, feed bool, format, path string) tea.Cmd {
	return func() tea.Msg {
		it, _, err := Item(c.ctx, c.store, id, feed)
		if err != nil {
			return savedMsg{err: err}
		}
		name := format
		if format == "txt" {
			name = "text"
		}
		body, err := c.print(it, name)
		if err != nil {
			return savedMsg{err: err}
		}
		at, err := c.files.write(path, it.Article.Title, "."+format, body)
		return savedMsg{c.files.short(at), err}
	}
}

// write saves a new file at path, below a folder that is path, or in the usual
// folder, and returns where it is. A file that has no name of its own yet gets one
// from the title. Nothing is ever overwritten.
func (f files) write(path, title, ext string, body []byte) (string, error) {
	dir, name, err := f.place(path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", sayPath(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", sayPath(err)
	}
	defer root.Close()
	if name != "" {
		return filepath.Join(dir, name), writeNew(root, name, body)
	}
	for n := 1; n < 1000; n++ {
		name := export.FileName(title, ext, n)
		err := writeNew(root, name, body)
		if !errors.Is(err, fs.ErrExist) {
			return filepath.Join(dir, name), err
		}
	}
	return "", fmt.Errorf("%s holds a thousand articles of this title already", dir)
}

// place says which folder and which file in it a typed path means; the file is ""
// where the title names it.
func (f files) place(path string) (dir, name string, err error) {
	switch {
	case path == "" && f.dir == "":
		return "", "", errors.New("there is no folder for documents; write :save with a path")
	case path == "":
		return f.dir, "", nil
	case path == "~" || strings.HasPrefix(path, "~/"):
		if f.home == "" {
			return "", "", errors.New("it is not known where ~ is; write the whole path")
		}
		path = f.home + path[1:] // keeps the / at the end
	case !filepath.IsAbs(path):
		if !filepath.IsLocal(path) {
			return "", "", fmt.Errorf("%s lies outside of %s; write the whole path to save there", path, f.short(f.dir))
		}
		path = f.dir + string(filepath.Separator) + path
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() || os.IsPathSeparator(path[len(path)-1]) {
		return filepath.Clean(path), "", nil
	}
	dir, name = filepath.Split(path)
	return filepath.Clean(dir), name, nil
}

// writeNew makes a file that nobody else can read. Where one is, or a link to one,
// the error is fs.ErrExist.
func writeNew(root *os.Root, name string, body []byte) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return existing{name}
	}
	if err != nil {
		return sayPath(err)
	}
	_, err = file.Write(body)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = root.Remove(name)
		return sayPath(err)
	}
	return nil
}

// existing is a file that is there already.
type existing struct{ name string }

func (e existing) Error() string        { return e.name + " exists and was left as it is" }
func (e existing) Is(target error) bool { return target == fs.ErrExist }

// sayPath writes an error about a file as a person would.
func sayPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %v", p.Path, p.Err)
	}
	return err
}

// short is a path with ~ for the home folder.
func (f files) short(path string) string {
	if rest, ok := strings.CutPrefix(path, f.home+string(filepath.Separator)); ok && f.home != "" {
		return filepath.Join("~", rest)
	}
	return path
}
