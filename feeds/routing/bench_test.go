package routing_test

import (
	"testing"

	"sitrep/feeds/catalog"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
)

// A headline and a summary of about 300 characters in each of four languages.
var articles = []struct{ lang, title, summary string }{
	{"en", "Iraq and Turkey near deal to restart Kirkuk-Ceyhan pipeline, officials say",
		"Two officials with knowledge of the talks said the remaining dispute was over the price that producers in the Kurdistan Region would be paid for each barrel. A cabinet committee is expected to meet in Baghdad on Sunday, and a statement would follow once the parties had seen the final text of the agreement."},
	{"en", "Council approves new opening hours for public libraries after long debate",
		"Members voted by a narrow margin to keep every branch open on two evenings a week. Opponents had argued that the money would be better spent on repairs to the roof of the central building, where buckets have stood in the reading room since the spring. The change takes effect at the start of next month."},
	{"ar", "وزير الخارجية العراقي يبحث في بغداد مع نظيره الإيراني ملف الحدود والمياه",
		"قال بيان صادر عن الوزارة إن الجانبين ناقشا سبل تعزيز التعاون بين البلدين في مجالات الطاقة والنقل، وأكدا ضرورة استمرار الحوار حول الملفات العالقة. وأضاف البيان أن وفدا فنيا سيزور البصرة خلال الأيام المقبلة لمتابعة ما اتفق عليه، على أن يعقد اجتماع آخر قبل نهاية الشهر الحالي في العاصمة طهران."},
	{"tr", "Merkez Bankası faiz kararını açıkladı: Politika faizi sabit tutuldu",
		"Türkiye Cumhuriyet Merkez Bankası Para Politikası Kurulu, beklentilere paralel olarak politika faizini değiştirmedi. Kurulun açıklamasında enflasyonun ana eğiliminin gerilediği, ancak gıda fiyatlarındaki seyrin yakından izlendiği belirtildi. Karardan sonra döviz kurunda sınırlı bir hareket görüldü ve borsa günü artışla kapattı."},
}

func BenchmarkRoute(b *testing.B) {
	c, err := catalog.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	r := routing.Compile(c.Briefings)
	var texts []routing.Text
	for _, a := range articles {
		texts = append(texts, routing.Text{
			Title:   []byte(spelling.Fold(a.title)),
			Summary: []byte(spelling.Fold(a.summary)),
			Lang:    a.lang,
			Own:     []string{"iraq"},
		})
	}
	for i, t := range texts {
		b.Run(articles[i].lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Route(t)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	c, err := catalog.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		routing.Compile(c.Briefings)
	}
}
