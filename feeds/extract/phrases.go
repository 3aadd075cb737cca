package extract

import (
	"strings"

	"sitrep/feeds/spelling"
)

// The phrases are in the languages of the region and the large ones of Europe,
// compared folded.

// pointers lead to other articles: as a line of their own above a list of links,
// or before one link.
var pointers = phrases(`
read more | also read | must read | read full story | read the full story | more to this story | you may have missed | explore more | watch |
in pictures | most viewed | more like this | more on the topic | read also | read next | read this | see also | more on this | more on this story |
more on this topic | related | related articles | related article | related stories | related story | related news | related topics |
related coverage | related content | related posts | related links | related reading | recommended | recommended stories | recommended for you |
recommended reading | you may also like | you might also like | you may be interested in | you might be interested in | more from | most read |
most popular | don't miss | up next | editor's picks | editors' picks | what to read next | top stories | trending | further reading | more stories |
more news | more to read | more coverage | keep reading | continue reading | click here to read | also on | in case you missed it | اقرأ أيضا |
إقرأ أيضا | اقرأ ايضا | اقرأ المزيد | اقرأ في | اقرأ أيضا في | طالع المزيد | شاهد المزيد | شاهد | بالفيديو | نوصي بقراءة | يمكنك أيضا قراءة |
مواضيع مرتبطة | أخبار مرتبطة | اخبار متعلقة | لا يفوتك | قد يعجبك | اخترنا لك | المزيد من | اقرأ كذلك | اقرأ التالي | اقرأ أكثر | شاهد أيضا |
شاهد ايضا | طالع أيضا | تابع أيضا | انظر أيضا | مواضيع ذات صلة | موضوعات ذات صلة | أخبار ذات صلة | اخبار ذات صلة | مقالات ذات صلة | ذات صلة |
مواضيع متعلقة | موضوعات متعلقة | أخبار متعلقة | قد يعجبك أيضا | قد يهمك أيضا | قد يهمك | المزيد حول | للمزيد | لقراءة المزيد | الأكثر قراءة |
بیشتر بخوانید | همچنین بخوانید | بخوانید | بیشتر بدانید | بیشتر ببینید | ببینید | این مطلب را هم بخوانید | مطالب بیشتر | خبرهای بیشتر | مطلب مرتبط |
خبر مرتبط | مطالب مرتبط | اخبار مرتبط | خبرهای مرتبط | مطالب پیشنهادی | ادامه مطلب | پربازدیدترین | پربیننده ترین | بیشتر در این باره |
در همین زمینه | در همین رابطه | קראו גם | קראו עוד | קרא גם | קרא עוד | ראו גם | ראו עוד | צפו | כתבות שאולי פספסתם | אולי יעניין אותך גם |
הכי מעניין | עוד בוואלה | עוד ב ynet | לכל הכתבות | עוד בנושא | עוד באתר | עוד כתבות | כתבות נוספות | כתבות קשורות | אולי יעניין אותך |
אולי יעניין אתכם | לקריאה נוספת | לכתבה המלאה | הנקראות ביותר | ayrıca okuyun | bunları da okuyun | bunu da okuyun | ilgili haberler | ilgili haber |
ilgili içerik | ilginizi çekebilir | bu haber de ilginizi çekebilir | devamını oku | daha fazla oku | diğer haberler | haberle ilgili daha fazlası |
bakmadan geçme | günün manşetleri | son dakika haberleri | ilgili galeri | ilgili video | bu habere de bakın | şunları da okuyun | benzer haberler |
okumaya devam et | en çok okunanlar | önerilen haberler | öne çıkan haberler | zêdetir bixwîne | herwiha bixwîne | nûçeyên têkildar |
nûçeyên peywendîdar | bêtir bixwîne | her wiha bixwînin | herwiha bixwînin | bixwînin | mijarên têkildar | herî zêde hatine xwendin | زیاتر بخوێنەوە |
هەروەها بخوێنەوە | بابەتی پەیوەندیدار | هەواڵی پەیوەندیدار | هەواڵە پەیوەندیدارەکان | بابەتە پەیوەندیدارەکان | هەروەها ببینە | زۆرترین خوێندراوە |
دەربارەی هەمان بابەت | lesen sie auch | lesen sie mehr | lesen sie dazu | mehr zum thema | mehr dazu | auch interessant | weiterlesen |
das könnte sie auch interessieren | das könnte dich auch interessieren | zum thema | passend zum thema | lire aussi | à lire aussi | lire également |
à lire également | lire la suite | à lire | sur le même sujet | voir aussi | articles liés | pour aller plus loin | lea también | lee también |
leer también | leer más | lee más | te puede interesar | le puede interesar | también te puede interesar | más información | noticias relacionadas |
ver también | mira también | artículos relacionados | leia também | leia mais | saiba mais | veja também | notícias relacionadas | leggi anche |
leggi tutto | potrebbe interessarti | potrebbe interessarti anche | articoli correlati | lees ook | lees meer | lees verder | läs också | läs mer |
les også | læs også | читайте также | читать также | читать далее | смотрите также | материалы по теме | по теме | читайте також | дивіться також |
czytaj także | czytaj też | czytaj więcej | zobacz także | zobacz też | čtěte také | čtěte více | διαβάστε επίσης | διαβάστε ακόμα | δείτε επίσης`)

