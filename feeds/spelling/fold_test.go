package spelling

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{" \t\n", ""},
		{"!!! — …", ""},
		{"Hello, World", "hello world"},
		{"U.S.-Iraq", "u s iraq"},
		{"1,000.5 km²", "1 000 5 km2"},
		{"ﬁne ½", "fine 1 2"},
		{"hyphen\u00ADation zero\u200Bwidth", "hyphenation zerowidth"},
		{"\u200Fabc\u202Cd", "abcd"},
		{"bad\xffbyte", "bad byte"},

		{"İstanbul ISPARTA Diyarbakır", "istanbul isparta diyarbakir"},
		{"Şanlıurfa Ağrı Çeşme Göğüş Üsküdar", "sanliurfa agri cesme gogus uskudar"},
		{"Straße Łódź Ærø Þór Đà", "strasse lodz aero thor da"},
		{"Αθήνα ΝΈΟΣ Киёв", "αθηνα νεοσ киев"},

		{"أإآٱ هجومٌ عَلَى ــالقاعدةــ", "اااا هجوم علي القاعده"},
		{"مسؤول هيئة", "مسوول هييه"},
		{"ﻻ ﷲ ﻋﺮﺍﻕ", "لا الله عراق"},
		{"می\u200cخواهد کتاب ایران", "ميخواهد كتاب ايران"},
		{"كتاب؛ علي،سامي؟", "كتاب علي سامي"},
		{"٢٠٢٦ ۱۴۰۵", "2026 1405"},
		{"کوردستان هەولێر ڕۆژ گوڵ", "كوردستان ههولير روژ گول"},
		{"گچپژ", "گچپژ"},

		{"שָׁלוֹם", "שלומ"},
		{"בֶּן־גוריון", "בנ גוריונ"},
		{`צה"ל צה״ל צה''ל צה”ל`, "צהל צהל צהל צהל"},
		{`"צה"ל" ח"כים`, "צהל חכימ"},
		{`ב"הארץ" דיווחו`, "ב הארצ דיווחו"},
		{`ג'ורג' ז'בוטינסקי`, "גורג זבוטינסקי"},
		{`say "word" x"y`, "say word x y"},

		{"Sana'a Kata’ib Qurʾan ʿIraq Ma`rib", "sanaa kataib quran iraq marib"},
		{"Da'esh Ba'ath Shi'ite O'Brien", "daesh baath shiite obrien"},
		{"Sa'da", "sada"},
		{"Iraq's Iraq’S workers' 'quoted'", "iraq s iraq s workers quoted"},
		{"don't", "dont"},
		{"Irak'ın Bağdat'ta Türkiye’nin ABD'ye PKK'nın", "irak in bagdat ta turkiye nin abd ye pkk nin"},
		{"l'Irak d’Erbil qu'Erbil dell'Iraq", "l irak d erbil qu erbil dell iraq"},
		{"a''b c' d", "a b c d"},
		{"Da'esh's l'Iraq's", "daesh s l iraq s"},

		{"東京で会議2026年", "東 京 て 会 議 2026 年"},
		{"㈱ ﾊﾟﾘ", "株 ハ リ"},
		{"한국 뉴스", "한국 뉴스"},
		{norm.NFD.String("한국"), "한국"},
		{"가'ᆫ", "가 ᆫ"}, // else they would grow together when folded again
		{"ไทย", "ไ ท ย"},
	} {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// slowFold is the definition of Fold in the order of its comment.
func slowFold(s string) string {
	s = strings.ToValidUTF8(s, " ")
	s = mapRunes(s, func(r rune) string {
		if classOf(r) == apostrophe { // before NFKD makes a space and a mark of it
			return "'"
		}
		return string(r)
	})
	s = norm.NFKD.String(s)
	s = mapRunes(s, func(r rune) string {
		if classOf(r) == dropped || norm.NFKD.PropertiesString(string(r)).CCC() != 0 {
			return ""
		}
		switch classOf(r) {
		case apostrophe:
			return "'"
		case gershayim:
			return `"`
		case separator:
			return " "
		case single:
			return " " + string(appendLetter(nil, r)) + " "
		case jamo:
			return string(r)
		}
		return string(appendLetter(nil, r))
	})
	s = composeHangul(s)
	var out []string
	for _, w := range strings.Fields(s) {
		out = append(out, slowWord(w)...)
	}
	return strings.Join(out, " ")
}

func mapRunes(s string, f func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(f(r))
	}
	return b.String()
}

// composeHangul applies NFC to runs of Hangul.
func composeHangul(s string) string {
	return mapRunsOf(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }, norm.NFC.String)
}

func mapRunsOf(s string, in func(rune) bool, f func(string) string) string {
	var b, run strings.Builder
	for _, r := range s + "\x00" {
		if in(r) {
			run.WriteRune(r)
			continue
		}
		b.WriteString(f(run.String()))
		run.Reset()
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), "\x00")
}

