"""Lines of seven languages, in two versions amid a paragraph: a changed fact, or the same in other notation."""

from __future__ import annotations

from planting import Plant, changed

AROUND = {
    "de": (
        "Der Stadtrat hat am Abend über den Umbau des alten Hafens beraten und mehrere Gutachten angehört.",
        "Die nächste Sitzung findet nach den Ferien in der Bibliothek statt, wie das Rathaus mitteilte.",
    ),
    "fr": (
        "Le conseil municipal a discuté dans la soirée de la rénovation du vieux port et entendu plusieurs experts.",
        "La prochaine réunion aura lieu après les vacances dans la bibliothèque, selon la mairie.",
    ),
    "es": (
        "El ayuntamiento debatió por la noche la reforma del viejo puerto y escuchó a varios expertos de la región.",
        "La próxima reunión será después de las vacaciones en la biblioteca, según informó la alcaldía.",
    ),
    "ru": (
        "Городской совет вечером обсудил перестройку старого порта и выслушал нескольких экспертов из столицы.",
        "Следующее заседание пройдёт после каникул в городской библиотеке, сообщила мэрия.",
    ),
    "ar": (
        "ناقش مجلس المدينة مساء أمس تجديد الميناء القديم واستمع إلى عدد من الخبراء القادمين من العاصمة.",
        "وستعقد الجلسة القادمة بعد العطلة في مكتبة المدينة كما أعلنت البلدية في بيان.",
    ),
    "hi": (
        "नगर परिषद ने शाम को पुराने बंदरगाह की मरम्मत पर चर्चा की और राजधानी से आए विशेषज्ञों की बात सुनी।",
        "अगली बैठक छुट्टियों के बाद शहर के पुस्तकालय में होगी, नगर निगम ने बताया।",
    ),
    "zh": (
        "市议会当晚讨论了旧港口的改造计划，并听取了来自首都的几位专家的意见。",
        "市政府表示，下一次会议将在假期之后在市图书馆举行。",
    ),
}
"""What stands before and after each line."""