// appeals ask the reader for something: to subscribe, to follow, to install.
var appeals = phrases(`
subscribe to our | subscribe to the | subscribe now | subscribe for | subscribe here | sign up for our | sign up to our | sign up for the |
sign up to the | sign up here | get the latest news | get our newsletter | get the best of | follow us on | follow us | follow our | like us on |
join our | join the conversation | join us on | click here to get | click to get | click here for more | get the fox news app | sign up now |
sign up today | sign up to receive | sign up to get | by signing up | view our | got a tip | do you have a tip | have a tip | contact us at |
stay updated | stay informed | stay connected | catch all the | for all the latest | never miss | read this in | purchase licensing rights |
download our | download the app | click here to subscribe | click here to sign up | click here to join | support our journalism |
our standards the thomson reuters trust principles | this material may not be published | gift this article | comment on this | have your say |
your browser does not support | to play this video you need to enable javascript | listen to this article | stay up to date |
this article was first published | all rights reserved | اشترك في قناتنا | اشترك في القناة | اشترك في نشرتنا | اشترك في النشرة | اشترك في خدمة |
اشترك الآن | اشتركوا في قناتنا | اشتركوا في نشرتنا | اشتركوا في خدمة | تابعنا على | تابعونا على | تابعونا عبر | تابعوا قناتنا | تابعوا صفحتنا |
تابعوا أخبار | تابعوا حسابنا | تابع قناتنا | انضم إلى قناتنا | انضم إلى مجموعتنا | انضم إلى قناة | انضموا إلى قناتنا | انضموا إلى مجموعتنا |
انضموا إلى قناة | انضموا إلينا | حمل تطبيق | حملوا تطبيق | للمزيد من الأخبار | تابع آخر الأخبار | تابعوا آخر | لمتابعة أخبارنا | لمتابعة كل |
للاشتراك في | انضم لقناتنا | انضموا لقناتنا | لمتابعة آخر الأخبار | جميع الحقوق محفوظة | ما را در تلگرام | ما را در اینستاگرام | ما را در شبکه های |
ما را در واتساپ | ما را در بله | ما را در ایتا | ما را در روبیکا | به کانال | برای عضویت | عضو کانال | هر آنچه باید بدانید در کانال | کانال تلگرام |
برای دریافت آخرین | جدیدترین اخبار | ما را دنبال کنید | اینستاگرام ما | کانال ما | הירשמו לניוזלטר | הירשמו לעדכונים | הירשמו לקבלת | הירשמו עכשיו |
הירשמו כאן | הצטרפו אלינו | הצטרפו עכשיו | הצטרפו לערוץ | הצטרפו לקבוצת | עקבו אחרינו | לקבלת עדכונים | רוצים להישאר | רוצים לקבל | מצאתם טעות |
נתקלתם ב | הטעות תתוקן | לעדכונים נוספים | הורידו את האפליקציה | הורידו את אפליקציית | להצטרפות | abone olun | abone ol | bültenimize |
e bültenimize | haber bültenimize | bizi takip edin | takip etmek için | whatsapp kanalımıza | kanalımıza katılın | uygulamamızı indirin |
google news'te | günün manşetleri için | whatsapp kanalımıza katılmak için | son dakika gelişmelerinden | haberlerden anında haberdar |
haberin detayları için | daha fazlası için | abonnieren sie | melden sie sich | jetzt abonnieren | newsletter abonnieren | abonnez vous |
inscrivez vous | recevez gratuitement | recevez chaque | recevez nos | recevez les | recevez la | suivez nous | suscríbete | suscríbase |
síguenos en | síganos en | únete a | inscreva se | siga nos | siga o canal | siga o perfil | acompanhe nosso | acompanhe o canal | iscriviti |
seguici su | abonneer | meld je aan | bibin abone | bibe abone | aboneyê me | me bişopînin | me bişopîne | ببە بەشدار | بەشداری بکە لە | بەشداربە لە |
فۆڵۆمان بکە | لە تێلیگرام | ئەپلیکەیشنی ئێمە | подписывайтесь | подпишитесь`)

