"""Two facts: the same in another notation, or changed; in eight languages."""

from __future__ import annotations

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from stating import stated, told

from compare.facts.agree import agrees, differences, keys

SAME = """
it was about 4,200 men = it was 4,187 men
more than 26 % of = 26.4 % of
2.5 million men = 2,487,000 men
$1.5m today = $1.5 million today
half a million dollars = $500,000
two and a half million people = 2.5 million people
2½ tonnes = 2.5 tonnes
one in four voters = 25 % of voters
a quarter of voters = 25 percent of voters
two thirds of them = two-thirds of them
ninety-\\none men = 91 men
twenty-three men = 23 men
a dozen men = 12 men
5 miles away = 8 km away
about 11,000ft high = about 3,000 metres high
at 68 °F today = at 20 °C today
on August 21, 2017 he = on 08/21/2017 he
on 3/5/2024 he = on 3 May 2024 he
on 3/5/2024 he = on March 5, 2024 he
on 2024-05-03 he = on 3 May 2024 he
on 21 August he = on Aug. 21 he
the 21st of August he = August 21 he
the 2019-20 season = the 2019/20 season
the 2019-20 season = the 2019-2020 season
in the 1990s he = in the '90s he
at 3 p.m. on = at 15:00 on
at 3 p.m. on = at 3pm on
at 3 p.m. on = at 3 pm on
at noon on = at 12:00 on
at 3 p.m. EDT on = at 3 p.m. ET on
at 3 p.m. ET on = at 1900 GMT on
at 3 p.m. ET on = at noon PT on
um 15 Uhr am = um 15:00 Uhr am
um 15.30 Uhr am = um 15:30 Uhr am
à 15h30 le = à 15:30 le
à 15 h 30 le = à 15:30 le
à 15 heures le = à 15h le
F16 jets = F-16 jets
paid $5 for = paid US$5 for
paid $5 for = paid A$5 for
the second man = the 2nd man
1.000 Menschen = 1,000 Menschen
4.200 Menschen = 4200 Menschen
10 to 15 mph = 10-15 mph
10–15 mph = 10-15 mph
the 2-1 win = the 2–1 win
half of voters = 50 percent of voters
nearly 5,000 men = 4,900 men
hundreds of men = 300 men
two thousand three hundred men = 2,300 men
quatre-vingt-dix hommes = 90 hommes
soixante-dix-sept hommes = 77 hommes
полтора миллиона рублей = 1,5 млн рублей
डेढ़ करोड़ रुपये = 1.5 करोड़ रुपये
साढ़े तीन लाख रुपये = 3.5 लाख रुपये
四分之一的人 = 25%的人
百分之二十五的人 = 25%的人
下午3点开会 = 15:00开会
eine halbe Million Euro = 500.000 Euro
anderthalb Millionen Euro = 1,5 Millionen Euro
un demi-million d'euros = 500 000 euros
dos millones y medio de euros = 2,5 millones de euros
la mitad de los votos = el 50 % de los votos
medio millón de euros = 500.000 euros
خمسة وعشرين رجلا = 25 رجلا
نصف مليون دولار = 500 ألف دولار
пятьсот тысяч рублей = 500 тысяч рублей
половина избирателей = 50% избирателей
5 мая 2024 года = 05.05.2024 года
ten kilometres = 6 miles
5 tons of = 5 tonnes of
A$5 million = 5 million Australian dollars
USD 5 million = US$5 million
12,000 men = 12 000 men
12,000 men = 12'000 men
1,00,000 men = 100,000 men
five lakh rupees = 500,000 rupees
three quarters of a million = 750,000
90er Jahre = 1990er Jahre
1990-х годов = 90-х годов
les années 90 = les années 1990
COVID-19 cases = Covid-19 cases
twenty-first century = 21st century
a couple of men = two men
three o'clock = 3:00
12 p.m. = noon
8:30 p.m. = 20:30
8.30pm = 20:30
half past three = 3:30
a hundred men = 100 men
1.2k men = 1,200 men
five percent = 5%
the 5th = the fifth
5 °C = 5 degrees Celsius
3 May = May 3rd
18:30 MSK = 15:30 GMT
£2bn = 2 billion pounds
8 to 10 million men = 8–10 million men
minus 5 degrees = −5 degrees
20,5 Prozent = 20.5 Prozent
at about 26 % of = 26.4 % of
4½ hours = 4.5 hours
27.6 million = 27,600,000
in 2019 = 2019
about a dozen men = 13 men
several hundred men = hundreds of men
6 points in = 6 percentage points in
mil doscientos votos = 1.200 votos
zweihundertfünfzig Leute = 250 Leute
trois cent vingt morts = 320 morts
сто двадцать пять человек = 125 человек
nearly six in 10 men = 59.6 percent of men
1-in-4 men = one in four men
5 miles (8 km) away = 8 km (5 miles) away
1 023,28 € = 1.023,28 €
plus or minus 3 points = 3 percentage points
noon ET = 1600 GMT
um 3 Uhr nachmittags = um 15 Uhr
um halb vier = um 15.30 Uhr
à 3 heures de l'après-midi = à 15 h
à 20h = à 20 heures
à midi = à 12 h
a las 3 de la tarde = a las 15:00
a mediodía = a las 12:00
в 3 часа дня = в 15:00
в полночь = в 00:00
الساعة 3 مساء = الساعة 15:00
दोपहर 3 बजे = 15:00 बजे
下午三点 = 15:00
上午九点半 = 9:30
21.08.2017 = 21. August 2017
21/08/2017 = 21 août 2017
21/08/2017 = 21 de agosto de 2017
21.08.2017 = 21 августа 2017 года
٢١/٨/٢٠١٧ = 21 أغسطس 2017
21/08/2017 = 21 अगस्त 2017
2017-08-21 = 2017年8月21日
eine Viertelmillion Euro = 250.000 Euro
drei viertel der Wähler = 75 Prozent der Wähler
jeder vierte = jeder 4.
deux millions et demi d'euros = 2,5 millions d'euros
la moitié des électeurs = 50 % des électeurs
un demi-million d'électeurs = 500 000 électeurs
три четверти избирателей = 75 процентов избирателей
два с половиной миллиона рублей = 2,5 млн рублей
ثلاثة أرباع = 75 في المئة
مليونين ونصف = 2.5 مليون
ढाई लाख = 250,000
तीन चौथाई = 75 प्रतिशत
两百五十万元 = 250万元
半数选民 = 50%的选民
rund 4200 Menschen = 4187 Menschen
environ 4 200 personnes = 4 187 personnes
unas 4.200 personas = 4.187 personas
около 4200 человек = 4187 человек
حوالي 4200 شخص = 4187 شخصا
लगभग 4,200 लोग = 4,187 लोग
约4200人 = 4187人
mehr als 26 Prozent = 26,4 Prozent
plus de 26 % = 26,4 %
más del 26 % = 26,4 %
более 26 процентов = 26,4 процента
26 प्रतिशत से अधिक = 26.4 प्रतिशत
超过26% = 26.4%
5 Meilen = 8 Kilometer
8 kilómetros = 5 millas
Aug 21st, 2017 = 21 August 2017
Monday 21 August = Monday, August 21
the summer of '69 = the summer of 1969
two-and-a-half-year sentence = 2.5-year sentence
a six-figure sum = a six-figure sum
100 mph = 160 km/h
10 stone = 140 pounds
an 18-month wait = a wait of 18 months
5ft 11in tall = 5 feet 11 inches tall
1,5 Mio. Euro = 1,5 Millionen Euro
3 Mrd Euro = 3 Milliarden Euro
1.5M people = 1.5 million people
$2B deal = $2 billion deal
16-17 May = 16–17 May
May 16-17 = May 16–17
8 p.m. Pacific = 11 p.m. Eastern
7:30 p.m. BST = 1830 GMT
9am-5pm = 9 a.m. to 5 p.m.
1 in 10 = 10%
ten percent = 10 per cent
three-quarters = 75%
€1bn = 1 billion euros
Rs 500 crore = 500 crore rupees
₹500 crore = 5 billion rupees
Q2 = second quarter
the 1800s = the 1800s
3½ hours = three and a half hours
half-hour show = 30-minute show
15 hundred men = 1,500 men
nineteen hundred men = 1,900 men
a million and a half men = 1.5 million men
"""
CHANGED = """
340 men = 290 men
1,200 men = 1,204 men
10 men = 10,000 men
10 men = 10.000 men
4 men = 4,000 men
$1.5m = $1.5 billion
½ cup = ¼ cup
US$5 million = A$5 million
5 hectares = 5 acres
9 litres = 9 gallons
60 km/h = 60 mph
−5 degrees = 5 degrees
at –5 degrees = at 5 degrees
10⁵ kilos = 105 kilos
10⁵ kilos = 10⁶ kilos
3¹ percent = 31 percent
second quarter = third quarter
the 2nd = the 3rd
6:52 a.m. = 6:55 a.m.
7:04 p.m. = 7:00 p.m.
3 a.m. = 3 p.m.
3 p.m. EDT = 3 p.m. PDT
LC-40LE830U = LC-60LE830U
A12 = A21
F-16 jets = F-35 jets
COVID-19 = COVID-20
2-1 = 0-1
10 to 15 mph = 5 to 10 mph
two thirds of them = three quarters of them
one in four men = one in five men
a quarter of them = a third of them
5 percent = 5 percentage points
5 miles = 9 km
100 metres wide = 100 yards wide
4.2 million = 4.3 million
4.2 million = 4.2 billion
about 4,200 men = about 4,900 men
about 300 men = about 340 men
08/21/2017 = 08/22/2017
2019-20 = 2018-19
the 1990s = the 1980s
in 2019 = in 2020
5 May = 6 May
Monday = Tuesday
15 Uhr = 16 Uhr
à 15h30 = à 16h30
下午3点 = 下午4点
上午3点 = 下午3点
शाम 5 बजे = शाम 6 बजे
$5 = €5
5 GB = 5 MB
5 barrels = 5 gallons
5 inches = 5 yards
5 stone = 5 kilos
10 knots = 10 mph
5 ounces = 5 grams
5 sq km = 5 sq miles
5 MW = 5 GW
20 °C = 20 °F
Canadian dollars = Australian dollars
5 lakh rupees = 5 crore rupees
at noon = at midnight
100 to 120 men = 100 to 150 men
more than 100 men = more than 200 men
H1N1 = H5N1
twenty-three men = twenty-four men
12:30 = 12:45
fünf Liter = fünf Gallonen
drittes Quartal = zweites Quartal
первый квартал = второй квартал
segundo trimestre = tercer trimestre
deuxième trimestre = troisième trimestre
الربع الأول = الربع الثاني
第二季度 = 第三季度
दूसरी तिमाही = तीसरी तिमाही
5 гектаров = 5 акров
5公顷 = 5英亩
5 हेक्टेयर = 5 एकड़
5 هكتارات = 5 أفدنة
half of them = 60 percent of them
hundreds of people = thousands of people
dozens of people = hundreds of people
6 percent in = 6 points in
the T-90 tank = the T-80 tank
stood at -$40 = stood at $40
S$5 today = US$5 today
mil doscientos votos = mil trescientos votos
zweihundertfünfzig Leute = zweihundertsechzig Leute
Louis XIV = Louis XVI
сто двадцать человек = сто тридцать человек
um 15 Uhr = um 16 Uhr
à 15 h = à 16 h
a las 3 de la tarde = a las 4 de la tarde
a las 3 de la mañana = a las 3 de la tarde
в 15:00 = в 16:00
الساعة 3 مساء = الساعة 4 مساء
下午三点 = 下午四点
10 Menschen = 10.000 Menschen
10 personnes = 10 000 personnes
10 personas = 10.000 personas
10 человек = 10 000 человек
10 شخص = 10,000 شخص
10 लोग = 10,000 लोग
10人 = 1万人
1,5 Millionen Euro = 1,5 Milliarden Euro
1,5 million d'euros = 1,5 milliard d'euros
1,5 Mio. Euro = 1,5 Mrd. Euro
५ लोग = ६ लोग
kanadische Dollar = australische Dollar
dollars canadiens = dollars australiens
канадских долларов = австралийских долларов
5 Zoll = 5 Fuß
5 litres = 5 gallons
5 литров = 5 галлонов
5升 = 5加仑
Boeing 737 = Boeing 747
A320 = A330
iPhone 6 = iPhone 7
Windows 10 = Windows 11
the M25 = the M26
Highway 61 = Highway 66
G7 = G20
¾ of them = ¼ of them
2½ hours = 3½ hours
10–15 = 10–18
the 5-4 vote = the 6-3 vote
lost 3-1 = lost 1-3
5 May = 5 June
May 5, 2014 = May 5, 2015
the 1990s = the 1890s
the '80s = the '90s
3:30 = 3:45
10:30 a.m. = 10:30 p.m.
noon ET = noon PT
$1.5m = $1.5bn
£3k = £3m
1 in 4 = 1 in 5
second-largest = third-largest
the 21st century = the 20th century
-5 C = 5 C
a 10 percent rise = a 10 percentage point rise
12 ounces = 12 grams
1TB = 1GB
50 knots = 50 mph
5 square miles = 5 square kilometres
€5 = £5
5 kroner = 5 euros
a dozen = two dozen
three times = four times
twice = three times
double = triple
10% = 10‰
1,234 = 1,324
0.05 = 0.5
6.5 = 65
"""