LINES = """
de|figure|Bei dem Unfall wurden 40 Menschen verletzt.|Bei dem Unfall wurden 70 Menschen verletzt.
de|thousandfold|An dem Lauf nahmen 12 Schüler teil.|An dem Lauf nahmen 12.000 Schüler teil.
de|scale|Die Brücke kostet 3 Millionen Euro.|Die Brücke kostet 3 Milliarden Euro.
de|unit|Der Weg ist 8 Kilometer lang.|Der Weg ist 8 Meilen lang.
de|direction|Die Zahl der Gäste ist im Sommer gestiegen.|Die Zahl der Gäste ist im Sommer gesunken.
de|negation|Der Bürgermeister will den Vertrag unterschreiben.|Der Bürgermeister will den Vertrag nicht unterschreiben.
de|negation|Die Stadt hat einen Plan für den Winter.|Die Stadt hat keinen Plan für den Winter.
de|weekday|Die Arbeiten beginnen am Montag.|Die Arbeiten beginnen am Donnerstag.
de|name|Den Antrag stellte Frau Petersen am Abend.|Den Antrag stellte Frau Lehmann am Abend.
de|modal|Das Land muss die Kosten tragen.|Das Land kann die Kosten tragen.
de|same|Die Zahl lag bei 12.500 im Mai.|Die Zahl lag bei 12 500 im Mai.
de|same|Das Amt öffnet um 15 Uhr.|Das Amt öffnet um 15:00 Uhr.
de|same|Es geschah am 3. Oktober 2019.|Es geschah am 03.10.2019.
de|same|Der Anteil liegt bei 5,5 Prozent.|Der Anteil liegt bei 5,5 %.
de|same|Die Firma Müller baut das Haus.|Die Firma Mueller baut das Haus.
de|same|Es kamen zwölf Gäste aus Wien.|Es kamen 12 Gäste aus Wien.
fr|figure|L’accident a fait 40 blessés.|L’accident a fait 70 blessés.
fr|thousandfold|La course a réuni 12 élèves.|La course a réuni 12 000 élèves.
fr|scale|Le pont coûte 3 millions d’euros.|Le pont coûte 3 milliards d’euros.
fr|unit|Le chemin est long de 8 kilomètres.|Le chemin est long de 8 milles.
fr|direction|Le nombre de visiteurs a augmenté cet été.|Le nombre de visiteurs a diminué cet été.
fr|negation|Le maire veut signer le contrat.|Le maire ne veut pas signer le contrat.
fr|weekday|Les travaux commencent lundi.|Les travaux commencent jeudi.
fr|name|La demande vient de Mme Lefebvre.|La demande vient de Mme Garnier.
fr|modal|L’État doit payer les travaux.|L’État peut payer les travaux.
fr|same|Le total est de 12 500 euros.|Le total est de 12.500 euros.
fr|same|Le bureau ouvre à 15h00.|Le bureau ouvre à 15 heures.
fr|same|C’était le 3 octobre 2019.|C’était le 03/10/2019.
fr|same|La part est de 5,5 pour cent.|La part est de 5,5 %.
fr|same|Douze invités sont venus de Lyon.|12 invités sont venus de Lyon.
es|figure|El accidente dejó 40 heridos.|El accidente dejó 70 heridos.
es|thousandfold|En la carrera participaron 12 alumnos.|En la carrera participaron 12.000 alumnos.
es|scale|El puente cuesta 3 mil euros.|El puente cuesta 3 millones de euros.
es|unit|El camino mide 8 kilómetros.|El camino mide 8 millas.
es|direction|El número de visitantes subió en verano.|El número de visitantes bajó en verano.
es|negation|El alcalde quiere firmar el contrato.|El alcalde no quiere firmar el contrato.
es|weekday|Las obras empiezan el lunes.|Las obras empiezan el jueves.
es|name|La solicitud es de la señora Ortega.|La solicitud es de la señora Navarro.
es|modal|El Estado debe pagar las obras.|El Estado puede pagar las obras.
es|same|El total fue de 12.500 euros.|El total fue de 12 500 euros.
es|same|La oficina abre a las 15:00 horas.|La oficina abre a las 15 horas.
es|same|Fue el 3 de octubre de 2019.|Fue el 03/10/2019.
es|same|La parte es del 5,5 por ciento.|La parte es del 5,5 %.
es|same|Vinieron doce invitados de Sevilla.|Vinieron 12 invitados de Sevilla.
ru|figure|В аварии пострадали 40 человек.|В аварии пострадали 70 человек.
ru|thousandfold|В забеге участвовали 12 школьников.|В забеге участвовали 12 000 школьников.
ru|scale|Мост стоит 3 миллиона рублей.|Мост стоит 3 миллиарда рублей.
ru|unit|Длина дороги 8 километров.|Длина дороги 8 миль.
ru|direction|Число гостей летом выросло.|Число гостей летом упало.
ru|negation|Мэр хочет подписать договор.|Мэр не хочет подписать договор.
ru|weekday|Работы начнутся в понедельник.|Работы начнутся в четверг.
ru|name|Заявку подала госпожа Иванова.|Заявку подала госпожа Соколова.
ru|modal|Государство должно оплатить работы.|Государство может оплатить работы.
ru|same|Итог составил 12 500 рублей.|Итог составил 12500 рублей.
ru|same|Это было 3 октября 2019 года.|Это было 03.10.2019.
ru|same|Доля составляет 5,5 процента.|Доля составляет 5,5 %.
ru|same|Пришли двенадцать гостей из Казани.|Пришли 12 гостей из Казани.
ar|figure|أصيب في الحادث 40 شخصا.|أصيب في الحادث 70 شخصا.
ar|thousandfold|شارك في السباق 12 طالبا.|شارك في السباق 12,000 طالب.
ar|scale|يكلف الجسر 3 ملايين دولار.|يكلف الجسر 3 مليارات دولار.
ar|unit|يبلغ طول الطريق 8 كيلومترات.|يبلغ طول الطريق 8 أميال.
ar|direction|ارتفع عدد الزوار في الصيف.|انخفض عدد الزوار في الصيف.
ar|negation|يريد رئيس البلدية توقيع العقد.|لا يريد رئيس البلدية توقيع العقد.
ar|weekday|تبدأ الأعمال يوم الاثنين.|تبدأ الأعمال يوم الخميس.
ar|same|بلغ العدد 12500 في مايو.|بلغ العدد ١٢٥٠٠ في مايو.
ar|same|تبلغ النسبة 5 في المئة.|تبلغ النسبة 5%.
hi|figure|दुर्घटना में 40 लोग घायल हुए।|दुर्घटना में 70 लोग घायल हुए।
hi|thousandfold|दौड़ में 12 छात्रों ने भाग लिया।|दौड़ में 12,000 छात्रों ने भाग लिया।
hi|scale|पुल की लागत 3 लाख रुपये है।|पुल की लागत 3 करोड़ रुपये है।
hi|unit|सड़क 8 किलोमीटर लंबी है।|सड़क 8 मील लंबी है।
hi|direction|गर्मियों में मेहमानों की संख्या बढ़ी।|गर्मियों में मेहमानों की संख्या घटी।
hi|negation|महापौर अनुबंध पर हस्ताक्षर करना चाहते हैं।|महापौर अनुबंध पर हस्ताक्षर नहीं करना चाहते हैं।
hi|weekday|काम सोमवार को शुरू होगा।|काम गुरुवार को शुरू होगा।
hi|same|मई में संख्या 12500 थी।|मई में संख्या १२५०० थी।
hi|same|हिस्सा 5 प्रतिशत है।|हिस्सा 5% है।
zh|figure|事故造成40人受伤。|事故造成70人受伤。
zh|thousandfold|共有12名学生参加了比赛。|共有12000名学生参加了比赛。
zh|scale|这座桥耗资3万元。|这座桥耗资3亿元。
zh|unit|这条路长8公里。|这条路长8英里。
zh|direction|夏季的游客人数上升了。|夏季的游客人数下降了。
zh|negation|市长愿意签署合同。|市长不愿意签署合同。
zh|weekday|工程将于星期一开始。|工程将于星期四开始。
zh|same|五月的人数是12500人。|五月的人数是１２５００人。
zh|same|比例为百分之五。|比例为5%。
"""
"""Language, kind, the original, the other version; `same` where it states the same."""
SAME = "same"


def lines() -> list[tuple[str, str, Plant]]:
    """Language, kind and both texts of each line, with the place that differs."""
    listed = (row.split("|") for row in LINES.strip().splitlines())
    return [(code, kind, _amid(AROUND[code], original, other)) for code, kind, original, other in listed]


def _amid(around: tuple[str, str], original: str, other: str) -> Plant:
    before, after = around
    text = f"{before} {original} {after}"
    return changed(text, [(len(before) + 1, len(before) + 1 + len(original), other)])