// consents begin what pages say of cookies.
var consents = phrases(`
we value your privacy | we use cookies | we and our partners | this site uses cookies | this website uses cookies | our site uses cookies |
by continuing to use | by using this site | cookies help us | نحن نستخدم ملفات تعريف الارتباط | نستخدم ملفات تعريف الارتباط |
يستخدم هذا الموقع ملفات | يستخدم موقعنا ملفات | باستمرارك في | این سایت از کوکی | این وب سایت از کوکی | ما از کوکی | אנו משתמשים בעוגיות |
אתר זה עושה שימוש | אתר זה משתמש | gizliliğinize önem veriyoruz | bu sitede çerez | sitemizde çerez | bu internet sitesinde çerez | çerez politikası |
wir verwenden cookies | diese website verwendet cookies | nous utilisons des cookies | ce site utilise des cookies | utilizamos cookies |
este sitio utiliza cookies | usamos cookies | questo sito utilizza`)

// signatures begin lines of authors and dates above an article.
var signatures = phrases(`
by | von | par | por | published | updated | posted | last updated | last modified | first published | created | modified | date | reading time |
نشر | نشرت | تاريخ النشر | آخر تحديث | اخر تحديث | تاریخ انتشار | انتشار | کد خبر | به روز رسانی | פורסם | עודכן | תאריך | بڵاوکراوەتەوە |
بڵاوکرایەوە | بەروار | نوێکرایەوە | hat weşandin | weşandin | dîrok | رۆژی بڵاوبوونەوە | yayınlanma | yayın tarihi | güncelleme | son güncelleme |
giriş | oluşturulma tarihi | veröffentlicht | aktualisiert | stand | publié | mis à jour | publicado | actualizado | atualizado | pubblicato |
aggiornato | gepubliceerd | опубликовано | обновлено`)

// filings begin lines below an article that file it away.
var filings = phrases(`
tags | tagged | انتهای پیام | پایان پیام | لینک کوتاه | رابط مختصر | filed under | topics | categories | category | keywords | related topics |
copyright | الوسوم | وسوم | كلمات مفتاحية | كلمات دلالية | برچسب ها | برچسبها | برچسب | کلیدواژه ها | کلیدواژه | کد خبر | תגיות | etiketler | etiket |
etîket | تاگ | تاگەکان | پەیوەست بە | anahtar kelimeler | schlagworte | themen | mots clés | thèmes | etiquetas | temas | tag | argomenti | теги |
метки`)

// rights begin lines that claim an article.
var rights = phrases(`
all rights reserved | copyright | تمامی حقوق | تمام حقوق | کلیه حقوق | جميع الحقوق محفوظة | כל הזכויות שמורות | tüm hakları saklıdır |
her hakkı saklıdır | hemû maf parastî | هەموو مافێک پارێزراوە | هەموو مافەکان پارێزراون | alle rechte vorbehalten | tous droits réservés |
todos los derechos reservados | todos os direitos reservados | tutti i diritti riservati | все права защищены`)

