package spelling

import "testing"

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ lang, text string }{
		{"en", "Ministers warn against embassy pull-out"},
		{"en", "Oil exports resume through Ceyhan"},
		{"en", "Iraqi parliament passes budget after months of delay"},
		{"en", "Rocket attack hits Baghdad airport"},
		{"en", "Türkiye’s central bank raises rates"},
		{"en", "Tehran: السوداني arrives for talks with officials"},
		{"en", "Kurdistan leaders meet in Erbil on salaries"},
		{"en", "Protesters die in Nasiriyah clashes"},

		{"ar", "صاروخان قرب المطار"},
		{"ar", "وزير النفط العراقي يعلن استئناف الصادرات"},
		{"ar", "مقتل ثلاثة جنود في هجوم شمال بغداد"},
		{"ar", "رئيس الوزراء يستقبل وفدا من Chevron"},
		{"ar", "البرلمان يؤجل جلسته الى الاحد"},
		{"ar", "گلوبل: اتفاق جديد بين أربيل وبغداد على تصدير النفط"},
		{"ar", "هزة أرضية"},

		{"fa", "رئیس جمهور ایران به بغداد می\u200cرود"},
		{"fa", "انفجار در کرمانشاه سه کشته بر جا گذاشت"},
		{"fa", "قیمت دلار امروز چقدر شد؟"},
		{"fa", "مذاکرات هسته\u200cای از سر گرفته شد"},
		{"fa", "وزير خارجه: گفتگوها را ادامه مي دهيم"},

		{"ckb", "نرخی دۆلار لە بازاڕەکانی هەولێر"},
		{"ckb", "سەرۆکی هەرێم پێشوازی لە باڵیۆز دەکات"},
		{"ckb", "هەولێر و بەغدا ڕێککەوتن"},
		{"ckb", "وەزیری نەوت: هەناردەکردن دەستی پێکردەوە"},

		{"he", "ראש הממשלה נפגש עם שר החוץ"},
		{"he", `צה"ל תקף בלבנון`},

		{"tr", "Merkez bankası dolar ihalesini genişletti"},
		{"tr", "Cumhurbaskani Erdogan Bagdat ziyareti icin yola cikti"},
		{"tr", "Irak'ta seçim sonuçları açıklandı"},
		{"tr", "Türkiye ile Irak arasında su anlaşması"},
		{"tr", "Bakan: Saldirilar kabul edilemez, onlemler artirilacak"},
		{"tr", "İstanbul'da deprem"},

		{"kmr", "Serokê Herêmê li Hewlêrê civiya"},
		{"kmr", "Rojava: Êrîşên dewleta Tirk berdewam in"},
		{"kmr", "Li Şengalê teqîn çêbû û sê kes birîndar bûn"},

		{"fr", "Le ministre irakien des Affaires étrangères en visite à Paris"},
		{"fr", "Irak : l’attaque contre l’ambassade fait deux blessés"},
		{"fr", "Les prix du pétrole reculent"},

		{"", ""},
		{"", "2026 - 12"},
		{"", "Москва и Багдад"},
		{"", "東京で会議"},
		{"", "Der Bundestag und die Lage im Irak"},
		{"", "El gobierno de Irak y los kurdos"},
		{"", "وزیر اعظم نے کہا ہے"},
	} {
		if got := Language(tt.text); got != tt.lang {
			t.Errorf("Language(%q) = %q, want %q", tt.text, got, tt.lang)
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	for b.Loop() {
		Language("Iraqi parliament passes budget after months of delay")
		Language("وزير النفط العراقي يعلن استئناف الصادرات")
	}
}
