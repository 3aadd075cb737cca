package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

var baghdad = time.FixedZone("+03", 3*3600)

// options are a Sunday morning in Baghdad.
var options = Options{Now: time.Date(2026, 11, 22, 6, 7, 0, 0, baghdad), Location: baghdad}

func TestParse(t *testing.T) {
	a, b, c := Word{Text: "a"}, Word{Text: "b"}, Word{Text: "c"}
	for _, tt := range []struct {
		in   string
		want Expr
	}{
		{"", All{}},
		{"  !!! - ", All{}},
		{"a", a},
		{"a b", And{a, b}},
		{"a AND b", And{a, b}},
		{"a OR b", Or{a, b}},
		{"a | b", Or{a, b}},
		{"a b OR c", Or{And{a, b}, c}},
		{"a (b OR c)", And{a, Or{b, c}}},
		{"((a)) () b", And{a, b}},
		{"a (b c)", And{a, b, c}},
		{"a OR (b OR c)", Or{a, b, c}},
		{"-a", Not{a}},
		{"NOT a", Not{a}},
		{"b -(a OR c)", And{b, Not{Or{a, c}}}},
		{"--a", Not{Not{a}}},
		{"a -!!!", a},
		{"!!! OR a", a},
		{"a or b and", And{a, Word{Text: "or"}, b, Word{Text: "and"}}},
		{"al-Kadhimi", Word{Text: "al-Kadhimi"}},
		{"10:30", Word{Text: "10:30"}},
		{"https://example.org/a", Word{Text: "https://example.org/a"}},
		{"Iraq: a", And{Word{Text: "Iraq:"}, a}},
		{"العراق:a", Word{Text: "العراق:a"}},
		{"كلمة، a؟", And{Word{Text: "كلمة،"}, Word{Text: "a؟"}}},
		{"+a ~b ^c {", And{Word{Text: "+a"}, Word{Text: "~b"}, Word{Text: "^c"}}},
		{"\u200f-\u200fa", Not{a}},

		{`"green zone"`, Phrase{Text: "green zone"}},
		{`“green zone„`, Phrase{Text: "green zone"}},
		{`«green zone»a`, And{Phrase{Text: "green zone"}, a}},
		{`""`, All{}},
		{`"a \"b\" c"`, Phrase{Text: `a "b" c`}},
		{`צה"ל`, Word{Text: `צה"ל`}},
		{`"דובר צה"ל אמר"`, Phrase{Text: `דובר צה"ל אמר`}},
		{"it's", Word{Text: "it's"}},
		{"'a", Word{Text: "'a"}},

		{"a*", Word{Text: "a", Prefix: true}},
		{"=a", Word{Text: "a", Exact: true}},
		{"=a*", Word{Text: "a", Exact: true, Prefix: true}},
		{`="a b"`, Phrase{Text: "a b", Exact: true}},
		{"=OR", Word{Text: "OR", Exact: true}},
		{`\OR`, Word{Text: "OR"}},
		{`foo\:bar`, Word{Text: "foo:bar"}},
		{`a\ b*`, Word{Text: "a b", Prefix: true}},
		{`c\d`, Word{Text: `c\d`}},

		{"near:5(a b)", Near{Distance: 5, Words: []string{"a", "b"}}},
		{`near:(a "b c")`, Near{Distance: 10, Words: []string{"a", "b c"}}},
		{"title:near:3(a b c)", Near{Distance: 3, Words: []string{"a", "b", "c"}, In: Title}},
		{"near:2(a !)", a},
		{"near (a)", And{Word{Text: "near"}, a}},

		{"title:a", Word{Text: "a", In: Title}},
		{"Title：a", Word{Text: "a", In: Title}},
		{"title: a", Word{Text: "a", In: Title}},
		{"title:(a OR b) c", And{Or{Word{Text: "a", In: Title}, Word{Text: "b", In: Title}}, c}},
		{"title:-a", Not{Word{Text: "a", In: Title}}},
		{"title:(a body:b)", And{Word{Text: "a", In: Title}, Word{Text: "b", In: Body}}},
		{`author:="A B"`, Phrase{Text: "A B", In: Author, Exact: true}},
		{"title:OR", Word{Text: "OR", In: Title}},
		{"title:lang:en", Word{Text: "lang:en", In: Title}},
		{`source:"Al Sumaria"`, Attr{Name: "source", Value: "Al Sumaria"}},
		{"feed:السومرية a", And{Attr{Name: "feed", Value: "السومرية"}, a}},
		{"feed:https://example.org/x", Attr{Name: "feed", Value: "https://example.org/x"}},
		{"source:rud*", Attr{Name: "source", Value: "rud", Prefix: true}},
		{"-lang:en", Not{Attr{Name: "lang", Value: "en"}}},
		{"lang:(ar OR fa)", Or{Attr{Name: "lang", Value: "ar"}, Attr{Name: "lang", Value: "fa"}}},
		{"is:UNREAD", Is{"unread"}},
		{"has:image", Has{"image"}},
		{"is:(unread OR starred)", Or{Is{"unread"}, Is{"starred"}}},
	} {
		q, err := Parse(tt.in, options)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if !reflect.DeepEqual(q.Expr, tt.want) {
			t.Errorf("Parse(%q) = %#v, want %#v", tt.in, q.Expr, tt.want)
		}
	}
}