// labels mean nothing in an article when they stand alone.
var labels = phraseSet(`
views | shares | likes | reads | min read | minutes read | مشاهدة | مشاهدات | بازدید | دقیقه | צפיות | görüntülenme | okunma | advertisement |
advertisements | advertising | toggle caption | hide caption | enlarge this image | view image in fullscreen | view image | open image in gallery |
open image in new tab | opens in new tab | opens new tab | image source | image caption | view gallery | view comments | show comments |
read comments | post a comment | add a comment | join the conversation | story continues | story continues below |
article continues after advertisement | article continues below this ad | continue reading the main story | continue reading |
this video can not be played | media caption | click to expand | gift article | gift this article | listen to this article | print this article |
back to top | next page | previous page | next article | previous article | more | menu | close | play video | follow us | bookmark | copied | copy |
facebook | twitter | whatsapp | telegram | linkedin | pinterest | reddit | messenger | x | image | photo | photos | video | sponsored |
sponsored content | ad | share | share this | share this article | share this story | share on | print | email | comments | comment |
leave a comment | loading | tags | topics | copy link | link copied | save | listen | follow | newsletter | subscribe |
story continues below advertisement | article continues below | advertisement continue reading below | skip advertisement | scroll to continue |
scroll down to continue reading | continue reading below | published | updated | last updated | إعلان | اعلان | إعلانات | مشاركة عبر | شارك المقال |
شارك هذا المقال | شارك على | انشر | انسخ الرابط | نسخ الرابط | تم نسخ الرابط | رابط مختصر | رابط قصير | الرابط المختصر | حجم الخط | تكبير الخط |
استمع | استمع للمقال | حفظ | أضف تعليق | اترك تعليقا | فيسبوك | تويتر | واتساب | تلغرام | تليغرام | العلامات | الكلمات الدلالية | الكلمات المفتاحية |
شارك | شارك الخبر | مشاركة | طباعة | تعليقات | التعليقات | الوسوم | وسوم | كلمات مفتاحية | كلمات دلالية | آگهی | تبلیغات | تبلیغ | لینک کوتاه |
کپی لینک | کپی شد | لینک کپی شد | ارسال نظر | نظر بدهید | انتهای پیام | پایان پیام | چاپ | پرینت | اشتراک | تلگرام | واتساپ | اشتراک گذاری |
به اشتراک بگذارید | برچسب ها | برچسبها | نظرات | نظر شما | کلیدواژه ها | פרסומת | תוכן שיווקי | תוכן מקודם | העתק קישור | הועתק | שמירה | האזנה |
הוספת תגובה | הוסף תגובה | לתגובות | פייסבוק | טוויטר | טלגרם | וואטסאפ | שתפו | שתף | תגובות | תגיות | הדפסה | reklam | reklamlar |
reklamdan sonra devam ediyor | haberin devamı | haberin devamı için tıklayın | devamı | bağlantıyı kopyala | yorum yap | yorum yaz | haberi paylaş |
abone ol | takip et | dinle | kaydet | ilan | ڕیکلام | ریکلام | بڵاوکردنەوە | هاوبەشکردن | بڵاوی بکەوە | لێدوان | لێدوانەکان | کۆمێنت | تاگ |
تاگەکان | parve bike | şîrove | etîket | paylaş | yorumlar | etiketler | yazdır | anzeige | werbung | teilen | kommentare | drucken | publicité |
partager | commentaires | publicidad | compartir | comentarios | publicidade | compartilhar | pubblicità | condividi | commenti | advertentie |
реклама | поделиться | комментарии | теги`)

// lister makes a list of folded phrases.
func lister(list string) []string {
	var out []string
	for phrase := range strings.SplitSeq(list, "|") {
		if phrase = spelling.Fold(phrase); phrase != "" {
			out = append(out, phrase)
		}
	}
	return out
}

// phrases are folded phrases by their first word.
func phrases(list string) map[string][]string {
	byWord := map[string][]string{}
	for _, p := range lister(list) {
		word, _, _ := strings.Cut(p, " ")
		byWord[word] = append(byWord[word], p)
	}
	return byWord
}

func phraseSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, p := range lister(list) {
		set[p] = true
	}
	return set
}

// opening returns the longest phrase that a folded text begins with, whole words
// only, "" for none.
func opening(byWord map[string][]string, folded string) string {
	word, _, _ := strings.Cut(folded, " ")
	longest := ""
	for _, p := range byWord[word] {
		if len(p) > len(longest) && strings.HasPrefix(folded, p) && (len(folded) == len(p) || folded[len(p)] == ' ') {
			longest = p
		}
	}
	return longest
}