def _pairs(lines: str) -> list[tuple[str, ...]]:
    """Two sentences a line, parted by an equals sign; a backslash and n is a line's end."""
    return [tuple(line.replace("\\n", "\n").split(" = ")) for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("a", "b"), _pairs(SAME))
def test_another_notation_is_no_change(a: str, b: str) -> None:
    assert told(a, b) == told(b, a) == []


@pytest.mark.parametrize(("a", "b"), _pairs(CHANGED))
def test_a_changed_fact_is_told_from_both_sides(a: str, b: str) -> None:
    forth, back = told(a, b), told(b, a)
    assert forth
    assert {what for what, _, _ in forth}.isdisjoint({"silent", "lacking"})
    assert forth == [(what, x, y) for what, y, x in back]


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        ("it cost $1.5m", "it cost $1.5 billion", ("unit", "m", "billion")),
        ("it cost US$5 million", "it cost A$5 million", ("unit", "US$", "A$")),
        ("5 hectares of land", "5 acres of land", ("unit", "hectares", "acres")),
        ("winds at 10 to 15 mph", "winds at 5 to 10 mph", ("number", "10 to 15", "5 to 10")),
        ("at 6:52 a.m. it", "at 6:55 a.m. it", ("time", "6:52 a.m.", "6:55 a.m.")),
        ("the model LC-40LE830U", "the model LC-60LE830U", ("number", "LC-40LE830U", "LC-60LE830U")),
        ("at −5 degrees", "at 5 degrees", ("number", "−5", "5")),
        ("8-10 percent", "8-10 percentage points", ("unit", "percent", "percentage points")),
        ("on Dec. 2 it", "on Dec. 2,000 it", ("number", "Dec. 2", "2,000")),
        ("2019's best", "2020's best", ("number", "2019's", "2020's")),
    ],
)
def test_a_difference_has_its_words(a: str, b: str, difference: tuple[str, str, str]) -> None:
    assert told(a, b) == [difference]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("5 km", "5 kilos"),
        ("the 3rd", "3 men"),
        ("half of them", "5 men"),
        ("3 p.m. ET", "4 p.m."),
        ("5 May", "5 men"),
        ("Monday", "5 May"),
        ("F-16", "iPhone 6"),
    ],
)
def test_facts_that_cannot_be_about_one_thing_do_not_differ(a: str, b: str) -> None:
    (fact_a,), (fact_b,) = stated(a), stated(b)
    assert differences(fact_a, fact_b) == differences(fact_b, fact_a) == ()