func TestParseSort(t *testing.T) {
	q, err := Parse("a sort:oldest", options)
	if err != nil || q.Sort != Oldest || q.String() != "a sort:oldest" {
		t.Errorf("Parse gave %+v, %v", q, err)
	}
	if q, err = Parse("sort:relevance", options); err != nil || q.String() != "sort:relevance" {
		t.Errorf("Parse gave %+v, %v", q, err)
	}
}

// TestOdd gives what Parse says about odd queries and how Read takes them.
func TestOdd(t *testing.T) {
	for _, tt := range []struct {
		in, err string
		offset  int
		read    string // Read, printed
	}{
		{"a foo:bar", `no field is called "foo"`, 2, `a foo\:bar`},
		{"tilte:a", `no field is called "tilte"; did you mean title:?`, 0, `tilte\:a`},
		{`foo:"b c"`, `no field is called "foo"`, 0, `foo\: "b c"`},
		{"a title:", "title: needs a value", 2, "a"},
		{"title: source:b", "title: needs a value", 0, "source:b"},
		{"is:foo", `is: takes unread, read, starred or updated, not "foo"`, 0, `is\:foo`},
		{"has:foo", `has: takes image, enclosure, notes or fulltext, not "foo"`, 4, `has\:foo`},
		{"after:noon", `after: takes a date such as 2026-11-01, 2026-11, 7d, 24h or yesterday, not "noon"`, 6, `after\:noon`},
		{"sort:up", `sort: takes newest, oldest or relevance, not "up"`, 5, `sort\:up`},
		{"a (sort:oldest b)", "sort: stands outside of parentheses and negations", 8, "a b"},
		{"(a", "a ( without a )", 0, "a"},
		{"a) b", "a ) without a (", 1, "a b"},
		{`a "b c`, "a quotation mark without its pair", 2, `a "b c"`},
		{"a OR", "OR needs a word on both sides", 2, `a \OR`},
		{"OR a", "OR needs a word on both sides", 0, `\OR a`},
		{"a | ", "| needs a word on both sides", 2, "a"},
		{"a OR OR b", "OR needs a word on both sides", 2, `a \OR OR b`},
		{"NOT", "NOT needs a word on both sides", 0, `\NOT`},
		{"a AND", "AND needs a word on both sides", 2, `a \AND`},
		{"*a", "a * stands only at the end of a word", 0, `\*a`},
		{"a*b", "a * stands only at the end of a word", 0, `a\*b`},
		{"=(a b)", "a = stands before a word or phrase", 0, "a b"},
		{"source:=a", "a = applies to words of the text", 8, "source:a"},
		{"near:5", "near takes words in parentheses, as in near:5(oil pipeline)", 0, "5"},
		{"near:5(a -b)", "only words and phrases stand in near", 9, "near:5(a b)"},
		{"near:5(a b", "a ( without a )", 0, "near:5(a b)"},
		{"near:5000(a b)", "near reaches at most 1000 words", 0, "near:1000(a b)"},
		{"lang:near:5(a b)", "near applies to words of the text", 5, "near:5(a b)"},
	} {
		_, err := Parse(tt.in, options)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Parse(%q) gives no error", tt.in)
			continue
		}
		if syntax.Msg != tt.err {
			t.Errorf("Parse(%q): %q at %d, want %q at %d", tt.in, syntax.Msg, syntax.Offset, tt.err, tt.offset)
		}
		q := Read(tt.in, options)
		if got := q.Expr.String(); got != tt.read {
			t.Errorf("Read(%q) = %s, want %s", tt.in, got, tt.read)
		}
		if len(q.Notes) == 0 {
			t.Errorf("Read(%q) has no note", tt.in)
		}
		for _, n := range q.Notes {
			if !strings.HasSuffix(n.Text, ".") {
				t.Errorf("Read(%q) notes %q, which is no sentence", tt.in, n.Text)
			}
		}
	}
}

