package ui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPipeAnArticle(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 100, 30)
	d.press("j |")
	d.sees("give the article to:", "wc -w")
	d.write("grep -c صاروخان")
	d.press("enter")
	d.sees(" 2 ") // the headline and the text
	d.press("|")
	d.sees("grep -c") // the last command stands there again
	d.press("esc")
	d.command("pipe cat")
	d.sees("راطملا برق ناخوراص", "Test Wire", "y copies")
	d.exact()
	d.press("y")
	if !strings.Contains(d.clip, "سقط صاروخان قرب مطار بغداد") {
		t.Errorf("copied %q", d.clip)
	}
	d.press("esc")
	d.command("pipe true")
	d.sees("true has the article and said nothing")
	d.command("pipe false")
	d.sees("The command false failed (exit status 1)")
	d.command("pipe no-such-program-here")
	d.sees("cannot be run")
	d.command("pipe 'open")
	d.sees("quotation mark in the command has no pair")
	d.command("pipe")
	d.sees("give the article to:")
	d.press("esc")
}

func TestPipeAsJSON(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	file := filepath.Join(t.TempDir(), "out")
	d := start(t, s, 100, 30, func(o *Options) { o.PipeFormat = "json" })
	d.command("pipe tee " + file)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var a struct{ Title, Link string }
	if err := json.Unmarshal(b, &a); err != nil || a.Title != "Ministers warn against pull-out" || a.Link != "https://wire.example/ministers" {
		t.Errorf("%.100s: %+v, %v", b, a, err)
	}
}

// What a program prints reaches the screen without anything that a terminal
// obeys, and what an article says never becomes an argument.
func TestPipeIsSafe(t *testing.T) {
	dir := t.TempDir()
	canary := filepath.Join(dir, "canary")
	s, _ := newStore(t, sample{title: "$(touch " + canary + ") `touch " + canary + "` -rf", lang: "en", ago: time.Minute, briefings: iraq, body: "<p>x</p>"})
	d := start(t, s, 100, 30)
	d.command(`pipe printf '\033]0;x\007\033[2J\302\233\nsecond\tline\n'`)
	for _, l := range strings.Split(d.m.View().Content, "\n") {
		for _, bad := range []string{"\u009b", "\x1b]", "\x07", "\x1b[2J", "\t"} {
			if strings.Contains(l, bad) {
				t.Fatalf("%q reaches the screen: %q", bad, l)
			}
		}
	}
	d.sees("second    line")
	d.exact()
	d.press("esc")
	d.command("pipe cat")
	if _, err := os.Stat(canary); err == nil {
		t.Fatal("a shell has read the headline")
	}
	d.press("esc")
	d.command("pipe head -c 300 /dev/zero")
	d.exact()
}