def test_a_fact_is_found_again_by_its_keys_in_another_notation() -> None:
    for a, b in (("4.2 million", "4,200,000"), ("3 p.m.", "15:00"), ("3/5/2024", "3 May 2024"), ("in 2019", "2019")):
        (fact_a,), (fact_b,) = stated(a), stated(b)
        assert keys(fact_a) & keys(fact_b)
        assert not keys(fact_a) & keys(stated("4.3 million")[0])


_BITS = """
3 4.2 10,000 1.234 million $ US$ % half quarter of one twenty - – to second 2nd May 5 2019 '90s p.m. : 30 km percent
about more than noon Monday 08/21/2017 LC-40 ½ ⁵ 四 百 万 年 月 点 分之 तीन साढ़े बजे ٤ Uhr h 1500 GMT et demi , .
""".split()  # noqa: SIM905


@settings(max_examples=examples(100))
@given(st.lists(st.sampled_from(_BITS), max_size=12), st.lists(st.sampled_from(_BITS), max_size=12))
def test_any_two_facts_are_compared_alike_from_both_sides(left: list[str], right: list[str]) -> None:
    facts_a, facts_b = stated(" ".join(left)), stated(" ".join(right))
    for fact in facts_a:
        assert agrees(fact, fact)
        assert differences(fact, fact) == ()
    for fact_a, fact_b in zip(facts_a, facts_b, strict=False):
        assert agrees(fact_a, fact_b) == agrees(fact_b, fact_a)
        assert differences(fact_a, fact_b) == tuple((w, y, x) for w, x, y in differences(fact_b, fact_a))