func TestReadTyping(t *testing.T) {
	o := options
	o.Typing = true
	for in, want := range map[string]string{
		"":             "",
		"bag":          "bag*",
		"bag ":         "bag",
		"green zo":     "green zo*",
		"a b)":         "a b",
		`"green zo`:    `green\ zo*`,
		`"green `:      `"green "`,
		`"green zone"`: `"green zone"`,
		"a OR":         "a",
		"a O":          "a O*",
		"a -":          "a",
		"a NOT":        "a",
		"(a OR b":      "a OR b*",
		"title:":       "",
		"title:a":      "title:a*",
		"source:rud":   "source:rud*",
		"is:unre":      "",
		"a is:unread":  "a is:unread",
		"after:2":      "",
		"after:2026":   "after:2026",
		"near:":        "",
		"near:5(a b":   "near:5(a b)",
		"=Mos":         "=Mos*",
	} {
		if got := Read(in, o).Expr.String(); got != want {
			t.Errorf("Read(%q) while typing = %q, want %q", in, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	for name, s := range map[string]string{
		"bytes":        strings.Repeat("a ", 1<<19),
		"words":        strings.Repeat("a ", 300),
		"parentheses":  strings.Repeat("(", 4000) + "a" + strings.Repeat(")", 4000),
		"open":         strings.Repeat("(", 9999),
		"negations":    strings.Repeat("-", 9000) + "a",
		"NOT":          strings.Repeat("NOT ", 2000) + "a",
		"equals minus": strings.Repeat("=-", 4000) + "a",
		"mixed":        strings.Repeat("-(", 4000) + "a",
		"fields":       strings.Repeat("title:(", 1000) + "a",
		"field minus":  strings.Repeat("title:-", 1000) + "a",
		"near":         "near:5(" + strings.Repeat("a ", 3000),
	} {
		if _, err := Parse(s, options); err == nil {
			t.Errorf("%s: Parse gives no error", name)
		}
		start := time.Now()
		q := Read(s, options)
		if d := time.Since(start); d > 200*time.Millisecond {
			t.Errorf("%s: Read takes %v", name, d)
		}
		checkRoundTrip(t, q)
	}
}

// checkRoundTrip checks that Parse gives back the expression that was printed.
func checkRoundTrip(t interface{ Fatalf(string, ...any) }, q Query) {
	s := q.String()
	again, err := Parse(s, options)
	if err != nil {
		t.Fatalf("Parse(%q), printed from %#v: %v", s, q.Expr, err)
	}
	if !reflect.DeepEqual(again.Expr, q.Expr) || again.Sort != q.Sort {
		t.Fatalf("Parse(%q) = %#v, want %#v", s, again.Expr, q.Expr)
	}
}

// checkAny checks what must hold for every text.
func checkAny(t interface{ Fatalf(string, ...any) }, s string) {
	q, err := Parse(s, options)
	if (err == nil) != (q.Expr != nil) {
		t.Fatalf("Parse(%q) = %#v, %v", s, q.Expr, err)
	}
	for _, typing := range []bool{false, true} {
		o := options
		o.Typing = typing
		q := Read(s, o)
		if len(q.String()) <= MaxBytes {
			checkRoundTrip(t, q)
		}
		for _, n := range q.Notes {
			if n.Offset < 0 || n.Offset > len(s) {
				t.Fatalf("Read(%q) notes at %d: %s", s, n.Offset, n.Text)
			}
		}
		Match(q.Expr, &Doc{Title: s, Body: "some text"})
		Snippet(s, Words(q.Expr), 20)
	}
}

// TestEveryShortString reads all strings of up to three signs of the language,
// words among them.
func TestEveryShortString(t *testing.T) {
	signs := []string{`"`, "'", "*", "-", ":", "^", "(", ")", "{", "}", "+", "~", "=", `\`, "|", " ", "a",
		"AND", "OR", "NOT", "NEAR", "near:5(", "title:", "is:", " x "}
	for _, a := range signs {
		checkAny(t, a)
		for _, b := range signs {
			checkAny(t, a+b)
			for _, c := range signs {
				checkAny(t, a+b+c)
				if len(a)+len(b)+len(c) > 3 {
					checkAny(t, a+" "+b+" "+c)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a OR b", `title:("a b" -c*)`, "near:5(a b)", `="צה"ל"`, "after:7d", `\`, "is:unread sort:oldest"} {
		f.Add(s)
	}
	f.Fuzz(checkAnyFuzz)
}

func checkAnyFuzz(t *testing.T, s string) { checkAny(t, s) }