// slowWord splits a word at its apostrophes and quotation marks.
func slowWord(w string) []string {
	var out []string
	cur, i := "", 0
	for i < len(w) {
		r, n := utf8.DecodeRuneInString(w[i:])
		if r != '\'' && r != '"' {
			cur += w[i : i+n]
			i += n
			continue
		}
		j := i
		for j < len(w) && (w[j] == '\'' || w[j] == '"') {
			j++
		}
		signs, k := w[i:j], j
		for k < len(w) && w[k] != '\'' && w[k] != '"' {
			k++
		}
		tail := w[j:k]
		i = k
		kind := apostrophe
		if signs == `"` || signs == "''" && endsHebrew([]byte(cur)) {
			kind = gershayim
		}
		join := cur != "" && tail != "" && (len(signs) == 1 || signs == "''" && kind == gershayim) &&
			(kind == apostrophe || endsHebrew([]byte(cur))) && !splitsAt([]byte(cur), []byte(tail), kind)
		if !join && cur != "" {
			out = append(out, cur)
			cur = ""
		}
		cur += tail
	}
	if cur != "" {
		out = append(out, cur)
	}
	return out
}

// text draws strings of the scripts that matter, with signs in between.
func text() *rapid.Generator[string] {
	pieces := []string{"'", "’", `"`, "״", " ", "-", "\u200c", "\u0301", "\u064e", "ـ", "a", "A", "s", "e", "in", "iraq", "l", "qu",
		"ı", "İ", "ş", "é", "ß", "ا", "أ", "ك", "ک", "ي", "ة", "ه", "ێ", "٣", "ש", "ם", "ב", "ה", "צ", "京", "ア", "ｱ", "ﾞ", "ᄒ", "ᅡ", "ᆫ",
		"한", "가", "½", "㈱", "ﷺ", "…", "\xff", "ﬀ", "Ǆ", "१", "ก", "ำ", "´", "ŉ"}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces),
			rapid.Map(rapid.Rune(), func(r rune) string { return string(r) })), 0, 12).Draw(t, "pieces"), "")
	})
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkFold(t, text().Draw(t, "text")) })
}

func checkFold(t interface{ Fatalf(string, ...any) }, s string) {
	got := Fold(s)
	if want := slowFold(s); got != want {
		t.Fatalf("Fold(%+q) = %+q, slow fold gives %+q", s, got, want)
	}
	if app := string(AppendFold([]byte("x "), []byte(s))); app != "x "+got {
		t.Fatalf("AppendFold(%+q) = %+q, want %+q", s, app, "x "+got)
	}
	if again := Fold(got); again != got {
		t.Fatalf("Fold(%+q) = %+q, folded again %+q", s, got, again)
	}
	if strings.Contains(got, "  ") || strings.TrimSpace(got) != got || !utf8.ValidString(got) {
		t.Fatalf("Fold(%+q) = %+q has spaces too many or bad bytes", s, got)
	}
	dst, spans := AppendSpans(nil, nil, []byte(s))
	if string(dst) != got {
		t.Fatalf("AppendSpans(%+q) = %+q, want %+q", s, dst, got)
	}
	words := strings.Fields(got)
	if len(spans) != len(words) {
		t.Fatalf("AppendSpans(%+q) has %d spans for %d words", s, len(spans), len(words))
	}
	last := 0
	for i, sp := range spans {
		if string(dst[sp.From:sp.To]) != words[i] || sp.Start < last || sp.Start >= sp.End || sp.End > len(s) {
			t.Fatalf("AppendSpans(%+q): span %d is %+v for %q", s, i, sp, words[i])
		}
		last = sp.Start
	}
}

// TestFoldEveryRune checks each character alone and inside a word.
func TestFoldEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r > 0x3400 && r < 0xA000 || r > 0xAC10 && r < 0xF900 || r > 0x10000 && r%97 != 0 {
			continue // alike
		}
		checkFold(t, string(r))
		checkFold(t, "a"+string(r)+"b"+string(r))
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Sana'a's", `ב"הארץ"`, "ﷺ½㈱", "한국\u0301", "a\xffb", "qu'Erbil", "D\xc1\xb6x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFold(t, s) })
}

func TestAppendFoldDoesNotAllocate(t *testing.T) {
	src := []byte("Irak'ın الحكومة العراقية ﷺ 東京 The government said")
	dst := make([]byte, 0, 256)
	if n := testing.AllocsPerRun(100, func() { dst = AppendFold(dst[:0], src) }); n != 0 {
		t.Errorf("AppendFold allocates %v times", n)
	}
}

func BenchmarkAppendFold(b *testing.B) {
	ascii := "The foreign minister said on Wednesday that a withdrawal could be followed by others. "
	arabic := "قال وزير الخارجية العراقي يوم الأربعاء إنّ الحكومة ستناقش الاتفاقية مع الولايات المتحدة. "
	for _, bb := range []struct{ name, text string }{
		{"ascii", ascii}, {"arabic", arabic}, {"mixed", ascii + arabic + "Türkiye’nin Bağdat büyükelçisi “açıkladı” — "},
		{"rare", "東京で会議ﻋﺮﺍﻕ한국 "},
	} {
		b.Run(bb.name, func(b *testing.B) {
			src := []byte(strings.Repeat(bb.text, 40))
			dst := make([]byte, 0, 2*len(src))
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				dst = AppendFold(dst[:0], src)
			}
		})
	}
}
