"""Reuse in six languages and five scripts, in texts long enough for the learned aligner and in short ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from shares import reused

from compare.align.align import align
from compare.align.judge import EDITED
from compare.align.prepare import prepare
from compare.model import Kind, Mark, Match
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    Texts = Callable[["Language", str], tuple[str, str]]


@dataclass(frozen=True)
class Language:
    lighthouse: str
    rewritten: str
    """The lighthouse in other words, its sentences in another order."""
    changes: tuple[tuple[str, str], ...]
    bread: str
    ward: str
    bees: str
    train: str

    def edited(self) -> str:
        text = self.lighthouse
        for old, new in self.changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        return text


LANGUAGES = {
    "German": Language(
        "Der alte Leuchtturm auf der Insel Norderhagen wird zu einer Wetterstation umgebaut. Das Verkehrsministerium "
        "kaufte das Gebäude im Januar für 3,6 Millionen Euro von den Erben des letzten Wärters. Ab April ersetzen "
        "Handwerker die verrostete Wendeltreppe und die Fenster der Laternenstube. Besucher dürfen die Plattform "
        "künftig nur noch sonntags betreten, sofern der Wind schwach genug ist.",
        "Auf der Insel Norderhagen entsteht im alten Leuchtturm eine Wetterstation. Von den Erben des letzten Wärters "
        "hatte das Verkehrsministerium das Gebäude im Januar erworben, der Preis: 3,6 Millionen Euro. Nur sonntags "
        "und bei schwachem Wind dürfen Besucher künftig auf die Plattform. Die Fenster der Laternenstube und die "
        "verrostete Wendeltreppe werden von Handwerkern ab April ersetzt.",
        (("Handwerker", "Schlosser"), ("künftig nur noch", "bloß"), ("kaufte", "erwarb")),
        "Die Bäckereien der Altstadt verlangen seit Montag mehr für ihr Brot. Schuld seien die gestiegenen "
        "Strompreise, erklärte die Innung, denn ein Ofen brauche in einer Nacht so viel wie ein Haushalt in einem "
        "Monat. Kunden reagieren gelassen. Manche kaufen am Abend, wenn die Ware billiger abgegeben wird.",
        "Im Kreiskrankenhaus fehlen nach Angaben der Pflegeleitung achtzehn Krankenschwestern. Zwei Stationen mussten "
        "deshalb über die Feiertage schließen, Patienten wurden in Nachbarstädte verlegt. Die Gewerkschaft fordert "
        "kürzere Schichten. Der Landrat will im Herbst eine eigene Schule gründen, die junge Leute gewinnt.",
        "Imker im Mittelgebirge haben diesen Sommer kaum Honig geerntet. Nach dem kalten Mai fanden die Völker zu "
        "wenig Blüten, viele mussten gefüttert werden. Eine Forscherin zählt seit zwanzig Jahren die Wildbienen "
        "derselben Wiese. Sie hat sieben Arten nicht mehr wiedergesehen, darunter die große Schmalbiene.",
        "Der Nachtzug nach Süden fährt wieder. Nach einer Pause von neun Jahren rollten am Freitag die ersten "
        "Schlafwagen aus dem Hauptbahnhof, besetzt bis auf den letzten Platz. Die Fahrt dauert vierzehn Stunden. "
        "Frühstück gibt es im Speisewagen, dessen Küche noch aus den siebziger Jahren stammt.",
    ),
    "Russian": Language(
        "Старый маяк на острове Каменный превратят в метеостанцию. Министерство транспорта купило здание в январе за "
        "3,6 миллиона рублей у наследников последнего смотрителя. С апреля рабочие заменят ржавую винтовую лестницу и "
        "окна фонарной комнаты. Посетителей будут пускать на площадку только по воскресеньям, если ветер окажется "
        "достаточно слабым.",
        "На острове Каменный в старом маяке появится метеостанция. У наследников последнего смотрителя здание ещё в "
        "январе приобрело министерство транспорта, заплатив 3,6 миллиона рублей. Только по воскресеньям, при "
        "достаточно слабом ветре, посетителей станут пускать на площадку. Окна фонарной комнаты и ржавую винтовую "
        "лестницу рабочие заменят начиная с апреля.",
        (("рабочие", "мастера"), ("будут пускать", "пустят"), ("достаточно ", "")),
        "Пекарни старого города с понедельника подняли цены на хлеб. Виновато подорожавшее электричество, объяснили в "
        "союзе пекарей: одна печь за ночь расходует столько же, сколько семья за месяц. Покупатели отнеслись к этому "
        "спокойно. Некоторые теперь приходят вечером, когда вчерашние батоны отдают за полцены.",
        "В районной больнице не хватает восемнадцати медсестёр. На праздники пришлось закрыть два отделения, а "
        "пациентов перевезли в соседние города. Профсоюз требует сократить смены. Глава района обещает осенью открыть "
        "собственное училище, чтобы привлечь молодёжь в профессию, от которой давно отвернулись выпускники.",
        "Пасечники предгорий почти не собрали мёда этим летом. После холодного мая семьям не хватило цветов, и многих "
        "пришлось подкармливать сахаром. Одна исследовательница двадцать лет считает диких пчёл на том же лугу. Семь "
        "видов она больше не встречала, в том числе крупную земляную пчелу.",
        "Ночной поезд на юг снова ходит. После девятилетнего перерыва в пятницу от главного вокзала отошли первые "
        "спальные вагоны, заполненные до последнего места. Дорога занимает четырнадцать часов. Завтрак подают в "
        "вагоне-ресторане, кухня которого сохранилась ещё с семидесятых годов прошлого века.",
    ),
    "Spanish": Language(
        "El viejo faro de la isla de Cabrales se convertirá en una estación meteorológica. El Ministerio de "
        "Transportes compró el edificio en enero por 3,6 millones de euros a los herederos del último farero. A "
        "partir de abril los obreros sustituirán la oxidada escalera de caracol y las ventanas de la linterna. Los "
        "visitantes solo podrán subir a la plataforma los domingos, siempre que el viento sea bastante flojo.",
        "En la isla de Cabrales, el viejo faro albergará una estación meteorológica. A los herederos del último "
        "farero les compró el edificio en enero el Ministerio de Transportes, que pagó 3,6 millones de euros. Solo "
        "los domingos, y con viento flojo, podrán los visitantes subir a la plataforma. Las ventanas de la linterna y "
        "la oxidada escalera de caracol las sustituirán los obreros a partir de abril.",
        (("los obreros", "unos operarios"), ("siempre que", "cuando"), ("compró", "adquirió")),
        "Las panaderías del casco antiguo han subido sus precios desde el lunes. La culpa es de la luz, explicó el "
        "gremio, porque un horno gasta en una noche lo que una familia en un mes. Los clientes lo toman con calma. "
        "Algunos vienen ahora al atardecer, cuando las barras que sobran se venden a mitad de precio.",
        "Al hospital comarcal le faltan dieciocho enfermeras, según la dirección. Dos plantas tuvieron que cerrar en "
        "las fiestas y los pacientes fueron trasladados a ciudades vecinas. El sindicato exige turnos más cortos. El "
        "presidente de la comarca quiere fundar en otoño una escuela propia que atraiga a los jóvenes.",
        "Los apicultores de la sierra apenas han recogido miel este verano. Tras un mayo frío, las colmenas no "
        "encontraron flores suficientes y muchas necesitaron jarabe. Una investigadora cuenta desde hace veinte años "
        "las abejas silvestres del mismo prado. Siete especies no las ha vuelto a ver, entre ellas el gran abejorro.",
        "El tren nocturno hacia el sur vuelve a circular. Tras una pausa de nueve años, el viernes salieron de la "
        "estación central los primeros coches cama, llenos hasta la última litera. El trayecto dura catorce horas. El "
        "desayuno se sirve en el vagón restaurante, cuya cocina conserva el aspecto de los años setenta.",
    ),
    "Chinese": Language(
        "白石岛上的旧灯塔将改建为气象站。交通部今年一月以三百六十万元从最后一位守塔人的后代手中买下这座建筑。工人们四月起更换生锈的旋转楼梯和灯室的窗户。今后游客只能在星期天登上平台，而且风力必须足够小。",
        "在白石岛，旧灯塔里将建起一座气象站。今年一月，最后一位守塔人的后代把这座建筑卖给了交通部，价格是三百六十万元。游客今后登上平台只限星期天，并且要风力足够小才行。灯室的窗户和生锈的旋转楼梯从四月起由工人们更换。",
        (("工人们", "工匠"), ("必须", "要"), ("买下", "购得")),
        "老城区的面包店从星期一开始涨价。面包师协会解释说，原因是电费上升，一个烤炉一夜消耗的电相当于一户人家一个月的用量。顾客们反应平静，有些人改在傍晚来买，因为那时剩下的面包半价出售。",
        "县医院的护理主任表示，目前缺少十八名护士。节日期间两个病区因此关闭，病人被转送到邻近城市。工会要求缩短值班时间。县长打算秋天开办一所护士学校，好让更多年轻人愿意从事这个职业。",
        "山区的养蜂人今年夏天几乎没有收到蜂蜜。寒冷的五月过后，蜂群找不到足够的花，许多只好喂糖水。一位研究者二十年来一直在同一片草地上统计野蜂，有七个种类她再也没有见过，其中包括大地蜂。",
        "开往南方的夜班火车恢复运行了。停驶九年之后，首批卧铺车厢星期五驶出中央车站，座无虚席。全程需要十四个小时。早餐在餐车供应，那里的厨房还保留着上世纪七十年代的模样。",
    ),
    "Arabic": Language(
        "ستتحول المنارة القديمة في جزيرة الصخور إلى محطة للأرصاد الجوية. اشترت وزارة النقل المبنى في يناير بمبلغ "
        "3.6 مليون دينار من ورثة آخر حارس للمنارة. ويبدأ العمال في أبريل استبدال السلم الحلزوني الصدئ ونوافذ غرفة "
        "المصباح. ولن يسمح للزوار بالصعود إلى المنصة إلا في أيام الأحد، بشرط أن تكون الرياح ضعيفة بما يكفي.",
        "في جزيرة الصخور ستقام محطة للأرصاد الجوية داخل المنارة القديمة. ومن ورثة آخر حارس للمنارة كانت وزارة "
        "النقل قد اشترت المبنى في يناير مقابل 3.6 مليون دينار. وفي أيام الأحد فقط، وإذا كانت الرياح ضعيفة، يسمح "
        "للزوار بالصعود إلى المنصة. أما نوافذ غرفة المصباح والسلم الحلزوني الصدئ فيستبدلها العمال ابتداء من "
        "أبريل.",
        (("العمال", "الحرفيون"), ("بشرط أن تكون", "إذا كانت"), ("بمبلغ", "مقابل")),
        "رفعت مخابز المدينة القديمة أسعار الخبز منذ يوم الاثنين. وقال اتحاد الخبازين إن السبب هو غلاء الكهرباء، "
        "فالفرن الواحد يستهلك في ليلة ما تستهلكه أسرة كاملة في شهر. وتقبل الزبائن الأمر بهدوء. وصار بعضهم يأتي "
        "مساء حين تباع الأرغفة الباقية بنصف ثمنها المعتاد.",
        "يعاني مستشفى المحافظة نقصا يبلغ ثماني عشرة ممرضة. واضطرت الإدارة إلى إغلاق جناحين خلال العيد، ونقل "
        "المرضى إلى مدن مجاورة. وتطالب النقابة بتقصير ساعات المناوبة. ويعتزم المحافظ أن يفتتح في الخريف معهدا "
        "خاصا يجذب الشباب إلى هذه المهنة التي هجرها كثير من الخريجين.",
        "لم يجمع مربو النحل في المرتفعات هذا الصيف إلا القليل من العسل. فبعد برد مايو لم تجد الخلايا أزهارا "
        "كافية، واحتاج كثير منها إلى ماء محلى. وتحصي باحثة النحل البري في المرج نفسه منذ عشرين عاما. وقد اختفت عن "
        "عينيها سبعة أنواع، منها نحلة الأرض الكبيرة.",
        "عاد قطار الليل المتجه إلى الجنوب بعد توقف دام تسع سنوات. وغادرت أولى عربات النوم المحطة المركزية يوم "
        "الجمعة وقد امتلأت حتى آخر مقعد. وتستغرق الرحلة أربع عشرة ساعة. ويقدم الفطور في عربة المطعم التي ما زال "
        "مطبخها على حاله كما كان في السبعينات.",
    ),
    "Hindi": Language(
        "सफेद टापू के पुराने प्रकाशस्तंभ को मौसम केंद्र में बदला जाएगा। परिवहन मंत्रालय ने जनवरी में यह इमारत आखिरी रखवाले के "
        "वारिसों से छत्तीस लाख रुपये में खरीदी। अप्रैल से मजदूर जंग लगी घुमावदार सीढ़ी और दीपकक्ष की खिड़कियां बदलेंगे। आगे से "
        "पर्यटक केवल रविवार को चबूतरे पर चढ़ सकेंगे, वह भी तब जब हवा काफी धीमी हो।",
        "पुराने प्रकाशस्तंभ में, जो सफेद टापू पर खड़ा है, अब मौसम केंद्र बनेगा। आखिरी रखवाले के वारिसों ने जनवरी में यह इमारत "
        "परिवहन मंत्रालय को छत्तीस लाख रुपये में बेची। केवल रविवार को, और धीमी हवा में ही, पर्यटक आगे से चबूतरे पर चढ़ सकेंगे। "
        "दीपकक्ष की खिड़कियां और जंग लगी घुमावदार सीढ़ी मजदूर अप्रैल से बदलेंगे।",
        (("मजदूर", "कारीगर"), ("वह भी तब जब", "यदि"), ("काफी ", "")),
        "पुराने शहर की बेकरियों ने सोमवार से डबल रोटी महंगी कर दी है। नानबाई संघ का कहना है कि बिजली के बढ़े दाम इसकी वजह हैं, "
        "क्योंकि एक भट्टी रात भर में उतनी बिजली खाती है जितनी एक परिवार महीने भर में। ग्राहकों ने इसे शांति से लिया। कुछ लोग अब "
        "शाम को आते हैं, जब बची हुई रोटियां आधे दाम पर मिलती हैं।",
        "जिला अस्पताल में अठारह नर्सों की कमी है। त्योहार के दिनों में दो वार्ड बंद करने पड़े और मरीजों को पड़ोसी नगरों में भेजा "
        "गया। कर्मचारी यूनियन पाली के घंटे घटाने की मांग कर रही है। जिलाधिकारी शरद ऋतु में एक अपना प्रशिक्षण विद्यालय खोलना चाहते "
        "हैं, ताकि युवा इस पेशे की ओर लौटें।",
        "पहाड़ी इलाकों के मधुमक्खी पालकों को इस गर्मी में शहद लगभग नहीं मिला। ठंडी मई के बाद छत्तों को पर्याप्त फूल नहीं मिले और "
        "कई को चीनी का घोल पिलाना पड़ा। एक शोधकर्ता बीस साल से उसी मैदान की जंगली मक्खियां गिनती हैं। सात प्रजातियां उन्हें दोबारा "
        "नहीं दिखीं, जिनमें बड़ी भूमि मक्खी भी शामिल है।",
        "दक्षिण जाने वाली रात की रेलगाड़ी फिर चल पड़ी है। नौ साल के विराम के बाद शुक्रवार को पहले शयनयान मुख्य स्टेशन से निकले और "
        "उनमें एक भी सीट खाली नहीं थी। सफर चौदह घंटे का है। नाश्ता भोजनयान में मिलता है, जिसकी रसोई आज भी सत्तर के दशक जैसी ही "
        "दिखती है।",
    ),
}
every = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)


def join(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def first(text: str) -> str:
    """The first sentence with its punctuation."""
    ready = prepare(text)
    return text[: ready.sentences[1].start].strip()


def reuse(a: str, b: str) -> list[Match]:
    return [match for match in align(prepare(a), prepare(b), Settings()) if match.kind.is_reuse]


def longs(one: Language, passage: str) -> tuple[str, str]:
    """The lighthouse between two other stories, and a passage between two further ones: over 100 words each."""
    return join(one.bread, one.lighthouse, one.ward), join(one.bees, passage, one.train)


def shorts(one: Language, passage: str) -> tuple[str, str]:
    """Both beside one sentence: under 100 words (in Chinese about 100 characters)."""
    return join(first(one.bread), one.lighthouse), join(passage, first(one.bees))


SIZES = pytest.mark.parametrize("texts", [longs, shorts], ids=["learned", "short"])


@every
def test_the_texts_are_as_long_as_said(language: Language) -> None:
    sizes = [[len(prepare(text).tokens) for text in texts(language, language.rewritten)] for texts in (longs, shorts)]
    assert min(sizes[0]) > 120
    assert max(sizes[1]) < 120
    assert sizes[1] < [100, 100] or language is LANGUAGES["Chinese"]


@every
@SIZES
def test_a_lifted_paragraph_is_verbatim_from_its_first_word_to_its_last(language: Language, texts: Texts) -> None:
    a, b = texts(language, language.lighthouse)
    (match,) = reuse(a, b)
    assert (match.kind, match.similarity, match.marks) == (Kind.VERBATIM, 1.0, ())
    assert a[slice(*match.a)] == b[slice(*match.b)] == language.lighthouse.rstrip(".。।")


@every
@SIZES
def test_a_paragraph_with_words_changed_is_edited_and_the_words_are_named(language: Language, texts: Texts) -> None:
    a, b = texts(language, language.edited())
    (match,) = reuse(a, b)
    assert match.kind is Kind.EDITED
    assert 0.85 < match.similarity < 1
    assert a[slice(*match.a)] == language.lighthouse.rstrip(".。।")
    assert b[slice(*match.b)] == language.edited().rstrip(".。।")
    changed = [(a[slice(*step.a)], b[slice(*step.b)]) for step in match.operations if step.kind != "equal"]
    assert len(changed) == len(language.changes)


@every
@SIZES
def test_a_paragraph_told_in_other_words_and_order_is_rewritten(language: Language, texts: Texts) -> None:
    a, b = texts(language, language.rewritten)
    (match,) = reuse(a, b)
    assert match.kind is Kind.REWRITTEN
    assert match.similarity == pytest.approx(2 / (1 / match.kept_a + 1 / match.kept_b))
    assert 0.25 < match.similarity < EDITED
    here, there = a[slice(*match.a)], b[slice(*match.b)]
    assert here in language.lighthouse
    assert there in language.rewritten
    assert len(here) > 0.7 * len(language.lighthouse)
    assert len(there) > 0.6 * len(language.rewritten)


@every
def test_other_stories_in_the_same_language_are_no_reuse_and_not_related(language: Language) -> None:
    stories = [language.bread, language.ward, language.bees, language.train]
    assert align(prepare(join(language.lighthouse, *stories[:2])), prepare(join(*stories[2:])), Settings()) == ()
    assert align(prepare(join(language.lighthouse, stories[3])), prepare(join(*stories[:3])), Settings()) == ()
    assert align(prepare(first(language.bread)), prepare(language.train), Settings()) == ()


@every
def test_a_paragraph_that_changed_places_is_moved(language: Language) -> None:
    a = join(language.bread, language.lighthouse, language.ward)
    b = join(language.ward, language.bread, language.lighthouse)
    found = reuse(a, b)
    assert {match.kind for match in found} == {Kind.VERBATIM}
    moved = [a[slice(*match.a)] for match in found if Mark.MOVED in match.marks]
    assert moved
    assert all(passage in language.ward for passage in moved)
    assert all(a[slice(*match.a)] not in language.ward for match in found if Mark.MOVED not in match.marks)
    left, right = prepare(a), prepare(b)
    assert reused(found, left.tokens, right.tokens) == (1.0, 1.0)
