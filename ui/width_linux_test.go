package ui

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// probeFile names the environment variable that makes the test binary the
// program in a tmux pane which measures lines.
const probeFile = "SITREP_WIDTH_PROBE"

// U7: 5,000 lines of whatever has an odd width, set to a column, are exactly as
// wide as that column in tmux, which has width tables of its own: it is asked
// where the cursor stands behind each.
func TestWidthsInTmux(t *testing.T) {
	if out := os.Getenv(probeFile); out != "" {
		probe(t, out)
		return
	}
	tmux, err := exec.LookPath("tmux")
	if err != nil {
		t.Skip("no tmux to measure in")
	}
	dir := t.TempDir()
	out, socket := filepath.Join(dir, "widths"), filepath.Join(dir, "socket")
	run := func(args ...string) error {
		cmd := exec.Command(tmux, append([]string{"-u", "-f", "/dev/null", "-S", socket}, args...)...)
		cmd.Env = append(os.Environ(), "TMUX=", "TERM=xterm-256color", "LC_ALL=C.UTF-8", probeFile+"="+out)
		return cmd.Run()
	}
	if err := run("new-session", "-d", "-x", "120", "-y", "20", os.Args[0], "-test.run=^TestWidthsInTmux$"); err != nil {
		t.Skipf("tmux does not start: %v", err)
	}
	defer run("kill-server")
	var answers []byte
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end) && !bytes.HasSuffix(answers, []byte("done\n")); time.Sleep(50 * time.Millisecond) {
		answers, _ = os.ReadFile(out)
	}
	lines := oddLines()
	got := strings.Split(strings.TrimSpace(string(answers)), "\n")
	if len(got) != len(lines)+1 {
		t.Fatalf("%d lines were measured, want %d", len(got)-1, len(lines))
	}
	wrong := 0
	for i, l := range lines {
		var row, column int
		if _, err := fmt.Sscanf(got[i], "%d;%d", &row, &column); err != nil {
			t.Fatalf("line %d: %v in %q", i, err, got[i])
		}
		if column != l.width+1 || row != 2 {
			if wrong++; wrong <= 20 {
				t.Errorf("%q is %d columns wide in tmux, want %d: %q", l.drawn, column-1+120*(row-2), l.width, l.from)
			}
		}
	}
	t.Logf("%d lines, %d wrong", len(lines), wrong)
}

// probe prints each line in the second row and writes where the cursor is.
func probe(t *testing.T, name string) {
	raw := exec.Command("stty", "raw", "-echo")
	raw.Stdin = os.Stdin
	if err := raw.Run(); err != nil {
		t.Fatal(err)
	}
	var widths bytes.Buffer
	in := bufio.NewReader(os.Stdin)
	for _, l := range oddLines() {
		fmt.Fprintf(os.Stdout, "\x1b[2J\x1b[2;1H%s\x1b[6n", l.drawn)
		answer, err := in.ReadString('R')
		if err != nil {
			t.Fatal(err)
		}
		widths.WriteString(strings.Trim(answer[strings.LastIndex(answer, "["):], "[R") + "\n")
	}
	widths.WriteString("done\n")
	if err := os.WriteFile(name, widths.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

type oddLine struct {
	from, drawn string
	width       int
}

// oddLines are 5,000 lines of mixed scripts and signs, the same every time.
func oddLines() []oddLine {
	stock := []string{
		"Oil exports resume ", "Şırnak ", "وزارة النفط ", "السَّلَامُ عَلَيْكُم ", "می\u200cخواهم ", "שָׁלוֹם ", "כל־הארץ ", "12 ", "٣٤٫٥ ", "۱۲۳ ",
		"🇮🇶", "🇹🇷", "🇮", "❤️", "☎️", "⚠️", "1️⃣", "#️⃣", "👨‍👩‍👧‍👦", "👩🏽‍💻", "👍🏿", "🏳️‍🌈", "🏴‍☠️", "🫱🏻‍🫲🏿", "✈", "©️", "™",
		"\u1112\u1161\u11ab", "\u1100", "\u1161", "\u11a8", "한글 ", "กำลัง", "ที่นี่", "ກຳລັງ", "नमस्ते ", "क्षत्रिय ", "தமிழ் ", "ஸ்ரீ", "বাংলা ", "ക്ഷ", "ខ្មែរ", "မြန်မာ",
		"日本語", "カナ", "ｶﾅ", "Ａ", "「」", "e\u0301", "a\u0308\u0323", "\u0301", "Z\u0351\u036b\u0343\u036a", "\u20dd", "ﷺ", "﷽", "—", "…", "─", "█",
		"\u200b", "\u200d", "\u2060", "\u00ad", "\u200e", "\u200f", "\u061c", "\u2067x\u2069", "\ufeff", "\u3000", "\u00a0", "\U00013000", "\U0001F9D1\u200d\U0001F9D1", "\u0600", "\u06dd",
	}
	random := rand.New(rand.NewPCG(2026, 11))
	out := make([]oddLine, 5000)
	for i := range out {
		var s strings.Builder
		for range 1 + random.IntN(12) {
			s.WriteString(stock[random.IntN(len(stock))])
		}
		width := 1 + random.IntN(60)
		out[i] = oddLine{s.String(), text.Line(safe.New(s.String()), width, text.Auto), width}
	}
	return out
}
