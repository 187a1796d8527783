"""Words that state facts: numbers, scales, dates, units, negations, in the languages that the tests speak. Data only.

Short on purpose: a word that is missing costs a mark on a match, a word too many cries wolf. Lower case; words of one
meaning stand in one line after their value.
"""

from __future__ import annotations

from decimal import Decimal


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _by_line(lines: str) -> dict[str, int]:
    """Words by the number of their line, from 1."""
    return {word: place for place, line in enumerate(lines.strip().splitlines(), 1) for word in line.split()}


WEEKDAYS = _by_line("""
monday mondays montag montags lunes lundi понедельник понедельника понедельнику الاثنين الإثنين सोमवार
tuesday tuesdays dienstag dienstags martes mardi вторник вторника الثلاثاء मंगलवार
wednesday wednesdays mittwoch mittwochs miércoles mercredi среда среду среды الأربعاء बुधवार
thursday thursdays donnerstag donnerstags jueves jeudi четверг четверга الخميس गुरुवार
friday fridays freitag freitags viernes vendredi пятница пятницу пятницы الجمعة शुक्रवार
saturday saturdays samstag samstags sonnabend sábado samedi суббота субботу субботы السبت शनिवार
sunday sundays sonntag sonntags domingo dimanche воскресенье воскресенья الأحد रविवार
""")
MONTHS = _by_line("""
january jan januar jänner enero janvier январь января январе يناير जनवरी
february feb februar febrero février февраль февраля феврале فبراير फ़रवरी फरवरी
march mar märz marzo mars март марта марте مارس मार्च
april apr abril avril апрель апреля апреле أبريل ابريل अप्रैल
may mai mayo май мая мае مايو मई
june jun juni junio juin июнь июня июне يونيو जून
july jul juli julio juillet июль июля июле يوليو जुलाई
august aug agosto août август августа августе أغسطس अगस्त
september sep sept septiembre septembre сентябрь сентября сентябре سبتمبر सितंबर सितम्बर
october oct oktober okt octubre octobre октябрь октября октябре أكتوبر अक्टूबर अक्तूबर
november nov noviembre novembre ноябрь ноября ноябре نوفمبر नवंबर नवम्बर
december dec dezember dez diciembre décembre декабрь декабря декабре ديسمبر दिसंबर दिसम्बर
""")
UNSURE_MONTHS = _words("jan feb mar mars march apr may mai jun jul aug sep sept oct okt nov dec dez मई")
"""Months that are words or names as well: they count beside a day, a year or a word such as "in" only."""
DATE_LINKS = _words("of de del the")
BEFORE_YEAR = _words(
    "in since by of from until before after during early late im seit jahr jahre jahres bis ende anfang mitte en desde "
    "hasta año de del depuis année dès в с до от к عام سنة सन वर्ष"
)
AFTER_YEAR = _words("году года год वर्ष में")

_ONES = _by_line("""
one eins uno une один одна одно एक واحد
two zwei dos deux два две दो اثنان اثنين
three drei tres trois три трёх трех तीन ثلاث ثلاثة
four vier cuatro quatre четыре четырёх четырех चार أربع أربعة
five fünf cinco cinq пять пяти पांच पाँच خمس خمسة
six sechs seis шесть шести छह ست ستة
seven sieben siete sept семь семи सात سبع سبعة
eight acht ocho huit восемь восьми आठ ثمان ثماني ثمانية
nine neun nueve девять девяти नौ تسع تسعة
ten zehn diez dix десять десяти दस عشر عشرة
eleven elf once onze одиннадцать одиннадцати ग्यारह
twelve zwölf doce douze двенадцать двенадцати बारह
thirteen dreizehn trece treize тринадцать तेरह
fourteen vierzehn catorce quatorze четырнадцать चौदह
fifteen fünfzehn quince quinze пятнадцать पंद्रह
sixteen sechzehn dieciséis seize шестнадцать सोलह
seventeen siebzehn diecisiete семнадцать सत्रह
eighteen achtzehn dieciocho восемнадцать अठारह
nineteen neunzehn diecinueve девятнадцать उन्नीस
""")
_TENS = _by_line("""
ten
twenty zwanzig veinte vingt двадцать двадцати बीस عشرون عشرين
thirty dreißig dreissig treinta trente тридцать тридцати तीस ثلاثون ثلاثين
forty vierzig cuarenta quarante сорок сорока चालीस أربعون أربعين
fifty fünfzig cincuenta cinquante пятьдесят пятидесяти पचास خمسون خمسين
sixty sechzig sesenta soixante шестьдесят шестидесяти साठ ستون ستين
seventy siebzig setenta семьдесят सत्तर سبعون سبعين
eighty achtzig ochenta восемьдесят अस्सी ثمانون ثمانين
ninety neunzig noventa девяносто नब्बे تسعون تسعين
""")
_GERMAN = {
    (word if value > 1 else "ein") + "und" + ten: value + 10 * tens
    for ten, tens in _TENS.items()
    for word, value in _ONES.items()
    if ten.endswith(("zig", "ßig", "ssig")) and word in _words("eins zwei drei vier fünf sechs sieben acht neun")
}
NUMBERS = {**_ONES, **{word: 10 * value for word, value in _TENS.items()}, **_GERMAN}
AND = _words("and y et und")
"""Links inside a spelled number: a hundred and five, treinta y tres."""
_SCALES = """
10 decade decades jahrzehnt jahrzehnte jahrzehnten década décadas décennies десятилетия
12 dozen dozens dutzend docena docenas douzaine douzaines дюжина дюжины
100 hundred hundreds hundert hunderte cien ciento сто сотни सौ مئة مائة
1e3 thousand thousands tausend tausende mil mille тысяча тысячи тысяч тыс हज़ार हजार ألف آلاف k
1e4 万 萬
1e5 lakh lakhs लाख
1e6 million millions mn mio millionen millón millones миллион миллиона миллионов млн مليون ملايين
1e7 crore crores करोड़
1e8 亿 億
1e9 billion billions bn milliarde milliarden mrd milliard milliards миллиард миллиарда миллиардов млрд مليار مليارات अरब
1e12 trillion trillions tn billionen billón billones триллион триллиона триллионов трлн تريليون
"""
SCALES = {word: Decimal(value) for value, *words in map(str.split, _SCALES.strip().splitlines()) for word in words}
_HAN = ("〇零", "一壹", "二两兩贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
HAN = {char: value for value, chars in enumerate(_HAN) for char in chars}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}

