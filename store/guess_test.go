package store

import (
	"slices"
	"strings"
	"testing"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// Names in the scripts of an archive, and words of it that are none but have the
// consonants of some.
const (
	latinNames = `Trump Netanyahu Barzani Erdogan Hussein Mohammed Sadr Sistani Khamenei Obama Putin Haniyeh Maliki
		Sudani Talabani Demirtas Macron Biden Zelensky Guterres Rubio Witkoff Araghchi Pezeshkian Halbousi Ameri Sinwar
		Gallant Zarif Rohani Vance Clinton`
	arabicNames = `ترامب نتنياهو بارزاني أردوغان حسين محمد الصدر السيستاني خامنئي أوباما بوتين هنية المالكي السوداني
		طالباني دميرتاش ماكرون بايدن زيلينسكي غوتيريش روبيو ويتكوف عراقچي بزشكيان الحلبوسي العامري السنوار غالانت ظريف
		روحاني فانس كلينتون`
	hebrewNames = `טראמפ נתניהו ברזאני ארדואן חוסיין מוחמד סדר סיסתאני חמינאי אובמה פוטין הנייה מאלכי סודאני טאלבאני
		דמירטש מקרון ביידן זלנסקי גוטרש רוביו ויטקוף עראקצי פזשכיאן חלבוסי עאמרי סינוואר גלנט זריף רוחאני ואנס קלינטון`

	arabicWords = `بما وما عامة أما على ال إلى أول أولا در شده ساده دور دار ندا مرة أمر أمي نور نفر براي برخي برس باز
		كان كون يكون كنت حين حسن يقول قول متعة مال مادي صحيفة حزب بنك نفط مدرسة جيش أمن طاقة مدينة سوق سعر ماء بيت
		حكومة وزير رئيس محكمة شرطة ضربة خبر تقرير حرب سلام بيان باب بوق منذ صوت عين عام`
	hebrewWords  = `אני מה של שר סערה לנו אמר היה בית ספר מים שוק מחיר צבא מפלגה בחירות ממשלה נשיא עיר טרם אם עם על בנק דלק`
	englishWords = `apple oil said bank party amazon meta election army school security power network city public home
		water market price report minister president court police hospital attack strike ceasefire embassy media music
		war peace council budget energy women children code data`
)

// TestGuesses holds that the guesses of names are names, in an archive that has
// other words like them, some in most articles.
func TestGuesses(t *testing.T) {
	s := openNames(t, guessedArchive()...)
	names := map[string][]string{}
	for _, list := range []string{arabicNames, hebrewNames} {
		for i, w := range strings.Fields(list) {
			name := strings.Fields(latinNames)[i]
			names[name] = append(names[name], spelling.Fold(w))
		}
	}
	others := map[string]bool{}
	for w := range strings.FieldsSeq(spelling.Fold(arabicWords + " " + hebrewWords + " " + englishWords)) {
		others[w] = true
	}
	for name, want := range names {
		also := foldedSpellings(t, s, strings.ToLower(name))
		for _, w := range want {
			if !slices.Contains(also, w) {
				t.Errorf("%s: %s is not among %q", name, w, also)
			}
		}
		for _, w := range also {
			if others[w] {
				t.Errorf("%s is taken for %s", w, name)
			}
		}
	}
	for word := range strings.FieldsSeq(englishWords) {
		if also := foldedSpellings(t, s, word); len(also) > 0 {
			t.Errorf("%s has the spellings %q", word, also)
		}
	}
}

// guessedArchive writes each name in one article of its script and the other
// words in thirty more.
func guessedArchive() (texts []string) {
	for _, list := range []struct{ names, words, text string }{
		{latinNames, englishWords, "the of and in"},
		{arabicNames, arabicWords, "في من على أن"},
		{hebrewNames, hebrewWords, "של את לא על"},
	} {
		words := strings.Fields(list.words)
		for i, name := range strings.Fields(list.names) {
			about := words[i%2*len(words)/2:][:len(words)/2]
			texts = append(texts, list.text+" "+name, list.text+" "+strings.Join(about, " "), list.text+" "+strings.Join(words, " "))
		}
	}
	return texts
}

func foldedSpellings(t *testing.T, s *Store, word string) (out []string) {
	t.Helper()
	also, _, err := s.Spellings(ctx, query.Word{Text: word})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range also {
		out = append(out, spelling.Fold(w))
	}
	return out
}

// TestStopwordNames finds a name that folds to a function word by its letters.
func TestStopwordNames(t *testing.T) {
	s := openNames(t, "Ali speaks", "علي يتحدث", "على الطريق", "قال على", "سخنان علی")
	rows := find(t, s, "ali")
	if len(rows) != 3 || rows[0].Title != "Ali speaks" || rows[1].Title != "علي يتحدث" || rows[2].Title != "سخنان علی" {
		for _, r := range rows {
			t.Errorf("ali finds %s", r.Title)
		}
	}
	if rows := find(t, s, "speaks -ali"); len(rows) != 0 {
		t.Errorf("what is not of ali: %+v", rows)
	}
}
