package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// into saves articles below a folder.
func into(dir string) func(*Options) {
	return func(o *Options) { o.SaveDir, o.Home = filepath.Join(dir, "docs"), dir }
}

// command types a command of the palette.
func (d *driver) command(s string) {
	d.press(":")
	d.write(s)
	d.press("enter")
}

func TestSaveAnArticle(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	home := t.TempDir()
	d := start(t, s, 100, 30, into(home))
	d.press("j S")
	d.sees("Saved as ~/docs/راطملا برق ناخوراص.md")
	d.exact()
	d.press("S")
	d.command("save html")
	d.command("save txt")
	d.command("save notes/")
	d.command("save ~/here.html")
	d.command("save md plain")
	for name, want := range map[string]string{
		"docs/صاروخان قرب المطار.md":       "سقط صاروخان قرب مطار بغداد الدولي مساء السبت",
		"docs/صاروخان قرب المطار 2.md":     "## [صاروخان قرب المطار](",
		"docs/صاروخان قرب المطار.html":     "<p>سقط صاروخان",
		"docs/صاروخان قرب المطار.txt":      "\nسقط صاروخان",
		"docs/notes/صاروخان قرب المطار.md": "## ",
		"here.html":  "<!DOCTYPE html>",
		"docs/plain": "## ",
	} {
		file := filepath.Join(home, name)
		b, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(b), want) {
			t.Errorf("%s: %.80q, %v, want %q", name, b, err, want)
		}
		if info, err := os.Stat(file); err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
	d.command("save ~/here.html")
	d.sees("Not saved: here.html exists and was left as it is.")
	d.command("save ../out.md")
	d.sees("../out.md lies outside of ~/docs")
	d.command("save /dev/null/x.md")
	d.sees("Not saved")
}

// Titles are hostile; a file never lies outside of the folder, and a link that
// waits there is not followed.
func TestSaveHostileTitles(t *testing.T) {
	s, _ := newStore(t, sample{title: "../../.bashrc", lang: "en", ago: time.Minute, briefings: iraq, body: "<p>x</p>"},
		sample{title: strings.Repeat("ن", 2000), lang: "ar", ago: time.Hour, briefings: iraq, body: "<p>x</p>"})
	home := t.TempDir()
	dir := filepath.Join(home, "docs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(home, "precious")
	if err := os.Symlink(target, filepath.Join(dir, "bashrc.md")); err != nil {
		t.Skip("this system makes no links")
	}
	d := start(t, s, 100, 30, into(home))
	d.press("S")
	d.sees("Saved as ~/docs/bashrc 2.md")
	if _, err := os.Stat(target); err == nil {
		t.Error("a link was followed")
	}
	d.press("j S")
	d.sees("Saved as")
	d.exact()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		if len(e.Name()) > 255 {
			t.Errorf("%q is too long", e.Name())
		}
	}
	if all, _ := os.ReadDir(home); len(all) != 1 {
		t.Errorf("%v lies beside the folder", all)
	}
}