_UNITS = """
share:percent %|percent|per cent|prozent|por ciento|pour cent|процент|процента|процентов|بالمئة|بالمائة|प्रतिशत|फीसदी
share:points percentage points|percentage point|prozentpunkte|prozentpunkten|puntos porcentuales
share:points points de pourcentage|процентных пункта|процентных пунктов
share:permille ‰|per mille|promille
length:km km|kilometre|kilometres|kilometer|kilometers|kilometern|kilómetros|kilómetro|kilomètres|kilomètre|км
length:km километр|километра|километров|公里|千米|كيلومتر|كيلومترا|किलोमीटर|किमी
length:mile miles|mile|meilen|millas|milles|миль|мили|英里|ميل|मील
length:m m|metre|metres|meter|meters|metern|metros|mètres|м|метр|метра|метров|米|متر|मीटर
length:foot ft|feet|foot|fuß|pieds|футов|英尺|قدم|फुट
length:cm cm|centimetres|centimeters|zentimeter|centímetros|centimètres|см|сантиметров|厘米
mass:kg kg|kilo|kilos|kilogram|kilograms|kilogramm|kilogramos|kilogrammes|кг|килограмм|килограмма|килограммов|公斤|千克
mass:kg كيلوغرام|किलो|किलोग्राम
mass:tonne t|tonne|tonnes|ton|tons|tonnen|toneladas|т|тонн|тонны|тонна|吨|طن|टन
mass:pound lb|lbs
heat:c °c|℃|degrees celsius|grad celsius|摄氏度
heat:f °f|℉|degrees fahrenheit|grad fahrenheit|华氏度
time:second seconds|sekunden|segundos|secondes|секунд|秒
time:minute minutes|minuten|minutos|минут|минуты|分钟|دقيقة|دقائق|मिनट
time:hour hours|hour|stunden|stunde|horas|heures|часов|часа|小时|ساعة|ساعات|घंटे
time:day days|tage|tagen|días|jours|дней|дня|天|يوم|يوما|أيام|दिन
time:week weeks|week|wochen|woche|semanas|semaines|недель|недели|周|أسبوع|أسابيع|सप्ताह|हफ्ते
time:month months|month|monate|monaten|meses|mois|месяцев|месяца|个月|شهر|شهرا|أشهر|महीने
time:year years|year|jahre|jahren|años|ans|années|лет|года|年|سنة|سنوات|वर्ष|साल
clock:am am|a m
clock:pm pm|p m
money:dollar $|dollar|dollars|dólares|доллар|доллара|долларов|美元|دولار|دولارات|डॉलर
money:euro €|euro|euros|евро|欧元|يورو|यूरो
money:pound £|pound|pounds|pfund|libras|livres|фунтов|英镑|جنيه|पाउंड
money:yen ¥|yen|йен|иен|日元|ين
money:yuan yuan|юаней|元|人民币|يوان
money:ruble ₽|rouble|roubles|ruble|rubles|rubel|rublos|roubles|рубль|рубля|рублей|卢布|روبل
money:rupee ₹|rupee|rupees|rupien|rupias|roupies|रुपये|रुपए|रुपया|روبية
money:franc franken|francs|francos
money:crown crowns|kronen|coronas|couronnes|крон
money:hryvnia ₴|hryvnia|hryvnias|гривен
money:lira ₺|lira|liras
money:won ₩
money:dinar dinars|دينار
money:riyal riyals|ريال
money:peso pesos
"""
UNITS = {
    word: (dimension, key)
    for (dimension, _, key), words in ((head.partition(":"), rest.split("|")) for head, _, rest in (
        line.partition(" ") for line in _UNITS.strip().splitlines()
    ))
    for word in words
}  # fmt: skip
"""Dimension and unit by word or sign. Short ones and Chinese ones count behind a figure only."""
