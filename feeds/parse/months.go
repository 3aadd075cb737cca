package parse

import "strings"

// months are the names of the Gregorian months, folded as fold does, with their
// short forms: English, German, French, Spanish, Portuguese, Italian, Dutch,
// Hungarian, Greek, Turkish, Kurmanji, Arabic (Egyptian, Levantine and Maghrebi names), Persian,
// Sorani, Hebrew, Russian.
var months = byName([12]string{
	`jan january januar januari janvier janv enero ene janeiro gennaio gen ocak oca çile rêbendan
		január ιαν ιανουάριος ιανουαρίου
		ینایر جانفی ژانویه ژانویهٔ جنوری ינואר январь января янв`,
	`feb february februar februari février fevrier févr febrero fevereiro fev febbraio şubat şub sibat reşemî
		február φεβ φεβρουάριος φεβρουαρίου
		فبرایر شباط فیفری فوریه فوریهٔ فبروری شوبات פברואר февраль февраля фев`,
	`mar march märz maerz mars maart marzo março mart adar március márc μάρ μαρτ μάρτιος μαρτίου
		مارس اذار آذار مارچ ئازار ئادار מרץ мaрт март марта мар`,
	`apr april avril avr abril abr aprile nisan nis nîsan április ápr απρ απρίλιος απριλίου
		ابریل أبریل افریل أفریل نیسان آوریل اپریل אפריל апрель апреля апр`,
	`may mai mei mayo maio maggio mag mayıs gulan május máj μάι μαΐ μάιος μαΐου
		مایو ایار أیار مای مه ئایار گوڵان מאי май мая`,
	`jun june juni juin junio junho giugno giu haziran haz hezîran június jún ιούν ιούνιος ιουνίου
		یونیو یونیه حزیران جوان ژوئن جون حوزەیران יוני июнь июня июн`,
	`jul july juli juillet juil julio julho luglio lug temmuz tem tîrmeh július júl ιούλ ιούλιος ιουλίου
		یولیو یولیه یولیوز تموز جویلیه جویلیة ژوئیه جولای تەمووز تەممووز יולי июль июля июл`,
	`aug august août aout agosto ago augustus ağustos ağu tebax augusztus αύγ αυγ αύγουστος αυγούστου
		اغسطس أغسطس اب آب اوت أوت آگوست اگست غشت ئاب ئۆگەست אוגוסט август августа авг`,
	`sep sept september septembre septiembre setembro settembre set eylül eyl îlon szeptember szept σεπ σεπτέμβριος σεπτεμβρίου
		سبتمبر ایلول أیلول سپتامبر ستمبر شتنبر سێپتەمبەر ئەیلوول ספטמבר сентябрь сентября сен сент`,
	`oct october okt oktober octobre octubre outubro out ottobre ott ekim eki cotmeh október οκτ οκτώβριος οκτωβρίου
		اکتوبر أکتوبر اکتبر ئۆکتۆبەر אוקטובר октябрь октября окт`,
	`nov november novembre noviembre novembro kasım kasim kas mijdar νοέ νοε νοέμβριος νοεμβρίου
		نوفمبر نونبر نوامبر نومبر نۆڤەمبەر נובמבר ноябрь ноября ноя`,
	`dec december dez dezember décembre decembre déc diciembre dic dezembro dicembre aralık aralik ara berfanbar δεκ δεκέμβριος δεκεμβρίου
		دیسمبر دجنبر دسامبر دسمبر دیسەمبەر דצמבר декабрь декабря дек`,
})

// persianMonths are those of the Persian calendar; its year begins in March.
var persianMonths = byName([12]string{
	"فروردین farvardin", "اردیبهشت ordibehesht", "خرداد khordad", "تیر tir", "مرداد امرداد mordad", "شهریور shahrivar",
	"مهر mehr", "آبان aban", "آذر azar", "دی dey", "بهمن bahman", "اسفند esfand",
})

func byName(lists [12]string) map[string]int {
	names := map[string]int{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			names[fold(name)] = i + 1
		}
	}
	return names
}

// twoWordMonth reads the Levantine and Sorani months whose names are told apart
// by "first" and "second".
func twoWordMonth(word, rest string) (month int, tail string) {
	first, second := 0, 0
	switch word {
	case "تشرین", "تشرینی":
		first, second = 10, 11
	case "کانون", "کانوونی":
		first, second = 12, 1
	default:
		return 0, rest
	}
	next := strings.TrimLeft(rest, " ")
	for _, w := range []string{"الاول", "الأول", "یەکەم", "اول"} {
		if tail, ok := strings.CutPrefix(next, w); ok {
			return first, tail
		}
	}
	for _, w := range []string{"الثانی", "دووەم", "ثانی", "الثانى"} {
		if tail, ok := strings.CutPrefix(next, w); ok {
			return second, tail
		}
	}
	return 0, rest
}

// halves are the words for before (1) and after noon (2).
var halves = map[string]int{
	"am": 1, "pm": 2, "ص": 1, "م": 2, "صباحا": 1, "مساء": 2, "öö": 1, "ös": 2, "ق": 1, "ب": 2,
	"오전": 1, "오후": 2,
}

// zones are offsets of zone names in minutes, those of North America as RFC 822
// section 5 gives them.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "met": 60,
	"mest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "msd": 240, "trt": 180,
	"idt": 180, "irst": 210, "irdt": 270, "gst": 240, "azt": 240, "aft": 270, "pkt": 300, "uzt": 300, "npt": 345,
	"sast": 120, "cat": 120, "eat": 180, "wat": 60, "hkt": 480, "sgt": 480, "jst": 540, "kst": 540,
	"aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
	"nst": -210, "ndt": -150, "ast": -240, "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
	"mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180,
	"at": -240, "et": -300, "ct": -360, "mt": -420, "pt": -480,
}

// zoneOffset returns the offset of a zone name in seconds. AST and IST mean
// different zones to readers of different languages.
func zoneOffset(name, lang string) (int, bool) {
	if len(lang) > 2 && lang[:2] != "ck" && lang[:2] != "km" {
		lang = lang[:2]
	}
	switch {
	case name == "ast":
		switch lang {
		case "ar", "ckb", "kmr", "ku", "fa":
			return 3 * 3600, true
		}
	case name == "ist":
		switch lang {
		case "he", "iw":
			return 2 * 3600, true
		case "ga":
			return 3600, true
		case "fa":
			return 3*3600 + 1800, true
		}
		return 5*3600 + 1800, true
	}
	m, ok := zones[name]
	return m * 60, ok
}
