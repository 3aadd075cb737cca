package demo

import (
	"regexp"
	"strconv"
	"time"
)

// language is what the program itself has to say in a sample's language.
type language struct {
	sample string    // the line that every article ends with
	days   [7]string // weekdays from Sunday, in the form that the texts use
	rtl    bool
}

var languages = map[string]language{
	"en": {
		sample: "This is a sample written for sitrep; the events in it are invented.",
		days:   [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	},
	"ar": {
		sample: "هذا نص تجريبي كُتب لبرنامج sitrep، والأحداث الواردة فيه من نسج الخيال.",
		days:   [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		rtl:    true,
	},
	"tr": {
		sample: "Bu metin sitrep için yazılmış bir örnektir; anlatılan olaylar kurgudur.",
		days:   [7]string{"pazar", "pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi"},
	},
	"fa": {
		sample: "این متن نمونه\u200cای است که برای sitrep نوشته شده و رویدادهای آن ساختگی است.",
		days:   [7]string{"یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه"},
		rtl:    true,
	},
	"he": {
		sample: "זהו טקסט לדוגמה שנכתב עבור sitrep; האירועים המתוארים בו בדויים.",
		days:   [7]string{"ראשון", "שני", "שלישי", "רביעי", "חמישי", "שישי", "שבת"},
		rtl:    true,
	},
	"ckb": {
		sample: "ئەم دەقە نموونەیەکە کە بۆ sitrep نووسراوە و ڕووداوەکانی دەستکردن.",
		days:   [7]string{"یەکشەممە", "دووشەممە", "سێشەممە", "چوارشەممە", "پێنجشەممە", "هەینی", "شەممە"},
		rtl:    true,
	},
	"kmr": {
		sample: "Ev nivîs mînakek e ku ji bo sitrep hatiye nivîsandin; bûyerên tê de çêkirî ne.",
		days:   [7]string{"Yekşemê", "Duşemê", "Sêşemê", "Çarşemê", "Pêncşemê", "Înê", "Şemiyê"},
	},
}

var dayMark = regexp.MustCompile(`\{day([+-]\d)?\}`)

// fillDays writes the weekday of a date, or of one some days off, for each
// {day}, {day-1} or {day+2} in a text.
func fillDays(text string, at time.Time, l language) string {
	return dayMark.ReplaceAllStringFunc(text, func(mark string) string {
		// Without a number Atoi gives 0, which is the day itself.
		off, _ := strconv.Atoi(mark[len("{day") : len(mark)-1])
		return l.days[at.AddDate(0, 0, off).Weekday()]
	})
}
